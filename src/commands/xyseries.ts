// The xyseries command.
import { namesOf } from '../plan/aggregation.js';
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { field, fieldList } from '../syntax/grammar-parts.js';
import { booleanOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Turns rows into columns named by a field. */
export const xyseries = defineCommand({
  name: 'xyseries',
  aliases: ['maketable'],
  summary: 'Turns rows into columns named by a field.',
  source: 'Search Reference: xyseries',
  type: 'transforming',
  grammar: form(
    { x: field, name: field, values: fieldList() },
    { options: { grouped: booleanOption, sep: textOption, format: textOption } },
  ),
  reads: (args) => [args.x, args.name, ...args.values],
  fields: (args) => ({ ...anyFields, known: new Set([args.x.name]) }),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'xyseries',
    input,
    arguments: {
      x: args.x.name,
      name: args.name.name,
      values: namesOf(args.values),
      ...(args.options.sep === undefined ? {} : { sep: args.options.sep }),
      ...(args.options.format === undefined ? {} : { format: args.options.format }),
    },
    reads: [args.x.name, args.name.name, ...namesOf(args.values)],
  }),
  withoutEffect: {
    grouped: 'rows are put together whatever their order',
  },
  examples: [
    {
      title: 'values as columns',
      spl: '| xyseries k name value',
      input: [
        { k: 'a', name: 'x', value: 1 },
        { k: 'a', name: 'y', value: 2 },
      ],
      output: [{ k: 'a', x: 1, y: 2 }],
    },
  ],
});
