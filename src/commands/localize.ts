// The localize command.
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Finds the time ranges around results. */
export const localize = defineCommand({
  name: 'localize',
  summary: 'Finds the time ranges around results.',
  source: 'Search Reference: localize',
  type: 'streaming',
  grammar: form({}, { options: { maxpause: textOption, timeafter: textOption, timebefore: textOption } }),
  fields: () => closedFields(['starttime', 'endtime']),
  unsupported: 'its search windows are made for map on a server',
});
