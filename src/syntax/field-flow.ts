// Field tracking: which fields leave each command of a pipeline.

import { outputName } from './aggregation.js';
import { anyFields, type FieldSet } from './field-set.js';
import type { Aggregation, Pipeline } from './tree.js';
import { syntaxOf } from './tree.js';

/** The fields after every command, in order. A command that could not be read lets anything through. */
export function fieldFlow(pipeline: Pipeline, input: FieldSet = anyFields): readonly FieldSet[] {
  const flow: FieldSet[] = [];
  let current = input;
  for (const command of pipeline.commands) {
    const syntax = command[syntaxOf];
    current =
      syntax === undefined || command.arguments === undefined
        ? anyFields
        : syntax.fields(command.arguments, current);
    flow.push(current);
  }
  return flow;
}

/** The fields that leave a pipeline. */
export function pipelineFields(pipeline: Pipeline, input: FieldSet = anyFields): FieldSet {
  return fieldFlow(pipeline, input).at(-1) ?? input;
}

/** The names that aggregates put out; an unexpanded macro among them counts as an uncertain name. */
export function aggregationNames(list: readonly Aggregation[]): string[] {
  return list.map((item) => (item.macro === undefined ? outputName(item) : `\`${item.macro.name}\``));
}
