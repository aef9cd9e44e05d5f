// The sirare command.
import { anyFields } from '../syntax/field-set.js';
import { defineCommand } from './command.js';
import { rare } from './rare.js';

/** Writes what a summary index needs to compute rare later. */
export const sirare = defineCommand({
  name: 'sirare',
  summary: 'Writes what a summary index needs to compute rare later.',
  source: 'Search Reference: sirare',
  type: 'transforming',
  grammar: rare.grammar,
  fields: () => anyFields,
  unsupported: 'it writes partial statistics in a form that only an indexer reads',
});
