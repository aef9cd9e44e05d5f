// Tells from an event's undecoded bytes that a search cannot want it, before anything is parsed.

import { isAscii, isUtf8 } from 'node:buffer';
import { escapeRegex } from '../runtime/pattern.js';
import type { Escapes } from '../runtime/raw-event.js';

/** Texts of which events hold some, in any case and in conjunctive form: of every inner list at least one. */
export interface NeededTexts {
  /** They stand in the event's text. */
  readonly terms: readonly (readonly string[])[];
  /** Values of fields that are parts of it. */
  readonly values?: readonly NeededValue[];
  /** How such values may be written there. */
  readonly escapes?: Iterable<Escapes>;
}

/** Patterns, with `*` for any text, of which some field has one. */
export interface NeededValue {
  readonly patterns: readonly string[];
  /** All the fields that the values may be from, each read as a whole; null where they may be any stretch of the text. */
  readonly fields: ReadonlySet<string> | null;
}

/** What a record is, beside its text. */
export interface RecordTraits {
  /** An event is made of the record: its text, or some fields, may hold a run, in lower case, that the record does not. */
  readonly mayAdd?: (run: string, fields: ReadonlySet<string> | null) => boolean;
  /** How a record may write characters of the event. */
  readonly escapes?: Iterable<Escapes>;
  /** What is read is the record, and not a text in it that may be written in ways of its own. */
  readonly isRecord?: boolean;
  /** Bytes that are no UTF-8 are shown as `\xNN`. */
  readonly showsBytes?: boolean;
}

/** Finds the events of a block that may qualify. */
export interface Matcher {
  /** Finds places of the block's latin1 text where an event may qualify; sticky state is the caller's `lastIndex`. */
  readonly scan: RegExp;
  /** `scan` is the whole condition: where it finds something, `test` is true. */
  readonly single: boolean;
  /** True when the latin1 text of one event has, of every clause, at least one text. */
  test(text: string): boolean;
}

