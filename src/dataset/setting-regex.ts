// Regexes of props.conf on hostile text: PCRE as everywhere, and given up, once and for all, when they run away.
import { compileRegex, type Regex, RegexLimitError, RegexSyntaxError } from '../runtime/regex.js';
import type { IndexTimeSettings } from './dataset.js';

/** Told of a setting that cannot be used. */
export type SettingFault = (setting: keyof IndexTimeSettings, value: string) => void;

/** A regex of a setting; once it ran away, or when it is none, it matches nothing. */
export class SettingRegex {
  readonly #regex: Regex;
  readonly #giveUp: () => void;
  #isGivenUp = false;

  private constructor(regex: Regex, giveUp: () => void) {
    this.#regex = regex;
    this.#giveUp = giveUp;
  }

  /** Compiles a setting's regex; null, and told, when it is none. */
  static compile(
    setting: keyof IndexTimeSettings,
    pattern: string,
    fault: SettingFault,
  ): SettingRegex | null {
    try {
      return new SettingRegex(compileRegex(pattern), () => fault(setting, pattern));
    } catch (error) {
      if (!(error instanceof RegexSyntaxError)) throw error;
      fault(setting, pattern);
      return null;
    }
  }

  get groupCount(): number {
    return this.#regex.groupCount;
  }

  test(text: string): boolean {
    return this.#guard(false, () => this.#regex.test(text));
  }

  /** Offset at which the first match ends, or -1. */
  endOfMatch(text: string): number {
    const match = this.#guard(null, () => this.#regex.exec(text));
    return match === null ? -1 : match.index + (match[0] ?? '').length;
  }

  /** Offsets of the whole match and of its first group. */
  firstGroup(
    text: string,
    from: number,
  ): { start: number; end: number; groupStart: number; groupEnd: number } | null {
    const found = this.#guard(null, () => this.#regex.indices(text, from));
    const whole = found?.[0];
    if (!found || !whole) return null;
    const group = found[1] ?? [whole[0], whole[0]];
    return { start: whole[0], end: whole[1], groupStart: group[0], groupEnd: group[1] };
  }

  #guard<T>(otherwise: T, run: () => T): T {
    if (this.#isGivenUp) return otherwise;
    try {
      return run();
    } catch (error) {
      if (!(error instanceof RegexLimitError)) throw error;
      this.#isGivenUp = true;
      this.#giveUp();
      return otherwise;
    }
  }
}
