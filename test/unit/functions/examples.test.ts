// Every eval function's examples, with and without its prepared form, and what all records have in common.
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { functions } from '../../../src/functions/index.js';
import { evaluateExpression } from './expression.js';

const round = (value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(12)) : value;

describe.each(functions.map((f) => [f.name, f] as const))('%s', (_name, definition) => {
  for (const example of definition.examples) {
    for (const prepared of [true, false]) {
      if (!prepared && example.title?.startsWith('literal')) continue;
      test(`${example.title ?? ''} ${example.expression}${prepared ? '' : ' (not prepared)'}`, () => {
        const options = { prepared, ...(example.now === undefined ? {} : { now: example.now }) };
        expect(round(evaluateExpression(example.expression, example.fields, options))).toEqual(
          round(example.result),
        );
      });
    }
  }
  // What is folded when a search is compiled knows neither the clock nor the time zone that it will run with.
  if (definition.pure)
    test('gives the same in every zone, at every time', () => {
      for (const { expression, fields } of definition.examples) {
        const at = (timezone: string, now: number) =>
          evaluateExpression(expression, fields, { timezone, now, prepared: true });
        expect(at('Asia/Kolkata', 1_700_000_000)).toEqual(at('America/New_York', 5));
      }
    });

  test('its record is complete', () => {
    expect(definition.summary).toMatch(/^[A-Z].*\.$/);
    expect(definition.usage.startsWith(`${definition.name}(`)).toBe(true);
    expect(definition.parameters.min).toBeLessThanOrEqual(definition.parameters.max);
    const form = { eager: 'evaluate', lazy: 'evaluateLazy', expression: 'evaluateEach' }[
      definition.style
    ] as 'evaluate';
    expect(definition[form]).toBeTypeOf('function');
    if (definition.pure) expect(definition.examples.length).toBeGreaterThan(0);
  });
});

test('names and aliases are unique', () => {
  const names = functions.flatMap((f) => [f.name, ...(f.aliases ?? [])]);
  expect(new Set(names).size).toBe(names.length);
});

test('every function file is in the list', () => {
  const files = readdirSync(new URL('../../../src/functions', import.meta.url));
  for (const definition of functions) expect(files).toContain(`${definition.name}.ts`);
});
