// The sendemail command.
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Sends the results by mail. */
export const sendemail = defineCommand({
  name: 'sendemail',
  summary: 'Sends the results by mail.',
  source: 'Search Reference: sendemail',
  type: 'streaming',
  grammar: text,
  readsAll: () => true,
  fields: (_, input) => input,
  unsupported: 'it sends mail',
});
