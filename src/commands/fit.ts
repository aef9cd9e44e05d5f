// The fit command.
import { openFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Trains a model. */
export const fit = defineCommand({
  name: 'fit',
  summary: 'Trains a model.',
  source: 'Machine Learning Toolkit: fit',
  type: 'streaming',
  grammar: text,
  readsAll: () => true,
  fields: (_, input) => openFields(input),
  unsupported: 'it needs the Machine Learning Toolkit and its models',
});
