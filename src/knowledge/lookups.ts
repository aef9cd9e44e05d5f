// Lookups that the apps define: transforms.conf stanzas with a file or a collection, and bare files of their lookups folders.
import { readFileSync } from 'node:fs';
import { confBoolean } from '../conf/read.js';
import type { LookupTable } from '../runtime/environment.js';
import type { FieldLookup, KnowledgeLanguage } from './language.js';
import type { Layers } from './layers.js';

/** Finds lookups by name, each read and made once. */
export class LookupIndex {
  readonly #layers: Layers;
  readonly #given: Readonly<Record<string, string | LookupTable>>;
  readonly #tables = new Map<string, LookupTable | null>();
  readonly #lookups = new Map<string, FieldLookup | null>();

  /** @param given  tables by name that go before those of the apps */
  constructor(layers: Layers, given: Readonly<Record<string, string | LookupTable>> = {}) {
    this.#layers = layers;
    this.#given = given;
  }

  /** Names of all lookups: stanzas that name a file or a collection with a table, and the files themselves. */
  names(): string[] {
    const stanzas = [...this.#layers.transforms].filter(
      ([, settings]) =>
        settings.has('filename') ||
        (settings.has('collection') && this.#fileOf(settings.get('collection')?.value) !== undefined),
    );
    return [...stanzas.map(([name]) => name), ...this.#layers.lookupFiles.keys()];
  }

  /** Why there is no table of this name, as the end of a sentence. */
  absence(name: string): string {
    const settings = this.#layers.transforms.get(name);
    if (settings === undefined) return `there is no lookup "${name}"`;
    const collection = settings.get('collection')?.value;
    if (collection !== undefined)
      return `lookup "${name}" is the KV-store collection "${collection}", which "lookups/${collection}.csv" of an app or --lookup can give`;
    if (settings.has('external_cmd') || settings.has('external_type'))
      return `lookup "${name}" runs a program, which is not done here; --lookup can give its table`;
    const file = settings.get('filename')?.value;
    return file === undefined
      ? `lookup "${name}" names no file`
      : `the file "${file}" of lookup "${name}" is in no app`;
  }

  /** The table of a stanza or file name; null when there is none, or none that can be read here. */
  table(name: string): LookupTable | null {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const table = this.#read(name);
    this.#tables.set(name, table);
    return table;
  }

  /** The table made for finding rows. */
  lookup(name: string, language: KnowledgeLanguage): FieldLookup | null {
    const known = this.#lookups.get(name);
    if (known !== undefined) return known;
    const given = Object.hasOwn(this.#given, name) ? this.#given[name] : undefined;
    // What is given may be a table alone: how it is matched is still what the apps say of the lookup.
    const table =
      typeof given === 'string' ? { ...this.#definition(name), csv: given } : (given ?? this.table(name));
    const lookup = table === null ? null : language.lookup(table);
    this.#lookups.set(name, lookup);
    return lookup;
  }

  #read(name: string): LookupTable | null {
    const settings = this.#layers.transforms.get(name);
    const path =
      settings === undefined
        ? this.#layers.lookupFiles.get(name)
        : (this.#layers.lookupFiles.get(settings.get('filename')?.value ?? '') ??
          this.#fileOf(settings.get('collection')?.value));
    if (path === undefined) return null;
    try {
      return { csv: readFileSync(path, 'utf8'), ...this.#definition(name) };
    } catch {
      return null;
    }
  }

  /** The file that stands for a KV-store collection: one of its name among the apps' lookup files. */
  #fileOf(collection: string | undefined): string | undefined {
    return collection === undefined ? undefined : this.#layers.lookupFiles.get(`${collection}.csv`);
  }

  /** How rows are matched, as the lookup's stanza says. */
  #definition(name: string): Omit<LookupTable, 'csv'> {
    const settings = this.#layers.transforms.get(name);
    const get = (key: string): string | undefined => settings?.get(key)?.value;
    const number = (key: string): number | undefined => {
      const value = Number(get(key) ?? Number.NaN);
      return Number.isFinite(value) ? value : undefined;
    };
    return {
      matchType: matchTypes(get('match_type') ?? ''),
      caseSensitiveMatch: confBoolean(get('case_sensitive_match'), true),
      ...given('minMatches', number('min_matches')),
      ...given('maxMatches', number('max_matches')),
      ...given('defaultMatch', get('default_match')),
      ...given('timeField', get('time_field')),
      ...given('timeFormat', get('time_format')),
      ...given('minOffsetSeconds', number('min_offset_secs')),
      ...given('maxOffsetSeconds', number('max_offset_secs')),
    };
  }
}

/** `WILDCARD(a), CIDR(b)`, one entry each. */
function matchTypes(text: string): string[] {
  return [...text.matchAll(/\w+\s*\([^)]*\)/g)].map(([entry]) => entry);
}

function given<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [key in K]: V });
}
