// The makemv command.

import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { booleanOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Splits a field into a multivalue field. */
export const makemv = defineCommand({
  name: 'makemv',
  summary: 'Splits a field into a multivalue field.',
  source: 'Search Reference: makemv',
  type: 'streaming',
  grammar: form(
    { field },
    {
      options: {
        delim: textOption,
        tokenizer: textOption,
        allowempty: booleanOption,
        setsv: booleanOption,
      },
    },
  ),
  reads: (args) => [args.field],
  fields: (_, input) => input,
  plan: (args, input, context) => {
    if (args.options.setsv)
      context.refuse(
        'makemv setsv=true gives a field a single value beside its values, which is not done here',
      );
    return {
      op: 'apply',
      kind: 'values',
      function: 'makemv',
      input,
      arguments: {
        ...(args.options.delim === undefined ? {} : { delim: args.options.delim }),
        ...(args.options.tokenizer === undefined ? {} : { tokenizer: args.options.tokenizer }),
        ...(args.options.allowempty ? { allowEmpty: true } : {}),
      },
      reads: [args.field.name],
      writes: [args.field.name],
    };
  },
  examples: [
    {
      title: 'text into values',
      spl: '| makemv delim="," v',
      input: [{ v: 'a,b' }],
      output: [{ v: ['a', 'b'] }],
    },
  ],
});
