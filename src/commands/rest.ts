// The rest command.
import { anyFields } from '../syntax/field-set.js';
import { checkedText } from '../syntax/grammar.js';
import { booleanOption, countOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Reads an endpoint of the REST API. */
export const rest = defineCommand({
  name: 'rest',
  summary: 'Reads an endpoint of the REST API.',
  source: 'Search Reference: rest',
  type: 'generating',
  grammar: checkedText('an address such as "/services/server/info"', {
    count: countOption,
    timeout: countOption,
    strict: booleanOption,
    splunk_server: textOption,
    splunk_server_group: textOption,
  }),
  fields: () => anyFields,
  unsupported: 'it asks a Splunk server',
});
