// Aggregates as written become planned ones: named, checked, and free of a data set's prefix where there is one.
import { outputName } from '../syntax/aggregation.js';
import type { Aggregation, FieldName } from '../syntax/tree.js';
import type { PlanContext, PlannedAggregation } from './operator.js';

/** Plans the aggregates of stats and its relatives. `rename` gives the field to read for one that is named. */
export function plannedAggregations(
  list: readonly Aggregation[],
  context: PlanContext,
  rename: (name: string) => string = (name) => name,
): PlannedAggregation[] {
  return list.map((item) => plannedAggregation(item, context, rename));
}

function plannedAggregation(
  item: Aggregation,
  context: PlanContext,
  rename: (name: string) => string,
): PlannedAggregation {
  const { argument } = item;
  if (item.macro !== undefined || (argument !== undefined && 'kind' in argument))
    return context.refuse('a macro among the aggregates is not filled in');
  const base = {
    function: item.function,
    ...(item.parameter === undefined ? {} : { parameter: item.parameter }),
    as: outputName(item),
  };
  if (item.sparkline !== undefined) {
    const { of, span } = item.sparkline;
    if (of.function !== 'count' || of.argument !== undefined || span !== undefined)
      context.refuse('a sparkline of anything but "count", or with a span, cannot be evaluated locally');
  }
  if (argument === undefined) return base;
  if ('expression' in argument) {
    if (item.as === undefined)
      context.refuse(
        `"${item.written}(eval(…))" needs a name for its result`,
        `write ${item.written}(eval(…)) AS <field>`,
        'syntax',
      );
    return { ...base, expression: argument.expression };
  }
  return { ...base, field: rename((argument as FieldName).name) };
}

/** Names of fields. */
export function namesOf(fields: readonly FieldName[] | undefined): string[] {
  return (fields ?? []).map((field) => field.name);
}
