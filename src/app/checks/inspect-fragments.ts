// Checks of conf files that are made of fragments: what was found in a fragment stays with it from build to build.
import type { Fragment } from '../../output/fragments.js';
import { type OutputFile, type PlacedFragment, stretchesOf } from '../../output/output-file.js';
import { type Check, InspectedApp } from './check.js';
import { repeatedStanzas, type ScannedStanza } from './scan-conf.js';

/** A violation before it is told. */
export interface Violation {
  readonly check: string;
  /** Below the app. */
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** A stanza with the line of its heading. */
export type StanzaPlace = Pick<ScannedStanza, 'name' | 'line'>;

/** What is known of a fragment; lines count from 1 in it. */
interface Note {
  /** Line ends in it. */
  readonly lines: number;
  readonly stanzas: readonly (readonly [name: string, line: number])[];
  readonly found: readonly (readonly [check: string, line: number, message: string])[];
  /** Whether warnings were looked for too. */
  readonly strict: boolean;
}

/** Where the lines of a file with fragments lie. */
export class FragmentLines {
  /** Line ends before each stretch between fragments: without the fragments, and in the file. */
  readonly #without: number[] = [0];
  readonly #within: number[] = [0];
  /** Line ends before each fragment. */
  readonly before: number[] = [];

  constructor(file: OutputFile, notes: readonly Note[]) {
    for (const [index, stretch] of stretchesOf(file).slice(0, -1).entries()) {
      const between = lineEnds(stretch);
      this.before.push(this.#within.at(-1)! + between);
      this.#without.push(this.#without.at(-1)! + between);
      this.#within.push(this.before.at(-1)! + notes[index]!.lines);
    }
  }

  /** The line of the file for a line of its text without fragments. */
  real(line: number): number {
    const stretch = this.#without.findLastIndex((before) => before < line);
    const index = Math.max(0, stretch);
    return this.#within[index]! + line - this.#without[index]!;
  }
}

function lineEnds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

/**
 * Looks at the fragments of a file; gives what is wrong with them and with the file made of them, and its lines.
 *
 * @param between  stanzas that are in no fragment; lines count without fragments
 */
export function inspectFragments(
  id: string,
  file: OutputFile,
  fragments: readonly PlacedFragment[],
  between: readonly StanzaPlace[],
  checks: readonly Check[],
): { readonly lines: FragmentLines; readonly found: readonly Violation[] } {
  const path = file.path.slice(id.length + 1);
  const notes = fragments.map((fragment) => inspectFragment(id, file.path, fragment, checks));
  const lines = new FragmentLines(file, notes);
  const asked = new Set(checks.map(({ name }) => name));
  const found = notes.flatMap((note, index) =>
    note.found
      .filter(([check]) => asked.has(check))
      .map(([check, line, message]) => ({ check, path, line: lines.before[index]! + line, message })),
  );
  const stanzas = [
    ...between.map(({ name, line }) => ({ name, line: lines.real(line) })),
    ...notes.flatMap((note, index) =>
      note.stanzas.map(([name, line]) => ({ name, line: lines.before[index]! + line })),
    ),
  ].sort((a, b) => a.line - b.line);
  const repeated = repeatedStanzas(stanzas);
  return {
    lines,
    found: [...found, ...repeated.map((fault) => ({ check: 'check_config_file_parsing', path, ...fault }))],
  };
}

/** What is known of a fragment, after a look when nothing is. */
export function inspectFragment(
  id: string,
  path: string,
  fragment: Fragment,
  checks: readonly Check[],
): Note {
  const strict = checks.some(({ level }) => level === 'warning');
  const known = fragment.note as Note | undefined;
  if (known !== undefined && (known.strict || !strict)) return known;
  const local = checks.filter(({ isLocal }) => isLocal === true);
  const note = inspect(id, path, fragment, local, strict);
  fragment.note = note;
  return note;
}

function inspect(
  id: string,
  path: string,
  { bytes }: Fragment,
  checks: readonly Check[],
  strict: boolean,
): Note {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  const app = new InspectedApp(id, [{ path, content }]);
  const found: (readonly [string, number, string])[] = [];
  for (const check of checks)
    check.inspect(app, (_path, message, spot) => found.push([check.name, spot?.line ?? 1, message]));
  const { stanzas } = app.confAt(path.slice(id.length + 1));
  return {
    lines: lineEnds(bytes),
    stanzas: stanzas.map(({ name, line }) => [name, line] as const),
    found,
    strict,
  };
}

/**
 * Whether there is nothing wrong with a fragment, nor with the one it stands for, and both have the same stanzas.
 *
 * @param isTold  whether something is told of their file: it stays where it is when both have as many lines
 */
export function isAsClean(before: Fragment, after: Fragment, isTold: boolean): boolean {
  const [then, now] = [before.note, after.note] as [Note | undefined, Note | undefined];
  if (isTold && then?.lines !== now?.lines) return false;
  const names = (note: Note | undefined) => JSON.stringify(note?.stanzas.map(([name]) => name));
  return then?.found.length === 0 && now?.found.length === 0 && names(then) === names(now);
}
