// Lookups of one test: the repository's tables, overlaid by what baselines and the search itself write.
import { parseCsv, tableRows, writeCsv } from '../runtime/csv.js';
import type { LookupTable, WriteOptions } from '../runtime/environment.js';
import { keyOf, read } from '../runtime/row.js';
import type { Row } from '../runtime/value.js';

type Tables = Record<string, string | LookupTable>;

export interface LookupOverlay {
  /** What a search reads; changes as lookups are written. */
  readonly tables: Readonly<Tables>;
  /** For `Environment.writeLookup`. */
  readonly write: (name: string, rows: readonly Row[], options: WriteOptions) => void;
}

/** Lays an empty overlay over tables; nothing written reaches the tables below, and none of them is read before it is used. */
export function overlayLookups(base: Readonly<Tables>): LookupOverlay {
  const tables = Object.create(null) as Tables;
  Object.defineProperties(tables, Object.getOwnPropertyDescriptors(base));
  return {
    tables,
    write(name, rows, { append, key, updates = true }) {
      const below = tables[name];
      const settings: Partial<LookupTable> = typeof below === 'object' ? below : {};
      const text = (typeof below === 'object' ? below.csv : below) ?? '';
      const before = parseCsv(text);
      const all = append ? merged(tableRows(before), rows, key, updates) : rows;
      const header = new Set(append || rows.length === 0 ? before.header : []);
      // Rows are appended with "only the fields that are present in the previously existing .csv file" (outputlookup, append).
      if (header.size === 0)
        for (const row of rows)
          for (const field of Object.keys(row)) if (!field.startsWith('__mv_')) header.add(field);
      const csv = writeCsv([...header], all);
      for (const alias of new Set([name, name.endsWith('.csv') ? name.slice(0, -4) : `${name}.csv`]))
        if (alias === name || Object.hasOwn(tables, alias))
          Object.defineProperty(tables, alias, {
            value: { ...settings, csv },
            enumerable: true,
            configurable: true,
          });
    },
  };
}

/** Rows of a table and further ones, of which those with a key that is there already replace its record. */
function merged(
  before: readonly Row[],
  rows: readonly Row[],
  key: string | undefined,
  updates: boolean,
): Row[] {
  if (key === undefined) return [...before, ...rows];
  const all = [...before];
  const places = new Map(before.map((row, index) => [keyOf(read(row, key)), index]));
  for (const row of rows) {
    const value = read(row, key);
    const place = value === null ? undefined : places.get(keyOf(value));
    if (place === undefined) {
      if (value !== null) places.set(keyOf(value), all.length);
      all.push(row);
    } else if (updates) all[place] = row;
  }
  return all;
}
