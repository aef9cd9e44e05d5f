// The appendpipe command.
import { pipelineFields } from '../syntax/field-flow.js';
import { unionFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { subsearch } from '../syntax/grammar-parts.js';
import { booleanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Adds what a subpipeline makes of the results behind them. */
export const appendpipe = defineCommand({
  name: 'appendpipe',
  summary: 'Adds what a subpipeline makes of the results behind them.',
  source: 'Search Reference: appendpipe',
  type: 'dataset processing',
  grammar: form({ subsearch }, { options: { run_in_preview: booleanOption } }),
  fields: (args, input) => unionFields(input, pipelineFields(args.subsearch, input)),
  plan: (args, input, context) => ({
    op: 'apply',
    kind: 'rows',
    function: 'appendpipe',
    input,
    arguments: {},
    pipes: { pipe: context.pipe(args.subsearch) },
  }),
  withoutEffect: {
    run_in_preview: 'there are no previews',
  },
  examples: [
    {
      title: 'a total of what is there',
      spl: '| appendpipe [stats sum(n) AS n | eval k="total"]',
      input: [
        { k: 'a', n: 1 },
        { k: 'b', n: 2 },
      ],
      output: [
        { k: 'a', n: 1 },
        { k: 'b', n: 2 },
        { n: 3, k: 'total' },
      ],
    },
  ],
});
