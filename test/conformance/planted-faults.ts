// Plants one fault of every kind into each search of a repository and looks where the first diagnostic stands.
import { searchEnvironment } from '../../src/content-search.js';
import { analyseSearch } from '../../src/syntax/analyse.js';
import { randomNumbers } from '../unit/syntax/mutations.js';
import type { Corpus } from './corpus.js';

export interface PlantedFaults {
  planted: number;
  found: number;
  /** The first diagnostic begins at, covers or touches the planted place. */
  atPlace: number;
}

interface Fault {
  readonly kind: string;
  readonly text: string;
  /** Offset of what was taken away or added. */
  readonly at: number;
}

/** Results by kind of fault. */
export function plantFaults({ repository, searches }: Corpus): Map<string, PlantedFaults> {
  const environment = searchEnvironment(repository);
  const random = randomNumbers(1);
  const results = new Map<string, PlantedFaults>();
  for (const { path, text } of searches) {
    if (path[0] !== 'search' || analyseSearch(text, environment).diagnostics.length > 0) continue;
    for (const { kind, text: faulty, at } of faultsOf(text, random, environment.language.functions)) {
      const result = results.get(kind) ?? { planted: 0, found: 0, atPlace: 0 };
      results.set(kind, result);
      result.planted++;
      const [first] = analyseSearch(faulty, environment).diagnostics;
      if (first === undefined) continue;
      result.found++;
      const { start, end } = first.span;
      if (start <= at + 3 && end >= at - 3) result.atPlace++;
    }
  }
  return results;
}

function* faultsOf(
  text: string,
  random: (below: number) => number,
  functions: ReadonlyMap<string, unknown>,
): Iterable<Fault> {
  // What stands in quotes or comments is not looked at: a fault there may be none.
  const visible = text.replace(/```[\s\S]*?```|"(?:[^"\\]|\\[\s\S])*"/g, (quoted) =>
    'x'.repeat(quoted.length),
  );
  const pick = (pattern: RegExp, from = visible): RegExpExecArray | undefined => {
    const all = [...from.matchAll(pattern)];
    return all.length === 0 ? undefined : all[random(all.length)];
  };
  const without = (at: number): string => text.slice(0, at) + text.slice(at + 1);
  const dropLetter = (kind: string, match: RegExpExecArray | undefined): Fault[] => {
    if (match === undefined) return [];
    const start = match.index + match[0].indexOf(match[1]!);
    return [{ kind, text: without(start + random(match[1]!.length)), at: start }];
  };
  const drop = (kind: string, match: RegExpExecArray | undefined): Fault[] =>
    match === undefined ? [] : [{ kind, text: without(match.index), at: match.index }];
  const insert = (kind: string, match: RegExpExecArray | undefined, added: string): Fault[] => {
    if (match === undefined) return [];
    const at = match.index + match[0].length - 1;
    return [{ kind, text: text.slice(0, at) + added + text.slice(at), at }];
  };
  yield* dropLetter('a letter of a command', pick(/\|\s*([a-z]{3,})(?=\s)/g));
  const called = pick(/\b([a-z_]{3,})\(/g);
  if (called !== undefined && functions.has(called[1]!)) yield* dropLetter('a letter of a function', called);
  yield* dropLetter('a letter of a macro', pick(/`([a-z_]{3,})[`(]/g));
  yield* drop(
    'a quote',
    pick(
      /(?<!\\)"/g,
      text.replace(/```[\s\S]*?```/g, (comment) => 'x'.repeat(comment.length)),
    ),
  );
  yield* drop('an opening bracket', pick(/\(/g));
  yield* drop('a closing bracket', pick(/\)/g));
  yield* drop('an opening bracket of a subsearch', pick(/\[/g));
  yield* drop('a backtick', pick(/(?<!`)`(?!`)/g));
  yield* insert(
    'an argument of a function',
    pick(/\b(?:isnull|isnotnull|lower|upper|len)\([^()]*\)/g),
    ', "x"',
  );
  yield* insert(
    'an argument of a macro',
    pick(/`(?:security_content_ctime|drop_dm_object_name)\([^)]*\)/g),
    ', x',
  );
}
