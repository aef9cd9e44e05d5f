// The findtypes command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Suggests event types. */
export const findtypes = defineCommand({
  name: 'findtypes',
  summary: 'Suggests event types.',
  source: 'Search Reference: findtypes',
  type: 'transforming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'its clustering is not published',
});
