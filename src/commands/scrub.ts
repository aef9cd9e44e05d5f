// The scrub command.
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Makes results anonymous. */
export const scrub = defineCommand({
  name: 'scrub',
  summary: 'Makes results anonymous.',
  source: 'Search Reference: scrub',
  type: 'streaming',
  grammar: text,
  fields: (_, input) => input,
  unsupported: 'its word lists lie on a Splunk server',
});
