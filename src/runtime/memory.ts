// How much memory a search may hold: it ends with a sentence before V8 ends the process.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { resourceLimits } from 'node:worker_threads';
import { digits, LimitError } from './growth.js';
import type { RowSink } from './run.js';
import type { Row } from './value.js';

/** Thrown where memory runs out; the message names the command that holds it. */
export class MemoryError extends LimitError {}

/** Of V8's limit, what its space for new objects takes at most. */
const youngSpace = 48 * 2 ** 20;
/** How much of the rest may be in use; closer to its limit V8 does little but collect, and then gives up. */
const usable = 0.75;
/** Rows between two looks at the heap, at most. */
const interval = 256;

/** Bytes that may be in use. */
let most: number | undefined;
/** Bytes in use from which it is worth a collection to tell what is held from what is only not yet collected. */
let nextCollection = 0;
let collect: (() => void) | undefined;

/** Gives the function that V8 keeps for this; it comes with a flag, which a context made later sees. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Rows until the next look. Every holder counts down: what one of them takes is taken from the others. */
let due = 1;
/** Rows between the last two looks. */
let step = 1;
/** Bytes in use at the last look. */
let before = 0;
/** Bytes that a row seems to take. */
let ofRow = 0;

function isShort(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  most ??= Math.max(limit - youngSpace, limit / 2) * usable;
  // Rows as large as those since the last look may take half of what is left until the next, however large they are.
  // What was collected meanwhile hides how large they are, so that the looks before count, too.
  ofRow = Math.max((used - before) / step, ofRow / 2);
  const fitting = ofRow > 0 ? Math.floor(Math.max(most - used, 0) / 2 / ofRow) : interval;
  step = Math.max(1, Math.min(fitting, 2 * step, interval));
  due = step;
  before = used;
  if (used < Math.max(most, nextCollection)) return false;
  collect ??= collector();
  collect();
  const held = getHeapStatistics().used_heap_size;
  nextCollection = held + most / 16;
  before = held;
  return held >= most;
}

/** Where the limit is set: threads, which run tests, have one of their own. */
const setting = () =>
  resourceLimits.maxOldGenerationSizeMb === undefined
    ? 'NODE_OPTIONS=--max-old-space-size=<MB>'
    : '--memory <MiB>';

/**
 * Looks at memory now and then, where a command takes rows that it holds: the sooner, the more each row has taken.
 *
 * @param holder as it is told, such as `"sort"`
 * @param count of rows taken so far, or of other things
 * @throws MemoryError that names the holder, how many rows it has, and what helps
 */
export function spareMemory(holder: string, count: number, things = 'rows'): void {
  if (--due > 0 || !isShort()) return;
  const megabytes = Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20);
  throw new MemoryError(
    `memory runs out: ${holder} holds what it needs of ${digits(count)} ${things}, and ${digits(megabytes)} MB are all that may be used; ` +
      `filter earlier, name the fields that are needed, or allow more with ${setting()}`,
  );
}

/** Gathers the rows of a result, as long as there is memory for them. */
export function gathered(rows: Row[]): RowSink {
  return {
    push(row) {
      rows.push(row);
      spareMemory('the result', rows.length);
    },
  };
}

/** The rows that each of some rows gives, one after the other, as long as there is memory for them. */
export function rowsOfEach(
  rows: readonly Row[],
  holder: string,
  rowsOf: (row: Row) => readonly Row[],
): Row[] {
  const all: Row[] = [];
  for (const row of rows) {
    for (const made of rowsOf(row)) {
      all.push(made);
      spareMemory(holder, all.length);
    }
  }
  return all;
}
