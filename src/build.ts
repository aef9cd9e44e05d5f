// The compiler on one page: read → check → render → write.

import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { renderApi } from './app/api.js';
import { renderApp } from './app/app.js';
import { type AppFacts, appFacts } from './app/app-context.js';
import { packArchive } from './app/archive.js';
import { inspectApp } from './app/checks/index.js';
import { buildEdit } from './build-edit.js';
import { type Report, resultOf, writeBuild } from './build-report.js';
import { BuildThreads } from './build-threads.js';
import { BuildCache } from './cache/build-cache.js';
import { evaluatorsFolder } from './cache/evaluator-records.js';
import { programFingerprint } from './cache/program.js';
import { Receipt } from './cache/receipt.js';
import { loadRepository } from './content/load.js';
import type { Repository } from './content/model.js';
import { Tree } from './content/tree.js';
import { type Diagnostic, DiagnosticError } from './diagnostic/diagnostic.js';
import { countSeverities, sortDiagnostics } from './diagnostic/order.js';
import { type FormatName, formatNames } from './formats.js';
import { lengthOf, type OutputFile } from './output/output-file.js';
import { recover, stateFolder } from './publish.js';
import { checkLoaded } from './validate.js';

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

interface Rendering {
  readonly files: readonly OutputFile[];
  readonly diagnostics?: readonly Diagnostic[];
  readonly archive?: BuildResult['archive'];
}
type Render = (
  repository: Repository,
  options: BuildOptions & { readonly facts: AppFacts },
  cache: BuildCache,
) => Rendering | Promise<Rendering>;

/** Everything that can be made of a repository. */
const formats = {
  app: async (repository, { epoch, strict, facts }, cache) => {
    const { appid, version } = repository.app;
    const app = renderApp(repository, { epoch, store: cache.outputs, facts });
    const path = `${appid}-${version}.tar.gz`;
    // Compressed in other threads while this one looks the app through.
    const packing = packArchive(
      path,
      app.files,
      app.epoch,
      (hash, make) => cache.outputs.kept(path, hash, make),
      (file) => cache.outputs.hashOf(file),
    );
    const violations = inspectApp(appid, app.files, strict ?? false, (files, look) =>
      cache.remember('app', inspectionKey(files, strict ?? false, cache), look),
    );
    const archive = await packing;
    return {
      files: [...app.files, archive],
      diagnostics: [...app.diagnostics, ...violations],
      archive: { path, bytes: lengthOf(archive) },
    };
  },
  docs: async (repository) => {
    const { renderDocs } = await import('./docs/render-docs.js');
    return { files: below('docs/jekyll', await renderDocs(repository, { flavor: 'jekyll' })) };
  },
  evaluators: async (repository, _options, cache) => {
    const { emitEvaluators } = await import('./emit-evaluators.js');
    const { files, diagnostics } = emitEvaluators(repository, cache.evaluators);
    return { files: below(evaluatorsFolder, files), diagnostics };
  },
  api: (repository, { epoch, facts }, cache) => ({
    files: renderApi(repository, { epoch, store: cache.outputs, facts }),
  }),
} as const satisfies Record<FormatName, Render>;

/** Tells what the checks of the app look at, its fragments aside. */
const inspectionKey = (files: readonly OutputFile[], strict: boolean, { outputs }: BuildCache): string =>
  createHash('sha1')
    .update(`${strict}\n${files.map((file) => `${file.path} ${outputs.hashBetween(file)}`).join('\n')}`)
    .digest('base64url');

const below = (folder: string, files: readonly OutputFile[]): OutputFile[] =>
  files.map((file) => ({ ...file, path: `${folder}/${file.path}` }));

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
  const openCache = () => new BuildCache(root, out, folder, program, tree.now);
  if (receipt.edit !== undefined) {
    const edited = openCache();
    const formats = wantedFormats(options.only);
    try {
      const result = await buildEdit(options, { tree, receipt, cache: edited, today, formats });
      if (result !== undefined) return result;
    } finally {
      edited.close();
    }
  }
  const cache = openCache();
  const threads = await BuildThreads.read(tree, cache, options.jobs);
  try {
    return await buildWith(options, { tree, receipt, cache, threads, today });
  } finally {
    cache.close();
    await threads?.end();
  }
}

