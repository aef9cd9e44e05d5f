// Every statistical function's examples, and what all records have in common.
import { describe, expect, test } from 'vitest';
import type { AggregateDefinition } from '../../../src/aggregates/aggregate.js';
import { aggregates } from '../../../src/aggregates/index.js';
import type { FieldValue } from '../../../src/runtime/value.js';

function runExample(
  definition: AggregateDefinition,
  example: AggregateDefinition['examples'][number],
): FieldValue {
  const found = /^[a-z_]+?(\d[\d.]*)?(?:\((.*)\))?$/.exec(example.aggregation) as RegExpExecArray;
  const field = found[2] === 'count' ? undefined : found[2];
  let state = definition.start(found[1] === undefined ? undefined : Number(found[1]));
  for (const row of example.input) {
    const value = field === undefined ? null : row[field];
    if (value === undefined) continue;
    state = definition.add(state, value, typeof row._time === 'number' ? row._time : null);
    // what streamstats does: finish must leave the state alone
    definition.finish(state);
  }
  return definition.finish(state, example.span === undefined ? undefined : { span: example.span });
}

describe.each(aggregates.map((a) => [a.name, a] as const))('%s', (_name, definition) => {
  test.each(definition.examples.map((e) => [`${e.title ?? ''} ${e.aggregation}`, e] as const))(
    '%s',
    (_title, example) => {
      expect(runExample(definition, example)).toEqual(example.result);
    },
  );
  test('its record is complete', () => {
    expect(definition.summary).toMatch(/^[A-Z].*\.$/);
    expect(definition.examples.length).toBeGreaterThan(0);
  });
});

test('names and aliases are unique', () => {
  const names = aggregates.flatMap((a) => [a.name, ...(a.aliases ?? [])]);
  expect(new Set(names).size).toBe(names.length);
});
