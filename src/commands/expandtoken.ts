// The expandtoken command.
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Fills in the tokens of finding fields. */
export const expandtoken = defineCommand({
  name: 'expandtoken',
  summary: 'Fills in the tokens of finding fields.',
  source: 'Enterprise Security: expandtoken',
  type: 'streaming',
  grammar: text,
  fields: (_, input) => input,
  unsupported: 'it reads the configuration of Enterprise Security',
});
