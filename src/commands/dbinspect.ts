// The dbinspect command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Shows the buckets of an index. */
export const dbinspect = defineCommand({
  name: 'dbinspect',
  summary: 'Shows the buckets of an index.',
  source: 'Search Reference: dbinspect',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it reads the buckets of an indexer',
});
