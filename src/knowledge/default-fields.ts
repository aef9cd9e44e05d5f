// Default fields that Splunk adds when it indexes, computed here when a search names them.
import type { RawEvent } from '../runtime/raw-event.js';
import type { FieldValue } from '../runtime/value.js';
import { type Step, unchanged } from './step.js';

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const date =
  (part: (time: Date) => FieldValue) =>
  (event: RawEvent): FieldValue =>
    event.time === null ? null : part(new Date(event.time * 1000));

/** Knowledge Manager Manual, "Use default fields"; the date_* fields are those of UTC. */
const DEFAULT_FIELDS: ReadonlyMap<string, (event: RawEvent) => FieldValue> = new Map([
  ['linecount', (event: RawEvent) => event.raw.split('\n').length],
  ['punct', (event: RawEvent) => punctuation(event.raw)],
  ['date_second', date((time) => time.getUTCSeconds())],
  ['date_minute', date((time) => time.getUTCMinutes())],
  ['date_hour', date((time) => time.getUTCHours())],
  ['date_mday', date((time) => time.getUTCDate())],
  ['date_wday', date((time) => WEEKDAYS[time.getUTCDay()] ?? null)],
  ['date_month', date((time) => MONTHS[time.getUTCMonth()] ?? null)],
  ['date_year', date((time) => time.getUTCFullYear())],
]);

/** The punctuation of the first line, blanks as `_`, cut at 30 characters. */
function punctuation(raw: string): string {
  const feed = raw.indexOf('\n');
  const line = feed === -1 ? raw.slice(0, 4096) : raw.slice(0, Math.min(feed, 4096));
  return line
    .replace(/[\p{L}\p{N}]/gu, '')
    .replace(/ /g, '_')
    .replace(/\t/g, 't')
    .slice(0, 30);
}

/** Gives the default fields a search names; never part of "all fields". */
export const defaultFieldStep: Step = {
  name: 'default fields',
  origin: 'index time',
  sources: (field) => (DEFAULT_FIELDS.has(field) ? null : unchanged(field)),
  plan: (wanted) => {
    if (wanted === 'all') return null;
    const used = [...DEFAULT_FIELDS].filter(([name]) => wanted.has(name));
    if (used.length === 0) return null;
    return {
      needs: wanted,
      apply: (row, event) => {
        for (const [name, value] of used) row[name] ??= value(event);
      },
    };
  },
};
