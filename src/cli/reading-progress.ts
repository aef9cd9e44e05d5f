// What `run` shows on a terminal while it reads for long: how much, and that the first result may need the last event.

import type { FileReport } from '../dataset/dataset.js';
import { counted } from '../diagnostic/counted.js';
import { type ProgressLine, progressLine } from './progress.js';

/** Time that goes by before anything is shown, and between two lines, in milliseconds. */
const PATIENCE = 2000;
const INTERVAL = 500;

/** How much has been read of files. */
export function readSoFar(
  files: readonly Pick<FileReport, 'file' | 'bytes' | 'events' | 'skipped'>[],
): string {
  const last = files.at(-1);
  if (last === undefined) return 'nothing read yet';
  const sum = (pick: (file: (typeof files)[number]) => number): number =>
    files.reduce((total, file) => total + pick(file), 0);
  const events = sum((file) => file.events + file.skipped);
  const size = `${(sum((file) => file.bytes) / 1e6).toFixed(1)} MB`;
  // Results are newest first, so that of a stream none may be known before its end.
  return last.file === 'stdin'
    ? `${counted(events, 'event')}, ${size} read; standard input has not ended`
    : `${counted(events, 'event')}, ${size} read; at ${last.file}`;
}

/** Shows what has been read, time and again, until it is stopped. */
export function showReading(
  files: () => readonly FileReport[],
  line: ProgressLine = progressLine(),
): { stop(): void } {
  let timer: ReturnType<typeof setInterval> | undefined;
  const patience = setTimeout(() => {
    timer = setInterval(() => line.show(readSoFar(files())), INTERVAL);
    timer.unref();
  }, PATIENCE);
  patience.unref();
  return {
    stop() {
      clearTimeout(patience);
      clearInterval(timer);
      line.clear();
    },
  };
}
