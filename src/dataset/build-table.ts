// Events from files that name their own columns: CSV, Zeek's TSV and W3C logs such as those of IIS.
import { createRow, type FieldValue, type Row } from '../runtime/value.js';
import {
  dateDraft,
  draftEvent,
  type EventBuilder,
  exportedFields,
  type Metadata,
  type Stream,
} from './build-event.js';
import { draftOfCells } from './build-forwarded.js';
import { csvCells, csvColumns } from './delimited.js';
import { commonTimeMembers, WINDOWS_EVENTS } from './source-types.js';
import { findTimestamp, timeOfValue } from './timestamp.js';
import { isWindowsTable } from './windows-records.js';

/** Index-time extraction writes every character of a column's name that is no letter, digit or `_` as `_`. */
function cleanName(name: string): string {
  return name
    .slice(0, 1000)
    .trim()
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+(?=[A-Za-z0-9])|_+$/g, '');
}

// outputcsv writes a multivalue twice: its values on lines of their own, and in `__mv_<name>` as `$a$;$b$`.
function multivalueOf(text: string): FieldValue {
  // Longer than any that Splunk writes; and a text of nothing but `$` would take the square of its length.
  if (text.length > 65536) return text;
  const values = [...text.matchAll(/\$((?:[^$]|\$\$)*)\$(?:;|$)/g)].map((match) =>
    match[1]!.replaceAll('$$', '$'),
  );
  return values.length > 1 ? values : (values[0] ?? null);
}

function columnMetadata(cells: ReadonlyMap<string, string>): Metadata {
  const get = (name: string) => cells.get(name) || undefined;
  return { source: get('source'), sourcetype: get('sourcetype'), host: get('host'), index: get('index') };
}

function exportedRow(cells: ReadonlyMap<string, string>): Row | null {
  const members: [string, FieldValue][] = [];
  for (const [name, value] of cells) {
    if (name.startsWith('__mv_') || value === '') continue;
    const many = cells.get(`__mv_${name}`);
    members.push([name, many ? multivalueOf(many) : value]);
  }
  return exportedFields(members);
}

// Index-time fields of one name are values of one field, so columns of one name are, too.
function rowOf(names: readonly string[], values: readonly string[]): Row {
  const row = createRow();
  for (const [i, column] of names.entries()) {
    const value = values[i] ?? '';
    const name = cleanName(column) || column;
    if (value === '' || name === '') continue;
    const before = row[name];
    if (before === undefined) row[name] = value;
    else row[name] = Array.isArray(before) ? [...before, value] : [before as string, value];
  }
  return row;
}

/**
 * Returns the builder of CSV records. The first record names the columns; with a column `_raw` the records are
 * exported events, with the columns of Windows events they are these, otherwise the line is the event and its cells
 * are index-time fields.
 *
 * @param timeNames  columns that hold the time, before those that commonly do
 * @see Admin Manual, props.conf, INDEXED_EXTRACTIONS = CSV
 */
export function csvBuilder(
  stream: Stream,
  delimiter: string,
  timeNames: readonly string[] = [],
): EventBuilder {
  let names: readonly string[] | null = null;
  let timeColumns: readonly string[] = [];
  let isWindows = false;
  return (text, line) => {
    const values = csvCells(text, delimiter);
    if (names === null) {
      names = values.map((name) => name.trim());
      const columns = csvColumns(values);
      const told = stream.told.sourcetype ?? WINDOWS_EVENTS;
      isWindows = /wineventlog/i.test(told) && isWindowsTable((name) => columns.includes(name));
      if (isWindows) names = columns;
      timeColumns = [...timeNames, '_time', ...commonTimeMembers].filter((name) => names?.includes(name));
      return null;
    }
    if (values.length !== names.length) {
      stream.broken(line, `a record of ${values.length} cells where the header names ${names.length}`);
    }
    const cells = new Map<string, string>();
    for (const [i, name] of names.entries()) if (i < values.length) cells.set(name, values[i]!);
    const event = isWindows ? draftOfCells(stream, cells, line) : null;
    if (event) return event;
    const audit = cells.get('AuditData');
    if (audit?.startsWith('{')) {
      // The audit search of Microsoft 365 exports the record as one of the cells.
      const draft = draftEvent(stream, audit, line, { sourcetype: 'o365:management:activity' });
      dateDraft(stream, draft);
      return draft;
    }
    const raw = cells.get('_raw');
    const isExport = raw !== undefined && raw !== '';
    const draft = draftEvent(
      stream,
      isExport ? raw : text,
      line,
      isExport ? columnMetadata(cells) : undefined,
    );
    if (isExport) draft.preset = exportedRow(cells);
    else {
      draft.preset = rowOf(names, values);
    }
    for (const name of timeColumns) {
      if (draft.time !== null) break;
      draft.time = timeOfValue(cells.get(name), stream.clock);
    }
    if (draft.time === null) dateDraft(stream, draft);
    return draft;
  };
}

