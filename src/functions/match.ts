// The eval function match.
import { anyText, textOf } from '../runtime/multivalue.js';
import { compileRegex } from '../runtime/regex.js';
import { defineFunction } from './function.js';
import { checkRegexArgument, constantText } from './shapes.js';

export const match = defineFunction({
  name: 'match',
  summary: 'Whether a regular expression matches somewhere in the text, or in any value of a multivalue.',
  source: 'Comparison and Conditional functions',
  usage: 'match(<str>,<regex>)',
  parameters: { min: 2, max: 2 },
  returns: 'boolean',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, pattern) => {
    const source = textOf(pattern);
    if (source === null || value === null || value === undefined) return null;
    const regex = compileRegex(source);
    return anyText(value, (text) => regex.test(text));
  },
  prepare: (shapes) => {
    const source = constantText(shapes[1]);
    if (source === undefined) return undefined;
    const regex = compileRegex(source);
    const test = (text: string) => regex.test(text);
    return (_context, value) => (typeof value === 'string' ? regex.test(value) : anyText(value, test));
  },
  check: (shapes) => checkRegexArgument(shapes, 1),
  pure: true,
  examples: [
    {
      title: 'anywhere in the text',
      expression: 'match(t, "yes")',
      fields: { t: 'eyes wide' },
      result: true,
    },
    { title: 'with its case', expression: 'match(t, "yes")', fields: { t: 'Yes' }, result: false },
    { title: 'inline flags', expression: 'match(t, "(?i)^yes$")', fields: { t: 'Yes' }, result: true },
    { title: 'any value', expression: 'match(t, "^b")', fields: { t: ['ab', 'bc'] }, result: true },
  ],
});
