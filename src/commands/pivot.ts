// The pivot command.
import { namedDataset } from '../plan/named-dataset.js';
import { anyFields, closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { printField } from '../syntax/grammar-parts.js';
import { encodeString } from '../syntax/parser.js';
import { defineCommand } from './command.js';
import {
  type PivotCell,
  type PivotElements,
  type PivotFilter,
  type PivotSplit,
  pivotElements,
} from './shared/pivot-elements.js';

const functions = new Set(
  'avg count dc distinct_count earliest first last latest list max min stdev sum values'.split(' '),
);

const spans: Readonly<Record<string, string>> = {
  year: '1y',
  month: '1mon',
  day: '1d',
  hour: '1h',
  minute: '1m',
  second: '1s',
};

const quoted = (text: string): string => `"${encodeString(text)}"`;

function labelOf(split: PivotSplit): string {
  return split.label?.name ?? split.field.name;
}

function cellLabel(cell: PivotCell): string {
  return cell.label?.name ?? `${cell.function}(${cell.field})`;
}

/** The condition that a filter is, as the search command takes it. */
function condition({ field, operator, values }: PivotFilter): string {
  const name = printField(field);
  const [value = ''] = values;
  switch (operator) {
    case 'is':
      return `${name}=${quoted(value)}`;
    case 'isnot':
      return `NOT ${name}=${quoted(value)}`;
    case 'contains':
      return `${name}=${quoted(`*${value}*`)}`;
    case 'doesnotcontain':
      return `NOT ${name}=${quoted(`*${value}*`)}`;
    case 'startswith':
      return `${name}=${quoted(`${value}*`)}`;
    case 'endswith':
      return `${name}=${quoted(`*${value}`)}`;
    case 'in':
      return `${name} IN (${values.map(quoted).join(', ')})`;
    case 'isnull':
      return `NOT ${name}=*`;
    case 'isnotnull':
      return `${name}=*`;
    default:
      return `${name}${operator}${quoted(value)}`;
  }
}

/** The commands that do what a pivot asks of the rows of its data set: it wraps stats and chart (pivot, description). */
function asSearch(pivot: PivotElements): string {
  const splits = [...pivot.rows, ...pivot.columns];
  const cells = pivot.cells.map((cell) => {
    const call =
      cell.field === pivot.dataset
        ? 'count'
        : `${cell.function}(${/\s/.test(cell.field) ? quoted(cell.field) : cell.field})`;
    return `${call} AS ${quoted(cellLabel(cell))}`;
  });
  const names = pivot.rows.map(({ field }) => printField(field)).join(', ');
  const [column] = pivot.columns;
  const table =
    column === undefined
      ? `stats ${cells.join(', ')}${names === '' ? '' : ` BY ${names}`}`
      : `chart limit=${pivot.columnCount ?? 100} useother=${pivot.showOther ? 't' : 'f'} ${cells.join(', ')} OVER ${names} BY ${printField(column.field)}`;
  const renamed = pivot.rows.filter((split) => labelOf(split) !== split.field.name);
  const labels = new Map(pivot.rows.map((split) => [split.field.name, labelOf(split)]));
  const keys = (pivot.sort?.keys ?? []).map(
    ({ descending, field }) => `${descending ? '-' : '+'}${quoted(labels.get(field.name) ?? field.name)}`,
  );
  const commands = [
    ...(pivot.filters.length === 0 ? [] : [`search ${pivot.filters.map(condition).join(' ')}`]),
    ...splits.flatMap(({ field, period, range }) => {
      const span = period === undefined ? range?.['size'] : spans[period];
      return span === undefined ? [] : [`bin ${printField(field)} span=${span}`];
    }),
    table,
    ...(renamed.length === 0
      ? []
      : [
          `rename ${renamed.map((split) => `${printField(split.field)} AS ${quoted(labelOf(split))}`).join(', ')}`,
        ]),
    ...(pivot.sort === undefined
      ? []
      : [keys.length === 0 ? `head ${pivot.sort.count}` : `sort ${pivot.sort.count} ${keys.join(', ')}`]),
  ];
  return commands.map((command) => `| ${command}`).join(' ');
}

/** Makes a table of a data set's statistics. */
export const pivot = defineCommand({
  name: 'pivot',
  summary: "Makes a table of a data set's statistics.",
  source: 'Search Reference: pivot',
  type: 'generating',
  grammar: form({ elements: pivotElements }),
  uses: ({ elements }) => ({
    dataModels: [{ model: elements.model, dataset: elements.dataset, span: elements.span }],
  }),
  fields: ({ elements }) =>
    elements.columns.length > 0
      ? anyFields
      : closedFields([...elements.rows.map(labelOf), ...elements.cells.map(cellLabel)]),
  plan: ({ elements }, _input, context) => {
    for (const cell of elements.cells)
      if (!functions.has(cell.function))
        context.refuse(`"${cell.function}" of a pivot is not evaluated here`);
    if (elements.columns.length > 1 || (elements.columns.length === 1 && elements.rows.length !== 1))
      context.refuse('a pivot that splits columns is evaluated here with one SPLITROW and one SPLITCOL');
    for (const { period, range } of [...elements.rows, ...elements.columns]) {
      if (period === 'auto')
        context.refuse('PERIOD auto of a pivot follows its time range', 'name the period');
      if (range !== undefined && Object.keys(range).join() !== 'size')
        context.refuse('a RANGE of a pivot is evaluated here with its size alone');
    }
    if (elements.limit !== undefined)
      context.refuse('LIMIT of a pivot is not evaluated here', 'write | sort or | head behind it');
    if (elements.rowSummary || elements.columnSummary)
      context.refuse('the summaries of a pivot are not made here', 'write | addtotals behind it');
    const rows = namedDataset('datamodel', `${elements.model}.${elements.dataset}`, context);
    return context.continue(context.parse(asSearch(elements)), rows);
  },
  examples: [
    {
      title: 'processes of each user',
      spl: '| pivot Endpoint Processes count(Processes) AS "Count" dc(process_name) AS names SPLITROW user AS "User" FILTER user isNot "eve" SORT 10 -"Count"',
      input: [
        { tag: ['process', 'report'], process_name: 'cmd.exe', user: 'ann' },
        { tag: ['process', 'report'], process_name: 'cmd.exe', user: 'bob' },
        { tag: ['process', 'report'], process_name: 'net.exe', user: 'bob' },
        { tag: ['process', 'report'], process_name: 'net.exe', user: 'eve' },
      ],
      output: [
        { User: 'bob', Count: 2, names: 2 },
        { User: 'ann', Count: 1, names: 1 },
      ],
    },
    {
      title: 'a column for each user',
      spl: '| pivot Endpoint Processes count(Processes) SPLITROW process_name SPLITCOL user',
      input: [
        { tag: ['process', 'report'], process_name: 'cmd.exe', user: 'ann' },
        { tag: ['process', 'report'], process_name: 'net.exe', user: 'bob' },
        { tag: ['process', 'report'], process_name: 'net.exe', user: 'bob' },
      ],
      output: [
        { process_name: 'cmd.exe', ann: 1, bob: 0 },
        { process_name: 'net.exe', ann: 0, bob: 2 },
      ],
    },
  ],
});
