// Metric events: their measures under one kind of name, whichever form the event has.
import { fromValues } from '../multivalue.js';
import { formatScalar } from '../number.js';
import { fieldNames, read } from '../row.js';
import type { RowFunction } from './apply.js';

const prefix = 'metric_name:';

/** Every measure as `metric_name:<name>`, and their names as `metric_name` (Metrics manual, "Metrics data format"). */
export const measuresOfRow: RowFunction = () => (row) => {
  const name = read(row, 'metric_name');
  if (typeof name === 'string') {
    const value = read(row, '_value');
    if (value !== null) row[prefix + name] = value;
    return;
  }
  if (name !== null) return;
  const names = fieldNames(row).flatMap((field) =>
    field.startsWith(prefix) && read(row, field) !== null ? [field.slice(prefix.length)] : [],
  );
  if (names.length > 0) row['metric_name'] = fromValues(names);
};

/** `_value` of an event that has become one for each measure. */
export const valueOfMeasure: RowFunction = () => (row) => {
  const name = read(row, 'metric_name');
  if (name === null || typeof name === 'object') return;
  const value = read(row, prefix + formatScalar(name));
  if (value !== null) row['_value'] = value;
};
