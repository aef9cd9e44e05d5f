// The cofilter command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Counts how often the values of two fields occur together. */
export const cofilter = defineCommand({
  name: 'cofilter',
  summary: 'Counts how often the values of two fields occur together.',
  source: 'Search Reference: cofilter',
  type: 'streaming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'its form of results is not published',
});
