// The history command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { booleanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Shows the history of searches. */
export const historyCommand = defineCommand({
  name: 'history',
  summary: 'Shows the history of searches.',
  source: 'Search Reference: history',
  type: 'generating',
  grammar: form({}, { options: { events: booleanOption } }),
  fields: () => anyFields,
  unsupported: 'it reads the history of a search head',
});
