// The savedsearch command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Runs a saved search. */
export const savedsearch = defineCommand({
  name: 'savedsearch',
  summary: 'Runs a saved search.',
  source: 'Search Reference: savedsearch',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'the saved search is kept on a server',
});
