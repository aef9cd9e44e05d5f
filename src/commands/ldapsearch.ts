// The ldapsearch command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Queries a directory server. */
export const ldapsearch = defineCommand({
  name: 'ldapsearch',
  summary: 'Queries a directory server.',
  source: 'Supporting Add-on for Active Directory: ldapsearch',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it asks a directory server',
});