/** Everything that a build depends on besides the repository and the program. */
const optionsText = (
  { only, keepGoing = false, strict = false, epoch }: BuildOptions,
  today: string,
): string => JSON.stringify([wantedFormats(only), keepGoing, strict, epoch ?? null, today]);

const wantedFormats = (only: BuildOptions['only']): readonly FormatName[] =>
  formatNames.filter((name) => only?.includes(name) ?? true);

interface Work {
  readonly tree: Tree;
  readonly receipt: Receipt<Report>;
  readonly cache: BuildCache;
  readonly threads: BuildThreads | undefined;
  /** ISO day. */
  readonly today: string;
}

async function buildWith(
  options: BuildOptions,
  { tree, receipt, cache, threads, today }: Work,
): Promise<BuildResult> {
  const { root, out, keepGoing = false, onProgress = () => {} } = options;
  const loaded = loadRepository(root, cache.content, tree);
  await threads?.check(loaded, today);
  const validation = checkLoaded(loaded, { results: cache.results, today });
  const diagnostics = [...validation.diagnostics];
  const faulty = new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ file }) => file));
  const isLeftOut = ({ file }: { readonly file: string }) => keepGoing && faulty.has(file);
  const repository = {
    ...validation.content,
    detections: validation.content.detections.filter((detection) => !isLeftOut(detection)),
  };
  const skipped = validation.content.detections.filter(isLeftOut).map(({ name }) => name);
  const output = new Map<string, readonly OutputFile[]>();
  const result = {
    detections: validation.content.detections.length,
    source: (file: string) => validation.documents.get(file)?.text,
    skipped,
    formats: [] as BuildResult['formats'][number][],
  };
  const finish = (isWritten: boolean, archive?: BuildResult['archive']): BuildResult => ({
    ...result,
    diagnostics: sortDiagnostics(diagnostics),
    isWritten,
    ...(archive ? { archive } : {}),
  });
  if (faulty.size > 0 && !keepGoing) return finish(false);

  const wanted = wantedFormats(options.only);
  const facts = appFacts(repository);
  await threads?.render(repository, {
    formats: wanted,
    leftOut: validation.content.detections.filter(isLeftOut).map(({ file }) => file),
    epoch: options.epoch,
    strict: options.strict ?? false,
  });
  await threads?.end();
  let archive: BuildResult['archive'];
  // While the archive is compressed in other threads, this one makes the other formats.
  const renderings = wanted.map((name) => {
    onProgress(name);
    return orFaults(() => formats[name](repository, { ...options, facts }, cache));
  });
  for (const [index, rendering] of (await Promise.all(renderings)).entries()) {
    const name = wanted[index]!;
    diagnostics.push(...(rendering.diagnostics ?? []));
    archive ??= rendering.archive;
    output.set(name, rendering.files);
    result.formats.push({ name, files: rendering.files.length, bytes: sizeOf(rendering.files) });
  }
  const clashing = clashes(output);
  diagnostics.push(...clashing);
  if (clashing.length > 0 || (countSeverities(diagnostics).errors > 0 && !keepGoing)) return finish(false);
  onProgress('writing');
  const finished = finish(true, archive);
  writeBuild(out, output, {
    ...{ cache, receipt, result: finished, texts: loaded.texts, isEdit: false },
    // Tests in files of their own are part of other objects.
    whole: loaded.testFiles.length > 0 ? undefined : facts,
  });
  return finished;
}

/** A rendering, or what is wrong with the repository's own templates. */
async function orFaults(render: () => Rendering | Promise<Rendering>): Promise<Rendering> {
  try {
    return await render();
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { files: [], diagnostics: error.diagnostics };
  }
}

/** Paths that two files of the output share (names that differ in case alone are one file on some systems). */
function clashes(output: ReadonlyMap<string, readonly OutputFile[]>): Diagnostic[] {
  const seen = new Set<string>();
  return [...output.values()].flat().flatMap(({ path }) => {
    if (!seen.has(path.toLowerCase())) {
      seen.add(path.toLowerCase());
      return [];
    }
    return [
      {
        ...{ file: path, line: 1, column: 1, endLine: 1, endColumn: 1 },
        severity: 'error' as const,
        code: 'output-clash',
        message: `two outputs are called "${path}"`,
      },
    ];
  });
}

const sizeOf = (files: readonly OutputFile[]) => files.reduce((sum, file) => sum + lengthOf(file), 0);
