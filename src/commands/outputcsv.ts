// The outputcsv command.

import { form } from '../syntax/grammar.js';
import { optionalString } from '../syntax/grammar-parts.js';
import { booleanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Writes the results to a CSV file. */
export const outputcsv = defineCommand({
  name: 'outputcsv',
  summary: 'Writes the results to a CSV file.',
  source: 'Search Reference: outputcsv',
  type: 'streaming',
  grammar: form(
    { file: optionalString },
    {
      options: {
        append: booleanOption,
        create_empty: booleanOption,
        override_if_empty: booleanOption,
        dispatch: booleanOption,
        usexml: booleanOption,
        singlefile: booleanOption,
      },
    },
  ),
  readsAll: () => true,
  fields: (_, input) => input,
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'outputlookup',
    input,
    arguments: {
      table: args.file ?? 'output.csv',
      append: args.options.append ?? false,
      ...(args.options.override_if_empty === undefined
        ? {}
        : { overrideIfEmpty: args.options.override_if_empty }),
    },
  }),
  withoutEffect: {
    create_empty: 'it says how the file is written; results pass either way',
    dispatch: 'it says how the file is written; results pass either way',
    usexml: 'it says how the file is written; results pass either way',
    singlefile: 'it says how the file is written; results pass either way',
  },
  examples: [
    {
      title: 'rows pass while they are written to a file',
      spl: '| outputcsv found.csv',
      input: [{ user: 'ann' }],
      output: [{ user: 'ann' }],
    },
  ],
});
