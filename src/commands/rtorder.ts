// The rtorder command.

import { form } from '../syntax/grammar.js';
import { booleanOption, integerOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Holds back results of a real-time search to order them. */
export const rtorder = defineCommand({
  name: 'rtorder',
  summary: 'Holds back results of a real-time search to order them.',
  source: 'Search Reference: rtorder',
  type: 'streaming',
  grammar: form(
    {},
    { options: { discard: booleanOption, buffer_span: textOption, max_buffer_size: integerOption } },
  ),
  fields: (_, input) => input,
  plan: (_args, input) => input,
  withoutEffect: {
    discard: 'results are all there before they are ordered',
    buffer_span: 'results are all there before they are ordered',
    max_buffer_size: 'results are all there before they are ordered',
  },
  examples: [
    {
      title: 'results stay as they are',
      spl: '| rtorder buffer_span=10s',
      input: [{ a: 1 }],
      output: [{ a: 1 }],
    },
  ],
});
