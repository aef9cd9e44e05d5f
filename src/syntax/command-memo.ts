// Commands that were read before: where the same text stands again, in whatever search, what is known of it is the same.

import type { Span } from '../diagnostic/diagnostic.js';
import type { SearchEnvironment } from './analyse.js';
import { checkCalls } from './check-calls.js';
import { checkSearchTexts } from './check-search-text.js';
import { maximumLength } from './expander.js';
import { anyFields, type FieldSet } from './field-set.js';
import { type Gap, withoutIdleOptions } from './idle-options.js';
import type { SyntaxLanguage } from './language.js';
import type { MappedText, Origin } from './mapped-text.js';
import { type EventField, type MissingField, type UnmadeFields, unmadeFields } from './missing-fields.js';
import { Parser } from './parser.js';
import { commandStretches, parseCommandIn, parsePipeline } from './pipeline.js';
import { Age, RecentMap } from './recent-map.js';
import { cutSearch, type ExpandedSegment, type ReadCommands, type SearchCut, Segment } from './segments.js';
import { namesKept, type SetField, setFields, wildcardsRead } from './set-fields.js';
import { type Command, type FieldName, type Pipeline, syntaxOf } from './tree.js';
import { collectUses, type SearchUses } from './uses.js';

/** A command without a fault of its own. Spans of what it holds count in the segment that it was first read in. */
export interface KnownCommand {
  /** Its own. */
  readonly number: number;
  readonly command: Command;
  /** The expanded text of that segment, and the pipe behind it. */
  readonly text: string;
  /** Where its stretch began in that segment. */
  readonly base: number;
  /** What of the stretch stands in the search itself, as `Expansion.pattern` says it. */
  readonly pattern: string;
  readonly lookups: SearchUses['lookups'];
  readonly set: readonly SetField[];
  readonly kept: readonly FieldName[];
  readonly wildcards: readonly string[];
  /** What those who look at commands one by one found in it, each at a number of its own. */
  readonly heard: (ReadonlySet<unknown> | undefined)[];
  /** What it makes of the fields that it is given. */
  readonly flow: RecentMap<FieldSet, FieldStep>;
}

/** What a command does with the fields that it is given. */
export interface FieldStep {
  readonly after: FieldSet;
  /** Fields that it reads and only events can have; spans as those of the command. */
  readonly fromEvents: readonly EventField[];
  /** Fields that it reads and no result has; which command before it let them go is not known here. */
  readonly missing: readonly MissingField[];
  /** A number that is the same for steps with the same facts, wherever in their searches they stand. */
  readonly facts: number;
}

/** A command of a search. */
export interface CommandUse {
  readonly known: KnownCommand;
  /** Where its stretch begins in this search. */
  readonly start: number;
  /** What its stretch has in this search beyond the one that the command was read in. */
  readonly gaps?: readonly Gap[];
  /** Says how many characters of its segment the author wrote before it, where that depends on definitions. */
  readonly mark: string;
}

/** A span of what a command holds in the search that the use is of. */
export function spanIn({ known, start, gaps }: CommandUse, span: Span): Span {
  const [first, last] = [span.start - known.base, span.end - known.base];
  if (gaps === undefined) return { start: first + start, end: last + start };
  let [from, to] = [first, last];
  for (const { at, length } of gaps) {
    if (first >= at) from += length;
    if (last > at) to += length;
  }
  return { start: from + start, end: Math.max(from, to) + start };
}

/** Searches with the segments that they are made of: those of a large repository, and of what its drilldowns ask. */
const mostSegments = 200_000;
/** Commands that no search of now is made of, but one of soon may be. */
const mostCommands = 20_000;
/** What commands do with fields: several times what an edit of a macro that every search calls brings anew. */
const mostSteps = 80_000;

const isOfSearch = ({ macro }: Origin): boolean => macro === undefined;

