// Small commands that go through rows one at a time.

import { fromValues, mapText, textOf, valuesOf } from '../multivalue.js';
import { formatNumber, formatScalar, toNumber } from '../number.js';
import { fillWildcards, nameFilter, wildcard, wildcardParts } from '../pattern.js';
import { compileRegex } from '../regex.js';
import { columnsOf, fieldNames, read } from '../row.js';
import type { FieldValue, Row, Scalar } from '../value.js';
import { expressionHook, type RowFunction, type RowsFunction, type ValuesFunction } from './apply.js';

/** makemv: text into values, by delimiter or by the first group of a regex (Search Reference, makemv). */
export const makeMultivalue: ValuesFunction = (_run, args) => {
  const delimiter = args['delim'] === undefined ? ' ' : String(args['delim']);
  const allowEmpty = args['allowEmpty'] === true;
  const tokenizer = args['tokenizer'] === undefined ? undefined : compileRegex(String(args['tokenizer']));
  return (value = null) => {
    if (value === null) return null;
    const out: Scalar[] = [];
    for (const item of valuesOf(value)) {
      const text = textOf(item) ?? '';
      if (tokenizer === undefined) {
        const parts = delimiter === '' ? [...text] : text.split(delimiter);
        for (const part of parts) if (allowEmpty || part !== '') out.push(part);
        continue;
      }
      let from = 0;
      while (from <= text.length) {
        const match = tokenizer.exec(text, from);
        if (match === null) break;
        out.push(match[1] ?? match[0] ?? '');
        from = match.index + Math.max((match[0] ?? '').length, 1);
      }
    }
    return fromValues(out);
  };
};

/** nomv: the values of a multivalue as one text, a line each unless a separator is given. */
export const noMultivalue: ValuesFunction = (_run, args) => {
  const separator = args['separator'];
  return (value = null) => {
    if (!Array.isArray(value)) return value;
    return typeof separator === 'string' ? value.map(formatScalar).join(separator) : textOf(value);
  };
};

/** strcat: texts joined; a field without value is empty text, or with `allRequired` leaves the target alone. */
export const concatenateFields: ValuesFunction = (_run, args) => {
  const parts = args['parts'] as readonly (string | null)[];
  const allRequired = args['allRequired'] === true;
  return (...values) => {
    const present = values[values.length - 1] ?? null;
    let next = 0;
    let text = '';
    for (const part of parts) {
      if (part !== null) {
        text += part;
        continue;
      }
      const value = textOf(values[next++] ?? null);
      if (value === null && allRequired) return present;
      text += value ?? '';
    }
    return text;
  };
};

