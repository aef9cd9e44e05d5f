// Commands that take a whole table of results and give another.

import { within } from '../group.js';
import { mergeRows } from '../join.js';
import { rowsOfEach } from '../memory.js';
import { fromValues, pushValue, textOf, valuesOf } from '../multivalue.js';
import { formatScalar, toNumber } from '../number.js';
import { nameFilter } from '../pattern.js';
import { columnsOf, compositeKey, copyRow, fieldNames, keyOf, read } from '../row.js';
import { sortRows } from '../sort.js';
import { createRow, type FieldValue, type Row, type Scalar } from '../value.js';
import { argumentsAs, pipeHook, type RowsFunction, searchHook } from './apply.js';

/** transpose: columns into rows; internal fields take no part (Search Reference, transpose). */
export const transposeRows: RowsFunction = (run, args) => {
  const limit = Number(args['count'] ?? 5);
  const columnName = String(args['columnName'] ?? 'column');
  const header = args['header'] as string | undefined;
  return (rows) => {
    const used = limit === 0 ? rows : rows.slice(0, limit);
    const names = columnsOf(rows, run.columns).filter((name) => !name.startsWith('_') && name !== header);
    const titles = used.map((row, index) =>
      header === undefined ? `row ${index + 1}` : (textOf(read(row, header)) ?? `row ${index + 1}`),
    );
    run.orderColumns([columnName, ...titles]);
    const made = names.map((name) => {
      const line = createRow();
      line[columnName] = name;
      used.forEach((row, index) => {
        const value = read(row, name);
        if (value !== null) line[titles[index] as string] = value;
      });
      return line;
    });
    return args['includeEmpty'] === false ? made.filter((line) => fieldNames(line).length > 1) : made;
  };
};

/** untable: a row per column, beside the row's own name. */
export const untableRows: RowsFunction = (run, args) => {
  const [x, name, value] = [String(args['x']), String(args['name']), String(args['value'])];
  return (rows) => {
    const columns = columnsOf(rows, run.columns).filter(
      (column) => column !== x && (!column.startsWith('_') || column === '_time'),
    );
    return rowsOfEach(rows, '"untable"', (row) =>
      columns.flatMap((column) => {
        const cell = read(row, column);
        if (cell === null) return [];
        const line = createRow();
        line[x] = read(row, x);
        line[name] = column;
        line[value] = cell;
        return [line];
      }),
    );
  };
};

/** xyseries: values of one field become columns (Search Reference, xyseries). */
export const xySeries: RowsFunction = (run, args) => {
  const [x, name] = [String(args['x']), String(args['name'])];
  const values = args['values'] as readonly string[];
  const separator = String(args['sep'] ?? ': ');
  const format = args['format'] as string | undefined;
  return (rows) => {
    const lines = new Map<string, Row>();
    const columns = new Set<string>();
    for (const row of rows) {
      const key = read(row, x);
      const series = textOf(read(row, name));
      if (key === null || series === null) continue;
      let line = lines.get(keyOf(key));
      if (line === undefined) {
        line = createRow();
        line[x] = key;
        lines.set(keyOf(key), line);
      }
      for (const field of values) {
        const column =
          values.length === 1 && format === undefined
            ? series
            : format === undefined
              ? `${field}${separator}${series}`
              : format.replaceAll('$AGG$', () => field).replaceAll('$VAL$', () => series);
        columns.add(column);
        const value = read(row, field);
        if (value !== null) line[column] = value;
      }
    }
    const ordered = [...columns].sort();
    run.orderColumns([x, ...ordered]);
    return [...lines.values()].map((line) => {
      const out = createRow();
      for (const column of [x, ...ordered]) if (read(line, column) !== null) out[column] = read(line, column);
      return out;
    });
  };
};

