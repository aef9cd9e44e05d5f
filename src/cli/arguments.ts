// Readers of what options and arguments take; what they refuse ends the command as wrong usage, in the words of detc.
import { type Argument, type Command, Option } from 'commander';
import { didYouMean } from '../diagnostic/did-you-mean.js';

type Reader<T> = (text: string) => T;

function refuse(command: Command, name: string, takes: string, text: string, help?: string): never {
  const message = `error: ${name} takes ${takes}, found "${text}"${help === undefined ? '' : `\n  help: ${help}`}`;
  return command.error(message, { exitCode: 2 });
}

/** Reads one of some words; `name` is what takes it, such as `--format`. */
export function oneOf<T extends string>(command: Command, name: string, words: readonly T[]): Reader<T> {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    const takes = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
    return refuse(command, name, takes, text, didYouMean(text, words));
  };
}

/** Makes an option or argument take one of some words, which its help lists. */
export function withChoices<T extends Option | Argument>(
  command: Command,
  taker: T,
  words: readonly string[],
): T {
  const name = taker instanceof Option ? (taker.long ?? taker.flags) : `detc ${command.name()}`;
  taker.choices(words).argParser(oneOf(command, name, words));
  return taker;
}

/** Reads a whole number, of at least `least`. */
export function wholeNumber(command: Command, name: string, least: 0 | 1 = 0): Reader<number> {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= least) return value;
    return refuse(command, name, least === 0 ? 'a whole number' : 'a whole number above 0', text);
  };
}

/** Reads a number above 0. */
export function positiveNumber(command: Command, name: string): Reader<number> {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    return value > 0 && Number.isFinite(value) ? value : refuse(command, name, 'a number above 0', text);
  };
}