// Characters that formats never write in another way. JSON escapes `"` `\` `/` and what is not ASCII, XML `& < > "
// '`, some writers `=`; so a term is looked for by its longest run of the others, which is weaker and never wrong.
const termRun = /[A-Za-z0-9_.:@,()$%#!?*;~^|{}[\] -]+/g;
/** The same for values: exported multivalues double `$`, and `*` is a wildcard. */
const valueRun = /[A-Za-z0-9_.:@,()%#!?;~^|{}[\] -]+/g;
/** The same where an event is made of the record: the brackets, commas and colons of JSON may be written anew. */
const madeRun = /[A-Za-z0-9_.@()%#!?;~^| -]+/g;

/** Characters that have an ASCII letter in their lower case: the Kelvin sign and İ. */
const folded = [
  { letter: 'k', bytes: Buffer.from('\u212a') },
  { letter: 'i', bytes: Buffer.from('\u0130') },
] as const;

/**
 * What may stand for a character of a run, or for one that has it in its lower case; and how each way of it begins, which
 * is quicker to look for.
 */
const escapePatterns: Readonly<Record<Escapes, string>> = {
  json: '\\\\u(?:00[2-7]|0130|212[aA])',
  // Line breaks are written as references more than anything else. A comment may stand inside of a value.
  xml: '&#(?!(?:0*(?:9|10|13)|x0*[9adAD]);)|<[!?]',
  zeek: '\\\\x[2-7]',
  // What stands behind the closing quote of a cell belongs to it.
  cells: '[^",;\\t|\\r\\n]"[^",;\\t|\\r\\n]',
  // What JavaScript prints in another way: exponents, and more digits than it holds. Keywords have so many always.
  numbers:
    '(?:(?<!"Keywords)"\\s*:|[,[])\\s*-?(?:[\\d.]{16}[\\d.]*|[\\d.]+[eE][+-]?\\d+|0\\.0{5}\\d*)\\s*[,}\\]]',
};
const escapeBeginnings: Readonly<Record<Escapes, readonly string[]>> = {
  json: ['\\u'],
  xml: ['&#', '<!', '<?'],
  zeek: ['\\x'],
  cells: ['"'],
  numbers: [''],
};

/** Lengths of texts that most records have, and of those that few have. */
const WEAK = 2;
const STRONG = 5;

function longestRun(text: string, runs: RegExp): string {
  let longest = '';
  // İ is two characters in lower case, of which the first is a letter of ASCII.
  for (const [run] of text.replace(/i\u0307/gi, '\u0307').matchAll(runs))
    if (run.length > longest.length) longest = run;
  return longest.toLowerCase();
}

interface Clause {
  readonly source: string;
  readonly shortest: number;
  readonly size: number;
  /** A value, which may be written with escapes, and not a part of the text itself. */
  readonly isValue: boolean;
}

/** What stands in a block that its events may read in another way than it is written. */
type Hidden = 'nothing' | 'values' | 'anything';

/** Finds the events that may have the needed texts. */
export class TextFilter {
  /** The same for filters that look for the same. */
  readonly key: string;
  readonly #clauses: readonly Clause[];
  readonly #escapes: string;
  readonly #folded: readonly Buffer[];
  readonly #beginnings: readonly string[];
  readonly #hasEscapes: RegExp;
  readonly #showsBytes: boolean;
  readonly #matchers = new Map<Hidden, Matcher>();

  constructor(clauses: readonly Clause[], kinds: readonly Escapes[], showsBytes: boolean) {
    this.key = JSON.stringify([clauses, kinds, showsBytes]);
    this.#clauses = clauses;
    this.#beginnings = kinds.flatMap((kind) => escapeBeginnings[kind]);
    this.#hasEscapes = new RegExp(kinds.map((kind) => escapePatterns[kind]).join('|'));
    this.#folded = folded
      .filter(({ letter }) => clauses.some(({ source, isValue }) => isValue && source.includes(letter)))
      .map(({ bytes }) => bytes);
    this.#escapes = [
      ...kinds.map((kind) => escapePatterns[kind]),
      ...this.#folded.map((bytes) => bytes.toString('latin1')),
    ].join('|');
    this.#showsBytes = showsBytes;
  }

  /** The matcher for a block, given its bytes and their latin1 text. */
  matcher(bytes: Buffer, block: string): Matcher {
    const hidden = this.#hiddenIn(bytes, block);
    let matcher = this.#matchers.get(hidden);
    if (matcher === undefined) {
      matcher = this.#compile(hidden);
      this.#matchers.set(hidden, matcher);
    }
    return matcher;
  }

  #hiddenIn(bytes: Buffer, block: string): Hidden {
    const isPlain = isAscii(bytes);
    if (!isPlain && this.#showsBytes && !isUtf8(bytes)) return 'anything';
    if (!isPlain && this.#folded.some((letter) => bytes.indexOf(letter) >= 0)) return 'values';
    const begins = this.#beginnings.some((text) => bytes.indexOf(text, 0, 'latin1') >= 0);
    return begins && this.#hasEscapes.test(block) ? 'values' : 'nothing';
  }

  #compile(hidden: Hidden): Matcher {
    const regexes = this.#clauses.map(({ source, isValue }) => {
      const others =
        (hidden === 'anything' ? '|[\\x80-\\xff]' : '') +
        (hidden !== 'nothing' && isValue && this.#escapes !== '' ? `|${this.#escapes}` : '');
      return source + others;
    });
    const tests = regexes.map((source) => new RegExp(source, 'i'));
    return {
      scan: new RegExp(regexes[0] as string, 'gi'),
      single: regexes.length === 1,
      test: (text) => tests.every((regex) => regex.test(text)),
    };
  }
}

/** Compiles the texts that events hold into a filter; null when nothing can be told from the undecoded text. */
export function compileTexts(needed: NeededTexts, traits: RecordTraits = {}): TextFilter | null {
  const { mayAdd, showsBytes = false } = traits;
  const usable: Clause[] = [];
  const add = (
    clause: readonly string[],
    isValue: boolean,
    runs: RegExp,
    fields: ReadonlySet<string> | null = null,
  ): void => {
    const found = new Set(
      clause.map((text) =>
        isValue ? longest(text.split('*').map((piece) => longestRun(piece, runs))) : longestRun(text, runs),
      ),
    );
    const shortest = Math.min(...[...found].map((run) => run.length));
    if (clause.length === 0 || shortest === 0) return;
    if (mayAdd !== undefined && [...found].some((run) => mayAdd(run, fields))) return;
    usable.push({ source: [...found].map(escapeRegex).join('|'), shortest, size: found.size, isValue });
  };
  for (const clause of needed.terms)
    add(clause, mayAdd !== undefined, mayAdd === undefined ? termRun : madeRun);
  for (const { patterns, fields } of needed.values ?? [])
    add(patterns, true, mayAdd === undefined ? valueRun : madeRun, fields);
  if (usable.length === 0) return null;
  // What most records have is not worth looking for beside what few have, nor are the checks that digits ask for.
  const isStrong = usable.some(({ shortest }) => shortest >= STRONG);
  const worthy = isStrong ? usable.filter(({ shortest }) => shortest > WEAK) : usable;
  // The clause that is scanned for should be rare and quick: few and long texts.
  worthy.sort((a, b) => worth(b) - worth(a));
  const own = traits.isRecord === true ? [] : (needed.escapes ?? []);
  const escapes = new Set([...own, ...(traits.escapes ?? [])]);
  if (!worthy.some(({ source }) => /\d/.test(source))) escapes.delete('numbers');
  return new TextFilter(worthy, [...escapes], showsBytes);
}

const worth = ({ shortest, size }: Clause): number => Math.min(shortest, 12) / (size + 1);
const longest = (texts: readonly string[]): string =>
  texts.reduce((best, text) => (text.length > best.length ? text : best), '');
