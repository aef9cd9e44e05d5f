// What a build tells, for those who called it and for the next build; and how its files get into the output folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppFacts } from './app/app-context.js';
import type { BuildResult } from './build.js';
import type { BuildCache } from './cache/build-cache.js';
import type { Receipt } from './cache/receipt.js';
import { decodeText } from './content/yaml/decode.js';
import type { OutputFile } from './output/output-file.js';
import { publish, stateFolder } from './publish.js';

/** What is told from all content together. */
export interface WholeFacts extends AppFacts {
  /** Whether there are files that nobody can read: names in them count as known. */
  readonly hasUnreadable: boolean;
}

/** What a receipt keeps of a result; it names the files with a text. */
export type Report = Omit<BuildResult, 'source' | 'isWritten'> & {
  readonly sources: readonly string[];
  /** What an edit of one file leaves as it is; undefined where it could change more than is told. */
  readonly whole?: WholeFacts | undefined;
  /** Tells the files of the cache that were written with it. */
  readonly cache: string;
};

/** The result of a build that found what an earlier one tells. */
export function resultOf(
  { sources, whole: _whole, cache: _cache, ...report }: Report,
  root: string,
): BuildResult {
  const source = (file: string) =>
    sources.includes(file) ? decodeText(readFileSync(join(root, file))).text : undefined;
  return { ...report, isWritten: true, source };
}

interface Written {
  readonly cache: BuildCache;
  readonly receipt: Receipt<Report>;
  readonly result: BuildResult;
  /** Files with a text. */
  readonly texts: { has(file: string): boolean };
  readonly whole: WholeFacts | undefined;
  /** Whether the build rests on what the last one found out. */
  readonly isEdit: boolean;
}

/** Puts the files of a build into its output folder, with what the next build takes from it. */
export function writeBuild(
  out: string,
  output: ReadonlyMap<string, readonly OutputFile[]>,
  { cache, receipt, result, texts, whole, isEdit }: Written,
): void {
  const { source: _source, isWritten: _isWritten, ...told } = result;
  const files = [...new Set(told.diagnostics.map(({ file }) => file))].filter((file) => texts.has(file));
  publish(out, output, {
    find: (file) => cache.outputs.find(file),
    records: (stateOf) => {
      const paths = [...output.values()].flatMap((made) => made.map(({ path }) => path));
      const kept = cache.files(cache.outputs.after(output, stateOf));
      const report: Report = {
        ...told,
        sources: files,
        cache: cache.tagOf(kept),
        ...(whole ? { whole } : {}),
      };
      const own = receipt.file(paths, stateOf, report, isEdit);
      return [...kept, ...(own === undefined ? [] : [own])].map((file) => ({
        ...file,
        path: `${stateFolder}/${file.path}`,
      }));
    },
    close: () => cache.close(),
  });
}
