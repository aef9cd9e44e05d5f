// Finds `_time` in the text of an event, as the source type's settings or its well-known layout say.
import type { DatasetFormat, IndexTimeSettings } from './dataset.js';
import { type SettingFault, SettingRegex } from './setting-regex.js';
import { commonTimeMembers, timeMembersOf } from './source-types.js';
import { compileTimeFormat } from './time-format.js';
import { type ClockContext, DEFAULT_LOOKAHEAD, findTimestamp, timestampAt } from './timestamp.js';
import { isZone } from './zone.js';

/** Returns the time of an event, epoch seconds, or null when its text has none. */
export type TimeFinder = (raw: string) => number | null;

const isSpace = (code: number) => code <= 32;

/** How many objects and arrays are open at an offset of a JSON text. */
export function depthAt(raw: string, at: number): number {
  // Without a second bracket before the member it can only stand at the top.
  const brace = raw.indexOf('{', 1);
  if (brace < 0 || brace > at) {
    const bracket = raw.indexOf('[', 1);
    if (bracket < 0 || bracket > at) return 1;
  }
  let depth = 0;
  for (let i = 0; i < at; i++) {
    const code = raw.charCodeAt(i);
    if (code === 34) {
      for (i++; i < at && raw.charCodeAt(i) !== 34; i++) if (raw.charCodeAt(i) === 92) i++;
    } else if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) depth--;
  }
  return depth;
}

// A record may name the same member a million times; where the first ones hold no time, none does.
const MAX_TRIES = 16;

/** Reads the time from a JSON member, without parsing the record. */
export class JsonTimeMember {
  readonly name: string;
  readonly #needle: string;
  readonly #anyDepth: boolean;

  /** @param anyDepth  take the member wherever it stands; otherwise only at the top of the record */
  constructor(name: string, anyDepth: boolean) {
    this.name = name;
    // Without its first quote: a search that begins with the rarest character of JSON's commonest is quicker.
    this.#needle = JSON.stringify(name).slice(1);
    this.#anyDepth = anyDepth;
  }

