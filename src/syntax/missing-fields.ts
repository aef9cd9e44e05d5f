// Fields that a command reads though no earlier command lets them through, and those that only events can have.

import { isDerivedField } from '../default-fields.js';
import type { Span } from '../diagnostic/diagnostic.js';
import { addFields, anyFields, type FieldSet, isUncertain, matchesWildcard, mayHave } from './field-set.js';
import { type Command, type Expression, type FieldName, type Pipeline, syntaxOf } from './tree.js';
import { walkPipeline } from './walk.js';

/** A field that is read where rows can't have it. */
export interface MissingField {
  readonly name: string;
  readonly span: Span;
  /** The command that reads it. */
  readonly command: Pick<Command, 'name'>;
  /** The fields there are. */
  readonly available: FieldSet;
  /** The last command before that had it, or could have; undefined when none did. */
  readonly droppedBy?: Pick<Command, 'name'>;
  /** It stands without quotes on the right of a comparison: its author may have meant a text. */
  readonly bareWord: boolean;
  /** It is asked whether the field is there (`coalesce`, `isnull`): that it is not may be what is expected. */
  readonly asked: boolean;
}

/** A field that no command has made: when rows have it, they have it from the events. */
export interface EventField {
  readonly name: string;
  readonly span: Span;
  /** It stands without quotes on the right of a comparison: its author may have meant a text. */
  readonly bareWord?: true;
  /** What the commands before made; not told of fields that a subsearch reads. */
  readonly available?: FieldSet;
}

/** The fields that a search reads and no command before makes; each name once per command. */
export interface UnmadeFields {
  readonly missing: readonly MissingField[];
  readonly fromEvents: readonly EventField[];
}

// Words that stand for themselves in expressions.
const constants: ReadonlySet<string> = new Set([
  'null',
  'NULL',
  'true',
  'false',
  'True',
  'False',
  'TRUE',
  'FALSE',
]);
const tolerant: ReadonlySet<string> = new Set(['coalesce', 'isnull', 'isnotnull', 'typeof']);

/** How far a pipeline has been read. */
interface Progress {
  /** What the next command is given. */
  fields: FieldSet;
  index: number;
  /** The commands so far that could be read without a break, with what each was given. */
  readonly before: Step[];
}
interface Step {
  readonly command: Command;
  readonly fields: FieldSet;
}

/**
 * Finds them in a pipeline and its subsearches, in one walk.
 *
 * @param flow  the fields after every command of the pipeline, where they are known already
 * @param input the fields that the pipeline is given
 */
export function unmadeFields(
  pipeline: Pipeline,
  flow?: readonly FieldSet[],
  input: FieldSet = anyFields,
): UnmadeFields {
  const missing: MissingField[] = [];
  const fromEvents: EventField[] = [];
  const pipelines = new Map<Pipeline, Progress>();
  const readers = new Map<Command, Reader>();
  let current: Reader | undefined;
  const readerOf = (command: Command): Reader | undefined => {
    if (current?.command !== command) current = readers.get(command);
    return current;
  };
  walkPipeline(pipeline, {
    pipeline(nested, owner) {
      const reader = owner === undefined ? undefined : readers.get(owner);
      // Templates are filled in before they run: their fields are not known yet.
      if (owner !== undefined && (reader === undefined || owner.name === 'foreach' || owner.name === 'map'))
        return;
      // A subsearch reads its own data, or for appendpipe the results so far.
      const fields = owner === undefined ? input : owner.name === 'appendpipe' ? reader!.fields : anyFields;
      pipelines.set(nested, { fields, index: 0, before: [] });
    },
    command(command, owner) {
      const progress = pipelines.get(owner);
      if (progress === undefined) return;
      const { fields, before } = progress;
      const after = owner === pipeline ? flow?.[progress.index] : undefined;
      progress.index++;
      if (command.arguments === undefined) {
        progress.fields = anyFields;
        before.length = 0;
        return;
      }
      const syntax = command[syntaxOf];
      if (syntax === undefined) {
        pipelines.delete(owner);
        return;
      }
      const isChecked = syntax.type !== 'generating' || syntax.name === 'search';
      current = new Reader(command, fields, before, isChecked, owner === pipeline, missing, fromEvents);
      readers.set(command, current);
      const reads = isChecked ? syntax.reads?.(command.arguments) : undefined;
      if (reads !== undefined) for (const { name, span } of reads) current.read(name, span);
      before.push({ command, fields });
      progress.fields = after ?? syntax.fields(command.arguments, fields);
    },
    expression: (expression, command) => readerOf(command)?.expression(expression),
    search(expression, command) {
      if (expression.kind === 'comparison' || expression.kind === 'in')
        readerOf(command)?.read(expression.field.name, expression.field.span);
    },
    aggregation({ argument }, command) {
      if (argument !== undefined && 'name' in argument && !('kind' in argument))
        readerOf(command)?.read(argument.name, argument.span);
    },
  });
  // What a command reads by its options is taken before what stands in its expressions.
  const byPlace = (a: { readonly span: Span }, b: { readonly span: Span }): number =>
    a.span.start - b.span.start;
  if (missing.length > 1) missing.sort(byPlace);
  if (fromEvents.length > 1) fromEvents.sort(byPlace);
  return { missing, fromEvents };
}

