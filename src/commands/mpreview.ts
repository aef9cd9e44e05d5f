// The mpreview command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Shows raw metric points. */
export const mpreview = defineCommand({
  name: 'mpreview',
  summary: 'Shows raw metric points.',
  source: 'Search Reference: mpreview',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it works on a metrics index',
});