  read(raw: string, clock: ClockContext): number | null {
    let at = raw.indexOf(this.#needle);
    for (let tries = 0; at >= 0 && tries < MAX_TRIES; at = raw.indexOf(this.#needle, at + 1), tries++) {
      if (raw.charCodeAt(at - 1) !== 34) continue;
      let next = at + this.#needle.length;
      while (isSpace(raw.charCodeAt(next))) next++;
      if (raw.charCodeAt(next) !== 58) continue;
      next++;
      while (isSpace(raw.charCodeAt(next))) next++;
      if (raw.charCodeAt(next) === 34) next++;
      while (isSpace(raw.charCodeAt(next))) next++;
      if (!this.#anyDepth && depthAt(raw, at) !== 1) continue;
      const found = timestampAt(raw, next, clock) ?? this.#other(raw, next, clock);
      if (found !== null) return typeof found === 'number' ? found : found.time;
    }
    return null;
  }

  // "Tue Mar 29 …" begins with a weekday; .NET writes "\/Date(1650000000000)\/".
  #other(raw: string, at: number, clock: ClockContext): number | null {
    // Where the member is the type's own, a number of nine digits (before 2001) is a time as well.
    const early = this.#anyDepth ? /^\d{9}(?:\.\d{1,9})?(?!\d)/.exec(raw.slice(at, at + 24)) : null;
    if (early) return Number(early[0]);
    const net = /^\\?\/Date\((\d{13})/.exec(raw.slice(at, at + 24));
    if (net) return Number(net[1]) / 1000;
    const weekday = /^[A-Z][a-z]{2,8},? /.exec(raw.slice(at, at + 12));
    return weekday ? (timestampAt(raw, at + weekday[0].length, clock)?.time ?? null) : null;
  }
}

// Names that do not occur inside other members' objects, so that where they stand need not be looked at.
const distinctive: ReadonlySet<string> = new Set([
  '@timestamp',
  '_time',
  'eventTime',
  'EventTime',
  'TimeGenerated',
  'published',
  'isotimestamp',
]);

const timeName = /"([\w.@ -]{0,60}(?:time(?:stamp)?|date|created|received|recorded|_at|At|On))"\s*:\s*"?/gi;
const otherTime = /expir|modif|updat|birth|valid|until|end|last|next/i;

// The last resort: a member whose name says that it holds a time, and not one of something else.
function timeByName(raw: string, clock: ClockContext): number | null {
  for (const match of raw.slice(0, 65536).matchAll(timeName)) {
    if (otherTime.test(match[1]!)) continue;
    const found = timestampAt(raw, match.index + match[0].length, clock);
    if (found) return found.time;
  }
  return null;
}

/** The names of a list such as TIMESTAMP_FIELDS. */
export function namesOf(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function jsonFinder(sourcetype: string, clock: ClockContext, told: readonly string[]): TimeFinder {
  // A nested member is found by its own name, the last of its path.
  const names = told.map((name) => name.split('.').at(-1) ?? name);
  const known = [...names, ...timeMembersOf(sourcetype)].map((name) => new JsonTimeMember(name, true));
  const common = [
    ...commonTimeMembers.map((name) => new JsonTimeMember(name, distinctive.has(name))),
    ...commonTimeMembers.map((name) => new JsonTimeMember(name, true)),
  ];
  // The member that dated the last record is tried first, as records of one file are alike; but only among the
  // common ones up to it, so that a better member that a record has wins as it would alone.
  let hot: readonly JsonTimeMember[] = [];
  let misses = 0;
  return (raw) => {
    for (const member of known) {
      const time = member.read(raw, clock);
      if (time !== null) return time;
    }
    for (const member of hot) {
      const time = member.read(raw, clock);
      if (time !== null) return time;
    }
    if (misses > 1000 && hot.length === 0)
      return findTimestamp(raw, 0, DEFAULT_LOOKAHEAD, clock)?.time ?? null;
    for (const member of common) {
      const time = member.read(raw, clock);
      if (time === null) continue;
      hot = common.filter((candidate) => candidate === member || hot.includes(candidate));
      return time;
    }
    misses++;
    return findTimestamp(raw, 0, DEFAULT_LOOKAHEAD, clock)?.time ?? timeByName(raw, clock);
  };
}

/** `TimeCreated/@SystemTime` of a Windows event. */
function windowsXmlFinder(clock: ClockContext): TimeFinder {
  return (raw) => {
    const at = raw.indexOf('SystemTime=');
    if (at >= 0) {
      const found = timestampAt(raw, at + 12, clock);
      if (found) return found.time;
    }
    const created = raw.indexOf('TimeCreated');
    return created < 0 ? null : (findTimestamp(raw, created, created + 64, clock)?.time ?? null);
  };
}

function auditFinder(clock: ClockContext): TimeFinder {
  return (raw) => {
    const at = raw.indexOf('audit(');
    return at < 0 ? null : (timestampAt(raw, at + 6, clock)?.time ?? null);
  };
}

const timeKey =
  /(?:^|[\s,;|([{])(?:_?time(?:_local|_iso8601|stamp)?|event_?time(?:stamp)?|date_?time|ts|date)=["']?/gi;

// A pair that names the time is looked for in the whole event: it need not stand at the beginning.
function keyValueFinder(clock: ClockContext): TimeFinder {
  return (raw) => {
    const first = findTimestamp(raw, 0, DEFAULT_LOOKAHEAD, clock);
    if (first) return first.time;
    for (const match of raw.matchAll(timeKey)) {
      const found = timestampAt(raw, match.index + match[0].length, clock);
      if (found) return found.time;
    }
    return null;
  };
}

function firstInText(clock: ClockContext): TimeFinder {
  return (raw) => findTimestamp(raw, 0, DEFAULT_LOOKAHEAD, clock)?.time ?? null;
}

function configuredFinder(
  settings: IndexTimeSettings,
  clock: ClockContext,
  fault: SettingFault,
): TimeFinder | null {
  const { TIME_PREFIX, TIME_FORMAT } = settings;
  if (TIME_PREFIX === undefined && TIME_FORMAT === undefined) return null;
  const prefix =
    TIME_PREFIX === undefined ? undefined : SettingRegex.compile('TIME_PREFIX', TIME_PREFIX, fault);
  if (prefix === null) return null;
  const format = TIME_FORMAT === undefined ? undefined : compileTimeFormat(TIME_FORMAT);
  if (format === null) fault('TIME_FORMAT', TIME_FORMAT!);
  const lookahead = settings.MAX_TIMESTAMP_LOOKAHEAD ?? DEFAULT_LOOKAHEAD;
  return (raw) => {
    let from = 0;
    if (prefix) {
      from = prefix.endOfMatch(raw);
      // Without its prefix an event has no timestamp, says props.conf.
      if (from < 0) return null;
    }
    const limit = lookahead <= 0 ? raw.length : from + lookahead;
    return (format ?? findTimestamp)(raw, from, limit, clock)?.time ?? null;
  };
}

/**
 * Chooses how events of a source type are dated: props.conf's settings, else what is known of the layout.
 *
 * @param fault  told of every setting that cannot be used
 */
export function createTimeFinder(
  format: DatasetFormat,
  sourcetype: string,
  settings: IndexTimeSettings | undefined,
  defaults: ClockContext,
  fault: SettingFault,
): TimeFinder {
  let clock = defaults;
  if (settings?.TZ !== undefined) {
    if (isZone(settings.TZ)) clock = { ...defaults, zone: settings.TZ };
    else fault('TZ', settings.TZ);
  }
  if (settings?.DATETIME_CONFIG === 'CURRENT') return () => clock.now;
  if (settings?.DATETIME_CONFIG === 'NONE') return () => null;
  const own = ownFinder(format, sourcetype, clock, namesOf(settings?.TIMESTAMP_FIELDS));
  const configured = settings && (quickFinder(settings, clock) ?? configuredFinder(settings, clock, fault));
  // Differs from Splunk, which dates an event that the settings do not fit by the one before it: logs that were
  // converted on their way here often write the same time in another form.
  return configured ? (raw) => configured(raw) ?? own(raw) : own;
}

// Most settings say where an ISO timestamp stands in XML or JSON. Those places are found without a regex: the time is
// read of every event, and regexes take the most of it.
function quickFinder(
  { TIME_PREFIX = '', TIME_FORMAT = '%Y-%m-%dT' }: IndexTimeSettings,
  clock: ClockContext,
) {
  if (!/^%Y-%m-%d[T ]/.test(TIME_FORMAT)) return null;
  if (TIME_PREFIX === 'SystemTime=[\'"]') return windowsXmlFinder(clock);
  const name = /^"([\w@.-]+)"\\s\*:\\s\*"\??$/.exec(TIME_PREFIX)?.[1];
  if (name === undefined) return null;
  const member = new JsonTimeMember(name, true);
  return (raw: string) => member.read(raw, clock);
}

function ownFinder(
  format: DatasetFormat,
  sourcetype: string,
  clock: ClockContext,
  told: readonly string[],
): TimeFinder {
  switch (format) {
    case 'windows-xml':
      return windowsXmlFinder(clock);
    case 'json':
    case 'json-lines':
      return jsonFinder(sourcetype, clock, told);
    case 'key-value':
      return keyValueFinder(clock);
    case 'auditd':
      return auditFinder(clock);
    default:
      return firstInText(clock);
  }
}
