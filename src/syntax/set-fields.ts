// The names that a search gives to what it computes, and those that it keeps by naming them.
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

/** Fields that transforming commands of the pipeline itself let through by their names: those of a `by` clause. */
export function keptFields(pipeline: Pipeline): { readonly field: FieldName; readonly command: Command }[] {
  return pipeline.commands.flatMap((command) => {
    const syntax = command[syntaxOf];
    if (command.arguments === undefined || syntax?.type !== 'transforming') return [];
    return (syntax.reads?.(command.arguments) ?? []).map((field) => ({ field, command }));
  });
}
