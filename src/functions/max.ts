// The eval function max.
import { Extreme } from '../runtime/extreme.js';
import { defineFunction } from './function.js';

export const max = defineFunction({
  name: 'max',
  summary: 'Gives the largest of its arguments; text counts as larger than any number.',
  source: 'Statistical eval functions',
  usage: 'max(<values>)',
  parameters: { min: 1, max: Number.POSITIVE_INFINITY },
  returns: 'any',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, ...args) => {
    const state = new Extreme();
    for (const arg of args) state.add(arg ?? null);
    return state.last !== null ? state.last : state.numbers > 0 ? state.highest : null;
  },
  pure: true,
  examples: [
    { expression: 'max(1, 3, 6, 7, "foo")', result: 'foo' },
    { title: 'numbers in fields', expression: 'max(size, 3)', fields: { size: '9' }, result: 9 },
    { title: 'values of a multivalue', expression: 'max(m)', fields: { m: ['10', '9'] }, result: 10 },
  ],
});
