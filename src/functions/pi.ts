// The eval function pi.
import { defineFunction } from './function.js';

export const pi = defineFunction({
  name: 'pi',
  summary: 'Gives the constant pi.',
  source: 'Mathematical functions',
  usage: 'pi()',
  parameters: { min: 0, max: 0 },
  returns: 'number',
  nulls: 'receive',
  style: 'eager',
  evaluate: () => Math.PI,
  pure: true,
  examples: [{ expression: 'pi()', result: Math.PI }],
});
