// The eval function replace.
import { mapText, textOf } from '../runtime/multivalue.js';
import { compileRegex } from '../runtime/regex.js';
import { defineFunction, type Evaluate } from './function.js';
import { checkRegexArgument, constantText } from './shapes.js';

const evaluate: Evaluate = (_context, value, pattern, replacement) => {
  const source = textOf(pattern);
  const by = textOf(replacement);
  if (source === null || by === null) return null;
  const regex = compileRegex(source);
  return typeof value === 'string'
    ? regex.replace(value, by)
    : mapText(value ?? null, (text) => regex.replace(text, by));
};

export const replace = defineFunction({
  name: 'replace',
  summary: 'Replaces every match of a regular expression.',
  source: 'Text functions',
  usage: 'replace(<str>,<regex>,<replacement>)',
  parameters: { min: 3, max: 3 },
  returns: 'string',
  nulls: 'propagate',
  style: 'eager',
  evaluate,
  prepare: (shapes) => {
    const source = constantText(shapes[1]);
    const by = constantText(shapes[2]);
    if (source === undefined || by === undefined) return undefined;
    const regex = compileRegex(source);
    return (_context, value) =>
      typeof value === 'string'
        ? regex.replace(value, by)
        : mapText(value ?? null, (text) => regex.replace(text, by));
  },
  check: (shapes) => checkRegexArgument(shapes, 1),
  pure: true,
  examples: [
    {
      title: 'groups by number',
      expression: 'replace("1/14/2023", "^(\\d{1,2})/(\\d{1,2})/", "\\2/\\1/")',
      result: '14/1/2023',
    },
    { title: 'every match', expression: 'replace("banana", "a", "o")', result: 'bonono' },
    {
      title: 'each value',
      expression: 'replace(u, "x", "y")',
      fields: { u: ['ax', 'bx'] },
      result: ['ay', 'by'],
    },
  ],
});
