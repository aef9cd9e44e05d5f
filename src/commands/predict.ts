// The predict command.
import { anyFields } from '../syntax/field-set.js';
import { requiredText } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Predicts the values of a time series. */
export const predict = defineCommand({
  name: 'predict',
  summary: 'Predicts the values of a time series.',
  source: 'Search Reference: predict',
  type: 'streaming',
  grammar: requiredText('a field'),
  fields: () => anyFields,
  unsupported: 'its forecasting models are not published',
});
