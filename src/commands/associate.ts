// The associate command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Finds pairs of field values that go together. */
export const associate = defineCommand({
  name: 'associate',
  summary: 'Finds pairs of field values that go together.',
  source: 'Search Reference: associate',
  type: 'transforming',
  grammar: text,
  readsAll: () => true,
  fields: () => anyFields,
  unsupported: 'its measure of entropy is not published',
});
