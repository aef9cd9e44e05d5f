// The tags command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { booleanOption, fieldOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Adds the tags of field values. */
export const tags = defineCommand({
  name: 'tags',
  summary: 'Adds the tags of field values.',
  source: 'Search Reference: tags',
  type: 'streaming',
  grammar: form(
    { fields: fieldList({ minimum: 0 }) },
    {
      options: {
        outputfield: fieldOption,
        inclname: booleanOption,
        inclvalue: booleanOption,
        allowed_tags: textOption,
      },
    },
  ),
  fields: (args, input) => ({ ...addFields(input, [args.options.outputfield ?? 'tag']), closed: false }),
  // What it would do beyond letting results pass happens where events are read, or on a server.
  plan: (_args, input) => input,
  examples: [
    {
      title: 'tags of the fields that are named',
      spl: '| tags outputfield=all',
      input: [{ 'tag::host': 'dmz', host: 'a' }],
      output: [{ 'tag::host': 'dmz', host: 'a' }],
    },
  ],
});
