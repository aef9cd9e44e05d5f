// Events from JSON records: the record itself, or the event that an export or a transport has wrapped in it.
import { createRow } from '../runtime/value.js';
import {
  dateDraft,
  draftEvent,
  type EventBuilder,
  type EventDraft,
  exportedFields,
  fieldValueOf,
  type Metadata,
  plainBuilder,
  type Stream,
} from './build-event.js';
import { foreignReader } from './build-forwarded.js';
import { JsonRecord } from './json-record.js';
import { parseObject } from './json-text.js';
import { recogniseJson, WINDOWS_EVENTS } from './source-types.js';
import { recordsOfLine } from './split-json.js';
import { textSourceTypes } from './text-source-types.js';
import { timeOfValue } from './timestamp.js';

function metadataOf(record: JsonRecord): Metadata {
  return {
    source: record.textOf('source'),
    sourcetype: record.textOf('sourcetype'),
    host: record.textOf('host'),
    index: record.textOf('index'),
  };
}

// HTTP Event Collector: "Format events for HTTP Event Collector" lists these members.
const collectorMembers = new Set(['event', 'time', 'host', 'source', 'sourcetype', 'index', 'fields']);

// CloudWatch Logs API Reference, FilteredLogEvent and OutputLogEvent; a subscription's records have `id`.
const logEventMembers = new Set(['id', 'eventId', 'timestamp', 'message', 'ingestionTime', 'logStreamName']);

/** What a record is a wrapper of. */
type Wrapping = 'result' | 'raw' | 'collector' | 'elastic' | 'log event' | 'bus' | 'text';

/**
 * Members that hold the event's own JSON as a text: `aws cloudtrail lookup-events`, and the audit search of
 * Microsoft 365.
 */
const textMembers = ['CloudTrailEvent', 'AuditData'];

const textMemberOf = (record: JsonRecord): string | undefined =>
  textMembers.find((name) => record.textOf(name)?.startsWith('{'));

/** A kind of wrapper: whether names of members may be of one, and whether a record is one. */
interface Wrapper {
  readonly wrapping: Wrapping;
  mayWrap(names: ReadonlySet<string>): boolean;
  wraps(record: JsonRecord): boolean;
}

