// The pivot command.
import { anyFields } from '../syntax/field-set.js';
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Runs a pivot over a data model. */
export const pivot = defineCommand({
  name: 'pivot',
  summary: 'Runs a pivot over a data model.',
  source: 'Search Reference: pivot',
  type: 'generating',
  grammar: requiredText('a data model'),
  fields: () => anyFields,
  unsupported: 'use tstats, which says the same',
});
