// Worker threads for groups of tests: a stuck or hungry test is ended and reported, and the others go on.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { programFolder } from '../package-root.js';
import {
  type FromWorker,
  type GroupJob,
  isTaken,
  type RunSettings,
  sharedMarks,
  type TestJob,
  type ToWorker,
  takeTest,
} from './job.js';
import type { TestResult } from './result.js';

export interface PoolOptions {
  readonly jobs: number;
  /** A test that takes longer is ended, in milliseconds. Reading the data of a group may take five times as long. */
  readonly timeoutMs: number;
  /** Heap of a worker, in MiB. */
  readonly memoryMb: number;
  /** Told of every result as it comes; true stops the run (--bail). */
  readonly onResult: (index: number, result: TestResult) => boolean;
}

/** A group that one or more workers are at. */
interface Running {
  readonly group: GroupJob;
  /** Tests that have a result. */
  readonly known: Set<number>;
  lanes: number;
  readonly workers: Set<Lane>;
  /** Milliseconds that reading the data took; undefined until it is read. */
  readMs: number | undefined;
  /** Milliseconds that the finished tests took together. */
  testMs: number;
}

/** Before anything is measured: that many tests are taken to last as long as reading their data. */
const testsPerReading = 50;
/** A worker that would save less than this is not worth its start, in milliseconds. */
const leastSaving = 500;

/**
 * Runs groups on worker threads, largest first, and returns when every test has a result or the run was stopped. A
 * worker without a group of its own helps with one that has far more to run than to read: it reads the data again.
 */
export async function runPool(
  groups: readonly GroupJob[],
  settings: RunSettings,
  options: PoolOptions,
): Promise<void> {
  const queue = [...groups].sort((a, b) => b.tests.length - a.tests.length);
  const running = new Set<Running>();
  const marks = sharedMarks(
    1 + Math.max(-1, ...groups.flatMap(({ tests }) => tests.map(({ index }) => index))),
  );
  let stopped = false;
  let waiting: (() => void)[] = [];
  const changed = (): void => {
    for (const wake of waiting) wake();
    waiting = [];
  };
  const leftOf = ({ group, known }: Running): TestJob[] =>
    group.tests.filter(({ index }) => !known.has(index) && !isTaken(marks, index));
  const told = (at: Running, index: number, result: TestResult, by?: Lane): void => {
    if (stopped || at.known.has(index)) return;
    at.known.add(index);
    at.testMs += result.durationMs;
    stopped = options.onResult(index, result);
    if (stopped) for (const one of running) for (const worker of one.workers) worker.leave();
    // Nobody waits for a worker that still reads.
    else if (at.known.size === at.group.tests.length)
      for (const worker of at.workers) if (worker !== by) worker.leave();
    changed();
  };
  const lose = (at: Running, job: TestJob, reason: string): void => {
    takeTest(marks, job.index);
    told(at, job.index, endedResult(job, reason));
  };
  const next = (): Running | undefined => {
    const group = queue.shift();
    if (group !== undefined) {
      const at: Running = {
        group,
        known: new Set(),
        lanes: 0,
        workers: new Set(),
        readMs: undefined,
        testMs: 0,
      };
      running.add(at);
      return at;
    }
    return [...running].find((at) => isWorthHelping(at, leftOf(at).length));
  };

  /** Works on a group until nothing is left of it, with a new worker for every one that is lost. */
  const work = async (at: Running, given: Lane | undefined): Promise<Lane | undefined> => {
    let worker = given;
    at.lanes++;
    for (let left = leftOf(at); left.length > 0 && !stopped; left = leftOf(at)) {
      const lane: Lane = worker ?? new Lane({ ...settings, marks }, options.memoryMb);
      worker = lane;
      at.workers.add(lane);
      const ended = await lane.run({ ...at.group, tests: left }, options.timeoutMs, {
        onResult: (index, result) => told(at, index, result, lane),
        onRead: (ms) => {
          at.readMs ??= ms;
        },
      });
      at.workers.delete(lane);
      if (ended === undefined) break;
      await lane.end();
      worker = undefined;
      // Others who have read the data go on with it.
      if (ended === 'left' || (ended.reading && at.lanes > 1)) break;
      const lost = ended.jobs.filter(({ index }) => !at.known.has(index));
      // A worker that is lost between two tests takes the next one with it, or this would not end.
      for (const job of lost.length > 0 ? lost : leftOf(at).slice(0, 1)) lose(at, job, ended.reason);
    }
    if (--at.lanes === 0) {
      running.delete(at);
      for (const job of at.group.tests)
        if (!at.known.has(job.index)) lose(at, job, 'bug: the worker ended before it told the result');
    }
    return worker;
  };

  const lane = async (): Promise<void> => {
    let worker: Lane | undefined;
    while (!stopped) {
      const at = next();
      if (at === undefined) {
        if (running.size === 0) break;
        await new Promise<void>((wake) => waiting.push(wake));
        continue;
      }
      worker = await work(at, worker);
      changed();
    }
    await worker?.end();
  };
  await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, lane));
}

