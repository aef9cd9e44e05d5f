// The erex command.
import { anyFields } from '../syntax/field-set.js';
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Learns a regular expression from examples. */
export const erex = defineCommand({
  name: 'erex',
  summary: 'Learns a regular expression from examples.',
  source: 'Search Reference: erex',
  type: 'streaming',
  grammar: requiredText('a field and examples=<string>', /\bexamples\s*=/i),
  fields: () => anyFields,
  unsupported: 'the way it learns from examples is not published',
});
