// Holds a file against the schema of its kind and says what differs, once per fault and where it stands.
import type { Diagnostic, Place } from '../diagnostic/diagnostic.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { checkKeys, isKeyFault, isOlder, pathText, type RawPath, type SchemaFault } from './check-keys.js';
import type { Dialect } from './model.js';
import { isRaw } from './read/fields.js';
import { type JsonSchema, type SchemaName, schemaAt, validator } from './schema.js';
import type { YamlDocument } from './yaml/document.js';

/** The diagnostics of a file against its schema, all under the code `schema`, in no particular order. */
export function checkSchema(name: SchemaName, document: YamlDocument, dialect: Dialect): Diagnostic[] {
  const { value } = document;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    const message = value === null ? 'file is empty' : `file must hold a mapping, found ${describe(value)}`;
    return [diagnostic('error', message, document.valuePlace([]))];
  }
  const validate = validator(name);
  const faults = validate(value)
    ? []
    : (validate.errors ?? []).map((error) => ({ error, path: pathOf(error.instancePath, value) }));
  const found = checkKeys(
    name,
    value as Readonly<Record<string, unknown>>,
    faults.filter(isKeyFault),
    dialect,
  ).map(({ path, severity, message, help, about }) => ({
    ...diagnostic(severity, message, document.keyPlace(path), help),
    about: about.map(keyOf),
  }));
  for (const fault of worstByValue(faults))
    found.push({ ...valueFault(name, fault, document, dialect), about: [keyOf(fault.path)] });
  for (const path of document.wholeFloats) {
    const type = schemaAt(name, path)?.type;
    if (type !== 'integer') continue;
    const message = `${pathText(path)} must be a whole number, found ${document.written(path)}`;
    found.push({ ...diagnostic('error', message, document.valuePlace(path)), about: [keyOf(path)] });
  }
  return found;
}

/**
 * What removed content would be told if it were still what it was, as warnings: Splunk's tools pass over most of it, and
 * who looks for the reason of a removal reads it. Nothing of it need be there.
 *
 * @param known  what was found in the file already
 */
export function checkRemoved(
  name: SchemaName,
  document: YamlDocument,
  dialect: Dialect,
  known: readonly Diagnostic[],
): Diagnostic[] {
  if (!isRaw(document.value)) return [];
  const places = new Set(known.map(({ line, column }) => `${line}:${column}`));
  return checkSchema(name, document, dialect).flatMap((fault) => {
    const isOwn = fault.about?.[0] === 'status' || fault.message.startsWith('missing key ');
    return isOwn || places.has(`${fault.line}:${fault.column}`)
      ? []
      : [{ ...fault, severity: 'warning' as const }];
  });
}

/** The key of a value: its path without the places in lists. */
const keyOf = (path: RawPath): string => path.filter((part) => typeof part === 'string').join('.');

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

const dialects: readonly string[] = ['2022', '4.x', '5.x', 'escu6'];

/** The pattern of a text that must hold more than blanks. */
const blank = '\\S';
/** Keywords that only repeat what another error says. */
const echoes = new Set(['if', 'anyOf', 'oneOf', 'allOf', 'not']);
/** Of several errors of one value the earliest in this list is told. */
const order = ['type', 'const', 'enum', 'minLength', 'pattern', 'format'];

/** Of several errors of one value the one that says most. */
function worstByValue(faults: readonly SchemaFault[]): Iterable<SchemaFault> {
  const values = new Map<string, SchemaFault>();
  for (const fault of faults) {
    const { keyword, instancePath } = fault.error;
    if (echoes.has(keyword) || isKeyFault(fault)) continue;
    const known = values.get(instancePath);
    if (known === undefined || rank(keyword) < rank(known.error.keyword)) values.set(instancePath, fault);
  }
  return values.values();
}

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
  { path, error }: SchemaFault,
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
