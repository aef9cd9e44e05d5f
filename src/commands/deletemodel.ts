// The deletemodel command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Deletes a trained model. */
export const deletemodel = defineCommand({
  name: 'deletemodel',
  summary: 'Deletes a trained model.',
  source: 'Machine Learning Toolkit: deletemodel',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it needs the Machine Learning Toolkit and its models',
});
