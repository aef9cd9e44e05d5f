// The delete command.
import { anyFields } from '../syntax/field-set.js';
import { nothing } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Hides events from all searches. */
export const deleteCommand = defineCommand({
  name: 'delete',
  summary: 'Hides events from all searches.',
  source: 'Search Reference: delete',
  type: 'streaming',
  grammar: nothing,
  fields: () => anyFields,
  unsupported: 'it changes an index',
});
