// PCRE regular expressions: the one way to compile and run them, bounded in time whatever the pattern and the text.
import { analyse } from './regex/analyse.js';
import { exhausted, Machine } from './regex/machine.js';
import { parseRegex } from './regex/parse.js';
import { compileProgram } from './regex/program.js';
import { parseTemplate, type Replacement } from './regex/replacement.js';
import { translate } from './regex/translate.js';
import { RegexSyntaxError, type RegexTree } from './regex/tree.js';

export { RegexSyntaxError } from './regex/tree.js';

/** A match: the whole at 0, groups after it, `undefined` where a group took no part. */
export interface RegexMatch {
  readonly index: number;
  readonly length: number;
  readonly [group: number]: string | undefined;
}

/** Start and end offsets of the whole match and of each group, by group number. */
export type RegexIndices = readonly (readonly [number, number] | undefined)[];

/** Thrown when a match takes so long that it was given up; no result would be right. */
export class RegexLimitError extends Error {
  readonly pattern: string;
  constructor(pattern: string) {
    super(`the regular expression "${pattern.slice(0, 200)}" backtracks too much and was given up`);
    this.name = 'RegexLimitError';
    this.pattern = pattern;
  }
}

/** Steps of one call of our own matcher, about a second's work. */
const callBudget = 20_000_000;
/** Steps beyond what is linear that one regex may spend over all its calls. */
const totalBudget = 400_000_000;
/** The native matcher runs where its worst case stays below this many steps … */
const nativeSteps = 2e9;
/** … and is watched where it could pass this many. */
const watchedSteps = 1e7;
const watchedMilliseconds = 150;

/** A compiled pattern. Made by `compileRegex`; holds no state between calls that a caller could see. */
export class Regex {
  readonly pattern: string;
  /** Number of capturing groups. */
  readonly groupCount: number;
  /** Named groups in order of their numbers. */
  readonly groupNames: readonly { readonly name: string; readonly index: number }[];
  private readonly tree: RegexTree;
  private readonly source: string;
  private readonly jsFlags: string;
  private readonly first: RegExp | null;
  private readonly global: RegExp | null;
  /** Texts up to this length go to the native matcher. */
  private nativeLength: number;
  private readonly watchedLength: number;
  private machine: Machine | undefined;
  private withIndices: RegExp | undefined;
  private spent = 0;

  constructor(pattern: string, flags: string) {
    this.pattern = pattern;
    const tree = parseRegex(pattern, flags);
    this.tree = tree;
    this.groupCount = tree.groupCount;
    this.groupNames = [...tree.names].sort((a, b) => a.index - b.index);
    const verdict = analyse(tree);
    let first: RegExp | null = null;
    let global: RegExp | null = null;
    let source = '';
    let jsFlags = '';
    if (verdict.native) {
      const translation = translate(tree);
      source = translation.source;
      jsFlags = translation.ignoreCase ? 'iu' : 'u';
      // a leading .* need only be tried at the start of each line
      first = new RegExp(verdict.anchor === 'line' ? `(?:^|(?<=\\n))(?:${source})` : source, jsFlags);
      global = new RegExp(source, `${jsFlags}g`);
    }
    // finds look-behinds of no fixed length, and is needed at once where nothing else runs the pattern
    if (first === null || pattern.includes('(?<')) this.machine = new Machine(compileProgram(tree));
    this.source = source;
    this.jsFlags = jsFlags;
    this.first = first;
    this.global = global;
    this.nativeLength = first === null ? -1 : lengthFor(nativeSteps, verdict.degree);
    this.watchedLength = lengthFor(watchedSteps, verdict.degree);
  }

  /** Whether the pattern matches somewhere in the text. Throws RegexLimitError. */
  test(text: string): boolean {
    if (text.length <= this.watchedLength && this.nativeLength >= 0) return (this.first as RegExp).test(text);
    return this.exec(text) !== null;
  }

  /** The first match at or after `from`. Throws RegexLimitError. */
  exec(text: string, from = 0): RegexMatch | null {
    if (text.length > this.nativeLength) return this.execSlow(text, from);
    if (text.length > this.watchedLength) return this.execWatched(text, from);
    return this.execNative(text, from);
  }

  /** Offsets of the first match at or after `from`. Throws RegexLimitError. */
  indices(text: string, from = 0): RegexIndices | null {
    if (text.length > this.nativeLength) {
      const registers = this.runMachine(text, from);
      if (registers === null) return null;
      const out: (readonly [number, number] | undefined)[] = [];
      for (let i = 0; i <= this.groupCount; i++) {
        const end = registers[i * 2 + 1] as number;
        out.push(end < 0 ? undefined : [registers[i * 2] as number, end]);
      }
      return out;
    }
    this.withIndices ??= new RegExp(this.source, `${this.jsFlags}dg`);
    this.withIndices.lastIndex = from;
    const found = this.withIndices.exec(text);
    return found?.indices ?? null;
  }

