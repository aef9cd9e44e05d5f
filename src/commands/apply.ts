// The apply command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Applies a trained model. */
export const apply = defineCommand({
  name: 'apply',
  summary: 'Applies a trained model.',
  source: 'Machine Learning Toolkit: apply',
  type: 'streaming',
  grammar: text,
  readsAll: () => true,
  fields: () => anyFields,
  unsupported: 'it needs the Machine Learning Toolkit and its models',
});
