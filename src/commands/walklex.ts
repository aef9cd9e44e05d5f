// The walklex command.
import { anyFields } from '../syntax/field-set.js';
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Lists the terms of an index. */
export const walklex = defineCommand({
  name: 'walklex',
  summary: 'Lists the terms of an index.',
  source: 'Search Reference: walklex',
  type: 'generating',
  grammar: requiredText('index=<index>', /\bindex\s*=/i),
  fields: () => anyFields,
  unsupported: 'it reads the index files of an indexer',
});
