// Where a bracket of a subsearch is missing. A "[" is put in before the words in front of the "]" that closes nothing, and
// the place is taken where the whole search can then be read; a "]" before the pipes behind the "[", and the first place
// is taken with which commands read the fewest fields that no result has.

import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import type { Parser } from './parser.js';
import type { MissingMark } from './quote-repair.js';
import { scanStructure, unclosedSubsearch, unopenedSubsearch } from './scan.js';
import type { Pipeline } from './tree.js';

/**
 * Says where the "[" belongs when the one fault of a search's brackets is a "]" without it.
 *
 * @returns the faults of the search, those that came of the missing bracket replaced by one at its place
 */
export function placeMissingBracket(
  parser: Parser,
  read: (parser: Parser) => Pipeline,
): readonly SpanDiagnostic[] {
  const { diagnostics, structure, text } = parser;
  const fault = structure.faults[0];
  if (structure.faults.length !== 1 || fault?.message !== unopenedSubsearch) return diagnostics;
  const places = placesBefore(parser, fault.span.start)
    .map((at) => ({ at, cost: costOf(parser, at) }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, Math.floor(parser.trials / text.length));
  const place = places.find(({ at }) => {
    const trial = parser.fork(`${text.slice(0, at)}[${text.slice(at)}`);
    read(trial);
    return trial.diagnostics.length === 0;
  });
  if (place === undefined) return diagnostics;
  const span = { start: place.at, end: place.at + 1 };
  const message = 'a "[" is missing here';
  return [{ ...fault, message, span, help: 'the "]" behind it closes nothing else' }];
}

/** More pipes behind a "[" are not looked at, nor is a longer search. */
const maximumPipes = 12;
const maximumLength = 6000;

/** What follows belongs to the subsearch as well: commands that arrange the fields of what was found. */
const endOfSubsearch = /^\s*\|\s*(?:rename|fields|table|eval|format|return|dedup)\b/i;

/**
 * Finds the place of the one "]" that a search lacks.
 *
 * @param missing how many fields a search reads that no result has; undefined for one with faults
 * @returns undefined where the structure has other faults, or no place makes the search readable
 */
export function placeMissingEnd(
  text: string,
  missing: (text: string) => number | undefined,
): MissingMark | undefined {
  if (text.length > maximumLength) return undefined;
  const structure = scanStructure(text);
  const [fault] = structure.faults;
  if (structure.faults.length !== 1 || fault?.message !== unclosedSubsearch) return undefined;
  const places: number[] = [];
  for (let i = fault.span.start + 1; i < text.length && places.length < maximumPipes; i++) {
    // The first pipe may begin the subsearch.
    if (text[i] === '|' && /\S/.test(text.slice(fault.span.start + 1, i)))
      places.push(text.slice(0, i).trimEnd().length);
    const skipTo =
      structure.strings.get(i) ??
      structure.comments.get(i) ??
      structure.calls.get(i) ??
      structure.brackets.get(i);
    if (skipTo !== undefined && skipTo > i) i = skipTo - 1;
  }
  places.push(text.trimEnd().length);
  const fits = places.flatMap((at) => {
    const count = missing(`${text.slice(0, at)}]${text.slice(at)}`);
    return count === undefined ? [] : { at, count };
  });
  const best = fits.filter(({ count }) => count === Math.min(...fits.map((fit) => fit.count)));
  const isNatural = ({ at }: { at: number }): boolean =>
    at !== places[0] && !endOfSubsearch.test(text.slice(at));
  const { at } = best.find(isNatural) ?? best[0] ?? { at: -1 };
  if (at < 0) return undefined;
  const span = { start: at, end: Math.min(at + 1, text.length) };
  const help = 'the "[" before it is never closed';
  return { mark: ']', at, fault: { ...fault, message: 'a "]" is missing here', span, help } };
}

/** Beginnings of words outside of strings, calls and subsearches, nearest to `end` first. */
function placesBefore({ text, structure, isWritten }: Parser, end: number): number[] {
  const places: number[] = [];
  for (let i = 0; i < end; i++) {
    const character = text[i]!;
    const isStart = character === '|' || (/[^\s\])},=]/.test(character) && /[\s(=]/.test(text[i - 1] ?? 'x'));
    // A subsearch is an argument: something stands before it.
    if (isStart && isWritten(i) && /[^\s|]/.test(text.slice(0, i))) places.push(i);
    const skipTo =
      structure.strings.get(i) ??
      structure.comments.get(i) ??
      structure.calls.get(i) ??
      structure.brackets.get(i);
    if (skipTo !== undefined && skipTo > i) i = skipTo - 1;
  }
  return places.reverse();
}

/** A subsearch begins with a command that reads data, or with `search`; others are less usual. */
function costOf({ text, language }: Parser, at: number): number {
  const word = /^(\|?\s*)([A-Za-z_]\w*)(?=\s)/.exec(text.slice(at, at + 60));
  const command = word === null ? undefined : language.commands.get(word[2]!.toLowerCase());
  if (command === undefined) return text[at] === '`' ? 1 : 2;
  const readsData = command.type === 'generating' && (command.name !== 'search' || word![1] === '');
  return readsData || (command.name === 'search' && word![1] === '') ? 0 : 1.5;
}
