// The sitimechart command.
import { anyFields } from '../syntax/field-set.js';
import { defineCommand } from './command.js';
import { timechart } from './timechart.js';

/** Writes what a summary index needs to compute timechart later. */
export const sitimechart = defineCommand({
  name: 'sitimechart',
  summary: 'Writes what a summary index needs to compute timechart later.',
  source: 'Search Reference: sitimechart',
  type: 'transforming',
  grammar: timechart.grammar,
  fields: () => anyFields,
  unsupported: 'it writes partial statistics in a form that only an indexer reads',
});
