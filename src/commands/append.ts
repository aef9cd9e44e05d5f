// The append command.
import { appendedSearch } from '../plan/sources.js';
import { pipelineFields } from '../syntax/field-flow.js';
import { unionFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { subsearch } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Adds the results of a subsearch behind the results. */
export const append = defineCommand({
  name: 'append',
  summary: 'Adds the results of a subsearch behind the results.',
  source: 'Search Reference: append',
  type: 'dataset processing',
  grammar: form(
    { subsearch },
    {
      options: {
        maxtime: integerOption,
        maxout: integerOption,
        timeout: integerOption,
        extendtimerange: booleanOption,
      },
    },
  ),
  fields: (args, input) => unionFields(input, pipelineFields(args.subsearch)),
  plan: (args, input, context) => ({
    op: 'union',
    inputs: [input, appendedSearch(context.search(args.subsearch), args.options.maxout)],
  }),
  withoutEffect: {
    maxtime: 'a subsearch is not cut off by time',
    timeout: 'a subsearch is not cut off by time',
    extendtimerange: 'the events given are all that a subsearch reads',
  },
  examples: [
    {
      title: 'rows behind rows',
      spl: '| append [| makeresults | eval n=2 | table n]',
      input: [{ n: 1 }],
      output: [{ n: 1 }, { n: 2 }],
    },
  ],
});
