// What a run of tests found; every report is made from this alone.

export type TestStatus = 'passed' | 'failed' | 'skipped' | 'error';

/** Rows that went into a command of the search and rows that came out of it. */
export interface Stage {
  /** The command as printed, macros expanded. */
  readonly command: string;
  readonly rowsIn: number;
  readonly rowsOut: number;
}

/** Values that came close to what a clause of a filter asked for. */
export interface NearMiss {
  readonly value: string;
  readonly count: number;
}

/** One clause of the filter after which no row was left. */
export interface ClauseReport {
  readonly clause: string;
  /** Events that met this clause alone. */
  readonly met: number;
  readonly near: readonly NearMiss[];
  /** Of a comparison by order: the least and the greatest value there was, as text. */
  readonly range?: { readonly least: string; readonly greatest: string };
}

/** Why a search found nothing, as far as the data tells. */
export interface Explanation {
  /** The command after which no row was left. */
  readonly command?: string;
  readonly clauses: readonly ClauseReport[];
  /** Fields the search needs that no event of the data has. */
  readonly absentFields: readonly string[];
  /** What came into the command: events of the data, or rows of an earlier command. Default: events. */
  readonly unit?: 'event' | 'row';
  /** Further sentences: where a field went, why a join found no pair. */
  readonly notes?: readonly string[];
  /** Events in the data, before the search. */
  readonly events: number;
}

export interface TestResult {
  readonly detection: string;
  readonly id: string;
  /** Path of the detection's file, relative to the repository. */
  readonly file: string;
  readonly test: string;
  readonly status: TestStatus;
  readonly rows: number;
  /** What was asked for, in words: "at least 1", "0", "2 to 4". */
  readonly expected: string;
  readonly durationMs: number;
  /** Why it failed, was skipped or could not be run: one sentence. */
  readonly reason?: string;
  readonly stages: readonly Stage[];
  readonly explanation?: Explanation;
  /** First rows found, for reports that show them. */
  readonly sample?: readonly Readonly<Record<string, unknown>>[];
  /** Limits that cut rows and other remarks. */
  readonly warnings?: readonly string[];
  /** ATT&CK techniques and tactics of the detection, for the coverage picture. */
  readonly techniques?: readonly string[];
  readonly cached?: boolean;
}

export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly errors: number;
  readonly durationMs: number;
}

export interface TestRun {
  /** When the run began, epoch milliseconds. */
  readonly startedMs?: number;
  readonly summary: TestSummary;
  readonly tests: readonly TestResult[];
}

/** Counts results by status. */
export function summarise(tests: readonly TestResult[], durationMs: number): TestSummary {
  const count = (status: TestStatus) => tests.filter((test) => test.status === status).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    errors: count('error'),
    durationMs,
  };
}
