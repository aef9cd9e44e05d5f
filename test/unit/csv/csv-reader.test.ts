// Records of CSV text in every form that tables come in, and that all who read a header read the same one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader, columnNames, namedColumns } from '../../../src/csv/csv-reader.js';
import { parseCsv, writeCsv } from '../../../src/runtime/csv.js';

function recordsOf(text: string): { records: string[][]; open: number | undefined } {
  const reader = new CsvReader(text);
  const records: string[][] = [];
  for (let record = reader.next(); record !== undefined; record = reader.next()) records.push(record);
  return { records, open: reader.open };
}

describe('records', () => {
  it.each<[string, string, string[][]]>([
    ['nothing', '', []],
    ['a line without an end', 'a,b', [['a', 'b']]],
    [
      'lines',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'CRLF',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'CR alone',
      'a,b\rc,d\r',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['an empty line', 'a\n\nb\n', [['a'], [''], ['b']]],
    ['a byte order mark', '\ufeffa,b\n', [['a', 'b']]],
    ['a mark before a quote', '\ufeff"a",b\n', [['a', 'b']]],
    ['quoted cells', '"a","b,c"\n', [['a', 'b,c']]],
    ['doubled quotes', '"a""b",c\n', [['a"b', 'c']]],
    ['a quote inside a plain cell', 'a"b,c\n', [['a"b', 'c']]],
    ['text behind a quote', '"a" b,c\n', [['a b', 'c']]],
    [
      'a line break in quotes',
      '"a\nb",c\nd,e\n',
      [
        ['a\nb', 'c'],
        ['d', 'e'],
      ],
    ],
    ['empty cells', ',,\n', [['', '', '']]],
    ['an empty last cell at the end', 'a,', [['a', '']]],
    ['blanks are kept', ' a , b \n', [[' a ', ' b ']]],
  ])('%s', (_, text, records) => {
    expect(recordsOf(text)).toEqual({ records, open: undefined });
  });

  it('an open quote reads to the end, and is told', () => {
    expect(recordsOf('a,b\nc,"d\ne')).toEqual({
      records: [
        ['a', 'b'],
        ['c', 'd\ne'],
      ],
      open: 6,
    });
  });

  it('cells know where they begin', () => {
    const reader = new CsvReader('\ufeff"a",b\r\nc,,d', { places: true });
    reader.next();
    expect(reader.starts).toEqual([1, 5]);
    reader.next();
    expect(reader.starts).toEqual([8, 10, 11]);
  });

  it('gives back what is written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        (cells, end) => {
          const line = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
          expect(recordsOf(`${line}${end}${line}`).records).toEqual([cells, cells]);
        },
      ),
    );
  });
});

describe('headers', () => {
  it.each<[string, string, string[] | undefined]>([
    ['plain', 'a,b\n1,2\n', ['a', 'b']],
    ['quoted, with a comma', '"a,b",c\n1,2\n', ['a,b', 'c']],
    ['quotes inside', '"a ""b""",c\n1,2\n', ['a "b"', 'c']],
    ['a byte order mark', '\ufeffa,b\n1,2\n', ['a', 'b']],
    ['a mark before a quote', '\ufeff"a",b\n1,2\n', ['a', 'b']],
    ['blanks around names', ' a , "b "\n1,2\n', ['a', '"b "']],
    ['trailing columns without names', 'a,b,,\n1,2,,\n', ['a', 'b']],
    ['a name twice', 'a,a\n1,2\n', ['a', 'a']],
    ['CRLF', 'a,b\r\n1,2\r\n', ['a', 'b']],
    ['CR alone', 'a,b\r1,2\r', ['a', 'b']],
    ['a line break in a name', '"a\nb",c\n1,2\n', ['a\nb', 'c']],
    ['no rows', 'a,b\n', undefined],
    ['nothing but empty lines', 'a,b\r\n\r\n', undefined],
    ['a header that does not end', 'a,b', undefined],
    ['a quote that is not closed', '"a,b\n1,2\n', undefined],
    ['no text', '', undefined],
  ])('%s', (_, text, names) => {
    expect(namedColumns(text)).toEqual(names);
    const table = parseCsv(text);
    expect(table.header).toEqual(columnNames(new CsvReader(text).next()));
    if (names !== undefined) expect(table.header.filter((name) => name !== '')).toEqual(names);
  });

  it('the header that a search writes is the one that is read', () => {
    const names = ['a', 'b,c', 'd"e', 'f\ng'];
    expect(namedColumns(writeCsv(names, [{ a: '1' }]))).toEqual(names);
  });
});
