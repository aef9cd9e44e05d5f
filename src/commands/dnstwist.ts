// The dnstwist command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Makes look-alike names of domains. */
export const dnstwist = defineCommand({
  name: 'dnstwist',
  summary: 'Makes look-alike names of domains.',
  source: 'DNSTwist add-on: dnstwist',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it needs the dnstwist add-on',
});
