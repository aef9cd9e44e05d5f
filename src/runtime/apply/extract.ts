// Commands that read structured text into fields, and write fields as JSON.

import { JsonNumber, type JsonValue, parseJson, stringifyJson } from '../json.js';
import { nativeOf } from '../json-path.js';
import { fromValues, pushValue, textOf, valuesOf } from '../multivalue.js';
import { formatScalar, parseNumber } from '../number.js';
import { nameFilter } from '../pattern.js';
import { copyRow, fieldNames, read } from '../row.js';
import { spath, spathAll } from '../spath.js';
import { createRow, type FieldValue, type Row, type Scalar } from '../value.js';
import { decodeEntities } from '../xml.js';
import { parseXPath, xpathValues } from '../xpath.js';
import type { RowFunction, RowsFunction, ValuesFunction } from './apply.js';

/** spath with a path: the values there; without a match the output stays as it was. */
export const spathValue: ValuesFunction = (_run, args) => {
  const path = String(args['path']);
  return (input = null, present = null) => {
    const text = textOf(input);
    return text === null ? present : (spath(text, path) ?? present);
  };
};

/** xpath: the values there, else the default, else the output stays as it was. */
export const xpathValue: ValuesFunction = (_run, args) => {
  const path = parseXPath(String(args['path']));
  const otherwise = args['default'] === undefined ? null : String(args['default']);
  return (input = null, present = null) => {
    const text = textOf(input);
    const found = text === null || path === null ? null : xpathValues(text, path);
    return found ?? otherwise ?? present;
  };
};

/** spath without a path: every leaf of the first characters becomes a field. */
export const spathFields: RowFunction = (run, args) => {
  const input = String(args['input'] ?? '_raw');
  const cutoff = run.limit('spath.extraction_cutoff') || Number.POSITIVE_INFINITY;
  return (row) => {
    const text = textOf(read(row, input));
    if (text === null) return;
    const isCut = text.length > cutoff;
    if (isCut) run.warn(`spath.extraction_cutoff: only the first ${cutoff} characters of a value were read`);
    for (const [name, value] of spathAll(isCut ? text.slice(0, cutoff) : text, isCut)) row[name] = value;
  };
};

