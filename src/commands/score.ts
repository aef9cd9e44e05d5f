// The score command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Scores predictions. */
export const score = defineCommand({
  name: 'score',
  summary: 'Scores predictions.',
  source: 'Machine Learning Toolkit: score',
  type: 'streaming',
  grammar: text,
  readsAll: () => true,
  fields: () => anyFields,
  unsupported: 'it needs the Machine Learning Toolkit and its models',
});
