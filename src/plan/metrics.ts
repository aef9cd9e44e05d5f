// Metric events: a measure is a field `metric_name:cpu.idle`, or `_value` of an event whose `metric_name` is cpu.idle.
import { spanSeconds } from '../runtime/time-bin.js';
import type { Aggregation, BinSpan, FieldName, SearchExpression, SearchValue } from '../syntax/tree.js';
import { callNode, fieldNode, textNode } from './expressions.js';
import type { Operator, PlanContext } from './operator.js';

/** `_time`, by which mstats groups when it is given a span. */
export const timeField: FieldName = { name: '_time', quoted: false, span: { start: 0, end: 0 } };

/** The field of a measure that a wildcard names; dimensions are none (Search Reference, mstats, wc-field). */
export const measureField = (name: string): string => (name.includes('*') ? `metric_name:${name}` : name);

/** The events, with every measure that the aggregates read as a field of its own name. */
export function metricRows(aggregations: readonly Aggregation[], named: readonly string[] = []): Operator {
  const names = new Set(
    aggregations.flatMap((item) =>
      item.argument !== undefined && 'name' in item.argument ? [(item.argument as FieldName).name] : [],
    ),
  );
  const readsValue = names.delete('_value');
  let operator: Operator = { op: 'scan' };
  // An event may have several measures, whose names and values are then those of several events.
  if (readsValue || named.includes('metric_name') || [...names].some((name) => name.includes('*'))) {
    operator = rowFunction('measures', operator);
    if (readsValue)
      operator = rowFunction('measureValue', {
        op: 'expand',
        input: operator,
        field: 'metric_name',
        limit: 0,
      });
  }
  const measures = [...names].filter((name) => !name.includes('*'));
  if (measures.length === 0) return operator;
  const span = { start: 0, end: 0 };
  return {
    op: 'extend',
    input: operator,
    fields: measures.map((name) => ({
      name,
      value: callNode(
        'coalesce',
        fieldNode(`metric_name:${name}`),
        callNode(
          'if',
          { kind: 'binary', operator: '=', left: fieldNode('metric_name'), right: textNode(name), span },
          fieldNode('_value'),
          callNode('null'),
        ),
      ),
    })),
  };
}

/** How long a span of `every` is: its months have 30 days and its years 365 (mstats, every). */
export const sampleSeconds = (every: BinSpan & { kind: 'time' }): number =>
  every.unit === 'y' ? every.count * 365 * 86_400 : spanSeconds(every);

/** The points in the first seconds of every so many, counted from 1970 as the spans are. */
export function sampled(
  input: Operator,
  seconds: number,
  every: BinSpan & { kind: 'time' },
  context: PlanContext,
): Operator {
  const days = sampleSeconds(every) / 86_400;
  const binned: Operator = {
    op: 'apply',
    kind: 'values',
    function: 'bin',
    input,
    arguments: {
      span: /^(mon|q|y)$/.test(every.unit) ? { kind: 'time', count: days, unit: 'd' } : { ...every },
      isTime: true,
    },
    reads: ['_time'],
    writes: ['_sample'],
  };
  const condition = context.parseExpression(`_time-_sample<${seconds}`);
  return {
    op: 'filter',
    input: binned,
    predicate: { kind: 'eval', expression: condition, subsearches: context.subsearches(condition) },
  };
}

const rowFunction = (name: string, input: Operator): Operator => ({
  op: 'apply',
  kind: 'row',
  function: name,
  input,
  arguments: {},
});

/** The conditions as the commands of metrics take them: "All metrics search commands are case sensitive" (mstats). */
export function caseSensitive(expression: SearchExpression): SearchExpression {
  const exact = (value: SearchValue): SearchValue => ({ ...value, directive: 'CASE' });
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { ...expression, operands: expression.operands.map(caseSensitive) };
    case 'not':
      return { ...expression, operand: caseSensitive(expression.operand) };
    case 'comparison':
      // the names of indexes are in lower case always
      if (expression.field.name === 'index') return expression;
      return { ...expression, value: exact(expression.value) };
    case 'in':
      if (expression.field.name === 'index') return expression;
      return { ...expression, values: expression.values.map(exact) };
    default:
      return expression;
  }
}
