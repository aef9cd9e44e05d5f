// The kvform command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Extracts values by a form template. */
export const kvform = defineCommand({
  name: 'kvform',
  summary: 'Extracts values by a form template.',
  source: 'Search Reference: kvform',
  type: 'streaming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'its form templates lie on a search head',
});
