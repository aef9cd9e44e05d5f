// Index-time settings that change an event before any search sees it: SEDCMD and TRANSFORMS.
import { confBoolean } from '../conf/read.js';
import type { RawEvent } from '../runtime/raw-event.js';
import { createRow, type FieldValue, type Row } from '../runtime/value.js';
import { readFormat } from './extraction.js';
import { type IngestDraft, ingestEval } from './ingest-eval.js';
import type { FieldMatch, FieldRegex, KnowledgeLanguage } from './language.js';
import type { Stanzas } from './layers.js';
import type { EffectiveSetting } from './stanzas.js';

/** Gives the event as it is indexed; null when it goes to the null queue. */
export type IndexEvent = (event: RawEvent) => RawEvent | null;

/** A change in the making: the parts of an event that index-time settings may write. */
type Draft = IngestDraft;

type Change = (draft: Draft) => void;

interface Key {
  readonly member: 'source' | 'sourcetype' | 'host' | 'index' | 'raw';
  readonly prefix: string;
}

/** Keys of SOURCE_KEY and DEST_KEY → the member they stand for, and the prefix its values carry there. */
const KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['_raw', { member: 'raw', prefix: '' }],
  ['MetaData:Source', { member: 'source', prefix: 'source::' }],
  ['MetaData:Sourcetype', { member: 'sourcetype', prefix: 'sourcetype::' }],
  ['MetaData:Host', { member: 'host', prefix: 'host::' }],
  ['_MetaData:Index', { member: 'index', prefix: '' }],
]);

/**
 * Makes what SEDCMD-<class> and TRANSFORMS-<class> do to an event, in that order and each kind in ASCII order of its
 * class (Admin Manual, props.conf and transforms.conf); null when they do nothing. `fail` is told of what cannot be
 * read.
 */
