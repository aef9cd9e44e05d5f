// The names of lookups and the columns of their tables, as far as the repository says.
import { closeSync, openSync, readSync } from 'node:fs';
import { namesOfLookup } from '../content/known-lookups.js';
import type { Lookup } from '../content/model.js';
import { namedColumns } from '../csv/csv-reader.js';

/** What is known of the columns of a lookup. */
export interface KnownColumns {
  readonly names: readonly string[];
  /** Whether they stand in a file; a collection only has a definition, which may list less than it holds. */
  readonly isTable: boolean;
}

/** Bytes in which the header of a table and the row behind it are looked for. */
const headBytes = 65_536;
/** Where they are put, one table after the other. */
const head = Buffer.alloc(headBytes);

/** Finds the columns of lookups, each once. */
export class LookupColumns {
  readonly #lookups = new Map<string, Lookup>();
  readonly #columns = new Map<Lookup, KnownColumns | undefined>();
  readonly #resolve: (file: string) => string | undefined;

  /** `resolve` gives the absolute path of a file of the repository, undefined for one that is not in it. */
  constructor(lookups: readonly Lookup[], resolve: (file: string) => string | undefined) {
    this.#resolve = resolve;
    for (const lookup of lookups)
      for (const name of namesOfLookup(lookup)) if (!this.#lookups.has(name)) this.#lookups.set(name, lookup);
  }

  /** Undefined for an unknown lookup, and for a table without rows, which something has yet to fill. */
  of(name: string): KnownColumns | undefined {
    const lookup = this.#lookups.get(name);
    if (lookup === undefined) return undefined;
    if (!this.#columns.has(lookup)) this.#columns.set(lookup, this.#read(lookup));
    return this.#columns.get(lookup);
  }

  #read({ lookupType, fields, filename }: Lookup): KnownColumns | undefined {
    if (lookupType === 'kvstore') return fields.length === 0 ? undefined : { names: fields, isTable: false };
    const path = lookupType === 'csv' && filename !== undefined ? this.#resolve(filename) : undefined;
    if (path === undefined) return undefined;
    const file = openSync(path, 'r');
    try {
      const text = head.toString('utf8', 0, readSync(file, head, 0, headBytes, 0));
      const names = namedColumns(text);
      // A header with a fault of its own says nothing of the columns that are meant.
      if (names === undefined || new Set(names).size < names.length || /[\0\ufffd]/.test(names.join('')))
        return undefined;
      return { names, isTable: true };
    } finally {
      closeSync(file);
    }
  }
}
