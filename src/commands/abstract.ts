// The abstract command.

import { form } from '../syntax/grammar.js';
import { positiveOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Shortens the text of events to the lines that matter. */
export const abstract = defineCommand({
  name: 'abstract',
  aliases: ['excerpt'],
  summary: 'Shortens the text of events to the lines that matter.',
  source: 'Search Reference: abstract',
  type: 'streaming',
  grammar: form({}, { options: { maxterms: positiveOption, maxlines: positiveOption } }),
  fields: (_, input) => input,
  unsupported: 'its excerpts follow rules that are not published',
});
