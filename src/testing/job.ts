// What a worker is given: one dataset and the tests that run on it, as plain data that can be sent between threads.
import type { AppConfig, Baseline, Detection } from '../content/model.js';
import type { WorkspaceContent } from '../workspace.js';
import type { Expected } from './expectation.js';
import type { TestResult } from './result.js';
import type { TestData } from './select.js';

/** One test, ready to run. Detections are sent without their places. */
export interface TestJob {
  /** Position in the run, by which the result finds its place. */
  readonly index: number;
  readonly detection: Detection;
  readonly test: string;
  readonly expected: Expected;
  readonly earliest?: string;
  readonly latest?: string;
  /** Run before it, on the same events, writing their lookups. */
  readonly baselines: readonly Baseline[];
  /** For a correlation: detections whose risk it may read. */
  readonly contributors: readonly Detection[];
  /** The detection's own schedule, for tests that replay it. */
  readonly schedule?: { readonly cron: string; readonly earliest: string; readonly latest: string };
}

/** Tests that share their events. */
export interface GroupJob {
  readonly data: readonly TestData[];
  readonly tests: readonly TestJob[];
}

/** What all groups of a run share. */
export interface RunSettings {
  readonly content: WorkspaceContent;
  /**
   * Names of lookups that the repository knows, whether a table is given for them or not; left out where its settings
   * do not make an unknown one an error.
   */
  readonly knownLookups?: ReadonlySet<string>;
  readonly app: AppConfig;
  readonly attackVersion: string;
  /** Folders of installed apps whose knowledge applies. */
  readonly apps: readonly string[];
  /** Epoch seconds; default: just after the newest event of a group's data. */
  readonly now?: number;
  /** Rows kept in a result for reports. */
  readonly sampleRows: number;
  /** Where several workers may have the same tests: a mark per test, by its index. Whoever sets it runs the test. */
  readonly marks?: Int32Array;
}

/** Marks for that many tests, which threads share. */
export const sharedMarks = (tests: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(tests * Int32Array.BYTES_PER_ELEMENT));

/** Takes a test; false when somebody has it already. */
export const takeTest = (marks: Int32Array, index: number): boolean =>
  Atomics.exchange(marks, index, 1) === 0;

export const isTaken = (marks: Int32Array, index: number): boolean => Atomics.load(marks, index) !== 0;

/** From the main thread to a worker. */
export type ToWorker =
  | { readonly kind: 'settings'; readonly settings: RunSettings }
  | { readonly kind: 'group'; readonly group: GroupJob };

/** From a worker to the main thread. */
export type FromWorker =
  | { readonly kind: 'started'; readonly index: number }
  /** The data of the group is read now, for all of its tests. */
  | { readonly kind: 'reading' }
  | { readonly kind: 'finished'; readonly index: number; readonly result: TestResult }
  | { readonly kind: 'group-done' };
