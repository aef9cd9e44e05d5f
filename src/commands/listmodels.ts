// The listmodels command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Lists trained models. */
export const listmodels = defineCommand({
  name: 'listmodels',
  summary: 'Lists trained models.',
  source: 'Machine Learning Toolkit: listmodels',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it needs the Machine Learning Toolkit and its models',
});
