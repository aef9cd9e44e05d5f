// The arules command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Finds association rules between fields. */
export const arules = defineCommand({
  name: 'arules',
  summary: 'Finds association rules between fields.',
  source: 'Search Reference: arules',
  type: 'transforming',
  grammar: text,
  readsAll: () => true,
  fields: () => anyFields,
  unsupported: 'its algorithm is not published',
});
