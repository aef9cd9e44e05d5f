// The rex command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { pattern } from '../syntax/grammar-parts.js';
import { choiceOption, fieldOption, integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** The names of the capture groups of a regular expression, in order. */
export function captureNames(pattern: string): string[] {
  const names: string[] = [];
  for (const match of pattern.matchAll(/\\[\s\S]|\(\?P?<([A-Za-z_][\w.]*)>|\(\?'([A-Za-z_]\w*)'/g)) {
    const name = match[1] ?? match[2];
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** Extracts fields with a regular expression, or edits a field with sed expressions. */
export const rex = defineCommand({
  name: 'rex',
  summary: 'Extracts fields with a regular expression, or edits a field with sed expressions.',
  source: 'Search Reference: rex',
  type: 'streaming',
  grammar: form(
    { pattern },
    {
      options: {
        field: fieldOption,
        max_match: integerOption,
        mode: choiceOption('sed'),
        offset_field: fieldOption,
      },
    },
  ),
  fields: (args, input) => {
    const { offset_field: offset, mode } = args.options;
    const names = mode === 'sed' ? [] : captureNames(args.pattern);
    return addFields(input, offset === undefined ? names : [...names, offset]);
  },
});
