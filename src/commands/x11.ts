// The x11 command.
import { anyFields } from '../syntax/field-set.js';
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Removes seasons from a time series. */
export const x11 = defineCommand({
  name: 'x11',
  summary: 'Removes seasons from a time series.',
  source: 'Search Reference: x11',
  type: 'streaming',
  grammar: requiredText('a field'),
  fields: () => anyFields,
  unsupported: 'its decomposition of time series is not published',
});