interface Range {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** rangemap: the names of the ranges that hold a number. */
export const rangeNames: ValuesFunction = (_run, args) => {
  const ranges = args['ranges'] as readonly Range[];
  const fallback = String(args['default'] ?? 'None');
  return (value = null) => {
    const number = toNumber(value);
    const names = ranges
      .filter((range) => number >= range.low && number <= range.high)
      .map((range) => range.name);
    return names.length === 0 ? fallback : fromValues(names);
  };
};

interface Replacement {
  readonly from: string;
  readonly to: string;
}

/** replace: whole values, wildcards on both sides, with case (Search Reference, replace). */
export const replaceValues: RowFunction = (_run, args) => {
  // One replacement is made of a value: later texts take precedence over earlier ones, and of wildcards the fuller
  // match does (replace, description).
  const literals = (pair: Replacement): number => pair.from.replaceAll('*', '').length;
  const pairs = (args['pairs'] as readonly Replacement[])
    .map((pair, at) => ({ ...pair, test: wildcard(pair.from, true), exact: !pair.from.includes('*'), at }))
    .sort((a, b) => Number(b.exact) - Number(a.exact) || literals(b) - literals(a) || b.at - a.at);
  const fields = args['fields'] as readonly string[] | undefined;
  const wanted = fields === undefined ? (name: string) => !name.startsWith('_') : nameFilter(fields);
  const change = (text: string): FieldValue => {
    const pair = pairs.find((item) => item.test(text));
    return pair === undefined ? text : fillWildcards(pair.to, wildcardParts(pair.from, text) ?? []);
  };
  return (row: Row) => {
    for (const name of fieldNames(row)) if (wanted(name)) row[name] = mapText(row[name] ?? null, change);
  };
};

/** accum: the running total of a field; a value that is no number has none. */
export const accumulate: ValuesFunction = (_run, args) => {
  const keeps = args['keeps'] === true;
  let total = 0;
  return (value = null) => {
    const number = toNumber(value);
    if (Number.isNaN(number)) return keeps ? value : null;
    total += number;
    return total;
  };
};

/** delta: the difference to the value `p` results before. */
export const difference: ValuesFunction = (_run, args) => {
  const p = Number(args['p'] ?? 1);
  const before: number[] = [];
  return (value = null) => {
    const number = toNumber(value);
    before.push(number);
    const other = before.length > p ? (before.shift() as number) : Number.NaN;
    const result = number - other;
    return Number.isNaN(result) ? null : Number(formatNumber(Number(result.toPrecision(15))));
  };
};

/** autoregress: earlier values of a field beside the present one. */
export const earlierValues: RowFunction = (_run, args) => {
  const field = String(args['field']);
  const targets = args['targets'] as readonly { readonly back: number; readonly as: string }[];
  const history: FieldValue[] = [];
  const longest = Math.max(...targets.map((target) => target.back));
  return (row: Row) => {
    for (const { back, as } of targets) {
      const value = history[back - 1];
      if (value !== undefined && value !== null) row[as] = value;
    }
    history.unshift(read(row, field));
    history.length = Math.min(history.length, longest);
  };
};

/** filldown: the last value that a field had, where it has none. */
export const fillDown: RowsFunction = (_run, args) => {
  const patterns = args['fields'] as readonly string[];
  const wanted = nameFilter(patterns);
  return (rows) => {
    const names = columnsOf(rows).filter((name) =>
      patterns.length === 0 ? !name.startsWith('_') : wanted(name),
    );
    const last = new Map<string, FieldValue>();
    for (const row of rows) {
      for (const name of names) {
        const value = read(row, name);
        if (value !== null) last.set(name, value);
        else if (last.has(name)) row[name] = last.get(name) ?? null;
      }
    }
    return rows;
  };
};

/** head with a condition: rows until it is false; null ends too unless `keepNull` (Search Reference, head). */
export const headUntil: RowsFunction = (_run, args, hooks) => {
  const condition = expressionHook(hooks, 'condition');
  return (rows) => {
    const end = rows.findIndex((row) => {
      const value = condition?.(row) ?? null;
      return value === null ? args['keepNull'] !== true : value === false || value === 0 || value === 'false';
    });
    if (end < 0) return rows;
    return rows.slice(0, args['keepLast'] === true ? end + 1 : end);
  };
};

/** reltime: how long ago `_time` was, in words. */
export const relativeTimeText: ValuesFunction =
  (run) =>
  (value = null) => {
    const time = toNumber(value);
    if (Number.isNaN(time)) return null;
    const seconds = Math.floor(run.now - time);
    const units: readonly (readonly [number, string])[] = [
      [31_536_000, 'year'],
      [2_592_000, 'month'],
      [86_400, 'day'],
      [3600, 'hour'],
      [60, 'minute'],
      [1, 'second'],
    ];
    const [length, name] = units.find(([size]) => Math.abs(seconds) >= size) ?? [1, 'second'];
    const count = Math.floor(Math.abs(seconds) / length);
    return `${count} ${name}${count === 1 ? '' : 's'} ${seconds < 0 ? 'from now' : 'ago'}`;
  };

/** tags: the tags of fields together in one field, or those that are allowed alone (Search Reference, tags). */
export const tagsOfFields: RowFunction = (_run, args) => {
  const prefix = 'tag::';
  const fields = args['fields'] as readonly string[];
  const output = args['output'] as string | undefined;
  const isNamed = args['named'] === true;
  const allowed = args['allowed'] === undefined ? undefined : new Set(args['allowed'] as readonly string[]);
  const isAllowed = (tag: Scalar): boolean => allowed === undefined || allowed.has(textOf(tag) ?? '');
  return (row) => {
    const all: Scalar[] = [];
    for (const name of fieldNames(row)) {
      if (!name.startsWith(prefix)) continue;
      if (fields.length > 0 && !fields.includes(name.slice(prefix.length))) continue;
      const tags = valuesOf(read(row, name)).filter(isAllowed);
      if (output === undefined) row[name] = fromValues(tags);
      else if (isNamed) all.push(...tags.map((tag) => `${name.slice(prefix.length)}::${textOf(tag)}`));
      else all.push(...tags);
    }
    if (output !== undefined && all.length > 0) row[output] = fromValues([...new Set(all)]);
  };
};
