// The names that a search gives to what it computes, and those that it keeps by naming them.
import { anyFields, type FieldSet } from './field-set.js';
import { type Command, type FieldName, type Pipeline, syntaxOf } from './tree.js';
import { walkPipeline } from './walk.js';

/** A field that a command sets under a name of the author's choice. */
export interface SetField {
  readonly field: FieldName;
  /** Name of the command that sets it, and where that ends. */
  readonly by: string;
  readonly end: number;
}

/** Fields set by eval, rename, lookup and their like and by the AS of aggregates, in a pipeline and its subsearches. */
export function setFields(pipeline: Pipeline): SetField[] {
  const found: SetField[] = [];
  walkPipeline(pipeline, {
    command(command) {
      if (command.arguments === undefined) return;
      for (const field of command[syntaxOf]?.sets?.(command.arguments) ?? [])
        found.push({ field, by: command.name, end: command.span.end });
    },
    aggregation({ as }, command) {
      if (as !== undefined) found.push({ field: as, by: command.name, end: command.span.end });
    },
  });
  return found;
}

/** A field that a transforming command lets through by its name. */
export interface KeptField {
  readonly field: FieldName;
  /** Name of the command, where it ends, and the fields after it. */
  readonly by: string;
  readonly end: number;
  readonly after: FieldSet;
}

/** The names that a command of the pipeline itself keeps: those of a `by` clause of one that transforms. */
export function namesKept(command: Command): readonly FieldName[] {
  const syntax = command[syntaxOf];
  if (command.arguments === undefined || syntax?.type !== 'transforming') return [];
  return syntax.reads?.(command.arguments) ?? [];
}

/** Fields that the commands of a pipeline itself keep; `fields` are those after each. */
export function keptFields({ commands }: Pipeline, fields: readonly FieldSet[]): KeptField[] {
  return commands.flatMap((command, index) =>
    namesKept(command).map((field) => ({
      field,
      by: command.name,
      end: command.span.end,
      after: fields[index] ?? anyFields,
    })),
  );
}

/** Stands among the wildcards of a search whose commands read fields that it does not name. */
export const everything = '**';

/** The names with wildcards that commands read: `stats max(*_score)`, `addtotals a*`, `table x_*`. */
export function wildcardsRead(pipeline: Pipeline): readonly string[] {
  const found: string[] = [];
  const add = (name: string): void => {
    if (name.includes('*')) found.push(name);
  };
  walkPipeline(pipeline, {
    command(command) {
      if (command.arguments === undefined) return;
      const syntax = command[syntaxOf];
      if (syntax?.readsAll?.(command.arguments) === true) found.push(everything);
      for (const { name } of syntax?.reads?.(command.arguments) ?? []) add(name);
    },
    expression(expression) {
      // A template makes up the names.
      if (expression.kind === 'field' && /^<<MATCH\w+>>$/.test(expression.name)) found.push(everything);
    },
    aggregation({ argument }) {
      if (argument !== undefined && 'name' in argument) add(argument.name);
    },
  });
  return found;
}
