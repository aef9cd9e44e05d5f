// The summary command.
import { anyFields, openFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Shows a trained model. */
export const summary = defineCommand({
  name: 'summary',
  summary: 'Shows a trained model.',
  source: 'Machine Learning Toolkit: summary',
  type: 'generating',
  grammar: text,
  fields: () => openFields(anyFields),
  unsupported: 'it needs the Machine Learning Toolkit and its models',
});
