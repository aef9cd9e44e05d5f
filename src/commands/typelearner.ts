// The typelearner command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Suggests event types. */
export const typelearner = defineCommand({
  name: 'typelearner',
  summary: 'Suggests event types.',
  source: 'Search Reference: typelearner',
  type: 'transforming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'its clustering is not published',
});
