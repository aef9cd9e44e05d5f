// Fields that a command reads though no earlier command lets them through, and those that only events can have.

import type { Span } from '../diagnostic/diagnostic.js';
import { addFields, anyFields, type FieldSet, isUncertain, matchesWildcard, mayHave } from './field-set.js';
import { type Command, type Expression, type FieldName, type Pipeline, syntaxOf } from './tree.js';
import { walkArguments, walkPipeline } from './walk.js';

/** A field that is read where rows can't have it. */
export interface MissingField {
  readonly name: string;
  readonly span: Span;
  /** The command that reads it. */
  readonly command: Command;
  /** The fields there are. */
  readonly available: FieldSet;
  /** The last command before that had it, or could have; undefined when none did. */
  readonly droppedBy?: Command;
  /** It stands without quotes on the right of a comparison: its author may have meant a text. */
  readonly bareWord: boolean;
  /** It is asked whether the field is there (`coalesce`, `isnull`): that it is not may be what is expected. */
  readonly asked: boolean;
}

/** A field that no command has made: when rows have it, they have it from the events. */
export interface EventField {
  readonly name: string;
  readonly span: Span;
}

/** The fields that a search reads and no command before makes; each name once per command. */
export interface UnmadeFields {
  readonly missing: readonly MissingField[];
  readonly fromEvents: readonly EventField[];
}

interface Found {
  readonly missing: MissingField[];
  readonly fromEvents: EventField[];
}

// Words that stand for themselves in expressions, and fields that Splunk makes when they are asked for.
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
const virtual = /^(?:tag|eventtype|tag::.*|punct|linecount|splunk_server.*|date_\w+)$/;

/**
 * Finds them in a pipeline and its subsearches.
 *
 * @param flow the fields after every command of the pipeline, where they are known already
 */
export function unmadeFields(pipeline: Pipeline, flow?: readonly FieldSet[]): UnmadeFields {
  const found: Found = { missing: [], fromEvents: [] };
  collect(pipeline, anyFields, subsearchesOf(pipeline), found, flow);
  return found;
}

type Subsearches = ReadonlyMap<Command, readonly Pipeline[]>;

/** The subsearches of every command that has some. */
function subsearchesOf(pipeline: Pipeline): Subsearches {
  const found = new Map<Command, Pipeline[]>();
  walkPipeline(pipeline, {
    pipeline(nested, owner) {
      // Templates are filled in before they run: their fields are not known yet.
      if (owner === undefined || owner.name === 'foreach' || owner.name === 'map') return;
      const list = found.get(owner);
      if (list === undefined) found.set(owner, [nested]);
      else list.push(nested);
    },
  });
  return found;
}

function collect(
  pipeline: Pipeline,
  input: FieldSet,
  subsearches: Subsearches,
  found: Found,
  flow?: readonly FieldSet[],
): void {
  let fields = input;
  const before: { readonly command: Command; readonly fields: FieldSet }[] = [];
  for (const [index, command] of pipeline.commands.entries()) {
    if (command.arguments === undefined) {
      fields = anyFields;
      before.length = 0;
      continue;
    }
    const syntax = command[syntaxOf];
    if (syntax === undefined) return;
    if (syntax.type !== 'generating' || syntax.name === 'search') check(command, fields, before, found);
    for (const nested of subsearches.get(command) ?? [])
      collect(nested, subsearchInput(command, fields), subsearches, found);
    before.push({ command, fields });
    fields = flow?.[index] ?? syntax.fields(command.arguments, fields);
  }
}

/** What a subsearch reads: its own data, or for appendpipe the results so far. */
function subsearchInput(command: Command, fields: FieldSet): FieldSet {
  return command.name === 'appendpipe' ? fields : anyFields;
}

function check(
  command: Command,
  fields: FieldSet,
  before: readonly { readonly command: Command; readonly fields: FieldSet }[],
  found: Found,
): void {
  const seen = new Set<string>();
  // What eval sets may be read by what it sets later.
  const available = command.name === 'eval' ? addFields(fields, assigned(command.arguments)) : fields;
  const compared = new Set<Expression>();
  // The end of the last call that asks whether a field is there.
  let askedUntil = -1;
  const read = (name: string, span: Span, bareWord = false): void => {
    if (seen.has(name) || available.known.has(name)) return;
    if (name.includes('*') || isUncertain(name) || constants.has(name) || virtual.test(name)) return;
    if (mayHave(available, name)) {
      seen.add(name);
      if (!available.closed && !bareWord && !available.patterns.some((like) => matchesWildcard(name, like)))
        found.fromEvents.push({ name, span });
      return;
    }
    const asked = span.end <= askedUntil;
    if (!asked) seen.add(name);
    const droppedBy = before.findLast((step) => mayHave(step.fields, name))?.command;
    found.missing.push({
      name,
      span,
      command,
      available: fields,
      bareWord,
      asked,
      ...(droppedBy === undefined ? {} : { droppedBy }),
    });
  };
  walkArguments(command, {
    expression(expression) {
      if (expression.kind === 'binary' && isComparison(expression)) compared.add(expression.right);
      if (expression.kind === 'field') read(expression.name, expression.span, compared.has(expression));
      if (expression.kind === 'call' && tolerant.has(expression.name.toLowerCase()))
        askedUntil = Math.max(askedUntil, expression.span.end);
    },
    search(expression) {
      if (expression.kind === 'comparison' || expression.kind === 'in')
        read(expression.field.name, expression.field.span);
    },
    aggregation({ argument }) {
      if (argument !== undefined && 'name' in argument && !('kind' in argument))
        read(argument.name, argument.span);
    },
  });
  for (const { name, span } of command[syntaxOf]?.reads?.(command.arguments) ?? []) read(name, span);
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
