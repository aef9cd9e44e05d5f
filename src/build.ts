// The one way into a build: what an earlier build said where nothing has changed, else as little as can be.
import { join, resolve } from 'node:path';
import { type Report, resultOf } from './build-report.js';
import { programFingerprint } from './cache/program.js';
import { Receipt } from './cache/receipt.js';
import { Tree } from './content/tree.js';
import type { Diagnostic } from './diagnostic/diagnostic.js';
import { type FormatName, formatNames } from './formats.js';
import { recover, stateFolder } from './publish.js';

export interface BuildOptions {
  /** Folder of the repository. */
  readonly root: string;
  /** Output folder. */
  readonly out: string;
  /** Formats to make; the others stay as an earlier build left them. */
  readonly only?: readonly FormatName[];
  /** Leave out detections with errors and write the rest. */
  readonly keepGoing?: boolean;
  /** What AppInspect would object to is an error. */
  readonly strict?: boolean;
  /** `SOURCE_DATE_EPOCH`, seconds since 1970. */
  readonly epoch?: number | undefined;
  /** Threads at most; default: what suits the machine. They are used where much is to be read. */
  readonly jobs?: number;
  readonly onProgress?: (stage: string) => void;
}

export interface BuildResult {
  /** Detections of the repository, those that were left out among them. */
  readonly detections: number;
  /** The text of a file that a diagnostic is about; undefined where it has none. */
  readonly source: (file: string) => string | undefined;
  /** Everything found in the content and in the app made of it, sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the output folder holds this build now. */
  readonly isWritten: boolean;
  /** What was made: files and bytes by format. */
  readonly formats: readonly { readonly name: FormatName; readonly files: number; readonly bytes: number }[];
  /** The package, relative to the output folder, with its size in bytes. */
  readonly archive?: { readonly path: string; readonly bytes: number };
  /** Names of detections that were left out. */
  readonly skipped: readonly string[];
}

/** Builds a repository. Nothing is written when there are errors, except with `keepGoing`. */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const { root, out, onProgress = () => {} } = options;
  recover(out);
  onProgress('reading');
  const folder = join(out, stateFolder);
  const today = new Date().toISOString().slice(0, 10);
  const program = programFingerprint();
  const tree = new Tree(resolve(root));
  const receipt = new Receipt<Report>(tree, { out, folder }, program, optionsText(options, today));
  const known = receipt.find();
  if (known !== undefined) return resultOf(known, root);
  const { BuildCache } = await import('./cache/build-cache.js');
  const openCache = () => new BuildCache(root, out, folder, program, tree.now);
  if (receipt.edit !== undefined) {
    const { buildEdit } = await import('./build-edit.js');
    const edited = openCache();
    try {
      const result = await buildEdit(options, {
        tree,
        receipt,
        cache: edited,
        today,
        formats: wantedFormats(options.only),
      });
      if (result !== undefined) return result;
    } finally {
      edited.close();
    }
  }
  const { buildWhole } = await import('./build-whole.js');
  return buildWhole(options, {
    tree,
    receipt,
    cache: openCache(),
    today,
    formats: wantedFormats(options.only),
  });
}

/** Everything that a build depends on besides the repository and the program. */
const optionsText = (
  { only, keepGoing = false, strict = false, epoch }: BuildOptions,
  today: string,
): string => JSON.stringify([wantedFormats(only), keepGoing, strict, epoch ?? null, today]);

const wantedFormats = (only: BuildOptions['only']): readonly FormatName[] =>
  formatNames.filter((name) => only?.includes(name) ?? true);
