// Commands that describe results: fieldsummary, makecontinuous, outlier, trendline, addinfo.
import { compareScalars } from '../compare.js';
import { within } from '../group.js';
import { tooMany } from '../growth.js';
import { valuesOf } from '../multivalue.js';
import { formatNumber, formatScalar, toNumber } from '../number.js';
import { nameFilter } from '../pattern.js';
import { columnsOf, keyOf, read } from '../row.js';
import { nextBin, type TimeSpan, timeBin } from '../time-bin.js';
import { createRow, type FieldValue, type Row } from '../value.js';
import { zoneOf } from '../zone.js';
import { argumentsAs, type RowFunction, type RowsFunction } from './apply.js';
import { alignment, type Span, spanForBins } from './bin.js';

/** Rows that makecontinuous makes. */
const mostMade = 1_000_000;

/** fieldsummary: counts and moments of every field (Search Reference, fieldsummary). */
export const summariseFields: RowsFunction = (_run, args) => {
  const patterns = args['fields'] as readonly string[];
  const maxValues = Number(args['maxValues'] ?? 100);
  const wanted = nameFilter(patterns);
  return (rows) => {
    const names = columnsOf(rows).filter((name) =>
      patterns.length === 0 ? !name.startsWith('_') : wanted(name),
    );
    return names.sort().map((name) => summaryOf(name, rows, maxValues));
  };
};

function summaryOf(name: string, rows: readonly Row[], maxValues: number): Row {
  const counts = new Map<string, number>();
  const numbers: number[] = [];
  let count = 0;
  for (const row of rows) {
    const values = valuesOf(read(row, name));
    if (values.length > 0) count++;
    for (const value of values) {
      const text = keyOf(value);
      counts.set(text, (counts.get(text) ?? 0) + 1);
      const number = toNumber(value);
      if (!Number.isNaN(number)) numbers.push(number);
    }
  }
  const out = createRow();
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (numbers.length - 1);
  out['field'] = name;
  out['count'] = count;
  out['distinct_count'] = counts.size;
  // more values than are kept: Splunk only estimates how many there are (fieldsummary, is_exact)
  out['is_exact'] = maxValues > 0 && counts.size > maxValues ? 0 : 1;
  if (numbers.length > 0) {
    out['max'] = numbers.reduce((a, b) => Math.max(a, b));
    out['mean'] = mean;
    out['min'] = numbers.reduce((a, b) => Math.min(a, b));
    if (numbers.length > 1) out['stdev'] = Math.sqrt(variance);
  }
  out['numeric_count'] = numbers.length;
  // the most frequent first, equals by their value (fieldsummary, values); maxvals=0 keeps all of them
  const top = [...counts]
    .sort((a, b) => b[1] - a[1] || compareScalars(a[0], b[0]))
    .slice(0, maxValues === 0 ? undefined : maxValues);
  out['values'] = JSON.stringify(top.map(([value, times]) => ({ value, count: times })));
  return out;
}

interface Contingency {
  readonly row: string;
  readonly column: string;
  /** The most frequent values are kept, at most this many, until this share of the results is covered. */
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly rowCover: number;
  readonly columnCover: number;
  /** The name of the totals; none without them. */
  readonly total?: string | undefined;
}

/** contingency: how often values of two fields occur together, the most frequent first (Search Reference, contingency). */
export const contingencyRows: RowsFunction = (_run, args) => {
  const options = argumentsAs<Contingency>(args);
  return (rows) => {
    const cells = new Map<string, Map<string, number>>();
    const rowTotals = new Map<string, number>();
    const columnTotals = new Map<string, number>();
    const add = (counts: Map<string, number>, key: string): void => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    };
    for (const row of rows)
      for (const rowValue of labelsOf(read(row, options.row)))
        for (const columnValue of labelsOf(read(row, options.column))) {
          const line = cells.get(rowValue) ?? new Map<string, number>();
          cells.set(rowValue, line);
          add(line, columnValue);
          add(rowTotals, rowValue);
          add(columnTotals, columnValue);
        }
    const lines = mostFrequent(rowTotals, options.maxRows, options.rowCover);
    const columns = mostFrequent(columnTotals, options.maxColumns, options.columnCover);
    const { total } = options;
    const sums = createRow();
    sums[options.row] = total ?? '';
    const made = lines.map((line) => {
      const out = createRow();
      out[options.row] = line;
      let sum = 0;
      for (const column of columns) {
        const count = cells.get(line)?.get(column) ?? 0;
        out[column] = count;
        sums[column] = Number(sums[column] ?? 0) + count;
        sum += count;
      }
      if (total !== undefined) {
        out[total] = sum;
        sums[total] = Number(sums[total] ?? 0) + sum;
      }
      return out;
    });
    return total === undefined || made.length === 0 ? made : [...made, sums];
  };
};

/** The values of a field as headings; empty text has a name of its own (contingency, Empty values). */
function labelsOf(value: FieldValue): string[] {
  return valuesOf(value).map((item) => formatScalar(item) || 'EMPTY_STR');
}

function mostFrequent(counts: ReadonlyMap<string, number>, maximum: number, cover: number): string[] {
  const all = [...counts].sort((a, b) => b[1] - a[1] || compareScalars(a[0], b[0]));
  const enough = all.reduce((sum, [, count]) => sum + count, 0) * cover;
  const kept: string[] = [];
  let covered = 0;
  for (const [value, count] of all) {
    if (kept.length >= maximum || covered >= enough) break;
    kept.push(value);
    covered += count;
  }
  return kept;
}

