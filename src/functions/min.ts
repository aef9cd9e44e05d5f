// The eval function min.
import { Extreme } from '../runtime/extreme.js';
import { defineFunction } from './function.js';

export const min = defineFunction({
  name: 'min',
  summary: 'Gives the smallest of its arguments; text counts as larger than any number.',
  source: 'Statistical eval functions',
  usage: 'min(<values>)',
  parameters: { min: 1, max: Number.POSITIVE_INFINITY },
  returns: 'any',
  nulls: 'receive',
  style: 'eager',
  evaluate: (_context, ...args) => {
    const state = new Extreme();
    for (const arg of args) state.add(arg ?? null);
    return state.numbers > 0 ? state.lowest : state.first;
  },
  pure: true,
  examples: [
    { expression: 'min(1, 3, 6, 7, "foo")', result: 1 },
    { title: 'numbers in fields', expression: 'min(size, 3)', fields: { size: '9' }, result: 3 },
    { title: 'values of a multivalue', expression: 'min(m)', fields: { m: ['10', '9'] }, result: 9 },
  ],
});
