// The geostats command.
import { anyFields } from '../syntax/field-set.js';
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Computes statistics for a map. */
export const geostats = defineCommand({
  name: 'geostats',
  summary: 'Computes statistics for a map.',
  source: 'Search Reference: geostats',
  type: 'transforming',
  grammar: requiredText('an aggregate such as "count"'),
  fields: () => anyFields,
  unsupported: 'it serves maps, and its grid of regions is not published',
});
