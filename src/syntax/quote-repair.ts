// Where a double quote is missing: it is put in at the places around the first string that cannot be one, and the place
// is taken where the whole search can then be read, the strings that come of it being the most natural ones.

import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { loneMessage, type Structure, scanStructure, unclosedMessage } from './scan.js';

/** A search that is longer is reported as it was read. */
const maximumLength = 6000;
/** Characters that may be read on trial, places looked at, and how far from the guess they may be. */
const maximumTrials = 12_000;
const maximumPlaces = 60;
const maximumDistance = 1200;

/** A mark that is missing in a search, and what is said of it. */
export interface MissingMark {
  readonly mark: '"' | ']';
  readonly at: number;
  readonly fault: SpanDiagnostic;
}

/** Whether a fault is that of a quote without its partner. */
export function isQuoteFault({ message }: Pick<SpanDiagnostic, 'message'>): boolean {
  return message === unclosedMessage || message === loneMessage;
}

/**
 * Finds the place of the one quote that a search lacks.
 *
 * @param isReadable whether a text is a search without faults
 * @returns undefined where the structure has other faults, or no place makes the search readable
 */
export function placeMissingQuote(
  text: string,
  isReadable: (text: string) => boolean,
): MissingMark | undefined {
  if (text.length > maximumLength) return undefined;
  const { faults } = scanStructure(text);
  const [fault] = faults;
  if (fault === undefined || faults.length > 1 || !isQuoteFault(fault)) return undefined;
  const guess = fault.message === loneMessage ? fault.span.start : fault.span.end;
  const candidates = placesAround(text, guess).flatMap((at) => {
    const mended = `${text.slice(0, at)}"${text.slice(at)}`;
    const structure = scanStructure(mended);
    if (structure.faults.length > 0) return [];
    // A text seldom ends with a blank.
    const isBlank = text[at - 1] === ' ' && !structure.strings.has(at);
    const cost = 1000 * oddness(mended, structure, at) + Math.abs(at - guess) + (isBlank ? 50 : 0);
    return { at, mended, structure, cost };
  });
  let left = maximumTrials;
  for (const { at, mended, structure } of candidates.sort((a, b) => a.cost - b.cost)) {
    left -= text.length;
    if (left < 0) return undefined;
    if (isReadable(mended)) return { mark: '"', at, fault: faultAt(fault, at, structure) };
  }
  return undefined;
}

function faultAt(
  { severity, code }: SpanDiagnostic,
  at: number,
  { strings }: Pick<Structure, 'strings'>,
): SpanDiagnostic {
  const end = strings.get(at);
  if (end !== undefined) return { severity, code, message: loneMessage, span: { start: at, end: end - 1 } };
  let start = 0;
  for (const open of strings.keys()) if (open < at) start = open;
  return {
    severity,
    code,
    message: unclosedMessage,
    span: { start, end: at },
    help: 'close it with a quote',
  };
}

/** Where a string may begin or end: at the edges of words and operators, nearest to the guess first. */
function placesAround(text: string, guess: number): number[] {
  const places: number[] = [];
  const first = Math.max(1, guess - maximumDistance);
  const last = Math.min(text.length, guess + maximumDistance);
  for (let at = first; at <= last; at++) {
    const before = text[at - 1]!;
    const after = text[at] ?? ' ';
    const opens = /[\s=(,.+<>[]/.test(before) && !/[\s"]/.test(after);
    const closes = !/[\s=("\\]/.test(before) && /[\s,)|\].+]/.test(after);
    const isBlank = (/[=(,.+]/.test(before) && after === ' ') || (before === ' ' && /[,).+]/.test(after));
    if (opens || closes || isBlank) places.push(at);
  }
  return places.sort((a, b) => Math.abs(a - guess) - Math.abs(b - guess)).slice(0, maximumPlaces);
}

/** The text between two strings: it begins or ends as only such does, or holds a pipe and a command. */
const oddString =
  /^\s*(?:[)\]=|]|,\s*\S|(?:AND|OR|by|as|where)\s)|[=(<>|]\s*$|\s(?:AND|OR|NOT|by|as)\s*$|\S\s*,\s*$|\|\s*(?:stats|eval|where|table|search|rename|fields|rex|lookup|sort|`)/i;

/** How many of the first strings that end behind a place look like the text between two strings. */
function oddness(text: string, { strings }: Pick<Structure, 'strings'>, at: number): number {
  let odd = 0;
  let seen = 0;
  for (const [start, end] of strings) {
    if (end <= at) continue;
    if (oddString.test(text.slice(start + 1, end - 1))) odd++;
    if (++seen === 4) break;
  }
  return odd;
}
