// Lookups that the apps define: transforms.conf stanzas with a file, and bare files of their lookups folders.
import { readFileSync } from 'node:fs';
import { confBoolean } from '../conf/read.js';
import type { LookupTable } from '../runtime/environment.js';
import type { FieldLookup, KnowledgeLanguage } from './language.js';
import type { Layers } from './layers.js';

/** Finds lookups by name, each read and made once. */
export class LookupIndex {
  readonly #layers: Layers;
  readonly #tables = new Map<string, LookupTable | null>();
  readonly #lookups = new Map<string, FieldLookup | null>();

  constructor(layers: Layers) {
    this.#layers = layers;
  }

  /** Names of all lookups: stanzas that name a file, and the files themselves. */
  names(): string[] {
    const stanzas = [...this.#layers.transforms].filter(([, settings]) => settings.has('filename'));
    return [...stanzas.map(([name]) => name), ...this.#layers.lookupFiles.keys()];
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
    const table = this.table(name);
    const lookup = table === null ? null : language.lookup(table);
    this.#lookups.set(name, lookup);
    return lookup;
  }

  #read(name: string): LookupTable | null {
    const settings = this.#layers.transforms.get(name);
    const get = (key: string): string | undefined => settings?.get(key)?.value;
    const file = get('filename') ?? (settings === undefined ? name : undefined);
    const path = file === undefined ? undefined : this.#layers.lookupFiles.get(file);
    if (path === undefined) return null;
    let csv: string;
    try {
      csv = readFileSync(path, 'utf8');
    } catch {
      return null;
    }
    const number = (key: string): number | undefined => {
      const value = Number(get(key) ?? Number.NaN);
      return Number.isFinite(value) ? value : undefined;
    };
    return {
      csv,
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