/** Whether the tests that are left take so much longer than reading the data that another worker makes the run shorter. */
function isWorthHelping({ known, lanes, readMs, testMs }: Running, left: number): boolean {
  if (readMs === undefined) return left > testsPerReading * lanes * 1.5;
  if (known.size === 0) return false;
  const alone = (left * testMs) / known.size / lanes;
  return alone > readMs * 1.5 && alone > leastSaving;
}

interface Ended {
  /** The test during which the worker was lost, or all that wait for the data it could not read. */
  readonly jobs: readonly TestJob[];
  readonly reason: string;
  readonly reading: boolean;
}

interface Listener {
  readonly onResult: (index: number, result: TestResult) => void;
  /** Told once when the data is read, with the milliseconds that took. */
  readonly onRead: (ms: number) => void;
}

/** One worker and the group it works on. */
class Lane {
  readonly #worker: Worker;
  /** Leaves the group that is being worked on; the worker is of no use then. */
  leave: () => void = () => {};
  constructor(settings: RunSettings, memoryMb: number) {
    this.#worker = new Worker(join(programFolder(), 'testing', 'worker.js'), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      // A search may print nothing; what a library prints must not mix with the report.
      stdout: true,
      stderr: true,
    });
    this.#post({ kind: 'settings', settings });
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** Runs what nobody else has taken of a group; tells how the worker ended if it did. */
  run(
    group: GroupJob,
    timeoutMs: number,
    { onResult, onRead }: Listener,
  ): Promise<Ended | 'left' | undefined> {
    return new Promise((resolve) => {
      let current = group.tests[0]!;
      let reading = false;
      let since = 0;
      let settled = false;
      const lost = (reason: string): void =>
        settle({
          jobs: reading ? group.tests : [current],
          reason: reading ? `reading the data: ${reason}` : reason,
          reading,
        });
      let timer: NodeJS.Timeout | undefined;
      const byIndex = new Map(group.tests.map((job) => [job.index, job]));
      const settle = (ended?: Ended | 'left'): void => {
        clearTimeout(timer);
        settled = true;
        for (const event of ['message', 'error', 'exit']) this.#worker.removeAllListeners(event);
        // A worker that fails while it is being ended must not end the process.
        this.#worker.on('error', () => {});
        resolve(ended);
      };
      this.leave = () => settle('left');
      const watch = (): void => {
        clearTimeout(timer);
        const limit = reading ? 5 * timeoutMs : timeoutMs;
        timer = setTimeout(
          () => lost(`ended after ${limit / 1000} seconds; the limit is set with --timeout`),
          limit,
        );
      };
      this.#worker.on('message', (message: FromWorker) => {
        if (message.kind === 'group-done') return settle();
        if (message.kind === 'finished') onResult(message.index, message.result);
        else {
          if (reading) onRead(performance.now() - since);
          reading = message.kind === 'reading';
          since = performance.now();
          if (message.kind === 'started') current = byIndex.get(message.index)!;
        }
        if (!settled) watch();
      });
      this.#worker.on('error', (error: NodeJS.ErrnoException) => {
        lost(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? 'ended: it needed more memory than allowed; the limit is set with --memory'
            : `bug: ${error.message}`,
        );
      });
      this.#worker.on('exit', () => lost('bug: the worker ended'));
      watch();
      this.#post({ kind: 'group', group });
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

function endedResult(job: TestJob, reason: string): TestResult {
  return {
    detection: job.detection.name,
    id: job.detection.id ?? '',
    file: job.detection.file,
    test: job.test,
    status: 'error',
    rows: 0,
    expected: job.expected.text,
    durationMs: 0,
    reason,
    stages: [],
  };
}
