// Fields of events that another tool wrote down: those of the event as Splunk has it, then what else the record holds.
import type { RawEvent, RecordShape } from '../runtime/raw-event.js';
import type { Row } from '../runtime/value.js';
import { jsonReader } from './json-fields.js';
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
  plan(wanted) {
    if (wanted !== 'all' && wanted.size === 0) return null;
    const read = jsonReader(wanted, 'absent');
    const more = new Map<RecordShape, readonly string[]>();
    return {
      needs: wanted,
      apply: (row, { record }) => {
        if (record === undefined) return;
        if (wanted !== 'all') {
          let names = more.get(record.shape);
          if (names === undefined) {
            names = [...wanted].filter((name) => record.shape.holdsMore(name));
            more.set(record.shape, names);
          }
          if (names.every((name) => isPresent(row[name]))) return;
        }
        read(record.text, row);
      },
    };
  },
};
