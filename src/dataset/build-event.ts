// What turns the text of a record into events, and what all builders share: metadata and presets.

import { isDefaultField } from '../default-fields.js';
import type { RawEvent } from '../runtime/raw-event.js';
import { createRow, type FieldValue, type Row, type Scalar } from '../runtime/value.js';
import type { TimeFinder } from './time-finder.js';
import type { ClockContext } from './timestamp.js';

/** An event in the making: the reader's loop fills in a time that the text does not have. */
export type EventDraft = { -readonly [Member in keyof RawEvent]: RawEvent[Member] };

/** Index, host, source and source type, as far as known. */
export interface Metadata {
  readonly source?: string | undefined;
  readonly sourcetype?: string | undefined;
  readonly host?: string | undefined;
  readonly index?: string | undefined;
}

/** What every builder of one file knows. */
export interface Stream {
  readonly file: string;
  /** What the caller said: it holds against whatever a record says of itself. */
  readonly told: Metadata;
  /** What holds when neither the caller nor the record says anything. */
  readonly defaults: Required<{ [Member in keyof Metadata]: string }>;
  readonly clock: ClockContext;
  /** How events of a source type are dated; asked for each one that occurs. */
  timeFinder(metadata: { sourcetype: string; source: string; host: string }): TimeFinder;
  /** Counts a record that is not what its format says. */
  broken(line: number, reason: string): void;
}

/** Makes events of a record's text; none for a header, several for a record that turns out to be several. */
export type EventBuilder = (text: string, line: number) => EventDraft | readonly EventDraft[] | null;

/** Creates the draft of an event; `own` is what the record says of itself. */
export function draftEvent(stream: Stream, raw: string, line: number, own?: Metadata): EventDraft {
  const { told, defaults } = stream;
  return {
    raw,
    time: null,
    source: told.source ?? own?.source ?? defaults.source,
    sourcetype: told.sourcetype ?? own?.sourcetype ?? defaults.sourcetype,
    host: told.host ?? own?.host ?? defaults.host,
    index: told.index ?? own?.index ?? defaults.index,
    line,
    file: stream.file,
    preset: null,
    extracted: false,
  };
}

/** Returns the builder of events whose record is the event and says nothing of its own metadata. */
export function plainBuilder(stream: Stream): (text: string, line: number) => EventDraft {
  const { told, defaults } = stream;
  const finder = stream.timeFinder({
    sourcetype: told.sourcetype ?? defaults.sourcetype,
    source: told.source ?? defaults.source,
    host: told.host ?? defaults.host,
  });
  return (text, line) => {
    const draft = draftEvent(stream, text, line);
    draft.time = finder(text);
    return draft;
  };
}

/** Dates a draft from its text. */
export function dateDraft(stream: Stream, draft: EventDraft): void {
  draft.time = stream.timeFinder(draft)(draft.raw);
}

function scalarOf(value: unknown): Scalar | null {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return null;
  try {
    return JSON.stringify(value);
  } catch {
    // Nested too deeply to be written; the raw event still has it.
    return null;
  }
}

/** Turns a value of parsed JSON into a field's value: arrays are multivalues, objects their JSON text. */
export function fieldValueOf(value: unknown): FieldValue {
  if (!Array.isArray(value)) return typeof value === 'boolean' ? value : scalarOf(value);
  const scalars: Scalar[] = [];
  for (const item of value) {
    const scalar = scalarOf(item);
    if (scalar !== null) scalars.push(scalar);
  }
  return scalars.length > 1 ? scalars : (scalars[0] ?? null);
}

/** Returns the fields of an exported result that are neither metadata nor made anew by every search. */
export function exportedFields(members: Iterable<readonly [string, unknown]>): Row | null {
  const row = createRow();
  let any = false;
  for (const [name, value] of members) {
    // Splunk makes these anew for every search result; an exported copy would stand beside the new one.
    if (isDefaultField(name)) continue;
    const field = fieldValueOf(value);
    if (field === null || field === '') continue;
    row[name] = field;
    any = true;
  }
  return any ? row : null;
}
