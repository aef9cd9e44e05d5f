// A run of tests on one page: select, find data, group by dataset, run on workers, gather results.
import { availableParallelism, totalmem } from 'node:os';
import { lookupNames, lookupsWrittenBy } from '../content/known-lookups.js';
import { wholeOf } from '../content/late-members.js';
import type { Detection, Repository } from '../content/model.js';
import { savedSearches } from '../content-search.js';
import { attackVersionOf } from '../output/attack.js';
import { deployments } from '../output/deployment.js';
import type { WorkspaceContent } from '../workspace.js';
import { type DataRoot, downloadLimits } from './data/locate.js';
import { expectationOf } from './expectation.js';
import type { GroupJob, RunSettings, TestJob } from './job.js';
import { runPool } from './pool.js';
import { summarise, type TestResult, type TestRun } from './result.js';
import { ResultCache } from './result-cache.js';
import { openSession, runGroup, type Session } from './run-group.js';
import { mayCallSaved } from './saved.js';
import { baselinesOf, contributorsOf, dataKey, type PlannedTest, planTests } from './select.js';

export interface RunTestsOptions {
  readonly dataRoots?: readonly DataRoot[];
  readonly offline?: boolean;
  /** Folder of downloaded data; default below the user's cache folder. */
  readonly dataCache?: string;
  /** Worker threads; 0 runs everything on this thread, without limits of time and memory. Default: one per core. */
  readonly jobs?: number;
  readonly timeoutMs?: number;
  readonly memoryMb?: number;
  readonly bail?: boolean;
  readonly apps?: readonly string[];
  readonly now?: number;
  /** False neither reads nor writes results of earlier processes. */
  readonly cache?: boolean;
  /** Results by key that this process keeps between runs; what is unchanged is taken from it, and it is added to. */
  readonly memory?: Map<string, TestResult>;
  /** What runs on this thread (`jobs: 0`) of the same repository keep loaded between them; filled by the first. */
  readonly kept?: { session?: Session };
  readonly sampleRows?: number;
  readonly onProgress?: (progress: Progress) => void;
}

export type Progress =
  | { readonly kind: 'data'; readonly done: number; readonly total: number; readonly what: string }
  | { readonly kind: 'download'; readonly received: number; readonly total: number | undefined }
  | { readonly kind: 'tests'; readonly done: number; readonly total: number };

/** Reason of tests that a run did not come to. */
export const notRun = 'not run: stopped after the first failure (--bail)';

/** Runs the tests of detections and returns every result, in the order of files and tests. */
export async function runTests(
  repository: Repository,
  detections: readonly Detection[],
  options: RunTestsOptions = {},
): Promise<TestRun> {
  const startedMs = Date.now();
  const started = performance.now();
  const timeoutMs = options.timeoutMs ?? 60_000;
  const planned = await planTests(detections, {
    root: repository.root,
    dataRoots: options.dataRoots ?? [],
    offline: options.offline ?? false,
    ...(options.dataCache === undefined ? {} : { cache: options.dataCache }),
    ...downloadLimits(timeoutMs),
    progress: (received, total) => options.onProgress?.({ kind: 'download', received, total }),
    started: (done, total, what) => options.onProgress?.({ kind: 'data', done, total, what }),
  });
  const results: (TestResult | undefined)[] = planned.map((test) =>
    test.skip === undefined ? undefined : skippedResult(test),
  );
  const settings = runSettings(repository, options);
  const cache = await ResultCache.open(repository.root, {
    disk: options.cache ?? true,
    ...(options.memory === undefined ? {} : { memory: options.memory }),
  });
  const makeJob = jobMaker(repository);
  const jobs = new Map<number, TestJob>();
  for (const [index, test] of planned.entries()) {
    if (test.skip !== undefined) continue;
    const job = makeJob(test, index);
    const known = await cache.find(job, test.data, settings);
    if (known) results[index] = known;
    else jobs.set(index, job);
  }
  const groups = groupJobs(planned, jobs);
  const total = jobs.size;
  let done = 0;
  const onResult = (index: number, result: TestResult): boolean => {
    results[index] = result;
    const job = jobs.get(index);
    if (job) cache.keep(job, result);
    options.onProgress?.({ kind: 'tests', done: ++done, total });
    return (options.bail ?? false) && (result.status === 'failed' || result.status === 'error');
  };
  const workers = Math.min(options.jobs ?? availableParallelism(), total);
  if (workers === 0) await runHere(groups, settings, onResult, options.kept ?? {});
  else
    await runPool(groups, settings, {
      jobs: workers,
      timeoutMs,
      memoryMb: options.memoryMb ?? defaultMemory(workers),
      onResult,
    });
  await cache.save();
  const all = results.map(
    (result, index) =>
      result ?? {
        ...skippedResult({ ...planned[index]!, skip: notRun }),
      },
  );
  return { startedMs, summary: summarise(all, Math.round(performance.now() - started)), tests: all };
}

