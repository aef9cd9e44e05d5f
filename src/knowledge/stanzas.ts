// Which stanzas of props.conf hold for an event, and which of their settings win.
import type { Setting, Stanzas } from './layers.js';

/** What stanzas are chosen by. */
export interface Stream {
  readonly sourcetype: string;
  readonly source: string;
  readonly host: string;
}

/** A setting in force, with the stanza it stands in. */
export interface EffectiveSetting extends Setting {
  readonly stanza: string;
}

type Kind = 'source' | 'host' | 'sourcetype';

interface Stanza {
  readonly name: string;
  readonly priority: number;
  readonly settings: ReadonlyMap<string, Setting>;
  /** Absent for a literal name. */
  readonly pattern?: RegExp;
}

/** Stanzas of one kind, literal ones by name. */
interface KindIndex {
  readonly literal: Map<string, Stanza>;
  /** The same names in lower case → every stanza of that name. */
  readonly folded: Map<string, Stanza[]>;
  readonly patterns: Stanza[];
}

/** Priority of a stanza without one (Admin Manual, props.conf: "priority"). */
const LITERAL_PRIORITY = 100;
const PATTERN_PRIORITY = 0;

/**
 * Finds the settings that hold for an event (Admin Manual, props.conf: "[<spec>]", "Considerations for priority").
 *
 * Kinds are merged setting by setting: source over host over source type over default. Inside a kind the higher
 * `priority` wins, then the name that is first in ASCII order.
 */
