// The runshellscript command.
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Runs a shell script. */
export const runshellscript = defineCommand({
  name: 'runshellscript',
  summary: 'Runs a shell script.',
  source: 'Search Reference: runshellscript',
  type: 'streaming',
  grammar: text,
  readsAll: () => true,
  fields: (_, input) => input,
  unsupported: 'it runs a program on a Splunk server',
});
