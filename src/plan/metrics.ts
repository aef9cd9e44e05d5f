// Metric events: a measure is a field `metric_name:cpu.idle`, or `_value` of an event whose `metric_name` is cpu.idle.
import type { Aggregation, FieldName } from '../syntax/tree.js';
import { callNode, fieldNode, textNode } from './expressions.js';
import type { Operator } from './operator.js';

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

const rowFunction = (name: string, input: Operator): Operator => ({
  op: 'apply',
  kind: 'row',
  function: name,
  input,
  arguments: {},
});
