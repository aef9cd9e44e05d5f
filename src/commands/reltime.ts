// The reltime command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { optionalField } from '../syntax/grammar-parts.js';
import { fieldOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Says how long ago an event happened. */
export const reltime = defineCommand({
  name: 'reltime',
  summary: 'Says how long ago an event happened.',
  source: 'Search Reference: reltime',
  type: 'streaming',
  grammar: form({ field: optionalField() }, { options: { timefield: fieldOption, prefix: textOption } }),
  fields: (args, input) => addFields(input, [`${args.options.prefix ?? ''}reltime`]),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'values',
    function: 'reltime',
    input,
    arguments: {},
    reads: [args.options.timefield ?? args.field?.name ?? '_time'],
    writes: [`${args.options.prefix ?? ''}reltime`],
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
