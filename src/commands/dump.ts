// The dump command.
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Exports events to files. */
export const dump = defineCommand({
  name: 'dump',
  summary: 'Exports events to files.',
  source: 'Search Reference: dump',
  type: 'streaming',
  grammar: text,
  readsAll: () => true,
  fields: (_, input) => input,
  unsupported: 'it writes files on a search head',
});
