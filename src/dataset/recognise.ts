// Tells from the beginning of a file how it is laid out and which source type it holds.

import { isWrapped } from './build-json.js';
import { WINDOWS_TEXT_START } from './build-windows.js';
import type { DatasetFormat } from './dataset.js';
import { CsvSplitter, csvCells, csvColumns, csvDelimiter } from './delimited.js';
import { JsonRecord } from './json-record.js';
import { parseObject } from './json-text.js';
import { recogniseJson, WINDOWS_EVENTS } from './source-types.js';
import { JsonSplitter, recordsOfLine } from './split-json.js';
import { LineSplitter } from './split-lines.js';
import { RecordSpans, type Splitter } from './splitter.js';
import { textSourceTypes } from './text-source-types.js';
import { findTimestamp } from './timestamp.js';
import { isWindowsTable } from './windows-records.js';

/** What the beginning of a file shows. */
export interface Recognition {
  readonly format: DatasetFormat;
  /** The source type that the content shows; undefined when it could be any. */
  readonly sourcetype?: string;
  /** JSON: records wrap events (an export, HEC, Elastic). */
  readonly wrapped?: boolean;
  /** JSON: the records are of several source types. */
  readonly mixed?: boolean;
  readonly delimiter?: string;
  /** A table whose rows are the events, and say nothing of where these are from. */
  readonly plainRows?: boolean;
  /** Text: the first line of an event has a timestamp near its beginning, and some lines have none. */
  readonly datedLines?: boolean;
}

const SAMPLE_RECORDS = 50;

function sampleRecords(
  head: Buffer,
  splitter: Splitter,
  complete: boolean,
): { texts: string[]; first: number } {
  const spans = new RecordSpans();
  splitter.split(head, 0, head.length, complete, spans);
  const texts: string[] = [];
  for (let i = 0; i < Math.min(spans.count, SAMPLE_RECORDS); i++) {
    texts.push(head.toString('utf8', spans.starts[i]!, spans.ends[i]!));
  }
  return { texts, first: spans.starts[0] ?? -1 };
}

function jsonTraits(records: readonly string[]): Omit<Recognition, 'format'> {
  const types = new Set<string>();
  let wrapped = false;
  let seen = 0;
  let known = 0;
  const record = new JsonRecord();
  for (const text of records) {
    if (!record.read(text)) continue;
    seen++;
    if (isWrapped(record)) wrapped = true;
    const type = recogniseJson(record)?.sourcetype;
    if (type === undefined) continue;
    known++;
    types.add(type);
  }
  if (seen === 0) return {};
  // Records with too few members to be told are taken for what the others of the file are.
  const [only] = types;
  // A Windows event is written anew, so others beside it have to be told from it one by one.
  const isSure = only === WINDOWS_EVENTS ? known === seen : known >= seen / 4;
  if (types.size === 1 && only !== undefined && isSure) return { sourcetype: only, wrapped };
  return { wrapped, mixed: types.size > 0 };
}

// JSON lines: most lines of the sample, or the first one and some more, are whole objects and wrap nothing.
function isJsonLines(lines: readonly string[]): boolean {
  let whole = 0;
  let firstIsWhole = false;
  for (const [i, line] of lines.entries()) {
    if (!line.trimStart().startsWith('{')) continue;
    if (recordsOfLine(line) !== null) return false;
    if (parseObject(line) === null) continue;
    whole++;
    if (i === 0) firstIsWhole = true;
  }
  return whole > 0 && whole >= lines.length / (firstIsWhole ? 5 : 2);
}

function recogniseJsonText(head: Buffer, complete: boolean): Recognition | null {
  const { texts: lines } = sampleRecords(head, new LineSplitter(), complete);
  if (isJsonLines(lines)) return { format: 'json-lines', ...jsonTraits(lines) };
  const start = head
    .toString('latin1', 0, 256)
    .trimStart()
    .replace(/^Record \d+\s+/, '');
  // Not JSON: `[19/Aug/2024 …]`, `{ @timestamp: …}`.
  if (!/^(?:\{\s*(?:"|\}|$)|\[\s*(?:[{["\]]|$))/.test(start)) return null;
  const { texts } = sampleRecords(head, new JsonSplitter(), false);
  if (texts.length > 0 && texts.every((text) => parseObject(text) === null)) return null;
  return { format: 'json', ...jsonTraits(texts) };
}

function share(lines: readonly string[], test: (line: string) => boolean): number {
  return lines.length === 0 ? 0 : lines.filter(test).length / lines.length;
}

const clock = { zone: 'UTC', now: 0 };
const isDated = (line: string) => findTimestamp(line, 0, 40, clock) !== null;

