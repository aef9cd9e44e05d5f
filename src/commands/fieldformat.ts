// The fieldformat command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { assignments } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Shows a field in another form without changing its value. */
export const fieldformat = defineCommand({
  name: 'fieldformat',
  summary: 'Shows a field in another form without changing its value.',
  source: 'Search Reference: fieldformat',
  type: 'streaming',
  grammar: form({ assignments }),
  fields: (args, input) =>
    addFields(
      input,
      args.assignments.map((item) => item.field.name),
    ),
  plan: (_args, input) => input,
  examples: [
    {
      title: 'the value stays what it is, only its display changes',
      spl: '| fieldformat size=size." MB"',
      input: [{ size: 5 }],
      output: [{ size: 5 }],
    },
  ],
});
