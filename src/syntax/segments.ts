// A search cut at its own pipes before its macros are expanded. What a stretch between two of them becomes depends on
// nothing but the macros that it calls, so it is found once for all searches that hold it, and again only when those change.
import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import type { SearchEnvironment } from './analyse.js';
import type { CommandUse } from './command-memo.js';
import { Expander } from './expander.js';
import type { SyntaxLanguage } from './language.js';
import { isSameList, type MacroDefinition, type MacroUse } from './macros.js';
import type { MappedText } from './mapped-text.js';
import { stretchesBetweenPipes, tokenFilter } from './pipeline.js';
import { hasCall } from './scan.js';

/** Where a segment stands: first in its search, behind a first that is blank, or behind others. */
export type SegmentPlace = 'main' | 'lead' | 'later';

/** A segment with its macro calls replaced. */
export interface ExpandedSegment {
  readonly text: string;
  /** Where each character of `text` was written. */
  readonly mapped: MappedText;
  /** In order of first use, by name and number of arguments. */
  readonly macros: ReadonlyMap<string, MacroUse>;
  /** Names of macros that were looked up. */
  readonly lookedUp: readonly string[];
  /** Calls that could not be replaced; spans count in the segment as written. */
  readonly diagnostics: readonly SpanDiagnostic[];
  /** Starts count in `text`. None of a first segment that is blank. */
  readonly commands: readonly CommandUse[];
  /** Characters that definitions brought in. */
  readonly growth: number;
  /** Whether a call was left in the text. */
  readonly hasCall: boolean;
  /** What is said of it beside its commands: whether it has calls, its macros and its diagnostics. */
  readonly says: string;
}

/** Reads the commands of an expanded segment; undefined when they do not stand each for itself. */
export type ReadCommands = (segment: Segment, expanded: MappedText) => readonly CommandUse[] | undefined;

/** What a segment became, for as long as the macros that it looked up are the same. */
interface Reading {
  environment: SearchEnvironment;
  asked: ReadonlyMap<string, readonly MacroDefinition[] | undefined>;
  /** Undefined when the search that it stands in has to be read as a whole. */
  readonly expanded:
    | (Omit<ExpandedSegment, 'macros'> & { macros: ReadonlyMap<string, MacroUse> })
    | undefined;
}

/** A stretch of searches between two of their pipes, as written. */
export class Segment {
  readonly text: string;
  readonly place: SegmentPlace;
  readonly isLast: boolean;
  #reading: Reading | undefined;

  constructor(text: string, place: SegmentPlace, isLast: boolean) {
    this.text = text;
    this.place = place;
    this.isLast = isLast;
  }

  /** Itself with its macro calls replaced; undefined when the search that it stands in has to be read as a whole. */
  expand(environment: SearchEnvironment, read: ReadCommands): ExpandedSegment | undefined {
    const known = this.#reading;
    if (known !== undefined) {
      const isSame = known.asked.size === 0 || known.environment === environment;
      if (isSame || renew(known, environment)) return known.expanded;
    }
    const expander = new Expander(environment.macros, environment.evaluate);
    const mapped = expander.expandSearch(this.text);
    const { asked, diagnostics, uses, length } = expander;
    const commands = this.#standsAlone(mapped.text, diagnostics) ? read(this, mapped) : undefined;
    const expanded =
      commands === undefined
        ? undefined
        : {
            text: mapped.text,
            mapped,
            macros: uses,
            lookedUp: [...asked.keys()],
            diagnostics,
            commands,
            growth: length,
            hasCall: hasCall(mapped.text),
            says: factsBeside(mapped.text, uses, diagnostics),
          };
    this.#reading = { environment, asked, expanded };
    return expanded;
  }

  /** Whether what stands before and behind it neither changes how it is read nor the other way round. */
  #standsAlone(text: string, diagnostics: readonly SpanDiagnostic[]): boolean {
    if (text.endsWith('\\') || (this.place !== 'main' && tokenFilter.test(text))) return false;
    // Those of calls in definitions tell places in the files of macros, which move.
    return diagnostics.every(({ notes = [] }) => notes.length === 0);
  }
}

function factsBeside(
  text: string,
  macros: ReadonlyMap<string, MacroUse>,
  diagnostics: readonly SpanDiagnostic[],
): string {
  const names = [...macros.values()].map(({ name }) => ` ${name}`).join('');
  const calls = hasCall(text) ? '`' : '';
  return `${calls}${names}${diagnostics.length === 0 ? '' : JSON.stringify(diagnostics)}|`;
}

/** Whether all that a reading looked up is the very same in the environment that follows its own. */
function isUntouched(
  { environment: { number }, asked, expanded }: Reading,
  next: SearchEnvironment,
): boolean {
  const { changed } = next;
  if (number === undefined || next.number !== number + 1 || changed === undefined) return false;
  if (expanded !== undefined && expanded.diagnostics.length > 0) return false;
  for (const name of asked.keys()) if (changed.has(name)) return false;
  return true;
}

/** Whether a reading holds in another environment: all that it looked up is defined alike there. */
function renew(reading: Reading, environment: SearchEnvironment): boolean {
  const { asked, expanded } = reading;
  if (isUntouched(reading, environment)) {
    reading.environment = environment;
    return true;
  }
  if (reading.environment.evaluate !== environment.evaluate) return false;
  // What a call that could not be replaced should have been is looked for among all macros.
  if (expanded !== undefined && expanded.diagnostics.length > 0) return false;
  const now = new Map<string, readonly MacroDefinition[] | undefined>();
  for (const [name, overloads] of asked) {
    const others = environment.macros.get(name);
    if (!isSameList(overloads, others)) return false;
    now.set(name, others);
  }
  reading.environment = environment;
  reading.asked = now;
  // The definitions of now know where they stand.
  if (expanded !== undefined && expanded.macros.size > 0)
    expanded.macros = new Map(
      [...expanded.macros].map(([key, use]) => {
        const definition = now.get(use.name)?.find(({ arguments: { length } }) => length === use.arity);
        return [key, definition === undefined ? use : { ...use, definition }] as const;
      }),
    );
  return true;
}

/** A segment where it stands in a search. */
export interface PlacedSegment {
  readonly segment: Segment;
  /** Where it begins in the text as written. */
  readonly start: number;
}

/** A search as segments; undefined for one that has to be read as a whole. */
export interface SearchCut {
  readonly segments: readonly PlacedSegment[] | undefined;
  /** The second one as it is behind a first that is blank. */
  readonly second: Segment | undefined;
}

/** Cuts a search. `segmentOf` gives each segment once. */
export function cutSearch(
  text: string,
  language: SyntaxLanguage,
  segmentOf: (text: string, place: SegmentPlace, isLast: boolean) => Segment,
): SearchCut {
  const stretches = stretchesBetweenPipes(text, language);
  // A pipe before what may belong to a token is looked at together with what stands before it.
  const isWhole = stretches?.some(
    ({ start }, index) => index > 0 && tokenFilter.test(text.slice(start, start + 2)),
  );
  if (stretches === undefined || isWhole === true) return { segments: undefined, second: undefined };
  const last = stretches.length - 1;
  const at = (index: number, place: SegmentPlace): Segment => {
    const { start, end } = stretches[index]!;
    return segmentOf(text.slice(start, end), place, index === last);
  };
  return {
    segments: stretches.map(({ start }, index) => ({
      segment: at(index, index === 0 ? 'main' : 'later'),
      start,
    })),
    second: last > 0 ? at(1, 'lead') : undefined,
  };
}
