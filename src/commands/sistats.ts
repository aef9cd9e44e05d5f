// The sistats command.
import { anyFields } from '../syntax/field-set.js';
import { defineCommand } from './command.js';
import { stats } from './stats.js';

/** Writes what a summary index needs to compute stats later. */
export const sistats = defineCommand({
  name: 'sistats',
  summary: 'Writes what a summary index needs to compute stats later.',
  source: 'Search Reference: sistats',
  type: 'transforming',
  grammar: stats.grammar,
  fields: () => anyFields,
  unsupported: 'it writes partial statistics in a form that only an indexer reads',
});