/** makecontinuous: rows for the buckets that have none. */
export const continuousRows: RowsFunction = (run, args) => {
  const field = String(args['field'] ?? '_time');
  const given = args['span'] as Span | undefined;
  return (rows) => {
    const zone = zoneOf(run.timezone);
    const numbers = rows.map((row) => toNumber(read(row, field))).filter((value) => !Number.isNaN(value));
    if (numbers.length === 0) return rows;
    const low =
      args['start'] === undefined ? numbers.reduce((a, b) => Math.min(a, b)) : Number(args['start']);
    const high = args['end'] === undefined ? numbers.reduce((a, b) => Math.max(a, b)) : Number(args['end']);
    const span: TimeSpan =
      given?.kind === 'time'
        ? given
        : given?.kind === 'number'
          ? { count: given.size, unit: 's' }
          : field === '_time'
            ? spanForBins(low, high, Number(args['bins'] ?? 100))
            : { count: 1, unit: 's' };
    const align = alignment(args['alignTime'] as string | undefined, run);
    const bucket = (value: number): number =>
      field === '_time' ? timeBin(value, span, zone, align) : Math.floor(value / span.count) * span.count;
    const next = (value: number): number =>
      field === '_time' ? nextBin(value, span, zone) : value + span.count;
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const value = toNumber(read(row, field));
      if (Number.isNaN(value)) continue;
      const start = bucket(value);
      row[field] = start;
      const key = formatNumber(start);
      within(groups, key, (): Row[] => []).push(row);
    }
    const made: Row[] = [];
    for (let value = bucket(low); value <= high; value = next(value)) {
      if (made.length >= mostMade) throw tooMany('makecontinuous', mostMade, 'rows');
      const own = groups.get(formatNumber(value));
      if (own !== undefined) for (const row of own) made.push(row);
      else {
        const row = createRow();
        row[field] = value;
        made.push(row);
      }
    }
    return made;
  };
};

/** outlier: numbers far from the middle half are removed, or moved to its edge (Search Reference, outlier). */
export const outlierRows: RowsFunction = (_run, args) => {
  const patterns = args['fields'] as readonly string[];
  const wanted = nameFilter(patterns);
  const factor = Number(args['param'] ?? 2.5);
  const removes = args['remove'] === true;
  const lower = args['useLower'] === true;
  const mark = args['mark'] === true;
  return (rows) => {
    const names = columnsOf(rows).filter((name) =>
      patterns.length === 0 ? !name.startsWith('_') : wanted(name),
    );
    const removed = new Set<Row>();
    for (const name of names) {
      const numbers = rows.map((row) => toNumber(read(row, name)));
      const sorted = numbers.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
      if (sorted.length === 0) continue;
      const [first, third] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
      const reach = factor * (third - first);
      const [low, high] = [first - reach, third + reach];
      rows.forEach((row, index) => {
        const value = numbers[index] as number;
        const edge = value > high ? high : lower && value < low ? low : undefined;
        if (edge === undefined) return;
        // "remove" takes the whole event away (outlier, action)
        if (removes) removed.add(row);
        else row[name] = mark ? `000${formatNumber(edge)}` : edge;
      });
    }
    return removed.size === 0 ? rows : rows.filter((row) => !removed.has(row));
  };
};

function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const [a, b] = [sorted[low] as number, sorted[Math.min(low + 1, sorted.length - 1)] as number];
  return a + (b - a) * (at - low);
}

interface Trend {
  readonly type: 'sma' | 'ema' | 'wma';
  readonly period: number;
  readonly field: string;
  readonly as: string;
}

/** trendline: moving averages: simple, exponential and weighted. */
export const trendLines: RowFunction = (_run, args) => {
  const trends = (args['trends'] as readonly Trend[]).map((trend) => ({
    ...trend,
    values: [] as number[],
    last: Number.NaN,
  }));
  return (row) => {
    for (const trend of trends) {
      const value = toNumber(read(row, trend.field));
      if (Number.isNaN(value)) continue;
      trend.values.push(value);
      if (trend.values.length > trend.period) trend.values.shift();
      const { values, period } = trend;
      if (trend.type === 'ema') {
        // as the page has it: EMA(t) = alpha * EMA(t-1) + (1 - alpha) * field(t), with alpha = 2/(period + 1)
        const alpha = 2 / (period + 1);
        trend.last = Number.isNaN(trend.last) ? value : alpha * trend.last + (1 - alpha) * value;
      } else if (trend.type === 'sma') trend.last = values.reduce((a, b) => a + b, 0) / period;
      else {
        const weights = (period * (period + 1)) / 2;
        trend.last = values.reduce((total, item, index) => total + item * (index + 1), 0) / weights;
      }
      if (values.length < period) continue;
      row[trend.as] = trend.last;
    }
  };
};

/** addinfo: the time range and the time of the search in every row, as epoch seconds with three decimals. */
export const addInfo: RowFunction = (run) => (row) => {
  row['info_min_time'] = (run.earliest ?? 0).toFixed(3);
  row['info_max_time'] = run.latest?.toFixed(3) ?? '+Infinity';
  row['info_search_time'] = run.now.toFixed(3);
  row['info_sid'] = String(run.now);
};

/** uniq: rows that equal the row before are left out. */
export const uniqueRows: RowsFunction = () => (rows) => {
  let last = '';
  return rows.filter((row) => {
    const key = JSON.stringify(Object.entries(row).sort((a, b) => (a[0] < b[0] ? -1 : 1)));
    if (key === last) return false;
    last = key;
    return true;
  });
};
