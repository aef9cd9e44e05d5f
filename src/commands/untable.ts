// The untable command.
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Turns columns into rows. */
export const untable = defineCommand({
  name: 'untable',
  summary: 'Turns columns into rows.',
  source: 'Search Reference: untable',
  type: 'transforming',
  grammar: form({ x: field, name: field, value: field }),
  reads: (args) => [args.x],
  readsAll: () => true,
  fields: (args) => closedFields([args.x.name, args.name.name, args.value.name]),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'untable',
    input,
    arguments: { x: args.x.name, name: args.name.name, value: args.value.name },
    columns: [args.x.name, args.name.name, args.value.name],
  }),
  examples: [
    {
      title: 'a row per cell',
      spl: '| untable k name value',
      input: [{ k: 'a', x: 1, y: 2 }],
      output: [
        { k: 'a', name: 'x', value: 1 },
        { k: 'a', name: 'y', value: 2 },
      ],
    },
  ],
});
