// From the steps of a stream and the fields wanted to one function that makes an event's row.

import type { RawEvent } from '../runtime/raw-event.js';
import { createRow, type Row } from '../runtime/value.js';
import type { Apply, Step, Wanted } from './step.js';

/** Makes the row of one event. */
export type MakeRow = (event: RawEvent, sourcetype: string) => Row;

/** Fields every row has. */
const ALWAYS = ['_time', '_raw', 'host', 'source', 'sourcetype', 'index'];

/**
 * Plans backwards: the last step is made for what is wanted, each one before it for what the later ones need, and a
 * step that nothing is wanted of is left out.
 */
export function planSteps(steps: readonly Step[], wanted: Wanted): MakeRow {
  const applies: Apply[] = [];
  let needed = wanted;
  const touched = new Set<string>(wanted === 'all' ? [] : wanted);
  for (let i = steps.length - 1; i >= 0; i--) {
    const planned = (steps[i] as Step).plan(needed);
    if (planned === null) continue;
    applies.unshift(planned.apply);
    needed = planned.needs;
    if (needed !== 'all') for (const name of needed) touched.add(name);
  }
  const isNeeded = (name: string): boolean => needed === 'all' || touched.has(name);
  const template = needed === 'all' ? [] : [...touched].filter((name) => !ALWAYS.includes(name));
  const start = rowMaker(template, { raw: isNeeded('_raw'), host: isNeeded('host') });
  const [first, second, third, ...rest] = applies;
  return (event, sourcetype) => {
    const row = start(event, sourcetype);
    const { preset } = event;
    if (preset !== null) for (const name in preset) row[name] = preset[name] ?? null;
    if (event.extracted) return row;
    first?.(row, event);
    second?.(row, event);
    third?.(row, event);
    for (const apply of rest) apply(row, event);
    return row;
  };
}

/**
 * Rows of one plan have the same members in the same order from the start, so that the engine gives them one hidden
 * class; a field without a value is null until a step fills it.
 */
function rowMaker(
  names: readonly string[],
  needs: { readonly raw: boolean; readonly host: boolean },
): (event: RawEvent, sourcetype: string) => Row {
  const base = (event: RawEvent, sourcetype: string): Row => {
    const row = createRow();
    row['_time'] = event.time;
    // A row that is kept keeps no text that nobody asks for; of a record of another tool it is made only then.
    row['_raw'] = needs.raw ? event.raw : null;
    row['host'] = needs.host || event.record === undefined ? event.host : null;
    row['source'] = event.source;
    row['sourcetype'] = sourcetype;
    row['index'] = event.index;
    return row;
  };
  if (names.length === 0 || names.length > 200) return base;
  const body = names.map((name) => `row[${quote(name)}] = null;`).join('\n');
  const fill = new Function('row', body) as (row: Row) => void;
  return (event, sourcetype) => {
    const row = base(event, sourcetype);
    fill(row);
    return row;
  };
}

/** A string literal; JSON's own, with the two line separators that old engines end a line at escaped. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`);
}
