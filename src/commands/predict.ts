// The predict command.
import { anyFields } from '../syntax/field-set.js';
import { checkedText } from '../syntax/grammar.js';
import { choiceOption, countOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Predicts the values of a time series. */
export const predict = defineCommand({
  name: 'predict',
  summary: 'Predicts the values of a time series.',
  source: 'Search Reference: predict',
  type: 'streaming',
  grammar: checkedText('a field', {
    algorithm: choiceOption('ll', 'llt', 'llp', 'llp5', 'llb', 'bill'),
    future_timespan: countOption,
    holdback: countOption,
    period: countOption,
  }),
  fields: () => anyFields,
  unsupported: 'its forecasting models are not published',
});
