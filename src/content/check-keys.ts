// Keys of a file that its schema does not know or misses: misspelt and misplaced ones are told once, where they stand.
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Severity } from '../diagnostic/diagnostic.js';
import { editDistance, isSlip, nearest } from '../diagnostic/did-you-mean.js';
import type { Dialect } from './model.js';
import { isRaw, type Raw } from './read/fields.js';
import { type JsonSchema, readSchema, resolveRef, type SchemaName, schemaAt } from './schema.js';

export type RawPath = readonly (string | number)[];

/** An error of the validator with its path as keys and indexes. */
export interface SchemaFault {
  readonly path: RawPath;
  readonly error: ErrorObject;
}

/** One fault of a key. */
export interface KeyFault {
  /** The key itself, or the mapping that lacks one. */
  readonly path: RawPath;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  /** The keys it is about, as written and as meant. */
  readonly about: readonly RawPath[];
}

/** Which of the validator's errors are about keys, and not about values. */
export function isKeyFault({ error: { keyword } }: SchemaFault): boolean {
  return keyword === 'required' || keyword === 'additionalProperties' || keyword === 'false schema';
}

/**
 * The tools of the older dialects passed over keys of a detection that they did not know, and over values they did not
 * use. Such a repository has to go on building, so what its build does not rest on is a warning there.
 */
export const isOlder = (dialect: Dialect): boolean => dialect === '2022' || dialect === '4.x';

/** Keys that the first tools of a dialect demanded and its last did without, or the other way round. */
const laterOptional = new Set(['tags.required_fields', 'tags.playbook_type', 'tags.vpe_type']);

/**
 * What is wrong with the keys of a file.
 *
 * @param value   the file's mapping
 * @param faults  the validator's errors about keys
 */
export function checkKeys(
  name: SchemaName,
  value: Raw,
  faults: readonly SchemaFault[],
  dialect: Dialect,
): KeyFault[] {
  const check = new KeyCheck(name, value, faults, dialect);
  return check.run();
}

interface Missing {
  /** Of the mapping. */
  readonly path: RawPath;
  readonly key: string;
  readonly severity: Severity;
}

class KeyCheck {
  readonly #name: SchemaName;
  readonly #value: Raw;
  readonly #dialect: Dialect;
  readonly #missing = new Map<string, Missing>();
  /** Keys that may not stand where they do, by path. */
  readonly #unknown = new Map<string, RawPath>();
  readonly #found: KeyFault[] = [];

  constructor(name: SchemaName, value: Raw, faults: readonly SchemaFault[], dialect: Dialect) {
    this.#name = name;
    this.#value = value;
    this.#dialect = dialect;
    for (const { path, error } of faults) {
      if (error.keyword === 'required') {
        const key = String(error.params['missingProperty']);
        const at = pathText([...path, key]);
        const severity = isOlder(dialect) && laterOptional.has(at) ? 'warning' : 'error';
        this.#missing.set(at, { path, key, severity });
        continue;
      }
      const own =
        error.keyword === 'false schema' ? path : [...path, String(error.params['additionalProperty'])];
      this.#unknown.set(pathText(own), own);
    }
  }

