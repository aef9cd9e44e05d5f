// The sichart command.
import { anyFields } from '../syntax/field-set.js';
import { chart } from './chart.js';
import { defineCommand } from './command.js';

/** Writes what a summary index needs to chart later. */
export const sichart = defineCommand({
  name: 'sichart',
  summary: 'Writes what a summary index needs to chart later.',
  source: 'Search Reference: sichart',
  type: 'transforming',
  grammar: chart.grammar,
  fields: () => anyFields,
  unsupported: 'it writes partial statistics in a form that only an indexer reads',
});
