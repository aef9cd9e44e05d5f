// The statistical function rate_avg.
import { counterRate } from './counter-rate.js';

export const rate_avg = counterRate(
  'rate_avg',
  'Gives the average rate of change of an accumulating metric.',
);
