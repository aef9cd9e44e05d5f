// EXTRACT and REPORT: fields out of a text by regular expression or by delimiters.
import { confBoolean } from '../conf/read.js';
import { addValue, cleanKey } from '../runtime/extracted.js';
import type { Row } from '../runtime/value.js';
import type { FieldMatch, FieldRegex } from './language.js';
import { isPresent, plus, type Step, unchanged, type Wanted, wants } from './step.js';

/** Matches of one regex in one text after which no more are looked for. */
const MAX_MATCHES = 10_000;

/** A value's template: literal texts and group numbers. */
type Template = readonly (string | number)[];

/** A name and its value, as FORMAT writes them. */
export interface Pair {
  readonly name: Template;
  readonly value: Template;
}

/** How a text is taken apart, and what becomes of what is found. */
interface Rule {
  readonly sourceKey: string;
  readonly mvAdd: boolean;
  readonly cleanKeys: boolean;
  readonly keepEmpty: boolean;
  /** Names that can be told beforehand; null when the text itself gives them. */
  readonly names: readonly string[] | null;
  /** Values that are no parts of the text; null when the rule puts values together. */
  readonly own: readonly string[] | null;
  /** Calls `emit` with every name and value. */
  readonly take: (text: string, emit: (name: string, value: string) => void) => void;
}

type Get = (key: string) => string | undefined;

/**
 * Makes the step of `EXTRACT-<class> = <regex> [in <field>]` (Admin Manual, props.conf): the regex is `(?ms)`, its
 * named groups are fields, its first match counts, and what is there already stays.
 */
export function extractStep(
  name: string,
  origin: string,
  value: string,
  compile: (pattern: string) => FieldRegex,
): Step {
  const inField = /^([\s\S]*?)\s+in\s+([A-Za-z_][\w.:{}-]*)\s*$/.exec(value);
  const pattern = inField?.[1] ?? value;
  const regex = compile(`(?ms)${pattern}`);
  return ruleStep(name, origin, {
    sourceKey: inField?.[2] ?? '_raw',
    mvAdd: false,
    cleanKeys: false,
    keepEmpty: false,
    ...namedGroups(regex, false),
  });
}

/** Makes the step of one stanza of transforms.conf that a REPORT names; null when it extracts nothing. */
export function transformStep(
  name: string,
  origin: string,
  get: Get,
  compile: (pattern: string) => FieldRegex,
): Step | null {
  const options = {
    sourceKey: (get('SOURCE_KEY') ?? '_raw').replace(/^fields?:/, ''),
    mvAdd: confBoolean(get('MV_ADD'), false),
    cleanKeys: confBoolean(get('CLEAN_KEYS'), true),
    keepEmpty: confBoolean(get('KEEP_EMPTY_VALS'), false),
  };
  const delims = get('DELIMS');
  if (delims !== undefined) {
    const fields = listOf(get('FIELDS') ?? '');
    return ruleStep(name, origin, { ...options, ...delimited(delims, fields, options.cleanKeys) });
  }
  const pattern = get('REGEX');
  if (pattern === undefined || pattern === '') return null;
  const regex = compile(pattern);
  const format = get('FORMAT');
  if (format === undefined || format === '')
    return ruleStep(name, origin, { ...options, ...namedGroups(regex, true) });
  return ruleStep(name, origin, { ...options, ...formatted(regex, format) });
}

function ruleStep(name: string, origin: string, rule: Rule): Step {
  const known = rule.names?.map((found) => (rule.cleanKeys ? cleanKey(found) : found)) ?? null;
  return {
    name,
    origin,
    sources: (field) => {
      if (known !== null && !known.includes(field)) return unchanged(field);
      const values = rule.own;
      if (values === null) return null;
      if (rule.sourceKey === '_raw') return { fields: [field], cuts: true, values };
      return { fields: [field, rule.sourceKey], values };
    },
    plan: (wanted) => {
      if (known !== null && !known.some((field) => wants(wanted, field))) return null;
      if (wanted !== 'all' && wanted.size === 0) return null;
      const needs = rule.sourceKey === '_raw' ? wanted : plus(wanted, [rule.sourceKey]);
      return { needs, apply: ruleApply(rule, wanted) };
    },
  };
}

function ruleApply(rule: Rule, wanted: Wanted): (row: Row, event: { readonly raw: string }) => void {
  const cleaned = new Map<string, string>();
  const fieldOf = (key: string): string => {
    if (!rule.cleanKeys) return key;
    let field = cleaned.get(key);
    if (field === undefined) {
      field = cleanKey(key);
      if (cleaned.size < 4096) cleaned.set(key, field);
    }
    return field;
  };
  let row: Row;
  const emit = (key: string, value: string): void => {
    if (value === '' && !rule.keepEmpty) return;
    const field = fieldOf(key);
    if (field === '' || !wants(wanted, field)) return;
    if (!isPresent(row[field])) row[field] = value;
    else if (rule.mvAdd) addValue(row, field, value);
  };
  return (target, event) => {
    row = target;
    if (rule.sourceKey === '_raw') {
      rule.take(event.raw, emit);
      return;
    }
    const source = target[rule.sourceKey];
    if (Array.isArray(source)) for (const value of [...source]) rule.take(String(value), emit);
    else if (isPresent(source)) rule.take(String(source), emit);
  };
}

