// The pass rules of a test: what its rows must be, and the sentence that says what they were instead.
import type { Detection, Expectation, Test } from '../content/model.js';

type Row = Readonly<Record<string, unknown>>;

/** Bounds on a count. */
interface Range {
  readonly min: number;
  readonly max: number;
}

/** What is asked of a test, merged from the YAML and from `tests/<detection>.yml`. */
export interface Expected {
  readonly rows: Range;
  /** In words, for reports: "at least 1", "0", "2 to 4". */
  readonly text: string;
  readonly contains: readonly Row[];
  readonly excludes: readonly Row[];
  readonly fields: readonly string[];
  /** Alerts that are left after the detection's throttling. */
  readonly throttled?: number;
  /** Runs of the schedule that find at least one row. */
  readonly schedule?: Range;
  /** Risk and finding fields that every test asks for: at least one row has each, not null. */
  readonly riskFields: readonly string[];
}

/** Reads what a test asks for. Without a word of its own a test wants at least one row, as in the field. */
export function expectationOf(detection: Detection, test: Test): Expected {
  const own: Expectation = test.expectation ?? {};
  const rows = own.rows !== undefined ? range(own.rows) : fromTest(test);
  return {
    rows,
    text: describe(rows),
    contains: own.contains ?? [],
    excludes: own.excludes ?? [],
    fields: own.fields ?? [],
    ...(own.throttled === undefined ? {} : { throttled: own.throttled }),
    ...(own.schedule === undefined ? {} : { schedule: range(own.schedule) }),
    riskFields: rows.max === 0 ? [] : riskFields(detection),
  };
}

function fromTest(test: Test): Range {
  // ESCU 6: a number asks for at least that many, 0 for none at all.
  if (test.expectedResults !== undefined)
    return test.expectedResults === 0
      ? { min: 0, max: 0 }
      : { min: test.expectedResults, max: Number.POSITIVE_INFINITY };
  const pass = /^\|?\s*stats\s+count\s*\|\s*where\s+count\s*(>|>=|=|==|<|<=)\s*(\d+)\s*$/i.exec(
    test.passCondition ?? '',
  );
  if (!pass) return { min: 1, max: Number.POSITIVE_INFINITY };
  const count = Number(pass[2]);
  switch (pass[1]) {
    case '>':
      return { min: count + 1, max: Number.POSITIVE_INFINITY };
    case '>=':
      return { min: count, max: Number.POSITIVE_INFINITY };
    case '<':
      return { min: 0, max: count - 1 };
    case '<=':
      return { min: 0, max: count };
    default:
      return { min: count, max: count };
  }
}

function range(rows: number | { readonly min?: number; readonly max?: number }): Range {
  return typeof rows === 'number'
    ? { min: rows, max: rows }
    : { min: rows.min ?? 0, max: rows.max ?? Number.POSITIVE_INFINITY };
}

/** A range in words. */
export function describe({ min, max }: Range): string {
  if (min === max) return String(min);
  if (max === Number.POSITIVE_INFINITY) return `at least ${min}`;
  return min === 0 ? `at most ${max}` : `${min} to ${max}`;
}

/** Older dialects name observables that their searches need not put out; only later ones promise the fields. */
function riskFields(detection: Detection): string[] {
  if (detection.dialect === '2022' || detection.dialect === '4.x') return [];
  const fields = new Set<string>();
  for (const object of detection.risk?.riskObjects ?? []) fields.add(object.field);
  if (detection.finding) fields.add(detection.finding.entity.field);
  return [...fields];
}

/** Returns the first thing that is not as asked, as a sentence; `undefined` when all is well. */
export function check(expected: Expected, rows: readonly Row[]): string | undefined {
  const count = rows.length;
  if (count < expected.rows.min || count > expected.rows.max)
    return `expected ${expected.text} ${expected.text === '1' || expected.text === 'at least 1' ? 'row' : 'rows'}, found ${count}`;
  for (const field of expected.fields) {
    if (!rows.some((row) => present(row, field))) return `no row has the field "${field}"`;
  }
  if (count > 0) {
    for (const field of expected.riskFields) {
      if (!rows.some((row) => present(row, field)))
        return `no row has a value for "${field}", which the risk or finding is written for`;
    }
  }
  for (const wanted of expected.contains) {
    if (!rows.some((row) => matches(row, wanted))) return noneLike(rows, wanted);
  }
  for (const unwanted of expected.excludes) {
    if (rows.some((row) => matches(row, unwanted)))
      return `a row is like ${shown(unwanted)}, which must not be found`;
  }
  return undefined;
}

function present(row: Row, field: string): boolean {
  const value = Object.hasOwn(row, field) ? row[field] : undefined;
  // The text that `fillnull_value=null` writes in place of a missing field counts as none.
  return value !== undefined && value !== null && value !== '' && value !== 'null';
}

/** Whether a row has every named field with the wanted value; `*` in a wanted text matches anything, null is absence. */
export function matches(row: Row, wanted: Row): boolean {
  return Object.keys(wanted).every((field) =>
    same(Object.hasOwn(row, field) ? row[field] : undefined, wanted[field]),
  );
}

function same(value: unknown, wanted: unknown): boolean {
  if (wanted === null) return value === undefined || value === null;
  if (value === undefined || value === null) return false;
  if (Array.isArray(wanted)) {
    const values = Array.isArray(value) ? value : [value];
    return values.length === wanted.length && wanted.every((item, index) => same(values[index], item));
  }
  if (Array.isArray(value)) return value.some((item) => same(item, wanted));
  if (typeof wanted === 'string' && wanted.includes('*')) return glob(wanted, String(value));
  return String(value) === String(wanted);
}

/** Wildcard match in linear time and two pointers; `*` is any text. */
function glob(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  if (!text.startsWith(parts[0]!)) return false;
  let at = parts[0]!.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = parts.at(-1)!;
  return text.length - at >= last.length && text.endsWith(last);
}

/** A wanted row as JSON, cut where it grows too long to be read. */
function shown(row: Row): string {
  const text = JSON.stringify(row);
  return text.length <= 160 ? text : `${text.slice(0, 159)}…`;
}

/** No row is as wanted: which fields keep the nearest one from being it. */
function noneLike(rows: readonly Row[], wanted: Row): string {
  const value = (row: Row, field: string): unknown => (Object.hasOwn(row, field) ? row[field] : undefined);
  let best: { wrong: string[]; row: Row } | undefined;
  for (const row of rows) {
    const wrong = Object.keys(wanted).filter((field) => !same(value(row, field), wanted[field]));
    if (!best || wrong.length < best.wrong.length) best = { wrong, row };
  }
  const fields = Object.keys(wanted).length;
  if (!best || best.wrong.length === fields) return `no row is like ${shown(wanted)}`;
  const { wrong, row } = best;
  const said = wrong.slice(0, 3).map((field) => {
    const has = value(row, field) ?? null;
    return `"${field}" is ${has === null ? 'not there' : json(has)}, not ${wanted[field] === null ? 'absent' : json(wanted[field])}`;
  });
  const more = wrong.length > said.length ? `, and ${wrong.length - said.length} more` : '';
  // With few fields the wanted row says most; with many only what differs can be read.
  const like =
    fields <= 3 ? `no row is like ${shown(wanted)}` : `no row is as wanted in all ${fields} fields`;
  return `${like}; in the closest ${said.join(', ')}${more}`;
}

/** A value as JSON, cut where it grows too long to be read. */
function json(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