/** Whether a character of an expanded text stands in the search itself. */
export const isWrittenAt = (mapped: MappedText, offset: number): boolean =>
  isOfSearch(mapped.at(offset)?.origin ?? {});

/** A pipeline of one command. */
export const pipelineOf = (command: Command): Pipeline => ({
  kind: 'pipeline',
  leadingPipe: false,
  commands: [command],
  span: command.span,
});

/** Never given twice, also when what has a number is forgotten. */
let nextFacts = 0;
let nextCommand = 0;

/** How many characters before an offset the author wrote. */
function writtenBefore(mapped: MappedText, offset: number): number {
  let count = 0;
  for (let at = 0; at < offset; at++) if (isWrittenAt(mapped, at)) count++;
  return count;
}

/**
 * What a command says of fields and lookups to those who look at a search as a whole: the fields after it, those that it
 * reads of events or misses, sets and keeps in the order in which they stand, and lookups with their columns; each with
 * its place among what the author wrote.
 *
 * @param numberOf a number that is the same for the same fields
 */
function factsOf(
  known: KnownCommand,
  after: FieldSet,
  { fromEvents, missing }: UnmadeFields,
  numberOf: (fields: FieldSet) => number,
): string {
  const { command, base, pattern, set, kept, wildcards, lookups } = known;
  const placeOf = placesIn(pattern);
  const place = ({ start, end }: Span): string => placeOf(start - base, end - base);
  const fact = (at: number, says: string, { name, span }: Pick<FieldName, 'name' | 'span'>) =>
    [at, says, name, place(span)] as const;
  const names = [
    ...fromEvents.map((field) => fact(field.span.start, field.bareWord ? 'bare' : 'read', field)),
    ...set.map(({ field, by, end }) => fact(end, by, field)),
    ...kept.map((field) => fact(command.span.end, 'kept', field)),
  ].sort(([a], [b]) => a - b);
  return JSON.stringify([
    command.name,
    numberOf(after),
    names.map(([, ...says]) => says),
    wildcards,
    lookups.map(({ name, span, writes, columns }) => [
      name,
      place(span),
      writes,
      columns.map((column) => [column.name, place(column.span)]),
    ]),
    missing.map((field) => [
      field.name,
      place(field.span),
      field.command.name,
      numberOf(field.available),
      field.bareWord,
      field.asked,
      field.command === command ? '' : field.droppedBy?.name,
    ]),
  ]);
}

/**
 * Says of a part of a stretch where it stands, by the pattern of the stretch: how many characters before it the author
 * wrote, and whether its first and last are of a definition.
 */
function placesIn(pattern: string): (start: number, end: number) => string {
  if (pattern === 'w') return (start) => `w${start}`;
  let end = 0;
  let written = 0;
  const runs = [...pattern.matchAll(/([wm])(\d*)/g)].map(([, kind, digits]) => {
    const length = digits === '' ? Number.POSITIVE_INFINITY : Number(digits);
    const run = { isWritten: kind === 'w', start: end, end: end + length, written };
    end += length;
    if (run.isWritten) written += length;
    return run;
  });
  const at = (offset: number): string => {
    const run = runs.find((other) => offset < other.end);
    if (run === undefined) return '';
    return run.isWritten ? `w${run.written + offset - run.start}` : `m${run.written}`;
  };
  return (start, stop) => `${at(start)} ${at(Math.max(start, stop - 1))}`;
}

const fieldsKey = ({ closed, known, removed, patterns }: FieldSet): string =>
  [String(closed), ...known, '', ...removed, '', ...patterns].join('\n');

/** A part of a search, with where it begins. */
export interface SearchPart {
  readonly segment: Segment;
  readonly expanded: ExpandedSegment;
  /** In the expanded text. */
  readonly start: number;
  /** In the text as written. */
  readonly writtenStart: number;
}