/** MiB of a worker's heap: 4096, or less on a machine that has not three quarters of that for each worker. */
function defaultMemory(workers: number): number {
  return Math.max(512, Math.min(4096, Math.floor((totalmem() * 0.75) / 2 ** 20 / workers)));
}

/** What every group needs of the repository, as plain data. */
function runSettings(repository: Repository, options: RunTestsOptions): RunSettings {
  const content: WorkspaceContent = {
    root: repository.root,
    macros: repository.macros.map(({ name, arguments: names, definition, isEval }) => ({
      name,
      arguments: names,
      definition,
      isEval,
    })),
    lookups: repository.lookups.map((lookup) => plain(lookup)),
    stems: repository.detections.map((detection) => detection.stem),
    ...(callsSaved(repository) ? { savedSearches: savedSearches(repository) } : {}),
  };
  return {
    content,
    ...(mayLackLookups(repository) ? {} : { knownLookups: knownLookups(repository) }),
    app: repository.app,
    attackVersion: attackVersionOf(repository),
    apps: options.apps ?? [],
    ...(options.now === undefined ? {} : { now: options.now }),
    sampleRows: options.sampleRows ?? 5,
  };
}

/** Whether the settings make an unknown lookup less than an error, for whatever files. */
function mayLackLookups({ settings: { rules, overrides } }: Repository): boolean {
  return [rules, ...overrides.map((override) => override.rules)].some(
    (severities) => (severities['unknown-lookup'] ?? 'error') !== 'error',
  );
}

function knownLookups(repository: Repository): Set<string> {
  const searches = [...repository.detections, ...repository.baselines];
  return lookupNames(
    repository,
    searches.flatMap(({ search }) => lookupsWrittenBy(search)),
  );
}

/** Whether any search may run another one by its name; few do, and the texts of all are much to send. */
function callsSaved({ detections, baselines, macros }: Repository): boolean {
  const texts = [
    ...[...detections, ...baselines].map(({ search }) => search),
    ...macros.map(({ definition }) => definition),
  ];
  return texts.some(mayCallSaved);
}

/** A content object without its places, which can't be sent between threads. */
function plain<T extends { readonly at: unknown }>(object: T): T {
  return JSON.parse(JSON.stringify({ ...wholeOf(object), at: null })) as T;
}

/** Makes the jobs of tests; what tests of one detection share is made once. */
function jobMaker(repository: Repository): (planned: PlannedTest, index: number) => TestJob {
  const effective = deployments(repository);
  type Shared = Pick<TestJob, 'detection' | 'baselines' | 'contributors' | 'schedule'>;
  const shared = new Map<Detection, Shared>();
  const share = (detection: Detection): Shared => {
    const { schedule } = effective(detection);
    return {
      detection: plain(detection),
      baselines: baselinesOf(repository, detection).map(plain),
      contributors: contributorsOf(repository, detection).map(plain),
      schedule: {
        cron: schedule.cronSchedule,
        earliest: schedule.earliestTime,
        latest: schedule.latestTime,
      },
    };
  };
  return ({ detection, test }, index) => {
    let parts = shared.get(detection);
    if (parts === undefined) {
      parts = share(detection);
      shared.set(detection, parts);
    }
    return {
      index,
      ...parts,
      test: test.name,
      expected: expectationOf(detection, test),
      ...(test.earliest === undefined ? {} : { earliest: test.earliest }),
      ...(test.latest === undefined ? {} : { latest: test.latest }),
    };
  };
}

function groupJobs(planned: readonly PlannedTest[], jobs: ReadonlyMap<number, TestJob>): GroupJob[] {
  const groups = new Map<string, { data: PlannedTest['data']; tests: TestJob[] }>();
  for (const [index, job] of jobs) {
    const { data } = planned[index]!;
    const key = dataKey(data);
    const group = groups.get(key);
    if (group) group.tests.push(job);
    else groups.set(key, { data, tests: [job] });
  }
  return [...groups.values()];
}

/** Runs groups on this thread: for a test runner that has threads of its own. */
async function runHere(
  groups: readonly GroupJob[],
  settings: RunSettings,
  onResult: (index: number, result: TestResult) => boolean,
  kept: { session?: Session },
): Promise<void> {
  kept.session ??= openSession(settings);
  const { session } = kept;
  let stopped = false;
  for (const group of groups) {
    if (stopped) return;
    await runGroup(group, session, (message) => {
      if (message.kind === 'finished') stopped = onResult(message.index, message.result) || stopped;
      return stopped;
    });
  }
}

function skippedResult({ detection, test, skip, isBroken }: PlannedTest): TestResult {
  return {
    detection: detection.name,
    id: detection.id ?? '',
    file: detection.file,
    test: test.name,
    status: isBroken ? 'error' : 'skipped',
    rows: 0,
    expected: expectationOf(detection, test).text,
    durationMs: 0,
    reason: skip ?? '',
    stages: [],
    techniques: detection.tags.mitreAttackIds,
  };
}
