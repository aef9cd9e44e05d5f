// The geom command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Adds the shape of a region to results. */
export const geom = defineCommand({
  name: 'geom',
  summary: 'Adds the shape of a region to results.',
  source: 'Search Reference: geom',
  type: 'streaming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it serves maps, and its grid of regions is not published',
});
