// KV_MODE = multi: an event that is a table, taken apart into an event for each of its lines.
import { rowsOfTable } from '../runtime/apply/extract.js';
import type { RawEvent } from '../runtime/raw-event.js';
import { createRow } from '../runtime/value.js';

/** Whether a KV_MODE is one that makes events of a table's lines. */
export function isTable(mode: string | undefined): boolean {
  return mode?.toLowerCase() === 'multi';
}

/**
 * Gives the lines of a table as events, their columns as fields (Admin Manual, props.conf, KV_MODE: multi "invokes the
 * multikv search command"); an event that is no table stays as it is.
 */
export function tableEvents(event: RawEvent): readonly RawEvent[] {
  const row = createRow();
  row['_raw'] = event.raw;
  const lines = rowsOfTable(row, {});
  if (lines.length === 0) return [event];
  return lines.map((line): RawEvent => {
    const preset = createRow();
    for (const name in event.preset) preset[name] = event.preset[name] ?? null;
    for (const name in line) if (name !== '_raw') preset[name] = line[name] ?? null;
    return { ...event, raw: String(line['_raw'] ?? ''), preset };
  });
}
