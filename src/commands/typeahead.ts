// The typeahead command.
import { anyFields } from '../syntax/field-set.js';
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Suggests terms. */
export const typeahead = defineCommand({
  name: 'typeahead',
  summary: 'Suggests terms.',
  source: 'Search Reference: typeahead',
  type: 'generating',
  grammar: requiredText('prefix=<string>', /\bprefix\s*=/i),
  fields: () => anyFields,
  unsupported: 'it reads an index',
});
