// The iconify command.

import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Shows an icon for the values of fields. */
export const iconify = defineCommand({
  name: 'iconify',
  summary: 'Shows an icon for the values of fields.',
  source: 'Search Reference: iconify',
  type: 'streaming',
  grammar: form({ fields: fieldList() }),
  fields: (_, input) => input,
  plan: (_args, input) => input,
  examples: [
    {
      title: 'results stay as they are',
      spl: '| iconify level',
      input: [{ level: 'high' }],
      output: [{ level: 'high' }],
    },
  ],
});
