// The gauge command.
import { anyFields } from '../syntax/field-set.js';
import { text } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Prepares a value for a gauge. */
export const gauge = defineCommand({
  name: 'gauge',
  summary: 'Prepares a value for a gauge.',
  source: 'Search Reference: gauge',
  type: 'transforming',
  grammar: text,
  fields: () => anyFields,
  unsupported: 'it only prepares a chart',
});
