// The dbxoutput command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Writes results to a database. */
export const dbxoutput = defineCommand({
  name: 'dbxoutput',
  summary: 'Writes results to a database.',
  source: 'DB Connect: dbxoutput',
  type: 'streaming',
  grammar: text,
  readsAll: () => true,
  fields: () => anyFields,
  unsupported: 'it asks a database through DB Connect',
});
