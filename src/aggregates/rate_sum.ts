// The statistical function rate_sum.
import { counterRate } from './counter-rate.js';

export const rate_sum = counterRate(
  'rate_sum',
  'Gives the sum of the rates of change of an accumulating metric.',
);
