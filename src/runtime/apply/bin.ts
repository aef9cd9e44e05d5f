// bin: values into buckets of time or number.
import { formatNumber, toNumber } from '../number.js';
import { read } from '../row.js';
import type { Run } from '../run.js';
import { nextBin, spanSeconds, type TimeSpan, timeBin } from '../time-bin.js';
import { parseTimeModifier } from '../time-modifier.js';
import { type FieldValue, isMultivalue, type Row } from '../value.js';
import { zoneOf } from '../zone.js';
import { argumentsAs, type RowsFunction, type ValuesFunction } from './apply.js';

export type Span =
  | ({ readonly kind: 'time' } & TimeSpan)
  | { readonly kind: 'number'; readonly size: number }
  | { readonly kind: 'log'; readonly coefficient: number; readonly base: number };

interface Arguments {
  readonly span: Span;
  readonly isTime: boolean;
  readonly alignTime?: string;
}

/** Labels of buckets that are remembered. */
const MAX_LABELS = 10_000;

/** The bucket of a value under a span: a time for times, a label `start-end` for numbers. */
export function bucketOf(
  span: Span,
  isTime: boolean,
  run: Run,
  alignTime: string | undefined,
): (value: FieldValue) => FieldValue {
  if (span.kind === 'time' || isTime) {
    const zone = zoneOf(run.timezone);
    const unit: TimeSpan =
      span.kind === 'time' ? span : { count: span.kind === 'number' ? span.size : 1, unit: 's' };
    const align = alignment(alignTime, run);
    let from = Number.NaN;
    let until = Number.NaN;
    return (value) => {
      const time = toNumber(value);
      if (Number.isNaN(time)) return value;
      // Events come in order of time, so the next one is mostly in the same bucket.
      if (time >= from && time < until) return from;
      from = timeBin(time, unit, zone, align);
      until = nextBin(from, unit, zone);
      return from;
    };
  }
  const labels = new Map<number, string>();
  return (value) => {
    const number = toNumber(value);
    if (Number.isNaN(number)) return value;
    if (span.kind === 'log') return logLabel(number, span.coefficient, span.base);
    const index = Math.floor(number / span.size);
    let label = labels.get(index);
    if (label === undefined) {
      label = rangeLabel(number, span.size);
      if (labels.size < MAX_LABELS) labels.set(index, label);
    }
    return label;
  };
}

/** The instant that buckets of time are counted from, of an `aligntime`. */
export function alignment(text: string | undefined, run: Run): number | undefined {
  if (text === undefined) return undefined;
  if (text === 'earliest') return run.earliest;
  if (text === 'latest') return run.latest;
  return parseTimeModifier(text, run.now, zoneOf(run.timezone)) ?? undefined;
}

/** `10-20`: a value on a boundary belongs to the upper bucket (Search Reference, bin). */
export function rangeLabel(value: number, size: number): string {
  const index = Math.floor(value / size);
  return `${formatNumber(exact(index * size))}-${formatNumber(exact((index + 1) * size))}`;
}

const rangePattern = /^(-?[\d.]+(?:e[+-]\d+)?)-(-?[\d.]+(?:e[+-]\d+)?)$/;

/** A range of numbers, its end not in it. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The bounds of a label `10-20`; undefined for any other value. */
export function rangeOf(label: FieldValue): Range | undefined {
  const match = typeof label === 'string' ? rangePattern.exec(label) : null;
  if (match === null) return undefined;
  const [start, end] = [Number(match[1]), Number(match[2])];
  return end > start ? { start, end } : undefined;
}

function logLabel(value: number, coefficient: number, base: number): string | number {
  if (value <= 0) return value;
  let power = Math.floor(Math.log(value / coefficient) / Math.log(base) + 1e-12);
  if (coefficient * base ** (power + 1) <= value) power++;
  return `${formatNumber(exact(coefficient * base ** power))}-${formatNumber(exact(coefficient * base ** (power + 1)))}`;
}

/** Removes the last digits of binary rounding. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}

/** bin with a span. */
export const binValue: ValuesFunction = (run, args) => {
  const { span, isTime, alignTime } = argumentsAs<Arguments>(args);
  const bucket = bucketOf(span, isTime, run, alignTime);
  return (value = null) =>
    isMultivalue(value)
      ? value.map((item) => bucket(item) as string | number)
      : value === null
        ? null
        : bucket(value);
};

interface BinsArguments {
  readonly field: string;
  readonly as: string;
  readonly bins: number;
  readonly minspan?: Span;
  readonly start?: number;
  readonly end?: number;
  readonly isTime: boolean;
  readonly alignTime?: string;
}

const timeSpans: readonly TimeSpan[] = [
  { count: 1, unit: 's' },
  { count: 5, unit: 's' },
  { count: 10, unit: 's' },
  { count: 30, unit: 's' },
  { count: 1, unit: 'm' },
  { count: 5, unit: 'm' },
  { count: 10, unit: 'm' },
  { count: 30, unit: 'm' },
  { count: 1, unit: 'h' },
  { count: 1, unit: 'd' },
  { count: 1, unit: 'mon' },
];
const spanLengths = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 86_400, 2_592_000];

/** The smallest usual span of time that cuts what lies between two times into at most so many buckets. */
export function spanForBins(low: number, high: number, bins: number, minimum = 0): TimeSpan {
  const index = spanLengths.findIndex(
    (length) => length >= minimum && Math.floor(high / length) - Math.floor(low / length) < bins,
  );
  return timeSpans[index < 0 ? timeSpans.length - 1 : index] as TimeSpan;
}

/** bin without a span: the buckets follow from the range of the values. */
export const binRows: RowsFunction = (run, args) => {
  const options = argumentsAs<BinsArguments>(args);
  return (rows: Row[]) => {
    const numbers = rows
      .map((row) => toNumber(read(row, options.field)))
      .filter((value) => !Number.isNaN(value));
    if (numbers.length === 0) return rows;
    // "You can use the start or end arguments only to expand the range, not to shorten the range" (bin, start-end).
    const low = Math.min(options.start ?? Number.POSITIVE_INFINITY, smallest(numbers));
    const span = spanFor(low, largest(numbers), options);
    const bucket = bucketOf(span, options.isTime, run, options.alignTime);
    for (const row of rows) {
      const value = read(row, options.field);
      if (value !== null) row[options.as] = bucket(value);
    }
    return rows;
  };
};

function spanFor(low: number, largest: number, options: BinsArguments): Span {
  const { bins, minspan } = options;
  const high = Math.max(options.end ?? Number.NEGATIVE_INFINITY, largest);
  const range = high - low;
  if (options.isTime)
    return {
      kind: 'time',
      ...spanForBins(low, high, bins, minspan?.kind === 'time' ? spanSeconds(minspan) : 0),
    };
  const least = minspan?.kind === 'number' ? minspan.size : 0;
  // The widths that are tried are powers of ten, as Splunk does without a span. The largest value needs a bucket, an
  // end behind it is where the last one ends.
  const isTooSmall = (size: number): boolean => {
    const after = high > largest ? Math.ceil(exact(high / size)) : Math.floor(high / size) + 1;
    return size < least || (range > 0 && after - Math.floor(low / size) > bins);
  };
  let size = 10 ** Math.floor(Math.log10(range > 0 ? range / bins : 1));
  while (isTooSmall(size)) size *= 10;
  return { kind: 'number', size: exact(size) };
}

function smallest(values: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const value of values) if (value < least) least = value;
  return least;
}
function largest(values: readonly number[]): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > most) most = value;
  return most;
}
