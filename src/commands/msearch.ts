// The msearch command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Shows raw metric points. */
export const msearch = defineCommand({
  name: 'msearch',
  summary: 'Shows raw metric points.',
  source: 'Search Reference: msearch',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it works on a metrics index',
});