/** Takes what one command reads. */
class Reader {
  readonly command: Command;
  /** What the command is given. */
  readonly fields: FieldSet;
  /** That, and what the command itself sets before it reads it. */
  readonly #available: FieldSet;
  readonly #before: readonly Step[];
  /** How many commands were before this one. */
  readonly #count: number;
  readonly #isChecked: boolean;
  readonly #isMain: boolean;
  readonly #missing: MissingField[];
  readonly #fromEvents: EventField[];
  #seen: Set<string> | undefined;
  /** What stands on the right of a comparison, without quotes. */
  #compared: Set<Expression> | undefined;
  /** The end of the last call that asks whether a field is there. */
  #askedUntil = -1;

  constructor(
    command: Command,
    fields: FieldSet,
    before: readonly Step[],
    isChecked: boolean,
    isMain: boolean,
    missing: MissingField[],
    fromEvents: EventField[],
  ) {
    this.command = command;
    this.fields = fields;
    // What eval sets may be read by what it sets later.
    this.#available = command.name === 'eval' ? addFields(fields, assigned(command.arguments)) : fields;
    this.#before = before;
    this.#count = before.length;
    this.#isChecked = isChecked;
    this.#isMain = isMain;
    this.#missing = missing;
    this.#fromEvents = fromEvents;
  }

  expression(expression: Expression): void {
    if (expression.kind === 'field')
      this.read(expression.name, expression.span, this.#compared?.has(expression) ?? false);
    else if (expression.kind === 'binary' && isComparison(expression)) {
      this.#compared ??= new Set();
      this.#compared.add(expression.right);
    } else if (expression.kind === 'call' && tolerant.has(expression.name.toLowerCase()))
      this.#askedUntil = Math.max(this.#askedUntil, expression.span.end);
  }

  read(name: string, span: Span, bareWord = false): void {
    const available = this.#available;
    if (!this.#isChecked || available.known.has(name) || this.#seen?.has(name) === true) return;
    if (name.includes('*') || isUncertain(name) || constants.has(name) || isDerivedField(name)) return;
    if (mayHave(available, name)) {
      this.#see(name);
      if (!available.closed && !available.patterns.some((like) => matchesWildcard(name, like)))
        this.#fromEvents.push({
          name,
          span,
          ...(bareWord ? { bareWord } : {}),
          ...(this.#isMain ? { available: this.fields } : {}),
        });
      return;
    }
    const asked = span.end <= this.#askedUntil;
    if (!asked) this.#see(name);
    const droppedBy = this.#before
      .slice(0, this.#count)
      .findLast((step) => mayHave(step.fields, name))?.command;
    this.#missing.push({
      name,
      span,
      command: this.command,
      available: this.fields,
      bareWord,
      asked,
      ...(droppedBy === undefined ? {} : { droppedBy }),
    });
  }

  #see(name: string): void {
    this.#seen ??= new Set();
    this.#seen.add(name);
  }
}

function assigned(args: unknown): string[] {
  const { assignments } = args as { readonly assignments: readonly { readonly field: FieldName }[] };
  return assignments.map((item) => item.field.name);
}

/** Whether a field is compared with a word that has no quotes. */
function isComparison({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): boolean {
  const equality = operator === '=' || operator === '==' || operator === '!=';
  return equality && left.kind === 'field' && right.kind === 'field' && !right.quoted;
}
