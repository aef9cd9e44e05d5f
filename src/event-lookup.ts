// A lookup table as LOOKUP of props.conf uses it: rows found by exact values of their input columns.
import type { FieldLookup } from './knowledge/language.js';
import type { LookupTable } from './runtime/environment.js';
import { fromValues, valuesOf } from './runtime/multivalue.js';
import type { FieldValue, Scalar } from './runtime/value.js';

export class EventLookup implements FieldLookup {
  readonly columns: readonly string[];
  readonly #rows: readonly (readonly string[])[];
  readonly #index = new Map<string, Map<string, (readonly string[])[]>>();
  constructor(table: LookupTable) {
    const rows = table.csv
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .map((line) =>
        [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
          ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
        ),
      );
    this.columns = rows[0] ?? [];
    this.#rows = rows.slice(1);
  }

  find(
    columns: readonly string[],
    inputs: readonly FieldValue[],
    outputs: readonly string[],
  ): FieldValue[] | null {
    const key = columns.join('\0');
    let index = this.#index.get(key);
    if (index === undefined) {
      index = new Map();
      const places = columns.map((column) => this.columns.indexOf(column));
      for (const row of this.#rows) {
        const id = places.map((place) => row[place] ?? '').join('\0');
        const same = index.get(id);
        if (same === undefined) index.set(id, [row]);
        else same.push(row);
      }
      this.#index.set(key, index);
    }
    const found = index.get(inputs.map((input) => String(valuesOf(input)[0] ?? '')).join('\0'));
    if (found === undefined) return null;
    return outputs.map((output) => {
      const place = this.columns.indexOf(output);
      const values = found.map((row): Scalar => row[place] ?? '').filter((value) => value !== '');
      return fromValues(values);
    });
  }
}
