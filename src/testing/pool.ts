// Worker threads for groups of tests: a stuck or hungry test is ended and reported, and the others go on.
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { programFolder } from '../package-root.js';
import type { FromWorker, GroupJob, RunSettings, TestJob, ToWorker } from './job.js';
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

/** Runs groups on worker threads, largest first, and returns when every test has a result or the run was stopped. */
export async function runPool(
  groups: readonly GroupJob[],
  settings: RunSettings,
  options: PoolOptions,
): Promise<void> {
  const queue = [...groups].sort((a, b) => b.tests.length - a.tests.length);
  let stopped = false;
  const workers = new Set<Lane>();
  const told = (index: number, result: TestResult): void => {
    if (stopped || !options.onResult(index, result)) return;
    stopped = true;
    for (const worker of workers) worker.halt();
  };
  const lane = async (): Promise<void> => {
    let worker: Lane | undefined;
    for (let group = queue.shift(); group !== undefined && !stopped; group = queue.shift()) {
      let rest: GroupJob | undefined = group;
      const known = new Set<number>();
      while (rest !== undefined && rest.tests.length > 0 && !stopped) {
        if (worker === undefined) {
          worker = new Lane(settings, options.memoryMb);
          workers.add(worker);
        }
        const outcome: Outcome = await worker.run(rest, options.timeoutMs, (index, result) => {
          known.add(index);
          told(index, result);
        });
        if (outcome.ended === undefined) break;
        workers.delete(worker);
        await worker.end();
        worker = undefined;
        const { jobs, reason }: Ended = outcome.ended;
        const left: readonly TestJob[] = rest.tests.filter((job) => !known.has(job.index));
        const lost = jobs.filter((job) => !known.has(job.index));
        // A worker that is lost between two tests takes the next one with it, or this would not end.
        for (const job of lost.length > 0 ? lost : left.slice(0, 1)) {
          if (!stopped) told(job.index, endedResult(job, reason));
          known.add(job.index);
        }
        rest = { ...rest, tests: left.filter((job) => !known.has(job.index)) };
      }
    }
    await worker?.end();
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(options.jobs, groups.length)) }, lane));
}

interface Ended {
  /** The test during which the worker was lost, or all that wait for the data it could not read. */
  readonly jobs: readonly TestJob[];
  readonly reason: string;
}

interface Outcome {
  readonly ended?: Ended;
}

/** One worker and the group it works on. */
class Lane {
  readonly #worker: Worker;
  /** Leaves the group that is being worked on. */
  halt: () => void = () => {};
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

  run(
    group: GroupJob,
    timeoutMs: number,
    onResult: (index: number, result: TestResult) => void,
  ): Promise<Outcome> {
    return new Promise((resolve) => {
      let current = group.tests[0]!;
      let reading = false;
      let settled = false;
      const lost = (reason: string): void =>
        settle({
          ended: {
            jobs: reading ? group.tests : [current],
            reason: reading ? `reading the data: ${reason}` : reason,
          },
        });
      let timer: NodeJS.Timeout | undefined;
      const byIndex = new Map(group.tests.map((job) => [job.index, job]));
      const settle = (outcome: Outcome): void => {
        clearTimeout(timer);
        settled = true;
        for (const event of ['message', 'error', 'exit']) this.#worker.removeAllListeners(event);
        // A worker that fails while it is being ended must not end the process.
        this.#worker.on('error', () => {});
        resolve(outcome);
      };
      this.halt = () => settle({});
      const watch = (): void => {
        clearTimeout(timer);
        const limit = reading ? 5 * timeoutMs : timeoutMs;
        timer = setTimeout(
          () => lost(`ended after ${limit / 1000} seconds; the limit is set with --timeout`),
          limit,
        );
      };
      this.#worker.on('message', (message: FromWorker) => {
        if (message.kind === 'group-done') return settle({});
        if (message.kind === 'finished') onResult(message.index, message.result);
        else {
          reading = message.kind === 'reading';
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