/** Columns of exports: they hold the event itself. */
const tellingColumns: ReadonlySet<string> = new Set(['_raw', 'AuditData']);

function recogniseText(head: Buffer, complete: boolean): Recognition {
  const { texts } = sampleRecords(head, new LineSplitter(), complete);
  const lines = texts.length > 0 ? texts : [head.toString('utf8')];
  const first = lines[0]!;
  if (WINDOWS_TEXT_START.test(first)) {
    if (
      lines.length === 1 ||
      lines.slice(1).some((line) => /^(?:LogName|EventCode|SourceName)=/.test(line))
    ) {
      return { format: 'windows-text', sourcetype: 'WinEventLog' };
    }
  }
  if (/^#separator\b/.test(first) || lines.slice(0, 8).some((line) => /^#fields\t/.test(line))) {
    const path = lines.find((line) => /^#path\s/.test(line))?.split(/\s+/)[1];
    return path ? { format: 'zeek-tsv', sourcetype: `zeek:${path}` } : { format: 'zeek-tsv' };
  }
  if (lines.slice(0, 8).some((line) => /^#Fields: /.test(line))) {
    const isIis = lines
      .slice(0, 8)
      .some((line) => /^#Software: Microsoft Internet Information Services/.test(line));
    return isIis ? { format: 'w3c', sourcetype: 'ms:iis:auto' } : { format: 'w3c' };
  }
  for (const { sourcetype, format, line } of textSourceTypes) {
    if (share(lines, (text) => line.test(text)) >= 0.6) return { format, sourcetype };
  }
  const csv = sampleRecords(head, new CsvSplitter(), complete).texts;
  const delimiter = csvDelimiter(csv);
  if (delimiter !== null) {
    const columns = csvColumns(csvCells(csv[0] ?? '', delimiter));
    const isWindows = isWindowsTable((name) => columns.includes(name));
    const plainRows = !isWindows && !columns.some((name) => tellingColumns.has(name));
    return { format: 'csv', delimiter, plainRows, ...(isWindows ? { sourcetype: WINDOWS_EVENTS } : {}) };
  }
  if (share(lines, (line) => (line.match(/(?:^|[\s,;|])[\w.-]+=/g)?.length ?? 0) >= 3) >= 0.6)
    return { format: 'key-value' };
  const dated = share(lines, isDated);
  return { format: 'lines', datedLines: isDated(first) && dated < 1 };
}

/**
 * Recognises a file by its first bytes (UTF-8).
 *
 * @param complete  `head` is the whole file
 */
export function recognise(head: Buffer, complete: boolean): Recognition {
  let from = 0;
  while (from < head.length && head[from]! <= 32) from++;
  const body = head.subarray(from);
  if (body.length === 0) return { format: 'empty' };
  const start = body.toString('latin1', 0, 8192);
  if (/^(?:<\?xml|<Events[\s>]|<Event[\s>]|<!--)/.test(start) && start.includes('<Event')) return xml(start);
  if (/^[^\n{[]{0,200}<Event(?: xmlns[^>]*)?>\s*<System>/.test(start)) return xml(start);
  if (/^(?:[{[]|Record \d+\s*[\r\n]+\{)/.test(start)) {
    const json = recogniseJsonText(body, complete);
    if (json) return json;
  }
  return recogniseText(body, complete);
}

function xml(start: string): Recognition {
  const isLinux = /<Provider Name=["']Linux-Sysmon["']/.test(start);
  return { format: 'windows-xml', sourcetype: isLinux ? 'sysmon:linux' : 'XmlWinEventLog' };
}

const formatsBySourceType: readonly (readonly [RegExp, DatasetFormat])[] = [
  [/^(?:xmlwineventlog|sysmon:linux)(?::|$)/i, 'windows-xml'],
  [/^wineventlog(?::|$)/i, 'windows-text'],
  [/^(?:csv|.*:csv)$/i, 'csv'],
  [/^(?:linux[:_]audit|auditd)$/i, 'auditd'],
  [/^(?:syslog|linux_secure|linux_messages_syslog|cisco:.*|pan:.*)$/i, 'syslog'],
  [/^(?:access_.*|nginx:plus:access|apache:access.*)$/i, 'access-log'],
];

/**
 * Returns the format that a told source type asks for when the content shows none of its own: `lines` and
 * `key-value` are what any text is.
 */
export function formatOfSourceType(sourcetype: string, found: DatasetFormat): DatasetFormat {
  if (found !== 'lines' && found !== 'key-value') return found;
  const told = formatsBySourceType.find(([name]) => name.test(sourcetype))?.[1];
  // A lone line of XML or JSON that was cut off is text all the same.
  return told === undefined || told === 'windows-xml' ? found : told;
}
