// Rows of already extracted fields (`--events`): nothing is left to extract.
import { createRow } from '../runtime/value.js';
import { draftEvent, type EventBuilder, fieldValueOf, type Stream } from './build-event.js';
import { parseObject } from './json-text.js';
import { timeOfValue } from './timestamp.js';

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * Returns the builder of rows: each record is a JSON object whose members are fields, arrays multivalues. `_time`
 * may be a number or a text. A record that is no object is counted and left out, as it has no fields.
 */
export function rowBuilder(stream: Stream): EventBuilder {
  return (text, line) => {
    const members = parseObject(text);
    if (!members) {
      stream.broken(line, 'a line that is not a JSON object');
      return null;
    }
    const raw = members.get('_raw');
    const draft = draftEvent(stream, typeof raw === 'string' ? raw : '', line, {
      source: asText(members.get('source')),
      sourcetype: asText(members.get('sourcetype')),
      host: asText(members.get('host')),
      index: asText(members.get('index')),
    });
    const row = createRow();
    for (const [name, value] of members) row[name] = fieldValueOf(value);
    const time = members.get('_time');
    draft.time = typeof time === 'number' ? time : timeOfValue(time, stream.clock);
    if (draft.time === null && typeof time === 'string' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(time))
      draft.time = Number(time);
    if (draft.time !== null) row['_time'] = draft.time;
    draft.preset = row;
    draft.extracted = true;
    return draft;
  };
}
