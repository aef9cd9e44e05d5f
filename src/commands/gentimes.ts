// The gentimes command.
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Makes a row for every step of a time range. */
export const gentimes = defineCommand({
  name: 'gentimes',
  summary: 'Makes a row for every step of a time range.',
  source: 'Search Reference: gentimes',
  type: 'generating',
  grammar: form({}, { options: { start: textOption, end: textOption, increment: textOption } }),
  fields: () => closedFields(['starttime', 'endtime', 'starthuman', 'endhuman']),
  plan: (args) => ({
    op: 'apply',
    kind: 'generate',
    function: 'gentimes',
    arguments: { ...args.options },
    columns: ['starttime', 'endtime'],
  }),
});
