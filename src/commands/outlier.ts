// The outlier command.

import { namesOf } from '../plan/aggregation.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { booleanOption, choiceOption, numberOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Removes or cuts values that lie far from the rest. */
export const outlier = defineCommand({
  name: 'outlier',
  aliases: ['outlierfilter'],
  summary: 'Removes or cuts values that lie far from the rest.',
  source: 'Search Reference: outlier',
  type: 'streaming',
  grammar: form(
    { fields: fieldList({ minimum: 0 }) },
    {
      options: {
        action: choiceOption('remove', 'rm', 'transform', 'tf'),
        type: choiceOption('iqr'),
        uselower: booleanOption,
        mark: booleanOption,
        param: numberOption,
      },
    },
  ),
  readsAll: (args) => args.fields.length === 0,
  fields: (_, input) => input,
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'outlier',
    input,
    arguments: {
      fields: namesOf(args.fields),
      remove: args.options.action === 'remove' || args.options.action === 'rm',
      useLower: args.options.uselower ?? false,
      mark: args.options.mark ?? false,
      param: args.options.param ?? 2.5,
    },
  }),
  withoutEffect: {
    type: 'iqr is the only type',
  },
  examples: [
    {
      title: 'a value far from the others is cut to the edge',
      spl: '| outlier action=transform n',
      input: [{ n: 1 }, { n: 2 }, { n: 2 }, { n: 3 }, { n: 2 }, { n: 100 }],
      output: [{ n: 1 }, { n: 2 }, { n: 2 }, { n: 3 }, { n: 2 }, { n: 4.625 }],
    },
  ],
});
