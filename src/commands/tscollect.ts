// The tscollect command.
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Writes results into an index of fields for tstats. */
export const tscollect = defineCommand({
  name: 'tscollect',
  summary: 'Writes results into an index of fields for tstats.',
  source: 'Search Reference: tscollect',
  type: 'streaming',
  grammar: text,
  readsAll: () => true,
  fields: (_, input) => input,
  unsupported: 'it writes files on an indexer',
});
