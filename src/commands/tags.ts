// The tags command.
import { namesOf } from '../plan/aggregation.js';
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
  plan: ({ fields, options }, input, context) => {
    // Which of several values of a field has a tag is not known any more.
    if (options.inclvalue) context.refuse('tags with the values of their fields cannot be written here');
    const allowed = options.allowed_tags?.split(/[\s,]+/).filter((tag) => tag !== '');
    // Events have the tags of their fields from where they are read; without options there is nothing to do.
    if (options.outputfield === undefined && allowed === undefined) return input;
    return {
      op: 'apply',
      kind: 'row',
      function: 'tags',
      input,
      arguments: {
        fields: namesOf(fields),
        ...(options.outputfield === undefined ? {} : { output: options.outputfield }),
        ...(options.inclname ? { named: true } : {}),
        ...(allowed === undefined ? {} : { allowed }),
      },
    };
  },
  examples: [
    {
      title: 'tags of the fields that are named',
      spl: '| tags outputfield=all',
      input: [{ 'tag::host': 'dmz', host: 'a' }],
      output: [{ 'tag::host': 'dmz', host: 'a', all: 'dmz' }],
    },
    {
      title: 'each behind the name of its field',
      spl: '| tags outputfield=all inclname=t | table all',
      input: [{ 'tag::host': ['dmz', 'web'], 'tag::user': 'web' }],
      output: [{ all: ['host::dmz', 'host::web', 'user::web'] }],
    },
  ],
});
