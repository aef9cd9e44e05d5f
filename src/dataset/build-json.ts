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
import { membersOf, parseObject, valueText } from './json-text.js';
import { recogniseJson, WINDOWS_EVENTS } from './source-types.js';
import { recordsOfLine } from './split-json.js';
import { textSourceTypes } from './text-source-types.js';
import { timeOfValue } from './timestamp.js';

type Members = ReadonlyMap<string, unknown>;

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function metadataOf(members: Members): Metadata {
  return {
    source: asText(members.get('source')),
    sourcetype: asText(members.get('sourcetype')),
    host: asText(members.get('host')),
    index: asText(members.get('index')),
  };
}

function memberText(text: string, name: string): string | null {
  const member = membersOf(text).findLast((candidate) => candidate.name === name);
  return member ? valueText(text, member) : null;
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

const textMemberOf = (members: Members): string | undefined =>
  textMembers.find((name) => asText(members.get(name))?.startsWith('{'));

function wrappingOf(members: Members): Wrapping | null {
  if (textMemberOf(members) !== undefined) return 'text';
  // EventBridge User Guide: the detail of what came "via CloudTrail" is CloudTrail's record.
  if (members.has('detail') && / via CloudTrail$/.test(asText(members.get('detail-type')) ?? ''))
    return 'bus';
  const result = members.get('result');
  if (
    typeof result === 'object' &&
    result !== null &&
    (members.has('preview') || members.has('offset') || members.size === 1)
  ) {
    return Object.hasOwn(result, '_raw') || members.has('preview') ? 'result' : null;
  }
  if (typeof members.get('_raw') === 'string') return 'raw';
  if (
    members.has('event') &&
    members.size > 1 &&
    [...members.keys()].every((name) => collectorMembers.has(name))
  ) {
    return 'collector';
  }
  if (
    typeof members.get('message') === 'string' &&
    typeof members.get('timestamp') === 'number' &&
    members.size > 2 &&
    [...members.keys()].every((name) => logEventMembers.has(name))
  ) {
    return 'log event';
  }
  const inner = members.get('_source');
  if (typeof inner === 'object' && inner !== null && (members.has('_index') || members.has('_id')))
    return 'elastic';
  return null;
}

/** True when a record is an export or a transport around the event. */
export function isWrapped(members: Members): boolean {
  return wrappingOf(members) !== null;
}

// A result of Splunk's own export: `_raw` is the event; a result without it has nothing but its fields.
function fromResult(stream: Stream, members: Members, text: string, line: number): EventDraft {
  const raw = members.get('_raw');
  const draft = draftEvent(stream, typeof raw === 'string' ? raw : text, line, metadataOf(members));
  draft.preset = exportedFields(members);
  draft.time = timeOfValue(members.get('_time'), stream.clock);
  if (typeof raw !== 'string') draft.extracted = true;
  return draft;
}

function fromCollector(stream: Stream, members: Members, text: string, line: number): EventDraft {
  const draft = draftEvent(stream, memberText(text, 'event') ?? text, line, metadataOf(members));
  draft.time = timeOfValue(members.get('time'), stream.clock);
  const fields = members.get('fields');
  if (typeof fields === 'object' && fields !== null) {
    const row = createRow();
    for (const [name, value] of Object.entries(fields)) row[name] = fieldValueOf(value);
    draft.preset = row;
  }
  return draft;
}

/** Reads a record as the Windows event that it is; null when it is none. */
type Foreign = (text: string, line: number) => EventDraft | null;

function typedDraft(stream: Stream, draft: EventDraft, hasType: boolean, foreign: Foreign): EventDraft {
  if (hasType || stream.told.sourcetype !== undefined || !draft.raw.startsWith('{')) return draft;
  const inner = parseObject(draft.raw);
  const known = inner && recogniseJson(inner);
  if (!known) return draft;
  draft.sourcetype = known.sourcetype;
  const event = known.sourcetype === WINDOWS_EVENTS ? foreign(draft.raw, draft.line) : null;
  if (!event) return draft;
  event.time = draft.time ?? event.time;
  event.preset = draft.preset;
  event.index = draft.index;
  return event;
}

function unwrap(
  stream: Stream,
  members: Members,
  text: string,
  line: number,
  foreign: Foreign,
): EventDraft | null {
  const wrapping = wrappingOf(members);
  if (wrapping === null) return null;
  if (wrapping === 'elastic' || wrapping === 'bus' || wrapping === 'text') {
    const holder = wrapping === 'elastic' ? '_source' : (textMemberOf(members) ?? 'detail');
    const draft = draftEvent(stream, memberText(text, holder) ?? text, line);
    return typedDraft(stream, draft, false, foreign);
  }
  if (wrapping === 'collector') {
    const draft = fromCollector(stream, members, text, line);
    return typedDraft(stream, draft, members.has('sourcetype'), foreign);
  }
  if (wrapping === 'log event') {
    const message = members.get('message') as string;
    const draft = draftEvent(stream, message.trimEnd(), line);
    draft.time = timeOfValue(members.get('timestamp'), stream.clock);
    if (draft.raw.startsWith('{')) return typedDraft(stream, draft, false, foreign);
    if (stream.told.sourcetype === undefined)
      draft.sourcetype =
        textSourceTypes.find(({ line: test }) => test.test(message))?.sourcetype ?? 'unknown';
    return draft;
  }
  if (wrapping === 'raw') return fromResult(stream, members, text, line);
  const inner = parseObject(memberText(text, 'result') ?? '');
  return inner && fromResult(stream, inner, memberText(text, 'result') ?? text, line);
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
  return (text, line) => {
    const members = parseObject(text);
    if (!members) {
      stream.broken(line, 'a record that is not a JSON object');
      return plain(text, line);
    }
    const draft = unwrap(stream, members, text, line, foreign);
    if (draft) {
      if (draft.time === null && !draft.extracted) dateDraft(stream, draft);
      return draft;
    }
    const known = typed ? recogniseJson(members) : null;
    if (!known) return plain(text, line);
    const event = known.sourcetype === WINDOWS_EVENTS ? foreign(text, line) : null;
    if (event) return event;
    const own = draftEvent(stream, text, line, { sourcetype: known.sourcetype });
    dateDraft(stream, own);
    return own;
  };
}
