// The eval function mvfind.
import { textOf, valuesOf } from '../runtime/multivalue.js';
import { formatScalar } from '../runtime/number.js';
import { compileRegex, type Regex } from '../runtime/regex.js';
import type { FieldValue } from '../runtime/value.js';
import { defineFunction } from './function.js';
import { checkRegexArgument, constantText } from './shapes.js';

function find(value: FieldValue | undefined, regex: Regex): FieldValue {
  const values = valuesOf(value);
  for (let i = 0; i < values.length; i++) if (regex.test(formatScalar(values[i] as string))) return i;
  return null;
}

export const mvfind = defineFunction({
  name: 'mvfind',
  summary: 'Gives the index of the first value that a regular expression matches, or null.',
  source: 'Multivalue eval functions',
  usage: 'mvfind(<mv>,<regex>)',
  parameters: { min: 2, max: 2 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value, pattern) => {
    const source = textOf(pattern);
    return source === null ? null : find(value, compileRegex(source));
  },
  prepare: (shapes) => {
    const source = constantText(shapes[1]);
    if (source === undefined) return undefined;
    const regex = compileRegex(source);
    return (_context, value) => find(value, regex);
  },
  check: (shapes) => checkRegexArgument(shapes, 1),
  pure: true,
  examples: [
    { expression: 'mvfind(m, "err\\d+")', fields: { m: ['ok', 'err42', 'err7'] }, result: 1 },
    { title: 'no match', expression: 'mvfind(m, "err\\d+")', fields: { m: ['ok', 'fine'] }, result: null },
  ],
});
