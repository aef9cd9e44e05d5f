// The eval function ceiling.
import { defineFunction } from './function.js';
import { ofNumber } from './numeric.js';

export const ceiling = defineFunction({
  name: 'ceiling',
  aliases: ['ceil'],
  summary: 'Rounds a number up to the next whole number.',
  source: 'Mathematical functions',
  usage: 'ceiling(<num>) or ceil(<num>)',
  parameters: { min: 1, max: 1 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: ofNumber((number) => Math.ceil(number) + 0),
  pure: true,
  examples: [
    { expression: 'ceiling(1.9)', result: 2 },
    { expression: 'ceil(-1.9)', result: -1 },
  ],
});
