// The reltime command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { optionalField } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Says how long ago an event happened. */
export const reltime = defineCommand({
  name: 'reltime',
  summary: 'Says how long ago an event happened.',
  source: 'Search Reference: reltime',
  type: 'streaming',
  grammar: form({ field: optionalField() }),
  fields: (_, input) => addFields(input, ['reltime']),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'values',
    function: 'reltime',
    input,
    arguments: {},
    reads: [args.field?.name ?? '_time'],
    writes: ['reltime'],
  }),
  examples: [
    {
      title: 'how long ago an event was',
      spl: '| reltime | table reltime',
      input: [{ _time: 0 }],
      now: 7200,
      output: [{ reltime: '2 hours ago' }],
    },
  ],
});
