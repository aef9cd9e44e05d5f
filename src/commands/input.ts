// The input command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Adds or removes inputs. */
export const inputCommand = defineCommand({
  name: 'input',
  summary: 'Adds or removes inputs.',
  source: 'Search Reference: input',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it changes a server',
});
