// The walklex command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Lists the terms of an index. */
export const walklex = defineCommand({
  name: 'walklex',
  summary: 'Lists the terms of an index.',
  source: 'Search Reference: walklex',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it reads the index files of an indexer',
});
