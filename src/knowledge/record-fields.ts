// Fields of events that another tool wrote down: those of the event as Splunk has it, then what else the record holds.
import type { RawEvent, RecordShape } from '../runtime/raw-event.js';
import { createRow, type Row } from '../runtime/value.js';
import { type JsonReader, jsonReader } from './json-fields.js';
import { isPresent, type Step, type Wanted } from './step.js';

/** Makes a function that reads an event's fields from its record; it gives false where that cannot be done. */
export function foreignReader(wanted: Wanted): (event: RawEvent, row: Row) => boolean {
  if (wanted === 'all') return () => false;
  const readers = new Map<RecordShape, ReturnType<RecordShape['reader']>>();
  return (event, row) => {
    const shape = event.record?.shape;
    if (shape === undefined) return false;
    let read = readers.get(shape);
    if (read === undefined) {
      read = shape.reader(wanted);
      readers.set(shape, read);
    }
    read?.(event, row);
    return read !== null;
  };
}

/**
 * The members of the record under their own names, as KV_MODE=json names them. They come last, so that they change
 * nothing of what the event is in Splunk, and only where nothing else has given the field a value.
 */
export const memberStep: Step = {
  name: 'members of the record',
  origin: '',
  sources: (field) => ({ fields: [field], escapes: ['json'] }),
  plan(wanted) {
    if (wanted !== 'all' && wanted.size === 0) return null;
    const readers = new Map<RecordShape, { readonly names: readonly string[]; readonly read: JsonReader }>();
    return {
      needs: wanted,
      apply: (row, { record }) => {
        if (record === undefined) return;
        const { shape, text } = record;
        let reader = readers.get(shape);
        if (reader === undefined) {
          const names = wanted === 'all' ? [] : [...wanted].filter((name) => shape.holdsMore(name));
          reader = { names, read: jsonReader(wanted === 'all' ? wanted : new Set(names), 'absent') };
          readers.set(shape, reader);
        }
        if (wanted !== 'all') {
          if (reader.names.some((name) => !isPresent(row[name]))) reader.read(text, row);
          return;
        }
        const members = createRow();
        reader.read(text, members);
        for (const name in members)
          if (!isPresent(row[name]) && shape.holdsMore(name)) row[name] = members[name] ?? null;
      },
    };
  },
};
