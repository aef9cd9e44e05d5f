// The mcatalog command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Lists metrics and their dimensions. */
export const mcatalog = defineCommand({
  name: 'mcatalog',
  summary: 'Lists metrics and their dimensions.',
  source: 'Search Reference: mcatalog',
  type: 'generating',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it reads a metrics index',
});
