// The sitop command.
import { anyFields } from '../syntax/field-set.js';
import { defineCommand } from './command.js';
import { topCommand } from './top.js';

/** Writes what a summary index needs to compute top later. */
export const sitop = defineCommand({
  name: 'sitop',
  summary: 'Writes what a summary index needs to compute top later.',
  source: 'Search Reference: sitop',
  type: 'transforming',
  grammar: topCommand.grammar,
  fields: () => anyFields,
  unsupported: 'it writes partial statistics in a form that only an indexer reads',
});
