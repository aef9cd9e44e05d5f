// Commands that were read before: where the same text stands again, in whatever search, what is known of it is the same.
import { checkCalls } from './check-calls.js';
import { checkSearchTexts } from './check-search-text.js';
import { anyFields, type FieldSet } from './field-set.js';
import type { SyntaxLanguage } from './language.js';
import type { Expansion } from './macros.js';
import { type EventField, type MissingField, unmadeFields } from './missing-fields.js';
import { Parser } from './parser.js';
import { commandStretches, parseCommandIn, parsePipeline } from './pipeline.js';
import { namesKept, type SetField, setFields, wildcardsRead } from './set-fields.js';
import { type Command, type FieldName, type Pipeline, syntaxOf } from './tree.js';
import { collectUses, type SearchUses } from './uses.js';

/** A command without a fault of its own. Spans of what it holds count in the search that it was first read in. */
export interface KnownCommand {
  readonly command: Command;
  /** The expanded text of that search. */
  readonly text: string;
  /** Where its stretch began in that search. */
  readonly base: number;
  /** What of the stretch stands in the search itself, as `Expansion.pattern` says it. */
  readonly pattern: string;
  readonly lookups: SearchUses['lookups'];
  readonly set: readonly SetField[];
  readonly kept: readonly FieldName[];
  readonly wildcards: readonly string[];
  /** What it makes of the fields that it is given. */
  readonly flow: Map<FieldSet, FieldStep>;
}

/** What a command does with the fields that it is given. */
export interface FieldStep {
  readonly after: FieldSet;
  /** Fields that it reads and only events can have; spans as those of the command. */
  readonly fromEvents: readonly EventField[];
  /** Fields that it reads and no result has; which command before it let them go is not known here. */
  readonly missing: readonly MissingField[];
  /** A number that is the same for steps with the same facts, wherever they stand; undefined when a field is missing. */
  readonly facts: number | undefined;
}

/** A command of a search. */
export interface CommandUse {
  readonly known: KnownCommand;
  /** Where its stretch begins in this search. */
  readonly start: number;
}

/** Commands and fields beyond so many are forgotten, all at once: editing for hours makes ever new ones. */
const mostCommands = 30_000;

/** A pipeline of one command. */
export const pipelineOf = (command: Command): Pipeline => ({
  kind: 'pipeline',
  leadingPipe: false,
  commands: [command],
  span: command.span,
});

/** Never given twice, also when what has a number is forgotten. */
let nextFacts = 0;

/**
 * What a command says of fields and lookups to those who look at a search as a whole: the fields after it, those that it
 * reads of events, sets and keeps in the order in which they stand, whether the author wrote them, and lookups
 * with their columns.
 */
function factsOf(known: KnownCommand, after: FieldSet, read: readonly EventField[]): string {
  const { command, base, pattern, set, kept, wildcards, lookups } = known;
  const isWritten = writtenIn(pattern);
  const fact = (at: number, says: string, { name, span }: Pick<FieldName, 'name' | 'span'>) =>
    [at, says, name, isWritten(span.start - base)] as const;
  const names = [
    ...read.map((field) => fact(field.span.start, 'read', field)),
    ...set.map(({ field, by, end }) => fact(end, by, field)),
    ...kept.map((field) => fact(command.span.end, 'kept', field)),
  ].sort(([a], [b]) => a - b);
  return JSON.stringify([
    command.name,
    fieldsKey(after),
    names.map(([, ...says]) => says),
    wildcards,
    lookups.map(({ name, writes, columns }) => [name, writes, columns.map((column) => column.name)]),
  ]);
}

/** Whether an offset of a stretch stands in the search itself, by the pattern of the stretch. */
function writtenIn(pattern: string): (offset: number) => boolean {
  let end = 0;
  const runs = [...pattern.matchAll(/([wm])(\d*)/g)].map(([, kind, length]) => {
    end += length === '' ? Number.POSITIVE_INFINITY : Number(length);
    return { isWritten: kind === 'w', end };
  });
  return (offset) => runs.find((run) => offset < run.end)?.isWritten ?? true;
}

const fieldsKey = ({ closed, known, removed, patterns }: FieldSet): string =>
  [String(closed), ...known, '', ...removed, '', ...patterns].join('\n');

/** What was read so far in one language. */
export class CommandMemo {
  readonly #language: SyntaxLanguage;
  /** By everything that the reading of a command looks at; undefined for one with faults. */
  readonly #commands = new Map<string, KnownCommand | undefined>();
  /** Each set of fields once, so that a command given the same again is found. */
  readonly #fields = new Map<string, FieldSet>();
  readonly #facts = new Map<string, number>();

  constructor(language: SyntaxLanguage) {
    this.#language = language;
  }

  /** The commands of a search; undefined when it has any fault, for then they do not stand each for itself. */
  commandsOf(expansion: Expansion): readonly CommandUse[] | undefined {
    const { text } = expansion;
    const parser = new Parser(text, this.#language, parsePipeline, expansion.isWritten);
    const stretches = commandStretches(parser);
    if (stretches === undefined) return undefined;
    if (this.#commands.size > mostCommands) this.#commands.clear();
    const uses: CommandUse[] = [];
    const last = stretches.length - 1;
    for (const [index, stretch] of stretches.entries()) {
      const { start, end, place } = stretch;
      const marks = `${place}${index === 0 ? ' first' : ''}${index === last ? ' last' : ''}`;
      const pattern = expansion.pattern({ start, end });
      const key = `${marks} ${pattern}\n${text.slice(start, end)}`;
      let known = this.#commands.get(key);
      if (known === undefined) {
        if (this.#commands.has(key)) return undefined;
        const tree = parseCommandIn(parser, stretch);
        known = this.#learn(tree, start, pattern, index > 0, parser);
        this.#commands.set(key, known);
        if (known === undefined) return undefined;
      }
      uses.push({ known, start });
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
      command,
      text,
      base,
      pattern,
      lookups,
      set: setFields(pipeline),
      kept: namesKept(command),
      wildcards: wildcardsRead(pipeline),
      flow: new Map(),
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
      const { missing, fromEvents } = unmadeFields(pipelineOf(command), undefined, fields);
      const after = this.#once(made);
      const facts = missing.length > 0 ? undefined : this.#number(factsOf(known, after, fromEvents));
      step = { after, fromEvents, missing, facts };
      flow.set(fields, step);
    }
    return step;
  }

  #number(facts: string): number {
    let number = this.#facts.get(facts);
    if (number === undefined) {
      if (this.#facts.size > mostCommands) this.#facts.clear();
      number = nextFacts++;
      this.#facts.set(facts, number);
    }
    return number;
  }

  #once(fields: FieldSet): FieldSet {
    if (fields === anyFields) return fields;
    const key = fieldsKey(fields);
    const same = this.#fields.get(key);
    if (same !== undefined) return same;
    if (this.#fields.size > mostCommands) this.#fields.clear();
    this.#fields.set(key, fields);
    return fields;
  }
}
