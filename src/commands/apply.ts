// The apply command.
import { openFields } from '../syntax/field-set.js';
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
  fields: (_, input) => openFields(input),
  unsupported: 'it needs the Machine Learning Toolkit and its models',
});