const are = (names: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  [...names].every((name) => all.has(name));

/** The first that fits counts. */
const wrappers: readonly Wrapper[] = [
  {
    wrapping: 'text',
    mayWrap: (names) => textMembers.some((name) => names.has(name)),
    wraps: (record) => textMemberOf(record) !== undefined,
  },
  {
    // EventBridge User Guide: the detail of what came "via CloudTrail" is CloudTrail's record.
    wrapping: 'bus',
    mayWrap: (names) => names.has('detail') && names.has('detail-type'),
    wraps: (record) => / via CloudTrail$/.test(record.textOf('detail-type') ?? ''),
  },
  {
    wrapping: 'result',
    mayWrap: (names) =>
      names.has('result') && (names.has('preview') || names.has('offset') || names.size === 1),
    wraps: (record) =>
      record.holdsObject('result') && (record.has('preview') || membersIn(record, 'result').has('_raw')),
  },
  {
    wrapping: 'raw',
    mayWrap: (names) => names.has('_raw'),
    wraps: (record) => record.holdsString('_raw'),
  },
  {
    wrapping: 'collector',
    mayWrap: (names) => names.has('event') && names.size > 1 && are(names, collectorMembers),
    wraps: () => true,
  },
  {
    wrapping: 'log event',
    mayWrap: (names) =>
      names.has('message') && names.has('timestamp') && names.size > 2 && are(names, logEventMembers),
    wraps: (record) => record.holdsString('message') && typeof record.get('timestamp') === 'number',
  },
  {
    wrapping: 'elastic',
    mayWrap: (names) => names.has('_source') && (names.has('_index') || names.has('_id')),
    wraps: (record) => record.holdsObject('_source'),
  },
];

const possibleWrappers = (names: ReadonlySet<string>): readonly Wrapper[] =>
  wrappers.filter(({ mayWrap }) => mayWrap(names));

function wrappingOf(record: JsonRecord): Wrapping | null {
  const possible = record.shape.known(possibleWrappers);
  return possible.find(({ wraps }) => wraps(record))?.wrapping ?? null;
}

/** The members of an object in a record; of a broken one none. */
function membersIn(record: JsonRecord, name: string): ReadonlyMap<string, unknown> {
  return parseObject(record.shown(name) ?? '') ?? new Map();
}

/** True when a record is an export or a transport around the event. */
export function isWrapped(record: JsonRecord): boolean {
  return wrappingOf(record) !== null;
}

// A result of Splunk's own export: `_raw` is the event; a result without it has nothing but its fields.
function fromResult(stream: Stream, record: JsonRecord, text: string, line: number): EventDraft {
  const raw = record.holdsString('_raw') ? record.shown('_raw') : null;
  const draft = draftEvent(stream, raw ?? text, line, metadataOf(record));
  draft.preset = exportedFields(record);
  draft.time = timeOfValue(record.get('_time'), stream.clock);
  if (raw === null) draft.extracted = true;
  return draft;
}

function fromCollector(stream: Stream, record: JsonRecord, text: string, line: number): EventDraft {
  const draft = draftEvent(stream, record.shown('event') ?? text, line, metadataOf(record));
  draft.time = timeOfValue(record.get('time'), stream.clock);
  const fields = record.get('fields');
  if (typeof fields === 'object' && fields !== null) {
    const row = createRow();
    for (const [name, value] of Object.entries(fields)) row[name] = fieldValueOf(value);
    draft.preset = row;
  }
  return draft;
}

/** Reads a record as the Windows event that it is; null when it is none. */
type Foreign = (text: string, line: number) => EventDraft | null;

/** Takes events out of what wraps them. */
class Unwrapper {
  readonly #stream: Stream;
  readonly #foreign: Foreign;
  readonly #inner = new JsonRecord();

  constructor(stream: Stream, foreign: Foreign) {
    this.#stream = stream;
    this.#foreign = foreign;
  }

  /** The event in a record; null when the record wraps none. */
  unwrap(record: JsonRecord, text: string, line: number): EventDraft | null {
    const stream = this.#stream;
    switch (wrappingOf(record)) {
      case null:
        return null;
      case 'elastic':
        return this.#typed(draftEvent(stream, record.shown('_source') ?? text, line));
      case 'bus':
        return this.#typed(draftEvent(stream, record.shown('detail') ?? text, line));
      case 'text':
        return this.#typed(draftEvent(stream, record.shown(textMemberOf(record) ?? '') ?? text, line));
      case 'collector': {
        const draft = fromCollector(stream, record, text, line);
        return record.has('sourcetype') ? draft : this.#typed(draft);
      }
      case 'log event': {
        const message = record.shown('message') ?? '';
        const draft = draftEvent(stream, message.trimEnd(), line);
        draft.time = timeOfValue(record.get('timestamp'), stream.clock);
        if (draft.raw.startsWith('{')) return this.#typed(draft);
        if (stream.told.sourcetype === undefined)
          draft.sourcetype =
            textSourceTypes.find(({ line: test }) => test.test(message))?.sourcetype ?? 'unknown';
        return draft;
      }
      case 'raw':
        return fromResult(stream, record, text, line);
      case 'result': {
        const result = record.shown('result') ?? '';
        return this.#inner.read(result) ? fromResult(stream, this.#inner, result, line) : null;
      }
    }
  }

  /** Gives an event of JSON the source type that it shows. */
  #typed(draft: EventDraft): EventDraft {
    if (this.#stream.told.sourcetype !== undefined || !draft.raw.startsWith('{')) return draft;
    const known = this.#inner.read(draft.raw) ? recogniseJson(this.#inner) : null;
    if (known === null) return draft;
    draft.sourcetype = known.sourcetype;
    const event = known.sourcetype === WINDOWS_EVENTS ? this.#foreign(draft.raw, draft.line) : null;
    if (!event) return draft;
    event.time = draft.time ?? event.time;
    event.preset = draft.preset;
    event.index = draft.index;
    return event;
  }
}

/**
 * Returns the builder for JSON records.
 *
 * @param wrapped  records of the file's head wrap events, so each record is looked into
 * @param typed    the source type differs from record to record and is told from each
 */
export function jsonBuilder(stream: Stream, wrapped: boolean, typed: boolean): EventBuilder {
  const plain = plainBuilder(stream);
  const foreign = foreignReader(stream);
  if (!wrapped && !typed) {
    return (text, line) => {
      if (text.includes('}{')) {
        const records = recordsOfLine(text);
        if (records) return records.map((record) => plain(record, line));
      }
      // The record's end is all that is looked at: parsing is left to extraction, for the events that need it.
      const last = text.charCodeAt(text.length - 1);
      if (last !== 125 && !/\}\s*,?\s*$/.test(text.slice(-64)))
        stream.broken(line, 'a record that is not a whole JSON object');
      else if (text.charCodeAt(0) !== 123 && !/^\s*\{/.test(text.slice(0, 64)))
        stream.broken(line, 'a record that is not a JSON object');
      return plain(text, line);
    };
  }
  const record = new JsonRecord();
  const wrapper = new Unwrapper(stream, foreign);
  return (text, line) => {
    if (!record.read(text)) {
      stream.broken(line, 'a record that is not a JSON object');
      return plain(text, line);
    }
    const draft = wrapper.unwrap(record, text, line);
    if (draft) {
      if (draft.time === null && !draft.extracted) dateDraft(stream, draft);
      return draft;
    }
    const known = typed ? recogniseJson(record) : null;
    if (!known) return plain(text, line);
    const event = known.sourcetype === WINDOWS_EVENTS ? foreign(text, line) : null;
    if (event) return event;
    const own = draftEvent(stream, text, line, { sourcetype: known.sourcetype });
    dateDraft(stream, own);
    return own;
  };
}
