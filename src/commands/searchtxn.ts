// The searchtxn command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Finds transactions of a defined type. */
export const searchtxn = defineCommand({
  name: 'searchtxn',
  summary: 'Finds transactions of a defined type.',
  source: 'Search Reference: searchtxn',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'its transaction types lie on a Splunk server',
});
