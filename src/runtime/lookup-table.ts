// Lookups: matching field values against the rows of a table as transforms.conf describes it.
import { type CsvTable, parseCsv } from './csv.js';
import type { LookupTable } from './environment.js';
import { compileCidr } from './ip.js';
import { fromValues, valuesOf } from './multivalue.js';
import { formatScalar } from './number.js';
import { wildcard } from './pattern.js';
import { strptime } from './strptime.js';
import type { FieldValue, Scalar } from './value.js';
import { utc, type Zone } from './zone.js';

/** transforms.conf: a lookup returns at most this many rows unless it says otherwise; a time-based one a single row. */
const defaultMaxMatches = 1000;
const cacheSize = 20_000;

type MatchType = 'EXACT' | 'WILDCARD' | 'CIDR';

/** A lookup ready for use. Its table is parsed once. */
export class Lookup {
  readonly table: CsvTable;
  readonly definition: Omit<LookupTable, 'csv'>;
  private readonly types = new Map<string, MatchType>();
  private readonly matchers = new Map<string, LookupMatcher>();

  constructor(source: string | LookupTable) {
    const { csv, ...definition } = typeof source === 'string' ? { csv: source } : source;
    this.table = parseCsv(csv);
    this.definition = definition;
    for (const entry of definition.matchType ?? []) {
      const match = /^\s*(EXACT|WILDCARD|CIDR)\s*\((.*)\)\s*$/i.exec(entry);
      if (match === null) continue;
      for (const field of (match[2] as string).split(',')) {
        this.types.set(field.trim(), (match[1] as string).toUpperCase() as MatchType);
      }
    }
  }

  /** Index of a column, or -1. */
  column(name: string): number {
    return this.table.header.indexOf(name);
  }

  /** Matches on the given columns; the same columns give the same matcher. Null when a column is missing. */
  matcher(keys: readonly string[], zone: Zone = utc): LookupMatcher | null {
    const id = JSON.stringify(keys);
    let matcher = this.matchers.get(id);
    if (matcher === undefined) {
      const columns = keys.map((key) => this.column(key));
      if (columns.includes(-1)) return null;
      const types = keys.map((key) => this.types.get(key) ?? 'EXACT');
      matcher = new LookupMatcher(this, columns, types, zone);
      this.matchers.set(id, matcher);
    }
    return matcher;
  }
}

type Test = (text: string) => boolean;

/** Finds rows by the values of some columns. */
export class LookupMatcher {
  private readonly lookup: Lookup;
  private readonly exact: number[] = [];
  private readonly tested: number[] = [];
  /** Rows by the text of their exact columns. */
  private readonly index = new Map<string, number[]>();
  private readonly tests: (readonly Test[])[] = [];
  private readonly times: readonly (number | null)[] | undefined;
  private readonly cache = new Map<string, readonly number[]>();
  private readonly fold: boolean;

  constructor(lookup: Lookup, columns: readonly number[], types: readonly MatchType[], zone: Zone) {
    this.lookup = lookup;
    const { definition, table } = lookup;
    this.fold = definition.caseSensitiveMatch === false;
    types.forEach((type, key) => {
      (type === 'EXACT' ? this.exact : this.tested).push(key);
    });
    table.rows.forEach((cells, row) => {
      const key = this.keyOf(this.exact.map((k) => cells[columns[k] as number] as string));
      const rows = this.index.get(key);
      if (rows === undefined) this.index.set(key, [row]);
      else rows.push(row);
      this.tests.push(
        this.tested.map((k) => this.testOf(cells[columns[k] as number] as string, types[k] as MatchType)),
      );
    });
    const timeColumn = definition.timeField === undefined ? -1 : lookup.column(definition.timeField);
    if (timeColumn >= 0) {
      const format = definition.timeFormat ?? '%s.%Q';
      this.times = table.rows.map((cells) => readTime(cells[timeColumn] as string, format, zone));
    }
  }

  private keyOf(texts: readonly string[]): string {
    const joined = texts.length === 1 ? (texts[0] as string) : texts.join('\u0000');
    return this.fold ? joined.toLowerCase() : joined;
  }

