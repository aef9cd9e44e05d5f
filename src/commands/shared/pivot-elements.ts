// The elements of a pivot, as the pivot command takes them: cells, splits, filters, and what limits the table.
import type { Span } from '../../diagnostic/diagnostic.js';
import type { Part } from '../../syntax/grammar.js';
import { expectField, printField, takeField } from '../../syntax/grammar-parts.js';
import { printText, readTruth } from '../../syntax/grammar-values.js';
import type { Parser } from '../../syntax/parser.js';
import type { FieldName } from '../../syntax/tree.js';

/** `count(Object) AS "Requests"`. */
export interface PivotCell {
  readonly function: string;
  readonly field: string;
  readonly label?: FieldName;
}
/** A field that splits the rows or the columns. */
export interface PivotSplit {
  readonly field: FieldName;
  readonly label?: FieldName;
  /** `PERIOD day`: the time is cut into these. */
  readonly period?: string;
  /** `RANGE size=10`, as written behind it. */
  readonly range?: Readonly<Record<string, string>>;
}
export interface PivotFilter {
  readonly field: FieldName;
  readonly operator: string;
  readonly values: readonly string[];
}
export interface PivotElements {
  readonly model: string;
  readonly dataset: string;
  readonly span: Span;
  readonly cells: readonly PivotCell[];
  readonly rows: readonly PivotSplit[];
  readonly columns: readonly PivotSplit[];
  readonly filters: readonly PivotFilter[];
  readonly sort?: {
    readonly count: number;
    readonly keys: readonly { readonly descending: boolean; readonly field: FieldName }[];
  };
  /** `LIMIT user BY TOP 10 count(user)`. */
  readonly limit?: {
    readonly field: FieldName;
    readonly from: string;
    readonly count: number;
    readonly by: PivotCell;
  };
  readonly rowSummary: boolean;
  readonly columnSummary: boolean;
  readonly showOther: boolean;
  readonly columnCount?: number;
}