export class StanzaIndex {
  readonly #kinds: Readonly<Record<Kind, KindIndex>> = {
    source: emptyIndex(),
    host: emptyIndex(),
    sourcetype: emptyIndex(),
  };
  readonly #default: Stanza | undefined;
  /** Whether the host can decide anything. */
  readonly usesHost: boolean;

  constructor(props: Stanzas) {
    for (const [name, settings] of props) {
      if (name === 'default') {
        this.#default = { name, priority: LITERAL_PRIORITY, settings };
        continue;
      }
      const kind: Kind = name.startsWith('source::')
        ? 'source'
        : name.startsWith('host::')
          ? 'host'
          : 'sourcetype';
      const key = kind === 'sourcetype' ? name : name.slice(kind.length + 2);
      addStanza(this.#kinds[kind], kind, key, name, settings);
    }
    const host = this.#kinds.host;
    this.usesHost = host.literal.size > 0 || host.patterns.length > 0;
  }

  /** Every setting in force for the stream; `rename` is followed, once, as a search sees it. */
  settings(stream: Stream): Map<string, EffectiveSetting> {
    const own = this.#merge(stream);
    const renamed = own.get('rename')?.value;
    if (renamed === undefined || renamed === '' || renamed === stream.sourcetype) return own;
    const target = this.#merge({ ...stream, sourcetype: renamed });
    const rename = own.get('rename');
    if (rename !== undefined) target.set('rename', rename);
    return target;
  }

  /** Settings of the stream's own source type: what holds at index time, before `rename`. */
  indexTimeSettings(stream: Stream): Map<string, EffectiveSetting> {
    return this.#merge(stream);
  }

  /**
   * Settings that may hold for streams of a source type of which the source or the host may not be known: first those
   * without either, then those of every stanza of a source or a host. Any of them may be in force together.
   */
  possible(
    sourcetype: string,
    { source, host }: Partial<Stream>,
    read: (stream: Stream) => Map<string, EffectiveSetting> = (stream) => this.settings(stream),
  ): Map<string, EffectiveSetting>[] {
    const found = [read({ sourcetype, source: source ?? '', host: host ?? '' })];
    for (const [kind, known] of [
      ['source', source],
      ['host', host],
    ] as const) {
      if (known !== undefined) continue;
      const { literal, patterns } = this.#kinds[kind];
      for (const { name, settings } of [...literal.values(), ...patterns]) {
        found.push(new Map([...settings].map(([key, setting]) => [key, { ...setting, stanza: name }])));
        const renamed = settings.get('rename')?.value ?? '';
        if (renamed !== '') found.push(read({ sourcetype: renamed, source: '', host: '' }));
      }
    }
    return found;
  }

  #merge(stream: Stream): Map<string, EffectiveSetting> {
    const merged = new Map<string, EffectiveSetting>();
    const add = (stanza: Stanza): void => {
      for (const [key, setting] of stanza.settings)
        if (!merged.has(key)) merged.set(key, { ...setting, stanza: stanza.name });
    };
    for (const kind of ['source', 'host', 'sourcetype'] as const)
      for (const stanza of matching(this.#kinds[kind], kind, stream[kind])) add(stanza);
    if (this.#default !== undefined) add(this.#default);
    return merged;
  }
}

function emptyIndex(): KindIndex {
  return { literal: new Map(), folded: new Map(), patterns: [] };
}

function addStanza(
  index: KindIndex,
  kind: Kind,
  key: string,
  name: string,
  settings: ReadonlyMap<string, Setting>,
): void {
  const written = Number(settings.get('priority')?.value ?? Number.NaN);
  const priority = (standard: number): number => (Number.isFinite(written) ? written : standard);
  if (!isPattern(kind, key)) {
    const stanza = { name, priority: priority(LITERAL_PRIORITY), settings };
    index.literal.set(key, stanza);
    const lower = key.toLowerCase();
    const same = index.folded.get(lower);
    if (same === undefined) index.folded.set(lower, [stanza]);
    else same.push(stanza);
    return;
  }
  const pattern = translate(kind, key);
  if (pattern !== undefined)
    index.patterns.push({ name, priority: priority(PATTERN_PRIORITY), settings, pattern });
}

/** Stanzas of one kind that match, strongest first. */
function matching(index: KindIndex, kind: Kind, value: string): Stanza[] {
  const found: Stanza[] = [];
  const literal = index.literal.get(value);
  if (literal !== undefined) found.push(literal);
  // Hosts are compared without case. So are source types here: searches do it, and content writes both XmlWinEventLog
  // and xmlwineventlog. A name in the very case of the event comes before one of its priority in another.
  if (kind !== 'source')
    for (const stanza of index.folded.get(value.toLowerCase()) ?? [])
      if (stanza !== literal) found.push(stanza);
  for (const stanza of index.patterns) if (stanza.pattern?.test(value)) found.push(stanza);
  const otherCase = (stanza: Stanza): number =>
    kind === 'sourcetype' && stanza.pattern === undefined && stanza !== literal ? 1 : 0;
  return found.sort(
    (a, b) =>
      b.priority - a.priority ||
      otherCase(a) - otherCase(b) ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}

/** Source types are literal unless written with the `(?::){0}` prefix; the other kinds when they hold a wildcard. */
function isPattern(kind: Kind, key: string): boolean {
  return kind === 'sourcetype' ? key.startsWith('(?::){0}') : /\*|\.\.\.|\(\?/.test(key);
}

const WILDCARDS: ReadonlyMap<string, string> = new Map([
  ['...', '.*'],
  ['.', '\\.'],
]);

/** Writes a stanza's pattern as a regular expression over the whole value; undefined when it is not one. */
function translate(kind: Kind, key: string): RegExp | undefined {
  const flags = key.includes('(?-i)') ? '' : kind === 'host' || key.includes('(?i)') ? 'i' : '';
  // A source type is no path, so there the asterisk also crosses slashes: XmlWinEventLog:…/Operational.
  const star = kind === 'sourcetype' ? '.*' : '[^/\\\\]*';
  const body = key
    .replaceAll('(?::){0}', '')
    .replace(/\(\?-?i\)/g, '')
    .replace(/\\.|\.\.\.|\*|\./g, (found) => WILDCARDS.get(found) ?? (found === '*' ? star : found));
  try {
    return new RegExp(`^(?:${body})$`, `s${flags}`);
  } catch {
    return undefined;
  }
}
