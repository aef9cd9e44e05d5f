// The relevancy command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Scores how well events fit the search. */
export const relevancy = defineCommand({
  name: 'relevancy',
  summary: 'Scores how well events fit the search.',
  source: 'Search Reference: relevancy',
  type: 'streaming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'its score needs the index',
});
