// Aggregates as written become planned ones: named, checked, and free of a data set's prefix where there is one.

import { spanSeconds } from '../runtime/time-bin.js';
import { outputName } from '../syntax/aggregation.js';
import { readSpan } from '../syntax/grammar-values.js';
import type { Aggregation, Expression, FieldName } from '../syntax/tree.js';
import { fieldNode } from './expressions.js';
import type { PlanContext, PlannedAggregation, PlannedFormula } from './operator.js';

/** Plans the aggregates of stats and its relatives. `rename` gives the field to read for one that is named. */
export function plannedAggregations(
  list: readonly Aggregation[],
  context: PlanContext,
  rename: (name: string) => string = (name) => name,
): PlannedAggregation[] {
  return list.map((item) => {
    const { argument } = item;
    if (item.as === undefined && argument !== undefined && 'expression' in argument)
      context.refuse(
        `"${item.written}(eval(…))" needs a name for its result`,
        `write ${item.written}(eval(…)) AS <field>`,
        'syntax',
      );
    return plannedAggregation(item, context, rename);
  });
}

/** Plans the aggregates of chart and timechart, which may also be expressions over aggregates: `eval(avg(a)/max(b))`. */
export function chartAggregations(
  list: readonly Aggregation[],
  context: PlanContext,
): (PlannedAggregation | PlannedFormula)[] {
  return list.map((item) => {
    const { argument } = item;
    if (item.function !== 'eval' || argument === undefined || !('expression' in argument))
      return plannedAggregation(item, context, (name) => name);
    const aggregates = argument.aggregates ?? [];
    return {
      as: outputName(item),
      formula: overResults(argument.expression, aggregates),
      over: aggregates.map((part) => plannedAggregation(part, context, (name) => name)),
    };
  });
}

/** An expression whose aggregates are replaced by fields with the names of their output. */
function overResults(expression: Expression, aggregates: readonly Aggregation[]): Expression {
  const found = aggregates.find(
    ({ span }) => span.start === expression.span.start && span.end === expression.span.end,
  );
  if (found !== undefined) return { ...fieldNode(outputName(found)), span: expression.span };
  const inside = (part: Expression): Expression => overResults(part, aggregates);
  switch (expression.kind) {
    case 'binary':
      return { ...expression, left: inside(expression.left), right: inside(expression.right) };
    case 'unary':
      return { ...expression, operand: inside(expression.operand) };
    case 'in':
      return { ...expression, operand: inside(expression.operand), values: expression.values.map(inside) };
    case 'call':
      return { ...expression, arguments: expression.arguments.map(inside) };
    default:
      return expression;
  }
}

function plannedAggregation(
  item: Aggregation,
  context: PlanContext,
  rename: (name: string) => string,
): PlannedAggregation {
  const { argument } = item;
  if (item.macro !== undefined || (argument !== undefined && 'kind' in argument))
    return context.refuse('a macro among the aggregates is not filled in');
  if (item.sparkline !== undefined) {
    const { of, span } = item.sparkline;
    const { function: name, as: _, ...inner } = plannedAggregation(of, context, rename);
    if (!drawable.has(name))
      context.refuse(
        `a sparkline cannot be drawn of "${of.written}"`,
        'draw count, dc, avg, stdev, stdevp, var, varp, sum, sumsq, min, max or range',
        'invalid-argument',
      );
    return {
      ...inner,
      function: item.function,
      drawn: { function: name, ...(span === undefined ? {} : { span: secondsOf(span, context) }) },
      as: outputName(item),
    };
  }
  const base = {
    function: item.function,
    ...(item.parameter === undefined ? {} : { parameter: item.parameter }),
    as: outputName(item),
  };
  if (argument === undefined) return base;
  if ('expression' in argument) return { ...base, expression: argument.expression };
  return { ...base, field: rename((argument as FieldName).name) };
}

/** What a sparkline can be drawn of (Search Reference, stats, "sparkline-func"). */
const drawable = new Set([
  'count',
  'dc',
  'distinct_count',
  'avg',
  'mean',
  'stdev',
  'stdevp',
  'var',
  'varp',
  'sum',
  'sumsq',
  'min',
  'max',
  'range',
]);

/** Seconds of a point of a sparkline. */
function secondsOf(text: string, context: PlanContext): number {
  const span = readSpan(text);
  if (span?.kind === 'time') return spanSeconds(span);
  if (span?.kind === 'number') return span.size;
  return context.refuse(
    `a point of a sparkline is a span of time such as 5m, found "${text}"`,
    undefined,
    'argument-type',
  );
}

/** Names of fields. */
export function namesOf(fields: readonly FieldName[] | undefined): string[] {
  return (fields ?? []).map((field) => field.name);
}
