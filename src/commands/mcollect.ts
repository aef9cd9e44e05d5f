// The mcollect command.
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Writes results to a metrics index. */
export const mcollect = defineCommand({
  name: 'mcollect',
  summary: 'Writes results to a metrics index.',
  source: 'Search Reference: mcollect',
  type: 'streaming',
  grammar: requiredText('index=<index>', /\bindex\s*=/i),
  readsAll: () => true,
  fields: (_, input) => input,
  unsupported: 'it works on a metrics index',
});
