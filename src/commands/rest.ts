// The rest command.
import { anyFields } from '../syntax/field-set.js';
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Reads an endpoint of the REST API. */
export const rest = defineCommand({
  name: 'rest',
  summary: 'Reads an endpoint of the REST API.',
  source: 'Search Reference: rest',
  type: 'generating',
  grammar: requiredText('an address such as "/services/server/info"'),
  fields: () => anyFields,
  unsupported: 'it asks a Splunk server',
});
