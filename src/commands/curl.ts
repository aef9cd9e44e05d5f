// The curl command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Asks a web server. */
export const curl = defineCommand({
  name: 'curl',
  summary: 'Asks a web server.',
  source: 'Webtools Add-on: curl',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it asks a web server',
});
