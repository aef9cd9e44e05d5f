// The addinfo command.
import { addFields } from '../syntax/field-set.js';
import { nothing } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Adds the time range and id of the search to every result. */
export const addinfo = defineCommand({
  name: 'addinfo',
  summary: 'Adds the time range and id of the search to every result.',
  source: 'Search Reference: addinfo',
  type: 'streaming',
  grammar: nothing,
  fields: (_, input) => addFields(input, ['info_min_time', 'info_max_time', 'info_sid', 'info_search_time']),
  plan: (_args, input) => ({
    op: 'apply',
    kind: 'row',
    function: 'addinfo',
    input,
    arguments: {},
    reads: [],
  }),
  examples: [
    {
      title: 'the time range of the search',
      spl: '| addinfo | table info_min_time info_max_time',
      input: [{ a: 1 }],
      output: [{ info_min_time: '0.000', info_max_time: '+Infinity' }],
    },
  ],
});
