// Holds a file against the schema of its kind and says what differs, once per fault and where it stands.
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Diagnostic, Place } from '../diagnostic/diagnostic.js';
import { didYouMean, isSlip, nearest } from '../diagnostic/did-you-mean.js';
import type { Dialect } from './model.js';
import { type JsonSchema, readSchema, resolveRef, type SchemaName, schemaAt, validator } from './schema.js';
import type { YamlDocument } from './yaml/document.js';

type RawPath = readonly (string | number)[];

interface Fault {
  readonly path: RawPath;
  readonly error: ErrorObject;
}

/** The diagnostics of a file against its schema, all under the code `schema`, in no particular order. */
export function checkSchema(name: SchemaName, document: YamlDocument, dialect: Dialect): Diagnostic[] {
  const { value } = document;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    const message = value === null ? 'file is empty' : `file must hold a mapping, found ${describe(value)}`;
    return [diagnostic('error', message, document.valuePlace([]))];
  }
  const validate = validator(name);
  const found: Diagnostic[] = [];
  const faults = validate(value)
    ? []
    : (validate.errors ?? []).map((error) => ({ error, path: pathOf(error.instancePath, value) }));
  // Where other keys may stand, one that is nearly a known one was meant to be it.
  const schema = readSchema(name);
  const slips = isOpen(name) ? [...slipsIn(value as Readonly<Record<string, unknown>>, schema, [])] : [];
  if (faults.length > 0) found.push(...report(name, faults, document, dialect, slips));
  for (const { path, meant, isRequired } of slips)
    found.push(
      diagnostic(
        isRequired ? 'error' : 'warning',
        `unknown key "${pathText(path)}"`,
        document.keyPlace(path),
        `did you mean "${meant}"?`,
      ),
    );
  for (const path of document.wholeFloats) {
    const type = schemaAt(name, path)?.type;
    if (type !== 'integer') continue;
    const message = `${pathText(path)} must be a whole number, found ${document.written(path)}`;
    found.push(diagnostic('error', message, document.valuePlace(path)));
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

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys of mappings with open schemas that differ by one letter from a known key that is not there. */
function* slipsIn(
  value: Readonly<Record<string, unknown>>,
  schema: JsonSchema | undefined,
  path: RawPath,
): Iterable<Slip> {
  const properties = schema?.properties;
  if (properties === undefined) return;
  for (const [key, inner] of Object.entries(value)) {
    if (Object.hasOwn(properties, key)) {
      const property = resolveRef(properties[key]);
      if (isMapping(inner)) yield* slipsIn(inner, property, [...path, key]);
      else if (Array.isArray(inner) && property?.items !== undefined)
        for (const [index, item] of inner.entries())
          if (isMapping(item)) yield* slipsIn(item, resolveRef(property.items), [...path, key, index]);
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

function diagnostic(
  severity: Diagnostic['severity'],
  message: string,
  place: Place,
  help?: string,
): Diagnostic {
  return { ...place, severity, code: 'schema', message, ...(help === undefined ? {} : { help }) };
}

function pathOf(pointer: string, root: unknown): (string | number)[] {
  const path: (string | number)[] = [];
  let value = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const list = Array.isArray(value);
    path.push(list ? Number(key) : key);
    value = Array.isArray(value) ? value[Number(key)] : (value as Record<string, unknown> | undefined)?.[key];
  }
  return path;
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

const dialects: readonly string[] = ['2022', '4.x', '5.x', 'escu6'];

/** The pattern of a text that must hold more than blanks. */
const blank = '\\S';
/** Keywords that only repeat what another error says. */
const echoes = new Set(['if', 'anyOf', 'oneOf', 'allOf', 'not']);
/** Of several errors of one value the earliest in this list is told. */
const order = ['type', 'const', 'enum', 'minLength', 'pattern', 'format'];

function report(
  name: SchemaName,
  faults: readonly Fault[],
  document: YamlDocument,
  dialect: Dialect,
  slips: readonly Slip[],
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const values = new Map<string, Fault>();
  const missing = new Map<string, Fault>();
  const unknown: Fault[] = [];
  for (const fault of faults) {
    const { keyword, instancePath, params } = fault.error;
    if (echoes.has(keyword)) continue;
    if (keyword === 'required') missing.set(`${instancePath}/${String(params['missingProperty'])}`, fault);
    else if (keyword === 'additionalProperties') unknown.push(fault);
    else {
      const known = values.get(instancePath);
      if (known === undefined || rank(keyword) < rank(known.error.keyword)) values.set(instancePath, fault);
    }
  }
  for (const { path, error } of unknown) {
    const key = String(error.params['additionalProperty']);
    const parent = error.parentSchema as JsonSchema | undefined;
    const present = new Set(Object.keys(error.data as object));
    const candidates = Object.keys(parent?.properties ?? {}).filter((name) => !present.has(name));
    // A misspelt key is one fault: that the right one is missing need not be said as well.
    const lost = [...missing.values()]
      .filter((fault) => fault.error.instancePath === error.instancePath)
      .map((fault) => String(fault.error.params['missingProperty']));
    const meant = nearest(key, lost) ?? nearest(key, candidates);
    if (meant !== undefined) missing.delete(`${error.instancePath}/${meant}`);
    const help = meant === undefined ? undefined : `did you mean "${meant}"?`;
    const keyPath = [...path, key];
    // Settings that only other tools have harm nobody, as long as none is the slip of one that is needed.
    const isForeign = name === 'contentctl' && !lost.some((key) => key === meant);
    found.push(
      diagnostic(
        isForeign || (name === 'detection' && isOlder(dialect)) ? 'warning' : 'error',
        `unknown key "${pathText(keyPath)}"`,
        document.keyPlace(keyPath),
        help,
      ),
    );
  }
  for (const { path, meant } of slips)
    missing.delete(
      `${path
        .slice(0, -1)
        .map((part) => `/${part}`)
        .join('')}/${meant}`,
    );
  for (const { path, error } of missing.values()) {
    const key = pathText([...path, String(error.params['missingProperty'])]);
    const severity = isOlder(dialect) && laterOptional.has(key) ? 'warning' : 'error';
    found.push(diagnostic(severity, `missing key "${key}"`, document.keyPlace(path)));
  }
  for (const fault of values.values()) found.push(valueFault(name, fault, document, dialect));
  return found;
}

/**
 * The tools of the older dialects passed over keys of a detection that they did not know, and over values they did not
 * use. Such a repository has to go on building, so what its build does not rest on is a warning there.
 */
const isOlder = (dialect: Dialect): boolean => dialect === '2022' || dialect === '4.x';

/** Keys that the first tools of a dialect demanded and its last did without. */
const laterOptional = new Set(['tags.required_fields']);

/** Values that no output is made from: notes for readers, by the last name on their path. */
const unread = new Set(['context', 'dataset', 'update_timestamp', 'references', 'date', 'kill_chain_phases']);
/** Lists of field names, in which a stray mapping (`- product: null`) harms nobody. */
const unreadLists = new Set(['fields', 'output_fields']);

function isUnread(path: RawPath, dialect: Dialect): boolean {
  if (typeof path.at(-1) === 'number' && path.length === 2 && unreadLists.has(String(path[0]))) return true;
  if (!isOlder(dialect)) return false;
  return path.some((part) => typeof part === 'string' && unread.has(part));
}

function rank(keyword: string): number {
  const index = order.indexOf(keyword);
  return index === -1 ? order.length : index;
}

/** Keys of removed content that anything is made from; the rest is kept as it was, and Splunk's tools pass over it. */
const readOfRemoved = new Set([
  ...['name', 'id', 'version', 'date', 'creation_date', 'modification_date', 'author', 'description'],
  ...['references', 'status', 'deprecation_info'],
]);

function valueFault(
  kind: SchemaName,
  { path, error }: Fault,
  document: YamlDocument,
  dialect: Dialect,
): Diagnostic {
  const schema = (error.parentSchema ?? {}) as JsonSchema;
  const { data, params, keyword } = error;
  const name = pathText(path);
  const place = document.valuePlace(path);
  const since = schema['x-since'];
  const older = since !== undefined && dialects.indexOf(dialect) < dialects.indexOf(since);
  const isMild =
    older || isUnread(path, dialect) || (kind === 'removed' && !readOfRemoved.has(String(path[0])));
  let severity: Diagnostic['severity'] = isMild ? 'warning' : 'error';
  let help: string | undefined;
  let message: string;
  switch (keyword) {
    case 'type': {
      message = `${name} must be ${typeNames(schema.type)}, found ${describe(data, document, path)}`;
      const scalar = typeof data === 'number' || typeof data === 'boolean';
      if (scalar && wants(schema.type, 'string')) help = 'put it in quotes';
      if (typeof data === 'string' && /^\d+$/.test(data) && wants(schema.type, 'integer')) {
        // Splunk's tools turn such text into the number.
        severity = 'warning';
        help = 'leave out the quotes';
      }
      if (typeof data === 'string' && wants(schema.type, 'array'))
        help = 'write it as an item of a list, "- …"';
      break;
    }
    case 'enum': {
      const allowed = (schema.enum ?? []).filter((value) => typeof value === 'string');
      if (schema['x-flag'] === true) {
        message = `${name} must be true or false, found ${shown(data)}`;
      } else if (allowed.length > 8) {
        message = `unknown ${lastName(path)} ${shown(data)}`;
      } else {
        message = `${name} must be one of ${allowed.map((value) => `"${value}"`).join(', ')}, found ${shown(data)}`;
      }
      if (typeof data === 'string') help = didYouMean(data, allowed);
      break;
    }
    case 'pattern':
    case 'format': {
      if (schema.pattern === blank) {
        message = `${name} is empty, found ${shown(data)}`;
        break;
      }
      const looks = (schema.examples ?? []).map((example) => `"${String(example)}"`).join(' or ');
      const format = { date: 'a day of the calendar such as', uuid: 'a UUID such as' }[
        String(params['format'])
      ];
      const likeness = format === undefined ? 'must look like' : `must be ${format}`;
      message =
        looks === ''
          ? `${name} is malformed, found ${shown(data)}`
          : `${name} ${likeness} ${looks}, found ${shown(data)}`;
      break;
    }
    case 'minLength': {
      const limit = Number(params['limit']);
      message =
        limit === 1
          ? `${name} is empty`
          : `${name} must have at least ${limit} characters, found ${shown(data)}`;
      break;
    }
    case 'maxLength':
      message = `${name} must have at most ${String(params['limit'])} characters, found ${String(data).length} in ${shown(data)}`;
      break;
    case 'minItems':
      message =
        Number(params['limit']) === 1
          ? `${name} must not be an empty list`
          : `${name} must have at least ${String(params['limit'])} items`;
      break;
    case 'minimum':
    case 'maximum': {
      const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
      const range =
        minimum !== undefined && maximum !== undefined
          ? `from ${minimum} to ${maximum}`
          : minimum !== undefined
            ? `at least ${minimum}`
            : `at most ${String(maximum)}`;
      message = `${name} must be ${range}, found ${shown(data)}`;
      break;
    }
    default:
      message = `${name} ${error.message ?? 'does not fit the schema'}, found ${shown(data)}`;
  }
  return diagnostic(severity, message, place, help);
}

function wants(type: JsonSchema['type'], name: string): boolean {
  return type === name || (Array.isArray(type) && type.includes(name));
}

function lastName(path: RawPath): string {
  return String(path.findLast((segment) => typeof segment === 'string') ?? 'value');
}

const typeWords = new Map([
  ['string', 'text'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a mapping'],
]);

function typeNames(type: JsonSchema['type']): string {
  const names = typeof type === 'string' ? [type] : (type ?? []);
  return names
    .filter((name) => name !== 'null')
    .map((name) => typeWords.get(name) ?? name)
    .join(' or ');
}

/** A value in the words of a message; scalars as they are written. */
function describe(value: unknown, document?: YamlDocument, path?: RawPath): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  const written = path === undefined ? undefined : document?.written(path);
  if (typeof value === 'string') return `text ${shown(value)}`;
  return `${typeof value} ${clip(written ?? String(value))}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `"${clip(value)}"`;
  return describe(value);
}

function clip(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
