// The table of a lookup is there and has as many cells in every row as its header.
import { isUtf8 } from 'node:buffer';
import type { Lookup } from '../content/model.js';
import type { Place } from '../diagnostic/diagnostic.js';
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
    pass: [{ title: 'a cell with a comma in quotes', files: {} }],
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
    // A file name that is misspelt is told as an unknown key.
    if (!Object.hasOwn(context.raw(object), 'filename') && context.isFaulty(object.file)) return;
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
  if (foreign !== null) {
    const before = text.slice(0, foreign.index);
    const line = before.split('\n').length;
    const column = foreign.index - before.lastIndexOf('\n');
    const place = { file, line, column, endLine: line, endColumn: column + 1 };
    report(place, foreign[0] === '\0' ? 'NUL character in the table' : 'table is not encoded as UTF-8');
    return;
  }
  let columns: number | undefined;
  const at = (line: number, column: number) => ({ file, line, column, endLine: line, endColumn: column + 1 });
  for (const row of rows(text)) {
    if (row.open !== undefined) {
      report(at(row.open.line, row.open.column), 'quote is not closed');
      return;
    }
    if (columns === undefined) {
      columns = row.cells;
      checkHeader(text, at, report);
    } else if (row.cells !== columns && !row.empty) {
      report(
        at(row.line, 1),
        `row has ${row.cells} cell${row.cells === 1 ? '' : 's'}, the header has ${columns}`,
      );
      return;
    }
  }
  if (columns === undefined) report(at(1, 1), 'table has no header');
}

/** Columns of a header on one line have names, each once. */
function checkHeader(text: string, at: (line: number, column: number) => Place, report: Report): void {
  const header = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  if ((header.split('"').length - 1) % 2 !== 0) return;
  const seen = new Set<string>();
  let number = 0;
  for (const cell of header.matchAll(/(?:^|(?<=,))(?:"(?:[^"]|"")*"|[^,"]*)/g)) {
    number++;
    const name = cell[0]
      .replace(/^\ufeff/, '')
      .replaceAll('"', '')
      .trim();
    // Excel leaves such columns behind; Splunk passes over them.
    if (name === '')
      report(at(1, cell.index + 1), `column ${number} of the table has no name`, { severity: 'warning' });
    else if (seen.has(name)) report(at(1, cell.index + 1), `column "${name}" is there twice`);
    seen.add(name);
  }
}

interface Row {
  readonly line: number;
  readonly cells: number;
  readonly empty: boolean;
  readonly open?: { readonly line: number; readonly column: number };
}

// Codes of the characters that a table is made of.
const lineFeed = 10;
const comma = 44;
const quote = 34;

/** Rows of a CSV text (RFC 4180) with their number of cells; cells themselves are not kept. */
function* rows(text: string): Iterable<Row> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const first = line;
    const start = at;
    let cells = 1;
    let lineStart = at;
    let fresh = true; // at the start of a cell
    for (; at < text.length && text.charCodeAt(at) !== lineFeed; at++) {
      if (text.charCodeAt(at) === comma) {
        cells++;
        fresh = true;
      } else if (text.charCodeAt(at) === quote && fresh) {
        const open = { line, column: at - lineStart + 1 };
        for (
          at++;
          at < text.length && (text.charCodeAt(at) !== quote || text.charCodeAt(at + 1) === quote);
          at++
        ) {
          if (text.charCodeAt(at) === quote) at++;
          else if (text.charCodeAt(at) === lineFeed) {
            line++;
            lineStart = at + 1;
          }
        }
        if (at >= text.length) {
          yield { line: first, cells, empty: false, open };
          return;
        }
        fresh = false;
      } else fresh = false;
    }
    yield { line: first, cells, empty: /^\r?$/.test(text.slice(start, at)) };
    at++;
    line++;
  }
}