  run(): KeyFault[] {
    // Where other keys may stand, one that is nearly a known one was meant to be it.
    const slips = isOpen(this.#name) ? [...slipsIn(this.#value, readSchema(this.#name), [])] : [];
    this.#tellMisplaced();
    for (const path of this.#unknown.values()) if (!this.#isInUnknown(path)) this.#tellUnknown(path);
    for (const { path, meant, isRequired } of slips) {
      this.#missing.delete(pathText([...path.slice(0, -1), meant]));
      const right = [...path.slice(0, -1), meant];
      this.#tell(path, isRequired ? 'error' : 'warning', `did you mean "${meant}"?`, right);
    }
    for (const { path, key, severity } of this.#missing.values()) {
      const own = [...path, key];
      this.#found.push({ path, severity, message: `missing key "${pathText(own)}"`, about: [own] });
    }
    return this.#found;
  }

  #tell(path: RawPath, severity: Severity, help: string | undefined, meant?: RawPath): void {
    const message = `unknown key "${pathText(path)}"`;
    const about = meant === undefined ? [path] : [path, meant];
    this.#found.push({ path, severity, message, about, ...(help === undefined ? {} : { help }) });
  }

  /** A key that is missing in one mapping and stands in another, which does not know it, was put into the wrong one. */
  #tellMisplaced(): void {
    for (const [at, { path, key, severity }] of this.#missing) {
      const home = mappingsOf(this.#value).find(
        ([place, mapping]) =>
          Object.hasOwn(mapping, key) &&
          pathText(place) !== pathText(path) &&
          (this.#unknown.has(pathText([...place, key])) || !this.#knows([...place, key])),
      );
      if (home === undefined) continue;
      const own = [...home[0], key];
      this.#missing.delete(at);
      this.#unknown.delete(pathText(own));
      this.#tell(own, severity, belongs(path), [...path, key]);
    }
  }

  #tellUnknown(path: RawPath): void {
    const parent = path.slice(0, -1);
    const key = String(path.at(-1));
    const here = valueAt(this.#value, parent);
    const present = new Set(isRaw(here) ? Object.keys(here) : []);
    const lost = [...this.#missing.values()]
      .filter((missing) => pathText(missing.path) === pathText(parent))
      .map((missing) => missing.key);
    const candidates = Object.keys(schemaAt(this.#name, parent)?.properties ?? {}).filter(
      (known) => !present.has(known),
    );
    const isKnown = this.#knows(path);
    // A misspelt key is one fault: that the right one is missing need not be said as well. Of short keys one letter is
    // more than may be wrong in general.
    const meant = isKnown
      ? undefined
      : (nearest(key, lost) ?? lost.find((other) => isOneEdit(key, other)) ?? nearest(key, candidates));
    if (meant !== undefined) {
      this.#missing.delete(pathText([...parent, meant]));
      if (this.#name === 'deployment' && meant === 'tags') this.#missing.delete('type');
    }
    // Settings that only other tools have harm nobody, as long as none is the slip of one that is needed.
    const isForeign = this.#name === 'contentctl' && !lost.some((other) => other === meant);
    const isMild = isForeign || (this.#name === 'detection' && isOlder(this.#dialect));
    const severity = isMild ? 'warning' : 'error';
    if (meant !== undefined)
      return this.#tell(path, severity, `did you mean "${meant}"?`, [...parent, meant]);
    const home = this.#homeOf(key, parent);
    if (home === undefined) this.#tell(path, severity, undefined);
    else this.#tell(path, severity, belongs(home), [...home, key]);
  }

  /** The mapping in which a key that stands in a wrong one belongs, if the schema has it in one place. */
  #homeOf(key: string, parent: RawPath): RawPath | undefined {
    const schema = readSchema(this.#name);
    const homes: RawPath[] = [];
    if (parent.length > 0 && schema.properties?.[key] !== undefined) homes.push([]);
    for (const [name, written] of Object.entries(schema.properties ?? {})) {
      const isOther = parent.length !== 1 || parent[0] !== name;
      if (isOther && resolveRef(written)?.properties?.[key] !== undefined) homes.push([name]);
    }
    const isPresent = (home: RawPath): boolean => home.length === 0 || isRaw(valueAt(this.#value, home));
    const [only, second] = homes.filter(isPresent);
    return second === undefined ? only : undefined;
  }

  /** Whether a mapping that a key stands in is unknown itself, which is the one fault. */
  #isInUnknown(path: RawPath): boolean {
    return path.some((_, length) => length > 0 && this.#unknown.has(pathText(path.slice(0, length))));
  }

  #knows(path: RawPath): boolean {
    return schemaAt(this.#name, path) !== undefined;
  }
}

const belongs = (home: RawPath): string =>
  home.length === 0 ? 'it belongs at the top of the file' : `it belongs in "${pathText(home)}"`;

const isOneEdit = (a: string, b: string): boolean => editDistance(a.toLowerCase(), b.toLowerCase(), 1) === 1;

function valueAt(value: unknown, path: RawPath): unknown {
  let inner = value;
  for (const part of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, part)) return undefined;
    inner = (inner as Readonly<Record<string | number, unknown>>)[part];
  }
  return inner;
}

/** The mapping of a file and those directly below it or below these, with their paths. */
function mappingsOf(value: Raw): (readonly [RawPath, Raw])[] {
  const found: [RawPath, Raw][] = [[[], value]];
  for (let index = 0; index < found.length; index++) {
    const [path, mapping] = found[index]!;
    if (path.length >= 2) break;
    for (const [key, inner] of Object.entries(mapping)) if (isRaw(inner)) found.push([[...path, key], inner]);
  }
  return found;
}

const openSchemas = new Map<SchemaName, boolean>();

/** Whether a mapping of a schema may have other keys than those it names. */
function isOpen(name: SchemaName): boolean {
  let open = openSchemas.get(name);
  if (open === undefined) {
    open = hasOpenMapping(readSchema(name));
    openSchemas.set(name, open);
  }
  return open;
}

function hasOpenMapping(schema: JsonSchema | undefined): boolean {
  const { properties, additionalProperties, items } = schema ?? {};
  if (items !== undefined) return hasOpenMapping(resolveRef(items));
  if (properties === undefined) return false;
  return (
    additionalProperties !== false ||
    Object.values(properties).some((property) => hasOpenMapping(resolveRef(property)))
  );
}

interface Slip {
  readonly path: RawPath;
  readonly meant: string;
  readonly isRequired: boolean;
}

/** Keys of mappings with open schemas that differ by one letter from a known key that is not there. */
function* slipsIn(value: Raw, schema: JsonSchema | undefined, path: RawPath): Iterable<Slip> {
  const properties = schema?.properties;
  if (properties === undefined) return;
  for (const [key, inner] of Object.entries(value)) {
    if (Object.hasOwn(properties, key)) {
      const property = resolveRef(properties[key]);
      if (isRaw(inner)) yield* slipsIn(inner, property, [...path, key]);
      else if (Array.isArray(inner) && property?.items !== undefined)
        for (const [index, item] of inner.entries())
          if (isRaw(item)) yield* slipsIn(item, resolveRef(property.items), [...path, key, index]);
      continue;
    }
    if (schema?.additionalProperties === false) continue;
    const lost = Object.keys(properties).filter((name) => !Object.hasOwn(value, name));
    const meant = nearest(key, lost);
    if (meant !== undefined && (isSlip(key, meant) || lettersOf(key) === lettersOf(meant)))
      yield { path: [...path, key], meant, isRequired: schema?.required?.includes(meant) ?? false };
  }
}

/** A key without its case and the marks between its words, which nobody means to be another key's. */
function lettersOf(key: string): string {
  return key.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** A path as an author would write it: `tags.mitre_attack_id[0]`. */
export function pathText(path: RawPath): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text;
}