export function indexEvent(
  settings: ReadonlyMap<string, EffectiveSetting>,
  transforms: Stanzas,
  language: Pick<KnowledgeLanguage, 'regex' | 'expression'>,
  fail: (setting: EffectiveSetting, message: string) => void,
  gaveUp?: (name: string, setting: EffectiveSetting) => void,
): IndexEvent | null {
  const changes: Change[] = [];
  const keys = [...settings.keys()].sort();
  const add = (key: string, make: (value: string, compile: Compile) => Change[]): void => {
    const setting = settings.get(key) as EffectiveSetting;
    const compile: Compile = (pattern) => language.regex(pattern, () => gaveUp?.(key, setting));
    try {
      changes.push(...make(setting.value, compile));
    } catch (error) {
      fail(setting, `${key}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  for (const key of keys) if (key.startsWith('SEDCMD-')) add(key, sedCommand);
  for (const key of keys)
    if (key.startsWith('TRANSFORMS-'))
      add(key, (value, compile) =>
        value.split(',').flatMap((name) => {
          const stanza = transforms.get(name.trim());
          if (stanza !== undefined) return transformChange(stanza, compile, language) ?? [];
          if (name.trim() === '') return [];
          throw new Error(`transforms.conf has no stanza "${name.trim()}"`);
        }),
      );
  if (changes.length === 0) return null;
  return (event) => {
    const { raw, time, source, sourcetype, host, index, preset } = event;
    const draft: Draft = { raw, time, source, sourcetype, host, index, fields: preset, dropped: false };
    for (const change of changes) change(draft);
    if (draft.dropped) return null;
    const same =
      draft.raw === raw &&
      draft.time === time &&
      draft.source === source &&
      draft.sourcetype === sourcetype &&
      draft.host === host &&
      draft.index === index &&
      draft.fields === preset;
    if (same) return event;
    return {
      raw: draft.raw,
      time: draft.time,
      source: draft.source,
      sourcetype: draft.sourcetype,
      host: draft.host,
      index: draft.index,
      line: event.line,
      file: event.file,
      preset: draft.fields,
      extracted: event.extracted,
    };
  };
}

type Compile = (pattern: string) => FieldRegex;

function transformChange(
  stanza: ReadonlyMap<string, { readonly value: string }>,
  compile: Compile,
  language: Pick<KnowledgeLanguage, 'expression'>,
): Change | null {
  const get = (key: string): string | undefined => stanza.get(key)?.value;
  const ingest = get('INGEST_EVAL');
  if (ingest !== undefined && ingest !== '') return ingestEval(ingest, language);
  if (get('CLONE_SOURCETYPE') !== undefined) throw new Error('CLONE_SOURCETYPE: events are not copied here');
  const pattern = get('REGEX');
  const format = get('FORMAT');
  const destination = get('DEST_KEY');
  if (pattern === undefined) return null;
  const from = sourceOf(get('SOURCE_KEY') ?? '_raw');
  const regex = compile(pattern);
  if (destination === '_meta' || (destination === undefined && confBoolean(get('WRITE_META'), false)))
    return indexedFields(regex, format, from);
  if (format === undefined) return null;
  if (destination === 'queue')
    return (draft) => {
      if (regex.exec(from(draft), 0) !== null) draft.dropped = format.trim() === 'nullQueue';
    };
  const to = KEYS.get(destination ?? '');
  if (to === undefined) return null;
  const template = format.startsWith(to.prefix) ? format.slice(to.prefix.length) : format;
  const simple = /^([^$]*)\$(\d+)$/.exec(template);
  return (draft) => {
    const match = regex.exec(from(draft), 0);
    if (match === null) return;
    draft[to.member] =
      simple === null
        ? expand(template, match, '$')
        : (simple[1] as string) + (match.groups[Number(simple[2])] ?? '');
  };
}

/** The text that SOURCE_KEY names: a key, or a field of index time. */
function sourceOf(name: string): (draft: Draft) => string {
  const key = KEYS.get(name);
  if (key !== undefined) return (draft) => key.prefix + draft[key.member];
  const field = name.replace(/^fields?:/, '');
  return (draft) => {
    const value = draft.fields?.[field] ?? null;
    return value === null ? '' : [value].flat().join('\n');
  };
}

/**
 * Fields made at index time (transforms.conf: WRITE_META, "Create custom fields at index time"): those of FORMAT, or
 * the named groups when there is none. They are there before any search-time extraction.
 */
function indexedFields(
  regex: FieldRegex,
  format: string | undefined,
  from: (draft: Draft) => string,
): Change {
  const pairs = format === undefined ? [] : readFormat(format);
  return (draft) => {
    const match = regex.exec(from(draft), 0);
    if (match === null) return;
    const fields: Row = createRow();
    for (const name in draft.fields) fields[name] = draft.fields[name] ?? null;
    const add = (name: string, value: string | undefined): void => {
      if (name === '' || value === undefined || value === '') return;
      const old: FieldValue = fields[name] ?? null;
      fields[name] = old === null ? value : [...([old].flat() as string[]), value];
    };
    for (const { name, value } of pairs) add(filled(name, match), filled(value, match));
    if (format === undefined) for (const { name, index } of regex.names) add(name, match.groups[index]);
    draft.fields = fields;
  };
}

function filled(template: readonly (string | number)[], { groups }: FieldMatch): string {
  return template.map((part) => (typeof part === 'number' ? (groups[part] ?? '') : part)).join('');
}

/** Reads `s/regex/replacement/flags` and `y/abc/xyz/`, several separated by blanks. */
function sedCommand(value: string, compile: Compile): Change[] {
  const changes: Change[] = [];
  let at = 0;
  while (at < value.length) {
    if (/\s/.test(value[at] as string)) {
      at++;
      continue;
    }
    const verb = value[at];
    const delimiter = value[at + 1];
    const parts: string[] = [];
    at += 2;
    for (let part = ''; parts.length < 2 && at < value.length; at++) {
      const char = value[at] as string;
      if (char === delimiter) {
        parts.push(part);
        part = '';
      } else if (char === '\\' && value[at + 1] === delimiter) {
        part += delimiter;
        at++;
      } else if (char === '\\') {
        part += char + (value[at + 1] ?? '');
        at++;
      } else part += char;
    }
    const [first, second] = parts;
    if (first === undefined || second === undefined) throw new Error('expected "s/regex/replacement/flags"');
    const flags = /^\w*/.exec(value.slice(at))?.[0] ?? '';
    at += flags.length;
    if (verb === 's') changes.push(substitution(compile(first), second, flags));
    else if (verb === 'y') changes.push(transliteration(first, second));
    else throw new Error('expected "s/regex/replacement/flags"');
  }
  return changes;
}

function substitution(regex: FieldRegex, replacement: string, flags: string): Change {
  const nth = Number(/\d+/.exec(flags)?.[0] ?? 1);
  const all = flags.includes('g');
  return (draft) => {
    const { raw } = draft;
    let out = '';
    let copied = 0;
    let from = 0;
    for (let count = 1; from <= raw.length; count++) {
      const match = regex.exec(raw, from);
      if (match === null) break;
      if (count >= nth) {
        out += raw.slice(copied, match.start) + expand(replacement, match, '\\');
        copied = match.end;
        if (!all) break;
      }
      from = match.end > match.start ? match.end : match.end + 1;
    }
    if (copied > 0 || out !== '') draft.raw = out + raw.slice(copied);
  };
}

function transliteration(from: string, to: string): Change {
  const map = new Map([...from].map((char, i) => [char, [...to][i] ?? char]));
  return (draft) => {
    draft.raw = [...draft.raw].map((char) => map.get(char) ?? char).join('');
  };
}

function expand(template: string, match: FieldMatch, sign: '$' | '\\'): string {
  return template.replace(
    sign === '$' ? /\$(\d+)/g : /\\(\d)/g,
    (_, digits: string) => match.groups[Number(digits)] ?? '',
  );
}
