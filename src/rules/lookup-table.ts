// The table of a lookup is there and has as many cells in every row as its header.
import { isUtf8 } from 'node:buffer';
import type { Lookup } from '../content/model.js';
import { CsvReader, columnNames } from '../csv/csv-reader.js';
import type { Place } from '../diagnostic/diagnostic.js';
import { LineIndex } from '../diagnostic/line-index.js';
import { edit } from './example.js';
import { defineRule, type Report } from './rule.js';

export const lookupTable = defineRule({
  code: 'lookup-table',
  severity: 'error',
  summary: 'The file of a csv or mlmodel lookup is in lookups/; a csv has a header and rows of equal length.',
  source:
    'contentctl 5.6: csv present, header present, same number of cells in each row; mlmodel files start with __mlspl_',
  docs: 'A row with a cell too many shifts its values into the wrong columns. Quote cells that contain a comma.',
  examples: {
    pass: [
      { title: 'a cell with a comma in quotes', files: {} },
      {
        title: 'a mark in front, quotes in a header, lines that end in CR',
        files: { 'lookups/known_tools.csv': '\ufeff"tool",vendor,"a ""b"", c"\r1,2,"3\r,4"\r\r5,6,7\r' },
      },
    ],
    fail: [
      {
        title: 'no file',
        files: { 'lookups/known_tools.csv': null },
        found: ['lookups/known_tools.yml:1:7: table "lookups/known_tools.csv" of the lookup is not there'],
      },
      {
        title: 'a cell too many',
        files: { 'lookups/known_tools.csv': 'tool,vendor\na,b\nc,d,e\n' },
        found: ['lookups/known_tools.csv:3:1: row has 3 cells, the header has 2'],
      },
      {
        title: 'an open quote',
        files: { 'lookups/known_tools.csv': 'tool,vendor\na,"b\nc,d\n' },
        found: ['lookups/known_tools.csv:2:3: quote is not closed'],
      },
      {
        title: 'a column twice',
        files: { 'lookups/known_tools.csv': 'tool,vendor,tool\na,b,c\n' },
        found: ['lookups/known_tools.csv:1:13: column "tool" is there twice'],
      },
      {
        title: 'a cell too many behind one over two lines',
        files: { 'lookups/known_tools.csv': 'tool,vendor\r\na,"b\r\nc"\r\nd,e,f\r\n' },
        found: ['lookups/known_tools.csv:4:1: row has 3 cells, the header has 2'],
      },
      {
        title: 'a column without a name',
        files: { 'lookups/known_tools.csv': 'tool,vendor,\na,b,\n' },
        found: ['lookups/known_tools.csv:1:13: column 3 of the table has no name'],
      },
      {
        title: 'a character that is not text',
        files: { 'lookups/known_tools.csv': 'tool,vendor\na,b\0\n' },
        found: ['lookups/known_tools.csv:2:4: NUL character in the table'],
      },
      {
        title: 'no header',
        files: { 'lookups/known_tools.csv': '' },
        found: ['lookups/known_tools.csv:1:1: table has no header'],
      },
      {
        title: 'a file outside',
        files: { 'lookups/old_table.yml': edit('old_table.csv', '../../secret.csv') },
        found: ['lookups/old_table.yml:3:11: file name "../../secret.csv" leads out of lookups/'],
      },
    ],
  },
  content(object, report, context) {
    if (object.kind !== 'lookup' || object.filename === undefined) return;
    const name = object.filename.slice(object.filename.indexOf('/') + 1);
    const raw = context.raw(object);
    // A file name that is misspelt is told as an unknown key, and one that nothing stands for as missing.
    if (!Object.hasOwn(raw, 'filename') && context.isFaulty(object.file)) return;
    if (!['filename', 'collection', 'lookup_type'].some((key) => Object.hasOwn(raw, key))) return;
    // Where no file name is written, the name of the lookup stands for it.
    const written = object.at.value(['filename']).line !== object.at.value(['no such key']).line;
    const place = written ? object.at.value(['filename']) : object.at.value(['name']);
    if (name.split('/').includes('..') || name.startsWith('/') || name.includes('\\')) {
      report(place, `file name "${name}" leads out of lookups/`);
      return;
    }
    const bytes = context.readFile(object.filename);
    if (bytes === undefined) {
      report(place, `table "${object.filename}" of the lookup is not there`);
      return;
    }
    if (object.lookupType === 'csv') checkTable(object, bytes, report);
    else if (!name.startsWith('__mlspl_'))
      report(place, `name of a model must begin with "__mlspl_", found "${name}"`);
  },
});

function checkTable(lookup: Lookup, bytes: Uint8Array, report: Report): void {
  const text = new TextDecoder().decode(bytes);
  const file = lookup.filename ?? '';
  // The mark of bytes that are no UTF-8 is also a character that a table may have.
  const foreign = (isUtf8(bytes) ? /\0/ : /[\0\ufffd]/).exec(text);
  const lines = new LineIndex(text);
  const at = (offset: number) => lines.place(file, { start: offset, end: offset + 1 });
  if (foreign !== null) {
    report(
      at(foreign.index),
      foreign[0] === '\0' ? 'NUL character in the table' : 'table is not encoded as UTF-8',
    );
    return;
  }
  const reader = new CsvReader(text, { places: true });
  const start = reader.at;
  const header = reader.next();
  if (header === undefined) {
    report(at(0), 'table has no header');
    return;
  }
  if (reader.open === undefined) checkHeader(columnNames(header), reader.starts, at, report);
  let from = start;
  for (let row: string[] | undefined = header; row !== undefined; from = reader.at, row = reader.next()) {
    if (reader.open !== undefined) {
      report(at(reader.open), 'quote is not closed');
      return;
    }
    const cells = row.length;
    if (cells === header.length || (cells === 1 && row[0] === '')) continue;
    report(at(from), `row has ${cells} cell${cells === 1 ? '' : 's'}, the header has ${header.length}`);
    return;
  }
}

/** Columns have names, each once. */
function checkHeader(
  names: readonly string[],
  starts: readonly number[],
  at: (offset: number) => Place,
  report: Report,
): void {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    const place = at(starts[index] ?? 0);
    // Excel leaves such columns behind; Splunk passes over them.
    if (name === '') report(place, `column ${index + 1} of the table has no name`, { severity: 'warning' });
    else if (seen.has(name)) report(place, `column "${name}" is there twice`);
    seen.add(name);
  }
}