/** addtotals and addcoltotals: sums of numbers across and down (Search Reference, addtotals). */
export const addTotals: RowsFunction = (_run, args) => {
  const patterns = args['fields'] as readonly string[];
  const wanted = nameFilter(patterns);
  const across = args['row'] === true;
  const down = args['col'] === true;
  const total = String(args['fieldName'] ?? 'Total');
  const labelField = args['labelField'] as string | undefined;
  return (rows) => {
    const takes = (name: string): boolean => (patterns.length === 0 ? !name.startsWith('_') : wanted(name));
    if (across) {
      for (const row of rows) {
        let sum = 0;
        for (const name of fieldNames(row)) {
          const number = takes(name) ? toNumber(read(row, name)) : Number.NaN;
          if (!Number.isNaN(number)) sum += number;
        }
        row[total] = tidy(sum);
      }
    }
    if (!down) return rows;
    const sums = createRow();
    for (const name of columnsOf(rows)) {
      if (!takes(name) && name !== total) continue;
      const numbers = rows.map((row) => toNumber(read(row, name))).filter((value) => !Number.isNaN(value));
      if (numbers.length > 0) sums[name] = tidy(numbers.reduce((a, b) => a + b, 0));
    }
    if (labelField !== undefined) sums[labelField] = String(args['label'] ?? 'Total');
    return [...rows, sums];
  };
};

/** Sums without the last digits of binary rounding. */
function tidy(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

/** appendcols: the subsearch's fields beside those of the results, row by row. */
export const appendColumns: RowsFunction = (_run, args, hooks) => async (rows) => {
  const other = await searchHook(hooks, 'other')();
  const override = args['override'] === true;
  const made = rows.map((row, index) =>
    other[index] === undefined ? row : mergeRows(row, visible(other[index]), override),
  );
  for (const row of other.slice(rows.length)) made.push(visible(row));
  return made;
};

function visible(row: Row): Row {
  return copyRow(row, (name) => !name.startsWith('_'));
}

/** appendpipe: what a subpipeline makes of the results, behind them. */
export const appendPipe: RowsFunction = (_run, _args, hooks) => async (rows) => {
  const made = await pipeHook(hooks, 'pipe')(rows.map((row) => copyRow(row)));
  return [...rows, ...made];
};

/** set: union, difference or intersection of two searches by all their fields but internal ones. */
export const setRows = (
  args: Readonly<Record<string, unknown>>,
  first: readonly Row[],
  second: readonly Row[],
): Row[] => {
  const keyed = (rows: readonly Row[]): Map<string, Row> => new Map(rows.map((row) => [rowKey(row), row]));
  const [a, b] = [keyed(first), keyed(second)];
  const kept: Row[] = [];
  const operator = args['operator'];
  for (const [key, row] of a)
    if (operator === 'union' || b.has(key) === (operator === 'intersect')) kept.push(row);
  if (operator !== 'intersect') for (const [key, row] of b) if (!a.has(key)) kept.push(row);
  return kept;
};

function rowKey(row: Row): string {
  const names = fieldNames(row)
    .filter((name) => !name.startsWith('_') || name === '_time')
    .sort();
  return compositeKey(names.flatMap((name) => [name, row[name] ?? null]));
}

/** mvcombine: rows that differ in one field only become one. */
export const combineRows: RowsFunction = (_run, args) => {
  const field = String(args['field']);
  return (rows) => {
    const groups = new Map<string, { row: Row; values: Scalar[] }>();
    const made: Row[] = [];
    for (const row of rows) {
      const value = read(row, field);
      const rest = copyRow(row, (name) => name !== field);
      const key = rowKey(rest);
      const known = groups.get(key);
      if (value === null) made.push(row);
      else if (known === undefined) {
        const values: Scalar[] = [];
        pushValue(values, value);
        groups.set(key, { row, values });
        made.push(row);
      } else pushValue(known.values, value);
    }
    for (const { row, values } of groups.values()) row[field] = fromValues(values);
    return made;
  };
};

interface TopArguments {
  readonly fields: readonly string[];
  readonly by: readonly string[];
  readonly limit: number;
  readonly ascending: boolean;
  readonly countField: string;
  readonly percentField: string;
  readonly showCount: boolean;
  readonly showPercent: boolean;
  readonly useOther: boolean;
  readonly otherText: string;
}

/** top and rare, over rows that are counted already by `fields` and `by` in `countField`. */
export const topRows: RowsFunction = (_run, args) => {
  const options = argumentsAs<TopArguments>(args);
  const count = (row: Row): number => toNumber(read(row, options.countField));
  return (rows) => {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      within(groups, compositeKey(options.by.map((name) => read(row, name))), (): Row[] => []).push(row);
    }
    return [...groups.values()].flatMap((group) => topOfGroup(group, options, count));
  };
};

