// The meventcollect command.
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Writes events to a metrics index. */
export const meventcollect = defineCommand({
  name: 'meventcollect',
  summary: 'Writes events to a metrics index.',
  source: 'Search Reference: meventcollect',
  type: 'streaming',
  grammar: requiredText('index=<index>', /\bindex\s*=/i),
  readsAll: () => true,
  fields: (_, input) => input,
  unsupported: 'it works on a metrics index',
});
