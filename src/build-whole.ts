// A build that looks at everything, on one page: read → check → render → write.
import { createHash } from 'node:crypto';
import { renderApi } from './app/api.js';
import { renderApp } from './app/app.js';
import { type AppFacts, appFacts } from './app/app-context.js';
import { packArchive } from './app/archive.js';
import { inspectApp } from './app/checks/index.js';
import type { BuildOptions, BuildResult } from './build.js';
import { type Report, writeBuild } from './build-report.js';
import { BuildThreads } from './build-threads.js';
import type { BuildCache } from './cache/build-cache.js';
import { evaluatorsFolder } from './cache/evaluator-records.js';
import type { Receipt } from './cache/receipt.js';
import { loadRepository } from './content/load.js';
import type { Repository } from './content/model.js';
import type { Tree } from './content/tree.js';
import { type Diagnostic, DiagnosticError } from './diagnostic/diagnostic.js';
import { countSeverities, sortDiagnostics } from './diagnostic/order.js';
import type { FormatName } from './formats.js';
import { lengthOf, type OutputFile } from './output/output-file.js';
import { checkLoaded } from './validate.js';

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

interface Given {
  readonly tree: Tree;
  readonly receipt: Receipt<Report>;
  readonly cache: BuildCache;
  /** ISO day. */
  readonly today: string;
  /** Formats to make. */
  readonly formats: readonly FormatName[];
}

/** Builds. */
export async function buildWhole(options: BuildOptions, given: Given): Promise<BuildResult> {
  const threads = await BuildThreads.read(given.tree, given.cache, options.jobs);
  try {
    return await buildWith(options, given, threads);
  } finally {
    given.cache.close();
    await threads?.end();
  }
}

async function buildWith(
  options: BuildOptions,
  { tree, receipt, cache, today, formats: wanted }: Given,
  threads: BuildThreads | undefined,
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
    whole:
      loaded.testFiles.length > 0 ? undefined : { ...facts, hasUnreadable: loaded.unreadable.length > 0 },
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
