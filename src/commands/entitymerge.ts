// The entitymerge command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Merges the identities of entities. */
export const entitymerge = defineCommand({
  name: 'entitymerge',
  summary: 'Merges the identities of entities.',
  source: 'Enterprise Security: entitymerge',
  type: 'streaming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it reads the entities of Enterprise Security',
});