function topOfGroup(group: Row[], options: TopArguments, count: (row: Row) => number): Row[] {
  const total = group.reduce((sum, row) => sum + count(row), 0);
  const byCount = { field: options.countField, descending: !options.ascending, type: 'num' as const };
  // Among equal counts Splunk shows the last value in order of text first.
  const ties = options.fields.map((field) => ({
    field,
    descending: !options.ascending,
    type: 'str' as const,
  }));
  const sorted = sortRows(group, [byCount, ...ties]);
  const kept = options.limit === 0 ? sorted : sorted.slice(0, options.limit);
  const rest = sorted.slice(kept.length);
  const made = kept.map((row) => topRow(row, count(row), total, options));
  if (options.useOther && rest.length > 0) {
    const other = createRow();
    for (const name of options.by) other[name] = read(group[0] as Row, name);
    for (const name of options.fields) other[name] = options.otherText;
    made.push(
      topRow(
        other,
        rest.reduce((sum, row) => sum + count(row), 0),
        total,
        options,
      ),
    );
  }
  return made;
}

function topRow(row: Row, count: number, total: number, options: TopArguments): Row {
  const out = createRow();
  for (const name of [...options.by, ...options.fields]) out[name] = read(row, name);
  if (options.showCount) out[options.countField] = count;
  if (options.showPercent) out[options.percentField] = ((count / total) * 100).toFixed(6);
  return out;
}

/** format: the results as the text of a search expression (Search Reference, format). */
export const formatRows: RowsFunction = (_run, args) => {
  const [open, rowOpen, and, rowClose, or, close] = args['words'] as readonly string[] as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const multi = String(args['mvsep'] ?? 'OR');
  const max = Number(args['max'] ?? 0);
  const empty = String(args['emptyText'] ?? 'NOT( )');
  return (rows) => {
    const used = max > 0 ? rows.slice(0, max) : rows;
    const texts = used.flatMap((row) => {
      const parts = fieldNames(row)
        .filter((name) => !name.startsWith('_'))
        .sort()
        .map((name) => condition(name, read(row, name), multi));
      return parts.length === 0
        ? []
        : [[rowOpen, parts.join(` ${and} `), rowClose].filter((word) => word !== '').join(' ')];
    });
    const out = createRow();
    out['search'] =
      texts.length === 0
        ? empty
        : [open, texts.join(` ${or} `), close].filter((word) => word !== '').join(' ');
    return [out];
  };
};

function condition(name: string, value: FieldValue, separator: string): string {
  const quoted = valuesOf(value).map((item) => {
    const text = `"${formatScalar(item).replace(/([\\"])/g, '\\$1')}"`;
    return name === 'search' || name === 'query' ? formatScalar(item) : `${name}=${text}`;
  });
  return quoted.length === 1 ? (quoted[0] as string) : `( ${quoted.join(` ${separator} `)} )`;
}

interface ReturnItem {
  readonly kind: 'field' | 'alias' | 'value';
  readonly field: string;
  readonly alias?: string;
}

/** return: the first results as the text of a search expression. */
export const returnRows: RowsFunction = (_run, args) => {
  const items = args['items'] as readonly ReturnItem[];
  const count = Number(args['count'] ?? 1);
  return (rows) => {
    const texts = rows.slice(0, count).flatMap((row) => {
      const parts = items.flatMap((item) => {
        const value = read(row, item.field);
        if (value === null) return [];
        if (item.kind === 'value') return [valuesOf(value).map(formatScalar).join(' OR ')];
        return [condition(item.alias ?? item.field, value, 'OR')];
      });
      return parts.length === 0 ? [] : [parts];
    });
    const out = createRow();
    out['search'] =
      texts.length === 1
        ? (texts[0] as string[]).join(' ')
        : // "If the same user is listed in these events, the command returns only the one user" (return)
          [...new Set(texts.map((parts) => `(${parts.join(' ')})`))].join(' OR ');
    return texts.length === 0 ? [] : [out];
  };
};
