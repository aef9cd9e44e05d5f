// The names that a search gives to what it computes.
import type { NamedField } from './grammar-parts.js';
import type { FieldName, Pipeline } from './tree.js';
import { walkPipeline } from './walk.js';

/** What the commands that set fields keep them under; any of them may lack. */
interface Settings {
  readonly assignments?: readonly { readonly field: FieldName }[];
  readonly renames?: readonly { readonly to: FieldName }[];
  readonly output?: { readonly fields?: readonly NamedField[] };
}

/** A field that a command sets under a name of the author's choice. */
export interface SetField {
  readonly field: FieldName;
  /** Where the command that sets it ends. */
  readonly end: number;
}

/** Fields set by eval, rename, lookup and the AS of aggregates, in a pipeline and its subsearches. */
export function setFields(pipeline: Pipeline): SetField[] {
  const found: SetField[] = [];
  walkPipeline(pipeline, {
    command(command) {
      const args = (command.arguments ?? {}) as Settings;
      const { end } = command.span;
      if (command.name === 'eval') for (const { field } of args.assignments ?? []) found.push({ field, end });
      if (command.name === 'rename') for (const { to } of args.renames ?? []) found.push({ field: to, end });
      if (command.name === 'lookup')
        for (const { field, as } of args.output?.fields ?? []) found.push({ field: as ?? field, end });
    },
    aggregation({ as }, command) {
      if (as !== undefined) found.push({ field: as, end: command.span.end });
    },
  });
  return found;
}