/** What Zeek's header lines say of the table that follows. */
interface ZeekHeader {
  separator: string;
  setSeparator: string;
  empty: string;
  unset: string;
  path: string;
  fields: readonly string[];
  types: readonly string[];
}

function unescapeZeek(text: string): string {
  return text.replace(/\\x([0-9A-Fa-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function readZeekHeader(text: string, header: ZeekHeader): void {
  const space = text.startsWith('#separator') ? ' ' : header.separator;
  const [name = '', ...values] = text.slice(1).split(space);
  const value = values.join(space);
  if (name === 'separator') header.separator = unescapeZeek(value.trim()) || '\t';
  else if (name === 'set_separator') header.setSeparator = unescapeZeek(value);
  else if (name === 'empty_field') header.empty = value;
  else if (name === 'unset_field') header.unset = value;
  else if (name === 'path') header.path = value.trim();
  else if (name === 'fields') header.fields = values;
  else if (name === 'types') header.types = values;
}

function zeekValue(cell: string, type: string, header: ZeekHeader): FieldValue {
  if (cell === header.unset || cell === header.empty || cell === '') return null;
  if (!/^(?:set|vector|table)\[/.test(type)) return unescapeZeek(cell);
  const values = cell
    .split(header.setSeparator)
    .filter((value) => value !== header.unset)
    .map(unescapeZeek);
  return values.length > 1 ? values : (values[0] ?? null);
}

/** Returns the builder of Zeek's TSV; header lines may come again in the middle, when logs were put together. */
export function zeekBuilder(stream: Stream): EventBuilder {
  const header: ZeekHeader = {
    separator: '\t',
    setSeparator: ',',
    empty: '(empty)',
    unset: '-',
    path: '',
    fields: [],
    types: [],
  };
  return (text, line) => {
    if (text.startsWith('#')) {
      readZeekHeader(text, header);
      return null;
    }
    const cells = text.split(header.separator);
    if (header.fields.length === 0) stream.broken(line, 'a Zeek record before any #fields line');
    else if (cells.length !== header.fields.length) {
      stream.broken(line, `a record of ${cells.length} columns where #fields names ${header.fields.length}`);
    }
    const own = header.path === '' ? undefined : { sourcetype: `zeek:${header.path}`, source: undefined };
    const draft = draftEvent(stream, text, line, own);
    const row = createRow();
    for (const [i, name] of header.fields.entries()) {
      const value = i < cells.length ? zeekValue(cells[i]!, header.types[i] ?? '', header) : null;
      if (value !== null) row[cleanName(name)] = value;
    }
    draft.preset = row;
    const ts = cells[header.fields.indexOf('ts')];
    draft.time = timeOfValue(ts, stream.clock);
    if (draft.time === null) dateDraft(stream, draft);
    return draft;
  };
}

function w3cType(fields: readonly string[], software: string): string {
  if (fields.some((name) => name.startsWith('x-edge-'))) return 'aws:cloudfront:accesslogs';
  return /Internet Information|Microsoft-IIS|HTTP API/i.test(software) ? 'ms:iis:auto' : 'w3c';
}

/** Returns the builder of W3C extended logs: `#Fields:` names the columns, blanks or tabs part them. */
export function w3cBuilder(stream: Stream): EventBuilder {
  let fields: readonly string[] = [];
  let software = '';
  return (text, line) => {
    if (text.startsWith('#')) {
      const [, name = '', value = ''] = /^#\s*([\w-]+):\s*(.*)$/.exec(text) ?? [];
      if (name === 'Fields') fields = value.trim().split(/\s+/);
      if (name === 'Software') software = value;
      return null;
    }
    const cells = text.includes('\t') ? text.split('\t') : text.split(' ');
    if (fields.length === 0) stream.broken(line, 'a record before any #Fields: line');
    else if (cells.length !== fields.length) {
      stream.broken(line, `a record of ${cells.length} columns where #Fields: names ${fields.length}`);
    }
    const draft = draftEvent(stream, text, line, { sourcetype: w3cType(fields, software) });
    const row = createRow();
    for (const [i, name] of fields.entries()) if (i < cells.length) row[cleanName(name)] = cells[i]!;
    draft.preset = row;
    const [date, time] = [cells[fields.indexOf('date')], cells[fields.indexOf('time')]];
    // W3C logs are in UTC, whatever the zone of the machine: "Extended Log File Format", Date and Time.
    const clock = { ...stream.clock, zone: 'UTC' };
    if (date && time) draft.time = findTimestamp(`${date} ${time}`, 0, 1, clock)?.time ?? null;
    if (draft.time === null) dateDraft(stream, draft);
    return draft;
  };
}
