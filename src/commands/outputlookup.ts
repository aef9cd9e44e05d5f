// The outputlookup command.

import { form } from '../syntax/grammar.js';
import { string } from '../syntax/grammar-parts.js';
import { booleanOption, fieldOption, integerOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Writes the results to a lookup table. */
export const outputlookup = defineCommand({
  name: 'outputlookup',
  summary: 'Writes the results to a lookup table.',
  source: 'Search Reference: outputlookup',
  type: 'streaming',
  grammar: form(
    { lookup: string },
    {
      options: {
        append: booleanOption,
        create_empty: booleanOption,
        override_if_empty: booleanOption,
        max: integerOption,
        key_field: fieldOption,
        allow_updates: booleanOption,
        createinapp: booleanOption,
        create_context: textOption,
        output_format: textOption,
      },
    },
  ),
  uses: (args) => ({ lookups: [{ name: args.lookup, writes: true }] }),
  readsAll: () => true,
  fields: (_, input) => input,
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'outputlookup',
    input,
    arguments: {
      table: args.lookup,
      // with a key the records of a table are added to, or replaced one by one (outputlookup, key_field)
      append: args.options.append ?? args.options.key_field !== undefined,
      ...(args.options.key_field === undefined ? {} : { key: args.options.key_field }),
      ...(args.options.allow_updates === undefined ? {} : { updates: args.options.allow_updates }),
      ...(args.options.max === undefined ? {} : { max: args.options.max }),
      ...(args.options.override_if_empty === undefined
        ? {}
        : { overrideIfEmpty: args.options.override_if_empty }),
    },
  }),
  withoutEffect: {
    create_empty: 'a table without rows is written either way',
    createinapp: 'it says where the file lies',
    create_context: 'it says where the file lies',
    output_format: 'rows are handed on with all their values',
  },
  examples: [
    {
      title: 'rows pass while they are written to a table',
      spl: '| outputlookup hosts',
      input: [{ host: 'a' }],
      output: [{ host: 'a' }],
    },
  ],
});
