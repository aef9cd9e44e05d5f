// The script command.
import { anyFields } from '../syntax/field-set.js';
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Runs a script on a server. */
export const scriptCommand = defineCommand({
  name: 'script',
  aliases: ['run'],
  summary: 'Runs a script on a server.',
  source: 'Search Reference: script',
  type: 'streaming',
  grammar: requiredText('the name of a script'),
  readsAll: () => true,
  fields: () => anyFields,
  unsupported: 'it runs a program on a Splunk server',
});