const cellPattern = /([A-Za-z_]\w*)\s*\(\s*([^()"|[\]`,]*?)\s*\)/y;
const filterOperators =
  /(is(?:Not(?:Null)?|Null)?|contains|doesNotContain|startsWith|endsWith|in|!=|<=|>=|=|<|>)(?=[\s("']|$)/iy;
const rangeSetting = /(start|end|max|size)\s*=\s*(-?\d+(?:\.\d+)?)/iy;
const elementWords = [
  'SPLITROW',
  'SPLITCOL',
  'FILTER',
  'LIMIT',
  'SORT',
  'ROWSUMMARY',
  'COLSUMMARY',
  'SHOWOTHER',
  'NUMCOLS',
];
const periods = ['AUTO', 'YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'];
const bareText = /[^\s|"()[\],]+/y;
const whole = /\d+/y;
const sign = /[-+]/y;

function takeWord(parser: Parser, what: string): string {
  if (parser.atString()) return parser.string();
  return parser.match(bareText)?.[0] ?? parser.fail(`expected ${what}, found ${parser.found()}`);
}

function takeLabel(parser: Parser): { label?: FieldName } {
  return parser.takesKeyword('AS') ? { label: expectField(parser, 'a name') } : {};
}

function takeNumber(parser: Parser, what: string): number {
  parser.skip();
  return Number(parser.match(whole)?.[0] ?? parser.fail(`expected ${what}, found ${parser.found()}`));
}

function takeSplit(parser: Parser): PivotSplit {
  const field = expectField(parser);
  let split: PivotSplit = { field };
  for (;;) {
    if (parser.atKeyword('AS')) split = { ...split, ...takeLabel(parser) };
    else if (parser.takesKeyword('PERIOD'))
      split = { ...split, period: parser.expectKeyword(...periods).toLowerCase() };
    else if (parser.takesKeyword('RANGE')) {
      const range: Record<string, string> = {};
      for (parser.skip(); ; parser.skip()) {
        const setting = parser.match(rangeSetting);
        if (setting === undefined) break;
        range[setting[1]!.toLowerCase()] = setting[2]!;
      }
      split = { ...split, range };
    } else return split;
  }
}

function takeFilter(parser: Parser): PivotFilter {
  const field = expectField(parser);
  parser.skip();
  const operator =
    parser.match(filterOperators)?.[1] ??
    parser.fail(`expected a comparison such as "is", found ${parser.found()}`);
  const word = operator.toLowerCase();
  if (word === 'isnull' || word === 'isnotnull') return { field, operator: word, values: [] };
  if (word !== 'in') return { field, operator: word, values: [takeWord(parser, 'a value')] };
  parser.expect('(', ' before the values');
  const values: string[] = [];
  while (!parser.accept(')')) {
    values.push(takeWord(parser, 'a value or ")"'));
    parser.accept(',');
  }
  return { field, operator: word, values };
}

function takeSort(parser: Parser): NonNullable<PivotElements['sort']> {
  const count = takeNumber(parser, 'how many rows to keep');
  const keys: { descending: boolean; field: FieldName }[] = [];
  while (!parser.atEnd() && parser.peekOneOf(elementWords) === undefined) {
    const descending = parser.match(sign)?.[0] === '-';
    const field = takeField(parser);
    if (field === undefined) break;
    keys.push({ descending, field });
    parser.accept(',');
  }
  return { count, keys };
}

function takeLimit(parser: Parser): NonNullable<PivotElements['limit']> {
  const field = expectField(parser);
  parser.expectKeyword('BY');
  const from = parser.expectKeyword('TOP', 'BOTTOM');
  const count = takeNumber(parser, 'how many to keep');
  parser.skip();
  const call =
    parser.match(cellPattern) ??
    parser.fail(`expected a statistic such as "count(x)", found ${parser.found()}`);
  return { field, from, count, by: { function: call[1]!.toLowerCase(), field: call[2]! } };
}

function takeTruth(parser: Parser): boolean {
  parser.skip();
  const start = parser.position;
  const word = takeWord(parser, 'true or false');
  return readTruth(word) ?? parser.fail(`expected true or false, found "${word}"`, parser.spanFrom(start));
}

/** `<datamodel> <object> <cell>... [SPLITROW …] [SPLITCOL …] [FILTER …] …`. */
export const pivotElements: Part<PivotElements> = {
  usage:
    '<datamodel> <object> <function>(<field>) [AS <label>]... [SPLITROW <field> [AS <label>] [RANGE size=<n>] [PERIOD <period>]]... [SPLITCOL <field>] [FILTER <field> <comparison> <value>]... [SORT <n> <field>...] [NUMCOLS <n>] [SHOWOTHER <bool>] [ROWSUMMARY <bool>] [COLSUMMARY <bool>]',
  parse(parser) {
    parser.skip();
    const start = parser.position;
    const model = takeWord(parser, 'a data model');
    parser.skip();
    const dataset = takeWord(parser, 'a data set of the data model');
    const span = parser.spanFrom(start);
    const cells: PivotCell[] = [];
    for (parser.skip(); ; parser.skip()) {
      const call = parser.match(cellPattern);
      if (call === undefined) break;
      cells.push({ function: call[1]!.toLowerCase(), field: call[2]!, ...takeLabel(parser) });
      parser.accept(',');
    }
    if (cells.length === 0)
      parser.fail(`expected a cell such as "count(${dataset})", found ${parser.found()}`);
    const rows: PivotSplit[] = [];
    const columns: PivotSplit[] = [];
    const filters: PivotFilter[] = [];
    let rest: Pick<
      PivotElements,
      'rowSummary' | 'columnSummary' | 'showOther' | 'columnCount' | 'sort' | 'limit'
    > = {
      rowSummary: false,
      columnSummary: false,
      showOther: true,
    };
    while (!parser.atEnd()) {
      const word = parser.oneOf(elementWords);
      if (word === 'SPLITROW') rows.push(takeSplit(parser));
      else if (word === 'SPLITCOL') columns.push(takeSplit(parser));
      else if (word === 'FILTER') filters.push(takeFilter(parser));
      else if (word === 'LIMIT') rest = { ...rest, limit: takeLimit(parser) };
      else if (word === 'SORT') rest = { ...rest, sort: takeSort(parser) };
      else if (word === 'NUMCOLS') rest = { ...rest, columnCount: takeNumber(parser, 'a number of columns') };
      else if (word === 'ROWSUMMARY') rest = { ...rest, rowSummary: takeTruth(parser) };
      else if (word === 'COLSUMMARY') rest = { ...rest, columnSummary: takeTruth(parser) };
      else if (word === 'SHOWOTHER') rest = { ...rest, showOther: takeTruth(parser) };
      else parser.fail(`expected an element such as "SPLITROW", found ${parser.found()}`);
      parser.accept(',');
    }
    return { model, dataset, span, cells, rows, columns, filters, ...rest };
  },
  print: (pivot) =>
    [
      printText(pivot.model),
      printText(pivot.dataset),
      ...pivot.cells.map((cell) => `${cell.function}(${cell.field})${printLabel(cell.label)}`),
      ...pivot.rows.map((split) => `SPLITROW ${printSplit(split)}`),
      ...pivot.columns.map((split) => `SPLITCOL ${printSplit(split)}`),
      ...pivot.filters.map(({ field, operator, values }) => {
        const given = values.map((value) => printText(value));
        return `FILTER ${printField(field)} ${operator} ${operator === 'in' ? `(${given.join(', ')})` : given.join('')}`.trimEnd();
      }),
      ...(pivot.limit === undefined
        ? []
        : [
            `LIMIT ${printField(pivot.limit.field)} BY ${pivot.limit.from} ${pivot.limit.count} ${pivot.limit.by.function}(${pivot.limit.by.field})`,
          ]),
      ...(pivot.sort === undefined
        ? []
        : [
            `SORT ${pivot.sort.count} ${pivot.sort.keys.map((key) => `${key.descending ? '-' : ''}${printField(key.field)}`).join(', ')}`.trimEnd(),
          ]),
      ...(pivot.rowSummary ? ['ROWSUMMARY true'] : []),
      ...(pivot.columnSummary ? ['COLSUMMARY true'] : []),
      ...(pivot.showOther ? [] : ['SHOWOTHER false']),
      ...(pivot.columnCount === undefined ? [] : [`NUMCOLS ${pivot.columnCount}`]),
    ].join(' '),
};

function printLabel(label: FieldName | undefined): string {
  return label === undefined ? '' : ` AS ${printField(label)}`;
}

function printSplit({ field, label, period, range }: PivotSplit): string {
  const settings =
    range === undefined
      ? ''
      : ` RANGE ${Object.entries(range)
          .map(([name, value]) => `${name}=${value}`)
          .join(' ')}`;
  return `${printField(field)}${printLabel(label)}${settings}${period === undefined ? '' : ` PERIOD ${period}`}`;
}
