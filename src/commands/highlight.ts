// The highlight command.

import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Marks words in the events shown. */
export const highlight = defineCommand({
  name: 'highlight',
  aliases: ['hilite'],
  summary: 'Marks words in the events shown.',
  source: 'Search Reference: highlight',
  type: 'streaming',
  grammar: form({ words: fieldList() }),
  fields: (_, input) => input,
  plan: (_args, input) => input,
  examples: [
    {
      title: 'results stay as they are',
      spl: '| highlight error',
      input: [{ _raw: 'an error' }],
      output: [{ _raw: 'an error' }],
    },
  ],
});
