// The correlate command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { choiceOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Finds how often fields occur together. */
export const correlate = defineCommand({
  name: 'correlate',
  summary: 'Finds how often fields occur together.',
  source: 'Search Reference: correlate',
  type: 'transforming',
  grammar: form({}, { options: { type: choiceOption('cocur') } }),
  readsAll: () => true,
  fields: () => anyFields,
  unsupported: 'its measure of correlation is not published',
});