/** Fields from named groups; `_KEY_n` and `_VAL_n` are the name and the value of one field. */
function namedGroups(regex: FieldRegex, repeat: boolean): Pick<Rule, 'names' | 'own' | 'take'> {
  const plain = regex.names.filter(({ name }) => !/^_(KEY|VAL)_/.test(name));
  const keys = regex.names.flatMap(({ name, index }) => {
    const value = regex.names.find((group) => group.name === `_VAL_${name.slice(5)}`);
    return name.startsWith('_KEY_') && value !== undefined ? [{ key: index, value: value.index }] : [];
  });
  return {
    names: keys.length > 0 ? null : plain.map(({ name }) => name),
    own: [],
    take: (text, emit) =>
      eachMatch(regex, text, repeat, (groups) => {
        for (const { name, index } of plain) {
          const value = groups[index];
          if (value !== undefined) emit(name, value);
        }
        for (const { key, value } of keys) {
          const name = groups[key];
          if (name !== undefined) emit(name, groups[value] ?? '');
        }
      }),
  };
}

/** Fields as `FORMAT = name::$1 $2::$3` says. */
function formatted(regex: FieldRegex, format: string): Pick<Rule, 'names' | 'own' | 'take'> {
  const pairs = readFormat(format);
  const isGroup = ({ value }: Pair): boolean => value.length === 1 && typeof value[0] === 'number';
  const written = pairs.filter((pair) => !isGroup(pair));
  const own = written.every(({ value }) => value.every((part) => typeof part === 'string'))
    ? written.map(({ value }) => value.join(''))
    : null;
  const fixed = pairs.every((pair) => pair.name.every((part) => typeof part === 'string'));
  return {
    names: fixed ? pairs.map((pair) => pair.name.join('')) : null,
    own,
    take: (text, emit) =>
      eachMatch(regex, text, true, (groups) => {
        for (const pair of pairs) emit(fill(pair.name, groups), fill(pair.value, groups));
      }),
  };
}

function eachMatch(
  regex: FieldRegex,
  text: string,
  repeat: boolean,
  use: (groups: FieldMatch['groups']) => void,
): void {
  let from = 0;
  for (let count = 0; count < MAX_MATCHES && from <= text.length; count++) {
    const match = regex.exec(text, from);
    if (match === null) return;
    use(match.groups);
    if (!repeat) return;
    from = match.end > match.start ? match.end : match.end + 1;
  }
}

/** Reads FORMAT of transforms.conf: `name::value` pairs, parted by blanks. */
export function readFormat(format: string): Pair[] {
  const pairs: Pair[] = [];
  for (const [token] of format.matchAll(/(?:"(?:[^"\\]|\\.)*"|[^\s"])+/g)) {
    const split = token.indexOf('::');
    if (split > 0)
      pairs.push({ name: template(token.slice(0, split)), value: template(token.slice(split + 2)) });
  }
  return pairs;
}

function template(text: string): Template {
  const parts: (string | number)[] = [];
  let at = 0;
  const bare = text.replace(/^"|"$/g, '');
  for (const match of bare.matchAll(/\$(\d+)/g)) {
    if (match.index > at) parts.push(bare.slice(at, match.index));
    parts.push(Number(match[1]));
    at = match.index + match[0].length;
  }
  if (at < bare.length) parts.push(bare.slice(at));
  return parts;
}

function fill(parts: Template, groups: FieldMatch['groups']): string {
  const first = parts[0];
  if (parts.length === 1) return typeof first === 'number' ? (groups[first] ?? '') : (first ?? '');
  return parts.map((part) => (typeof part === 'number' ? (groups[part] ?? '') : part)).join('');
}

/** DELIMS with one set of characters takes columns, with two pairs of name and value. */
function delimited(
  delims: string,
  fields: readonly string[],
  clean: boolean,
): Pick<Rule, 'names' | 'own' | 'take'> {
  const sets = [...delims.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(
    ([, set = '']) => new Set(unescapeDelimiters(set)),
  );
  const outer = sets[0] ?? new Set(unescapeDelimiters(delims));
  const inner = sets[1];
  if (inner !== undefined && fields.length === 0)
    return {
      names: null,
      own: [],
      take: (text, emit) => {
        for (const part of splitQuoted(text, outer)) {
          const split = indexOfAny(part, inner);
          if (split > 0) emit(part.slice(0, split).trim(), unquote(part.slice(split + 1)));
        }
      },
    };
  return {
    names: fields.map((field) => (clean ? cleanKey(field) : field)),
    own: [],
    take: (text, emit) => {
      const parts = splitQuoted(text, outer);
      for (let i = 0; i < fields.length && i < parts.length; i++)
        emit(fields[i] as string, unquote(parts[i] as string));
    },
  };
}

function indexOfAny(text: string, chars: ReadonlySet<string>): number {
  for (let at = 0; at < text.length; at++) if (chars.has(text[at] as string)) return at;
  return -1;
}

function unescapeDelimiters(set: string): string {
  return set.replace(/\\(.)/g, (_, char: string) => (char === 't' ? '\t' : char === 'n' ? '\n' : char));
}

/** Splits at any of the delimiters that stands outside double quotes. */
function splitQuoted(text: string, delimiters: ReadonlySet<string>): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const char = text[at];
    if (char === '"' && at === from) {
      const close = closing(text, at);
      if (close !== -1) {
        at = close;
        continue;
      }
    }
    if (char === undefined || delimiters.has(char)) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return parts;
}

/** The closing quote of a quoted column, in which a doubled quote is one quote. */
function closing(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] !== '"') return at;
    at++;
  }
  return -1;
}

function unquote(text: string): string {
  const value = text.trim();
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value.slice(1, -1).replaceAll('""', '"');
}

/** The names of a list such as FIELDS, in quotes or not. */
export function listOf(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|([^\s,"]+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}
