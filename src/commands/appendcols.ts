// The appendcols command.
import { appendedSearch } from '../plan/sources.js';
import { pipelineFields } from '../syntax/field-flow.js';
import { unionFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { subsearch } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Puts the fields of a subsearch beside those of the results, row by row. */
export const appendcols = defineCommand({
  name: 'appendcols',
  summary: 'Puts the fields of a subsearch beside those of the results, row by row.',
  source: 'Search Reference: appendcols',
  type: 'dataset processing',
  grammar: form(
    { subsearch },
    {
      options: {
        override: booleanOption,
        maxtime: integerOption,
        maxout: integerOption,
        timeout: integerOption,
      },
    },
  ),
  fields: (args, input) => unionFields(input, pipelineFields(args.subsearch)),
  plan: (args, input, context) => ({
    op: 'apply',
    kind: 'rows',
    function: 'appendcols',
    input,
    arguments: { override: args.options.override ?? false },
    searches: { other: appendedSearch(context.search(args.subsearch), args.options.maxout) },
  }),
  withoutEffect: {
    maxtime: 'a subsearch is not cut off by time',
    timeout: 'a subsearch is not cut off by time',
  },
  examples: [
    {
      title: 'fields beside fields',
      spl: '| appendcols [| makeresults | eval b=2 | table b]',
      input: [{ a: 1 }],
      output: [{ a: 1, b: 2 }],
    },
  ],
});
