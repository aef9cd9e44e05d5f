// The sample command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Takes a sample of the results. */
export const sample = defineCommand({
  name: 'sample',
  summary: 'Takes a sample of the results.',
  source: 'Machine Learning Toolkit: sample',
  type: 'streaming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it needs the Machine Learning Toolkit and its models',
});
