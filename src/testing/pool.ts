// Worker threads for groups of tests: a stuck or hungry test is ended and reported, and the others go on.
import { Worker } from 'node:worker_threads';
import type { FromWorker, GroupJob, RunSettings, TestJob, ToWorker } from './job.js';
import type { TestResult } from './result.js';

export interface PoolOptions {
  readonly jobs: number;
  /** A test that takes longer is ended, in milliseconds. Reading the data of its group counts for the first test. */
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
  const lane = async (): Promise<void> => {
    let worker: Lane | undefined;
    for (let group = queue.shift(); group !== undefined && !stopped; group = queue.shift()) {
      let rest: GroupJob | undefined = group;
      while (rest !== undefined && rest.tests.length > 0 && !stopped) {
        worker ??= new Lane(settings, options.memoryMb);
        const outcome: Outcome = await worker.run(rest, options.timeoutMs, (index, result) => {
          stopped = options.onResult(index, result) || stopped;
        });
        if (outcome.ended === undefined) break;
        await worker.end();
        worker = undefined;
        const at = rest.tests.findIndex((job) => job.index === outcome.ended!.job.index);
        stopped =
          options.onResult(outcome.ended.job.index, endedResult(outcome.ended.job, outcome.ended.reason)) ||
          stopped;
        rest = { ...rest, tests: rest.tests.slice(at + 1) };
      }
    }
    await worker?.end();
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(options.jobs, groups.length)) }, lane));
}

interface Outcome {
  /** The test during which the worker was lost. */
  readonly ended?: { readonly job: TestJob; readonly reason: string };
}

/** One worker and the group it works on. */
class Lane {
  readonly #worker: Worker;
  constructor(settings: RunSettings, memoryMb: number) {
    this.#worker = new Worker(new URL('./worker.js', import.meta.url), {
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
      let timer: NodeJS.Timeout | undefined;
      const settle = (outcome: Outcome): void => {
        clearTimeout(timer);
        for (const event of ['message', 'error', 'exit']) this.#worker.removeAllListeners(event);
        // A worker that fails while it is being ended must not end the process.
        this.#worker.on('error', () => {});
        resolve(outcome);
      };
      const watch = (): void => {
        clearTimeout(timer);
        timer = setTimeout(
          () =>
            settle({
              ended: {
                job: current,
                reason: `ended after ${timeoutMs / 1000} seconds; the limit is set with --timeout`,
              },
            }),
          timeoutMs,
        );
      };
      this.#worker.on('message', (message: FromWorker) => {
        if (message.kind === 'group-done') return settle({});
        const job = group.tests.find((test) => test.index === message.index)!;
        if (message.kind === 'started') current = job;
        else {
          onResult(message.index, message.result);
          current = group.tests[group.tests.indexOf(job) + 1] ?? job;
        }
        watch();
      });
      this.#worker.on('error', (error: NodeJS.ErrnoException) => {
        const reason =
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? 'ended: it needed more memory than allowed; the limit is set with --memory'
            : `bug: ${error.message}`;
        settle({ ended: { job: current, reason } });
      });
      this.#worker.on('exit', () => settle({ ended: { job: current, reason: 'bug: the worker ended' } }));
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
