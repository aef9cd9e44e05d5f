// What a search names outside of itself: lookups and data models.
import type { Span } from '../diagnostic/diagnostic.js';
import { type Command, type Expression, type FieldName, type Pipeline, syntaxOf } from './tree.js';
import { walkPipeline } from './walk.js';

/** A lookup that a search reads or writes, by definition or file name as written. */
export interface LookupUse {
  readonly name: string;
  readonly span: Span;
  readonly writes: boolean;
  /** Columns of the table that are named. */
  readonly columns: readonly FieldName[];
}

/** A data model that a search reads. */
export interface DataModelUse {
  readonly model: string;
  /** Path of the data set below the model; undefined for its root. */
  readonly dataset?: string;
  readonly span: Span;
  readonly command: Command;
}

export interface SearchUses {
  /** In order of use, every time it is named. */
  readonly lookups: readonly LookupUse[];
  readonly dataModels: readonly DataModelUse[];
}

/** What the arguments of one command name. */
export interface CommandUses {
  readonly lookups?: readonly {
    readonly name: string;
    readonly span?: Span;
    readonly writes?: boolean;
    readonly columns?: readonly FieldName[];
  }[];
  readonly dataModels?: readonly {
    readonly model: string;
    readonly dataset?: string;
    readonly span?: Span;
  }[];
}

/** Where a name stands in the text of a command. */
function spanOfName(name: string, command: Command, text: string): Span {
  const start = text.indexOf(name, command.nameSpan.end);
  return start < 0 || start >= command.span.end ? command.span : { start, end: start + name.length };
}

/** The columns that a `lookup()` call names: keys of its object of inputs, and the list of its outputs. */
function columnsOfCall([, inputs, outputs]: readonly Expression[]): FieldName[] {
  const columns: FieldName[] = [];
  const add = (expression: Expression): void => {
    if (expression.kind === 'string')
      columns.push({ name: expression.value, quoted: true, span: expression.span });
  };
  const argumentsOf = (expression: Expression | undefined, name: string) =>
    expression?.kind === 'call' && expression.name.toLowerCase() === name ? expression.arguments : [];
  argumentsOf(inputs, 'json_object').forEach((item, index) => {
    if (index % 2 === 0) add(item);
  });
  argumentsOf(outputs, 'json_array').forEach(add);
  return columns;
}

/** Gathers what the commands of a pipeline and its subsearches name, and `lookup()` calls; `text` is what was parsed. */
export function collectUses(pipeline: Pipeline, text: string): SearchUses {
  const lookups: LookupUse[] = [];
  const dataModels: DataModelUse[] = [];
  walkPipeline(pipeline, {
    command(command) {
      const uses = command.arguments === undefined ? undefined : command[syntaxOf]?.uses?.(command.arguments);
      if (uses === undefined) return;
      for (const { name, span, writes, columns } of uses.lookups ?? [])
        lookups.push({
          name,
          span: span ?? spanOfName(name, command, text),
          writes: writes ?? false,
          columns: columns ?? [],
        });
      for (const { model, dataset, span } of uses.dataModels ?? [])
        dataModels.push({
          model,
          ...(dataset === undefined ? {} : { dataset }),
          span: span ?? spanOfName(model, command, text),
          command,
        });
    },
    expression(expression) {
      if (expression.kind !== 'call' || expression.name.toLowerCase() !== 'lookup') return;
      const [name] = expression.arguments;
      if (name?.kind === 'string')
        lookups.push({
          name: name.value,
          span: name.span,
          writes: false,
          columns: columnsOfCall(expression.arguments),
        });
    },
  });
  return { lookups, dataModels };
}