  private testOf(cell: string, type: MatchType): Test {
    if (type === 'WILDCARD') return wildcard(cell, !this.fold);
    const subnet = compileCidr(cell);
    return (
      subnet ?? (this.fold ? (text) => text.toLowerCase() === cell.toLowerCase() : (text) => text === cell)
    );
  }

  /**
   * Rows that match one value per key, in file order, up to max_matches. Of a multivalue any value may match; a null
   * matches nothing. `time` is the event's time, for time-based lookups.
   */
  find(values: readonly (FieldValue | undefined)[], time: number | null = null): readonly number[] {
    let combinations: string[][] = [[]];
    for (const value of values) {
      const texts = valuesOf(value).map(formatScalar);
      if (texts.length === 0) return [];
      combinations =
        texts.length === 1
          ? combinations.map((c) => [...c, texts[0] as string])
          : combine(combinations, texts);
    }
    const { definition } = this.lookup;
    const most = definition.maxMatches ?? (this.times === undefined ? defaultMaxMatches : 1);
    if (combinations.length === 1) {
      const rows = this.rowsOf(combinations[0] as string[]);
      return this.limit(rows, time, most);
    }
    const all = new Set<number>();
    for (const combination of combinations) for (const row of this.rowsOf(combination)) all.add(row);
    return this.limit(
      [...all].sort((a, b) => a - b),
      time,
      most,
    );
  }

  private limit(rows: readonly number[], time: number | null, most: number): readonly number[] {
    let found = rows;
    if (this.times !== undefined && time !== null) {
      const { minOffsetSeconds = 0, maxOffsetSeconds = 2_000_000_000 } = this.lookup.definition;
      const times = this.times;
      const age = (row: number) => time - (times[row] ?? Number.NaN);
      found = rows
        .filter((row) => age(row) >= minOffsetSeconds && age(row) <= maxOffsetSeconds)
        .sort((a, b) => age(a) - age(b));
    }
    return found.length > most ? found.slice(0, most) : found;
  }

  private rowsOf(texts: readonly string[]): readonly number[] {
    const candidates = this.index.get(this.keyOf(this.exact.map((k) => texts[k] as string)));
    if (candidates === undefined || this.tested.length === 0) return candidates ?? [];
    const key = this.keyOf(texts);
    let rows = this.cache.get(key);
    if (rows === undefined) {
      rows = candidates.filter((row) =>
        (this.tests[row] as readonly Test[]).every((test, i) =>
          test(texts[this.tested[i] as number] as string),
        ),
      );
      if (this.cache.size >= cacheSize) this.cache.clear();
      this.cache.set(key, rows);
    }
    return rows;
  }

  /**
   * Values of an output column over found rows: several are a multivalue, empty cells are no values, and default_match
   * fills up to min_matches.
   */
  output(rows: readonly number[], column: number): FieldValue {
    const { minMatches = 0, defaultMatch = '' } = this.lookup.definition;
    const cells = this.lookup.table.rows;
    if (rows.length === 1 && minMatches <= 1) {
      const cell = (cells[rows[0] as number] as readonly string[])[column] as string;
      return cell === '' ? null : cell;
    }
    const out: Scalar[] = [];
    for (const row of rows) {
      const cell = (cells[row] as readonly string[])[column] as string;
      if (cell !== '') out.push(cell);
    }
    if (defaultMatch !== '') for (let i = rows.length; i < minMatches; i++) out.push(defaultMatch);
    return fromValues(out);
  }

  /** Whether there is anything to output: a row, or a default. */
  hasOutput(rows: readonly number[]): boolean {
    const { minMatches = 0, defaultMatch = '' } = this.lookup.definition;
    return rows.length > 0 || (minMatches > 0 && defaultMatch !== '');
  }
}

function combine(combinations: readonly string[][], texts: readonly string[]): string[][] {
  const out: string[][] = [];
  for (const combination of combinations) {
    for (const text of texts) {
      out.push([...combination, text]);
      if (out.length > 10_000) return out;
    }
  }
  return out;
}

function readTime(cell: string, format: string, zone: Zone): number | null {
  if (/^\d+(?:\.\d+)?$/.test(cell) && format.startsWith('%s')) return Number(cell);
  return strptime(cell, format, zone, 0);
}
