// The geomfilter command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Keeps regions inside a box. */
export const geomfilter = defineCommand({
  name: 'geomfilter',
  summary: 'Keeps regions inside a box.',
  source: 'Search Reference: geomfilter',
  type: 'streaming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it serves maps, and its grid of regions is not published',
});
