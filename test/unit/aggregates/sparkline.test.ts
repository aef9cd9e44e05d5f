// Sparklines of other functions than count.
import { expect, test } from 'vitest';
import type { AggregateDefinition } from '../../../src/aggregates/aggregate.js';
import { aggregates } from '../../../src/aggregates/index.js';
import { sparklineOf } from '../../../src/aggregates/sparkline.js';
import type { FieldValue } from '../../../src/runtime/value.js';

const rows: [number, FieldValue][] = [
  [0, 4],
  [1800, 6],
  [7200, 5],
];

test.each([
  ['avg', 3600, ['##__SPARKLINE__##', 5, 0, 5]],
  ['sum', 7200, ['##__SPARKLINE__##', 10, 5]],
  ['dc', 3600, ['##__SPARKLINE__##', 2, 0, 1]],
] as const)('%s by %d seconds', (name, span, expected) => {
  const inner = aggregates.find((a) => a.name === name) as AggregateDefinition;
  const { start, add, finish } = sparklineOf(inner, undefined, span);
  const state = rows.reduce((s, [time, value]) => add(s, value, time), start(undefined));
  expect(finish(state)).toEqual(expected);
});
