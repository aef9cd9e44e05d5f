// Commands that make rows of nothing.
import { parseCsv, tableRows } from '../csv.js';
import { tooMany } from '../growth.js';
import { parseJson } from '../json.js';
import { nativeOf } from '../json-path.js';
import { strftime } from '../strftime.js';
import { strptime } from '../strptime.js';
import { relativeTime, shiftTime } from '../time-modifier.js';
import { createRow, type Row } from '../value.js';
import { zoneOf } from '../zone.js';
import { type GenerateFunction, searchHook } from './apply.js';
import { setRows } from './table.js';

/** Rows that makeresults makes, and spans of gentimes. */
const mostRows = 10_000_000;
const mostTimes = 1_000_000;

/** makeresults: rows with the time of the search, or rows from data in the search (Search Reference, makeresults). */
export const makeResults: GenerateFunction = (run, args) => () => {
  const data = args['data'] as string | undefined;
  if (data !== undefined)
    return args['format'] === 'json' ? jsonRows(data, run.now) : dataRows(data, run.now);
  const count = Math.max(0, Number(args['count'] ?? 1));
  if (count > mostRows) throw tooMany('makeresults', mostRows, 'rows');
  return Array.from({ length: count }, () => {
    const row = createRow();
    row['_time'] = run.now;
    if (args['annotate'] === true) row['splunk_server'] = 'localhost';
    return row;
  });
};

/** In a search the rows of CSV data are told apart by blanks where the text has no line breaks. */
function dataRows(data: string, now: number): Row[] {
  const text = data.includes('\n') ? data.replace(/^\s+/gm, '') : data.trim().split(/\s+/).join('\n');
  return tableRows(parseCsv(text)).map((row) => stamped(row, now));
}

function jsonRows(data: string, now: number): Row[] {
  const value = parseJson(data);
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((item) => {
    if (!(item instanceof Map)) return [];
    const row = createRow();
    for (const [name, part] of item) {
      const native = nativeOf(part);
      if (native !== null) row[name] = native;
    }
    return [stamped(row, now)];
  });
}

function stamped(row: Row, now: number): Row {
  if (row['_time'] === undefined) row['_time'] = now;
  return row;
}

/** gentimes: a row per span of time between two days. */
export const generateTimes: GenerateFunction = (run, args) => () => {
  const zone = zoneOf(run.timezone);
  // Search Reference, gentimes: MM/DD/YYYY[:HH:MM:SS], also with two digits of the year, or a number of days from now
  const bound = (text: string): number => {
    if (/^[+-]?\d+$/.test(text))
      return relativeTime(run.now, `${/^[+-]/.test(text) ? '' : '+'}${text}d@d`, zone) ?? run.now;
    const year = /^\d+\/\d+\/\d{4}/.test(text) ? '%Y' : '%y';
    const format = `%m/%d/${year}${text.includes(':') ? ':%H:%M:%S' : ''}`;
    return strptime(text, format, zone, run.now) ?? run.now;
  };
  const start = bound(String(args['start'] ?? '-1'));
  const end = bound(String(args['end'] ?? '0'));
  const match = /^(\d*)([smhd])$/.exec(String(args['increment'] ?? '1d'));
  const unit = (match?.[2] ?? 'd') as 's' | 'm' | 'h' | 'd';
  const step = Number(match?.[1] || 1);
  const human = (time: number): string | null => strftime(time, '%a %b %e %H:%M:%S %Y', zone);
  const rows: Row[] = [];
  for (let time = start, next = start; time < end; time = next) {
    if (rows.length === mostTimes) throw tooMany('gentimes', mostTimes, 'rows');
    next = shiftTime(time, step, unit, zone);
    const last = Math.min(next, end) - 1;
    const row = createRow();
    row['starttime'] = time;
    row['starthuman'] = human(time);
    row['endtime'] = last;
    row['endhuman'] = human(last);
    rows.push(row);
    if (next <= time) break;
  }
  return rows;
};

/** set: two searches' rows as sets. */
export const setOfSearches: GenerateFunction = (_run, args, hooks) => async () =>
  setRows(args, await searchHook(hooks, 'first')(), await searchHook(hooks, 'second')());