/** xmlkv: `<name>value</name>` pairs of flat XML. */
export const xmlPairs: RowFunction = (_run, args) => {
  const field = String(args['field'] ?? '_raw');
  const pattern = /<\s*([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?>([^<]*)<\/\s*([A-Za-z_][\w.:-]*)\s*>/g;
  return (row) => {
    const text = textOf(read(row, field)) ?? '';
    const found = new Map<string, Scalar[]>();
    for (const match of text.matchAll(pattern)) {
      const name = match[1] as string;
      if (name !== match[3]) continue;
      const values = found.get(name) ?? [];
      values.push(decodeEntities(match[2] as string).trim());
      found.set(name, values);
    }
    for (const [name, values] of found) row[name] = fromValues(values);
  };
};

const defaultPair = /(?<![\w.])([A-Za-z_][\w.:-]*)\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,;"'|&]*)/g;

/** extract: key and value pairs of `_raw` (Search Reference, extract). */
export const extractPairs: RowFunction = (_run, args) => {
  const pairDelimiters = args['pairDelim'] as string | undefined;
  const keyDelimiters = args['kvDelim'] as string | undefined;
  const clean = args['cleanKeys'] !== false;
  const keepEmpty = args['keepEmpty'] === true;
  const addValues = args['mvAdd'] === true;
  const limit = Number(args['limit'] ?? 50) || Number.POSITIVE_INFINITY;
  const maxChars = Number(args['maxChars'] ?? 10_240);
  return (row) => {
    const text = (textOf(read(row, '_raw')) ?? '').slice(0, maxChars);
    const pairs =
      pairDelimiters === undefined || keyDelimiters === undefined
        ? [...text.matchAll(defaultPair)].map(
            (match) => [match[1] as string, unquote(match[2] ?? '')] as const,
          )
        : splitPairs(text, pairDelimiters, keyDelimiters);
    let count = 0;
    const own = new Set<string>();
    for (const [key, value] of pairs) {
      const name = clean
        ? key
            .trim()
            .replace(/[^A-Za-z0-9_]+/g, '_')
            .replace(/^_+/, '')
        : key.trim();
      if (name === '' || (value === '' && !keepEmpty)) continue;
      if (own.has(name)) {
        if (!addValues) continue;
        const values: Scalar[] = [];
        pushValue(values, row[name]);
        values.push(value);
        row[name] = fromValues(values);
        continue;
      }
      if (++count > limit) return;
      own.add(name);
      row[name] = value;
    }
  };
};

function unquote(text: string): string {
  const quote = text[0];
  return (quote === '"' || quote === "'") && text.endsWith(quote) && text.length > 1
    ? text.slice(1, -1).replace(/\\(["\\])/g, '$1')
    : text;
}

/** Each character of a delimiter text delimits. */
function splitPairs(text: string, pairs: string, keys: string): (readonly [string, string])[] {
  const pairSet = new Set(pairs);
  const keySet = new Set(keys);
  const parts: string[] = [''];
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    if (!quoted && pairSet.has(char)) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.flatMap((part) => {
    const at = [...part].findIndex((char) => keySet.has(char));
    if (at < 0) return [];
    const value = part.slice(at + 1).trim();
    // "If the delimiter appears in the value, that value is not extracted" (extract, kvdelim)
    if (!value.startsWith('"') && [...value].some((char) => keySet.has(char))) return [];
    return [[part.slice(0, at).trim(), unquote(value)] as const];
  });
}

/** fromjson: the members of a JSON object as fields. */
export const fieldsOfJson: RowFunction = (_run, args) => {
  const field = String(args['field']);
  const prefix = String(args['prefix'] ?? '');
  return (row) => {
    const json = parseJson(textOf(read(row, field)) ?? '');
    if (!(json instanceof Map)) return;
    // an array gives a multivalue field, an object within keeps its JSON text (fromjson, example 3)
    for (const [name, value] of json)
      row[prefix + name] = Array.isArray(value)
        ? fromValues(value.flatMap((item) => valuesOf(memberValue(item))))
        : memberValue(value);
  };
};

function memberValue(value: JsonValue): FieldValue {
  const native = nativeOf(value);
  return typeof native === 'boolean' ? (native ? 'true' : 'false') : native;
}

interface JsonField {
  readonly pattern: string;
  readonly type: string;
}

/** tojson: fields as one JSON object (Search Reference, tojson). */
export const jsonOfFields: RowFunction = (_run, args) => {
  const wanted = args['fields'] as readonly JsonField[];
  const target = String(args['output'] ?? '_raw');
  const standard = String(args['defaultType'] ?? 'none');
  const internal = args['internal'] === true;
  const fill = args['fillNull'] === true;
  const filters = wanted.map((item) => ({ ...item, matches: nameFilter([item.pattern]) }));
  return (row) => {
    const object = new Map<string, JsonValue>();
    const names = fieldNames(row).filter(
      (name) => internal || !name.startsWith('_') || filters.some((item) => item.pattern === name),
    );
    const set = (name: string, type: string): void => {
      // the first datatype function that names a field is the one that counts: num(date_hour) str(date_*)
      if (object.has(name)) return;
      const value = typedValue(read(row, name), type);
      if (value !== undefined) object.set(name, value);
      else if (fill) object.set(name, null);
    };
    if (wanted.length === 0) for (const name of names) set(name, standard);
    for (const { pattern, type, matches } of filters) {
      const matching = pattern.includes('*') ? names.filter(matches) : [pattern];
      for (const name of matching) set(name, type === '' ? standard : type);
    }
    row[target] = stringifyJson(object);
  };
};

function typedValue(value: FieldValue, type: string): JsonValue | undefined {
  const list = valuesOf(value).map((item) => typed(item, type));
  const kept = list.filter((item) => item !== undefined);
  if (kept.length === 0) return undefined;
  return Array.isArray(value) ? kept : kept[0];
}

function typed(value: Scalar, type: string): JsonValue | undefined {
  const text = formatScalar(value);
  const isNumber = !Number.isNaN(parseNumber(text));
  switch (type) {
    case 'num':
      return isNumber ? new JsonNumber(text) : undefined;
    case 'bool':
      if (isNumber) return parseNumber(text) !== 0;
      return /^(?:true|t|yes)$/i.test(text) ? true : /^(?:false|f|no)$/i.test(text) ? false : undefined;
    case 'json':
      return parseJson(text) ?? undefined;
    case 'str':
      return text;
    default:
      if (type === 'none' && typeof value === 'string') return isNumber ? new JsonNumber(text) : text;
      if (/^(?:true|false)$/.test(text)) return text === 'true';
      if (text === 'null') return null;
      return parseJson(text) ?? (isNumber ? new JsonNumber(text) : text);
  }
}

/** How multikv takes a table apart. */
interface TableOptions {
  readonly filter?: readonly string[] | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly noHeader?: boolean;
  /** The line of the header, counted from 0. */
  readonly header?: number;
  /** Off, rows have nothing of the event they come from (copyattrs). */
  readonly copies?: boolean;
}

/** The lines of an event's table as rows, with the columns as fields; none for what is no table. */
export function rowsOfTable(row: Row, options: TableOptions): Row[] {
  const { filter, fields, noHeader = false, header = 0, copies = true } = options;
  const lines = (textOf(read(row, '_raw')) ?? '').split(/\r?\n/).filter((line) => line.trim() !== '');
  const titles = noHeader
    ? undefined
    : (lines[header] ?? '')
        .trim()
        .split(/\s{2,}|\t|\s/)
        .filter((cell) => cell !== '');
  const body = noHeader ? lines : lines.slice(header + 1);
  return body
    .filter((line) => filter === undefined || filter.some((word) => line.includes(word)))
    .map((line): Row => {
      const copy = copies ? copyRow(row, (name) => name !== '_raw') : createRow();
      copy['_raw'] = line;
      line
        .trim()
        .split(/\s+/)
        .forEach((cell, index) => {
          const name = titles === undefined ? `Column_${index + 1}` : titles[index];
          if (name !== undefined && (fields === undefined || fields.includes(name))) copy[name] = cell;
        });
      return copy;
    });
}

/** multikv: the lines of a text table as results (Search Reference, multikv). */
export const tableLines: RowsFunction = (_run, args) => {
  const options: TableOptions = {
    filter: args['filter'] as readonly string[] | undefined,
    fields: args['fields'] as readonly string[] | undefined,
    noHeader: args['noHeader'] === true,
    header: args['forceHeader'] === undefined ? 0 : Number(args['forceHeader']) - 1,
    copies: args['copies'] !== false,
  };
  return (rows) =>
    rows.flatMap((row) => {
      const made = rowsOfTable(row, options);
      if (made.length === 0) return [row];
      // an event that is kept comes after the rows made of it (multikv, rmorig)
      return args['removeOriginal'] === false ? [...made, row] : made;
    });
};

/** setfields: constants. */
export const constantFields: RowFunction = (_run, args) => {
  const settings = args['settings'] as readonly { readonly name: string; readonly value: string }[];
  return (row) => {
    for (const { name, value } of settings) row[name] = value;
  };
};
