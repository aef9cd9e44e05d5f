// The folderize command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Groups names by a common beginning. */
export const folderize = defineCommand({
  name: 'folderize',
  summary: 'Groups names by a common beginning.',
  source: 'Search Reference: folderize',
  type: 'streaming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it only prepares menus',
});