  /** Every match, in order; after an empty match the search goes on one character further. */
  *matches(text: string, limit = Number.POSITIVE_INFINITY): Generator<RegexMatch> {
    let from = 0;
    for (let count = 0; count < limit && from <= text.length; count++) {
      const match = this.exec(text, from);
      if (match === null) return;
      yield match;
      from = this.after(text, match);
    }
  }

  /**
   * Replaces matches. In the replacement `\1` to `\9` are groups, `\0` is the whole match, `\\` a backslash.
   * `which`: all, or only the nth (1 is the first).
   */
  replace(text: string, replacement: string, which: 'all' | number = 'all'): string {
    const template = parseTemplate(replacement);
    if (which === 'all' && text.length <= this.watchedLength && this.global !== null) {
      this.global.lastIndex = 0;
      return text.replace(this.global, template.native(this.groupCount));
    }
    return this.replaceSlowly(text, template, which);
  }

  private replaceSlowly(text: string, template: Replacement, which: 'all' | number): string {
    let out = '';
    let done = 0;
    let count = 0;
    for (const match of this.matches(text)) {
      count++;
      if (which !== 'all' && count < which) continue;
      out += text.slice(done, match.index) + template.expand(match);
      done = match.index + (match[0] as string).length;
      if (which !== 'all') break;
    }
    return done === 0 && out === '' ? text : out + text.slice(done);
  }

  private after(text: string, match: RegexMatch): number {
    const end = match.index + (match[0] as string).length;
    if (match[0] !== '') return end;
    const code = text.codePointAt(end);
    return end + (code !== undefined && code > 0xffff ? 2 : 1);
  }

  private execNative(text: string, from: number): RegexMatch | null {
    if (from === 0) return (this.first as RegExp).exec(text) as RegexMatch | null;
    const global = this.global as RegExp;
    global.lastIndex = from;
    return global.exec(text) as RegexMatch | null;
  }

  private execWatched(text: string, from: number): RegexMatch | null {
    const start = performance.now();
    const match = this.execNative(text, from);
    // from now on our own matcher counts the steps of such texts
    if (performance.now() - start > watchedMilliseconds) this.nativeLength = this.watchedLength;
    return match;
  }

  private execSlow(text: string, from: number): RegexMatch | null {
    const registers = this.runMachine(text, from);
    if (registers === null) return null;
    const groups: (string | undefined)[] = [];
    for (let i = 0; i <= this.groupCount; i++) {
      const end = registers[i * 2 + 1] as number;
      groups.push(end < 0 ? undefined : text.slice(registers[i * 2] as number, end));
    }
    return Object.assign(groups, { index: registers[0] as number }) as RegexMatch;
  }

  private runMachine(text: string, from: number): Int32Array | null {
    this.machine ??= new Machine(compileProgram(this.tree));
    const result = this.machine.run(text, from, callBudget);
    const beyond = this.machine.steps - 100 * text.length - 10_000;
    this.spent = Math.max(0, this.spent + (beyond > 0 ? beyond : -1000));
    if (result === exhausted || this.spent > totalBudget) {
      this.spent = 0;
      throw new RegexLimitError(this.pattern);
    }
    return result as Int32Array | null;
  }
}

function lengthFor(steps: number, degree: number): number {
  return degree <= 1 ? Number.POSITIVE_INFINITY : Math.floor(steps ** (1 / degree));
}

const cache = new Map<string, Regex>();
const cacheSize = 4000;

/**
 * Compiles a pattern, or returns the one compiled before. `flags`: letters of `imsxU` as `(?imsxU)` would set them.
 * Throws RegexSyntaxError, with the offset, for what PCRE refuses.
 */
export function compileRegex(pattern: string, flags = ''): Regex {
  const key = flags === '' ? pattern : `${flags}/${pattern}`;
  let regex = cache.get(key);
  if (regex === undefined || regex.pattern !== pattern) {
    regex = new Regex(pattern, flags);
    if (cache.size >= cacheSize) cache.clear();
    cache.set(key, regex);
  }
  return regex;
}

/** Only look-behinds and counted repeats can be refused when the program is made. */
const needsProgram = /\(\?<[=!]|\{\d/;

/** Checks a pattern without keeping it; null when it compiles. */
export function checkRegex(pattern: string, flags = ''): { message: string; offset: number } | null {
  try {
    const tree = parseRegex(pattern, flags);
    if (needsProgram.test(pattern) || pattern.length > 1000) compileProgram(tree);
    return null;
  } catch (error) {
    if (error instanceof RegexSyntaxError) return { message: error.message, offset: error.offset };
    throw error;
  }
}
