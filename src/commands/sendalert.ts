// The sendalert command.
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Starts an alert action for the results. */
export const sendalert = defineCommand({
  name: 'sendalert',
  summary: 'Starts an alert action for the results.',
  source: 'Search Reference: sendalert',
  type: 'streaming',
  grammar: requiredText('the name of an alert action'),
  readsAll: () => true,
  fields: (_, input) => input,
  unsupported: 'it starts an action on a Splunk server',
});
