// The dbxquery command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Queries a database. */
export const dbxquery = defineCommand({
  name: 'dbxquery',
  summary: 'Queries a database.',
  source: 'DB Connect: dbxquery',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it asks a database through DB Connect',
});
