// The overlap command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Finds gaps and overlaps in a summary index. */
export const overlap = defineCommand({
  name: 'overlap',
  summary: 'Finds gaps and overlaps in a summary index.',
  source: 'Search Reference: overlap',
  type: 'transforming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it reads a summary index',
});