/** What was read so far in one language. */
export class CommandMemo {
  readonly #language: SyntaxLanguage;
  readonly #searches = new Age(mostSegments);
  readonly #steps = new Age(mostSteps);
  readonly #cuts = new RecentMap<string, SearchCut>(this.#searches);
  readonly #segments = new RecentMap<string, Segment>(this.#searches);
  /** By everything that the reading of a command looks at; null for one with faults. */
  readonly #commands = new RecentMap<string, KnownCommand | null>(new Age(mostCommands));
  /** Each set of fields once, so that a command given the same again is found. */
  readonly #fields = new RecentMap<string, FieldSet>(this.#steps);
  readonly #facts = new RecentMap<string, number>(this.#steps);
  /** The numbers of sets of fields that this has given. */
  readonly #fieldNumbers = new WeakMap<FieldSet, number>();

  constructor(language: SyntaxLanguage) {
    this.#language = language;
  }

  /** The parts of a search; undefined when it has a fault in any of them, for then they do not stand each for itself. */
  partsOf(text: string, environment: SearchEnvironment): readonly SearchPart[] | undefined {
    let cut = this.#cuts.get(text);
    if (cut === undefined) {
      cut = cutSearch(text, this.#language, this.#segmentOf);
      this.#cuts.set(text, cut);
    }
    const { segments, second } = cut;
    if (segments === undefined) return undefined;
    const parts: SearchPart[] = [];
    let at = 0;
    let growth = 0;
    let isBlank = false;
    for (let index = 0; index < segments.length; index++) {
      const { segment, start } = segments[index]!;
      const wanted: Segment = index === 1 && isBlank && second !== undefined ? second : segment;
      const expanded = this.expand(wanted, environment);
      if (expanded === undefined) return undefined;
      if (index === 0) isBlank = expanded.commands.length === 0;
      parts.push({ segment: wanted, expanded, start: at, writtenStart: start });
      at += expanded.text.length + 1;
      growth += expanded.growth;
    }
    // A search that is nothing, and one so long that expanding it as a whole may end before its end.
    return (isBlank && parts.length === 1) || growth > maximumLength ? undefined : parts;
  }

  /** What a segment becomes among macros; undefined when the search that it stands in has to be read as a whole. */
  expand(segment: Segment, environment: SearchEnvironment): ExpandedSegment | undefined {
    return segment.expand(environment, this.#read);
  }

  readonly #segmentOf = (text: string, place: Segment['place'], isLast: boolean): Segment => {
    const key = `${place}${isLast ? ' last' : ''}\n${text}`;
    let segment = this.#segments.get(key);
    if (segment === undefined) {
      segment = new Segment(text, place, isLast);
      this.#segments.set(key, segment);
    }
    return segment;
  };

  readonly #read: ReadCommands = (segment, mapped) => {
    const cut = segment.place === 'main' ? undefined : withoutIdleOptions(mapped, this.#language);
    if (cut === undefined) return this.#readAll(segment, mapped);
    const { plain, gaps } = cut;
    const added = gaps.reduce((sum, { length }) => sum + length, 0);
    // They are those of the first command, at whose beginning the segment begins.
    return this.#readAll(segment, plain)?.map(
      (use, index): CommandUse => (index === 0 ? { ...use, gaps } : { ...use, start: use.start + added }),
    );
  };

