// Metric events: a measure is a field `metric_name:cpu.idle`, or `_value` of an event whose `metric_name` is cpu.idle.
import type { Aggregation, FieldName } from '../syntax/tree.js';
import { callNode, fieldNode, textNode } from './expressions.js';
import type { Operator } from './operator.js';

/** `_time`, by which mstats groups when it is given a span. */
export const timeField: FieldName = { name: '_time', quoted: false, span: { start: 0, end: 0 } };

/** The events, with every measure that the aggregates read as a field of its own name. */
export function metricRows(aggregations: readonly Aggregation[]): Operator {
  const names = new Set(
    aggregations.flatMap((item) =>
      item.argument !== undefined && 'name' in item.argument ? [(item.argument as FieldName).name] : [],
    ),
  );
  names.delete('_value');
  const measures = [...names].filter((name) => !name.includes('*'));
  if (measures.length === 0) return { op: 'scan' };
  const span = { start: 0, end: 0 };
  return {
    op: 'extend',
    input: { op: 'scan' },
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
