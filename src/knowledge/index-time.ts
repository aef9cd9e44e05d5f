// Index-time settings that change an event before any search sees it: TRANSFORMS and SEDCMD.
import type { RawEvent } from '../runtime/raw-event.js';
import type { FieldMatch, FieldRegex, KnowledgeLanguage } from './language.js';
import type { Stanzas } from './layers.js';
import type { EffectiveSetting } from './stanzas.js';

/** Gives the event as it is indexed; null when it goes to the null queue. */
export type IndexEvent = (event: RawEvent) => RawEvent | null;

/** A change in the making: the parts of an event that index-time settings may write. */
interface Draft {
  raw: string;
  source: string;
  sourcetype: string;
  host: string;
  index: string;
  dropped: boolean;
}

type Change = (draft: Draft) => void;

/** Keys of SOURCE_KEY and DEST_KEY → the member they stand for, and the prefix its values carry there. */
const KEYS: ReadonlyMap<
  string,
  { readonly member: 'source' | 'sourcetype' | 'host' | 'index' | 'raw'; readonly prefix: string }
> = new Map([
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
  language: Pick<KnowledgeLanguage, 'regex'>,
  fail: (setting: EffectiveSetting, message: string) => void,
): IndexEvent | null {
  const changes: Change[] = [];
  const keys = [...settings.keys()].sort();
  const add = (key: string, make: (value: string) => Change[]): void => {
    const setting = settings.get(key) as EffectiveSetting;
    try {
      changes.push(...make(setting.value));
    } catch (error) {
      fail(setting, `${key}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  for (const key of keys) if (key.startsWith('SEDCMD-')) add(key, (value) => sedCommand(value, language));
  for (const key of keys)
    if (key.startsWith('TRANSFORMS-'))
      add(key, (value) =>
        value
          .split(',')
          .flatMap((name) => transformChange(transforms.get(name.trim()) ?? new Map(), language) ?? []),
      );
  if (changes.length === 0) return null;
  return (event) => {
    const draft: Draft = {
      raw: event.raw,
      source: event.source,
      sourcetype: event.sourcetype,
      host: event.host,
      index: event.index,
      dropped: false,
    };
    for (const change of changes) change(draft);
    if (draft.dropped) return null;
    const same =
      draft.raw === event.raw &&
      draft.source === event.source &&
      draft.sourcetype === event.sourcetype &&
      draft.host === event.host &&
      draft.index === event.index;
    if (same) return event;
    return {
      raw: draft.raw,
      time: event.time,
      source: draft.source,
      sourcetype: draft.sourcetype,
      host: draft.host,
      index: draft.index,
      line: event.line,
      file: event.file,
      preset: event.preset,
      extracted: event.extracted,
    };
  };
}

function transformChange(
  stanza: ReadonlyMap<string, { readonly value: string }>,
  language: Pick<KnowledgeLanguage, 'regex'>,
): Change | null {
  const get = (key: string): string | undefined => stanza.get(key)?.value;
  const pattern = get('REGEX');
  const format = get('FORMAT');
  if (pattern === undefined || format === undefined) return null;
  const from = KEYS.get(get('SOURCE_KEY') ?? '_raw');
  const regex = language.regex(pattern);
  const destination = get('DEST_KEY');
  const run = (draft: Draft): FieldMatch | null =>
    from === undefined ? null : regex.exec(from.prefix + draft[from.member], 0);
  if (destination === 'queue')
    return (draft) => {
      if (run(draft) !== null) draft.dropped = format.trim() === 'nullQueue';
    };
  const to = KEYS.get(destination ?? '');
  if (to === undefined) return null;
  const template = format.startsWith(to.prefix) ? format.slice(to.prefix.length) : format;
  const simple = /^([^$]*)\$(\d+)$/.exec(template);
  return (draft) => {
    const match = run(draft);
    if (match === null) return;
    draft[to.member] =
      simple === null
        ? expand(template, match, '$')
        : (simple[1] as string) + (match.groups[Number(simple[2])] ?? '');
  };
}

/** Reads `s/regex/replacement/flags` and `y/abc/xyz/`, several separated by blanks. */
function sedCommand(value: string, language: Pick<KnowledgeLanguage, 'regex'>): Change[] {
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
    if (verb === 's') changes.push(substitution(language.regex(first), second, flags));
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