  #readAll({ place, isLast }: Segment, mapped: MappedText): readonly CommandUse[] | undefined {
    const { text } = mapped;
    const isWritten = (offset: number): boolean => isWrittenAt(mapped, offset);
    const parser = new Parser(isLast ? text : `${text}|`, this.#language, parsePipeline, isWritten);
    parser.end = text.length;
    const stretches = commandStretches(parser, place !== 'main');
    if (stretches === undefined) return undefined;
    const uses: CommandUse[] = [];
    const last = stretches.length - 1;
    const isWhole = mapped.pattern({ start: 0, end: text.length }, isOfSearch) === 'w';
    for (const [index, stretch] of stretches.entries()) {
      const { start, end } = stretch;
      const isFirst = index === 0 && place !== 'later';
      const marks = `${stretch.place}${isFirst ? ' first' : ''}${isLast && index === last ? ' last' : ''}`;
      const pattern = mapped.pattern({ start, end }, isOfSearch);
      const key = `${marks} ${pattern}\n${text.slice(start, end)}`;
      let known = this.#commands.get(key);
      if (known === undefined) {
        known = this.#learn(parseCommandIn(parser, stretch), start, pattern, !isFirst, parser) ?? null;
        this.#commands.set(key, known);
      }
      if (known === null) return undefined;
      uses.push({ known, start, mark: isWhole ? '' : `@${writtenBefore(mapped, start)}` });
    }
    return uses;
  }

  #learn(
    command: Command,
    base: number,
    pattern: string,
    isBehind: boolean,
    parser: Parser,
  ): KnownCommand | undefined {
    if (parser.diagnostics.length > 0) return undefined;
    const syntax = command[syntaxOf];
    if (command.arguments !== undefined && syntax === undefined) return undefined;
    // The check of one command by itself takes it for the first.
    const isMisplaced = syntax?.type === 'generating' && syntax.mayFollow?.(command.arguments) !== true;
    if (isBehind && isMisplaced) return undefined;
    let faults = 0;
    const pipeline = pipelineOf(command);
    checkCalls(pipeline, this.#language, () => faults++);
    checkSearchTexts(parser.text, pipeline, this.#language, () => faults++);
    if (faults > 0) return undefined;
    const { lookups } = collectUses(pipeline, parser.text);
    const { text } = parser;
    return {
      number: nextCommand++,
      command,
      text,
      base,
      pattern,
      lookups,
      set: setFields(pipeline),
      kept: namesKept(command),
      wildcards: wildcardsRead(pipeline),
      heard: [],
      flow: new RecentMap(this.#steps),
    };
  }

  /** What a command does with fields; `fields` is one that this has given, or any fields at all. */
  step(known: KnownCommand, fields: FieldSet): FieldStep {
    const { command, flow } = known;
    let step = flow.get(fields);
    if (step === undefined) {
      const syntax = command[syntaxOf];
      const made =
        command.arguments === undefined || syntax === undefined
          ? anyFields
          : syntax.fields(command.arguments, fields);
      const unmade = unmadeFields(pipelineOf(command), undefined, fields);
      const after = this.#once(made);
      const facts = this.#number(factsOf(known, after, unmade, (of) => this.#numberOf(of)));
      step = { after, fromEvents: unmade.fromEvents, missing: unmade.missing, facts };
      flow.set(fields, step);
    }
    return step;
  }

  /**
   * What a segment says of the fields that it is given, and those behind it. The facts are the same as long as it says the
   * same, as `SearchAnalysis.facts` has it.
   */
  factsOf({ commands, says }: ExpandedSegment, before: FieldSet): { facts: string; after: FieldSet } {
    let facts = '';
    let after = before;
    for (const { known, mark } of commands) {
      const step = this.step(known, after);
      facts += ` ${step.facts}${mark}`;
      after = step.after;
    }
    return { facts: facts + says, after };
  }

  #number(facts: string): number {
    let number = this.#facts.get(facts);
    if (number === undefined) {
      number = nextFacts++;
      this.#facts.set(facts, number);
    }
    return number;
  }

  #numberOf(fields: FieldSet): number {
    return this.#fieldNumbers.get(fields) ?? this.#number(fieldsKey(fields));
  }

  #once(fields: FieldSet): FieldSet {
    if (fields === anyFields || this.#fieldNumbers.has(fields)) return fields;
    const key = fieldsKey(fields);
    const same = this.#fields.get(key);
    if (same !== undefined) return same;
    this.#fields.set(key, fields);
    this.#fieldNumbers.set(fields, this.#number(key));
    return fields;
  }
}
