// The list of statistical functions.
import type { AggregateDefinition } from './aggregate.js';
import { avg } from './avg.js';
import { count } from './count.js';
import { dc } from './dc.js';
import { earliest } from './earliest.js';
import { earliest_time } from './earliest_time.js';
import { estdc } from './estdc.js';
import { estdc_error } from './estdc_error.js';
import { exactperc } from './exactperc.js';
import { first } from './first.js';
import { last } from './last.js';
import { latest } from './latest.js';
import { latest_time } from './latest_time.js';
import { list } from './list.js';
import { max } from './max.js';
import { median } from './median.js';
import { min } from './min.js';
import { mode } from './mode.js';
import { per_day } from './per_day.js';
import { per_hour } from './per_hour.js';
import { per_minute } from './per_minute.js';
import { per_second } from './per_second.js';
import { perc } from './perc.js';
import { range } from './range.js';
import { rate } from './rate.js';
import { rate_avg } from './rate_avg.js';
import { rate_sum } from './rate_sum.js';
import { sparkline } from './sparkline.js';
import { stdev } from './stdev.js';
import { stdevp } from './stdevp.js';
import { sum } from './sum.js';
import { sumsq } from './sumsq.js';
import { upperperc } from './upperperc.js';
import { values } from './values.js';
import { varAggregate } from './var.js';
import { varp } from './varp.js';

/** All statistical functions. */
export const aggregates: readonly AggregateDefinition[] = [
  avg,
  count,
  dc,
  earliest,
  earliest_time,
  estdc,
  estdc_error,
  exactperc,
  first,
  last,
  latest,
  latest_time,
  list,
  max,
  median,
  min,
  mode,
  per_day,
  per_hour,
  per_minute,
  per_second,
  perc,
  range,
  rate,
  rate_avg,
  rate_sum,
  sparkline,
  stdev,
  stdevp,
  sum,
  sumsq,
  upperperc,
  values,
  varAggregate,
  varp,
] as readonly AggregateDefinition[];
