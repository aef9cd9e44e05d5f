// The report on a file while the file is read.
import type { FileReport } from './dataset.js';

/** A file's report while it grows. */
export type GrowingReport = { -readonly [Part in keyof FileReport]: FileReport[Part] } & {
  sourcetypes: string[];
};

/** Starts the report on a file. */
export function startReport(file: string): GrowingReport {
  return {
    file,
    format: 'empty',
    formatKnownBy: 'content',
    knownBy: 'default',
    sourcetypes: [],
    bytes: 0,
    events: 0,
    skipped: 0,
    broken: 0,
    dropped: 0,
    timeless: 0,
  };
}
