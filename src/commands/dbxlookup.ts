// The dbxlookup command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Looks values up in a database. */
export const dbxlookup = defineCommand({
  name: 'dbxlookup',
  summary: 'Looks values up in a database.',
  source: 'DB Connect: dbxlookup',
  type: 'streaming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it asks a database through DB Connect',
});
