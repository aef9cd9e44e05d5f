// fillnull over fields that are known only from the rows.
import { nameFilter } from '../pattern.js';
import { columnsOf } from '../row.js';
import type { FieldValue } from '../value.js';
import type { RowsFunction } from './apply.js';

/** Gives every field that any row has, or of these the named ones, a value in every row. */
export const fillNullRows: RowsFunction = (_run, args) => {
  const patterns = args['fields'] as readonly string[];
  const value = args['value'] as FieldValue;
  const wanted = nameFilter(patterns);
  return (rows) => {
    const columns = columnsOf(rows).filter((name) =>
      patterns.length === 0 ? !name.startsWith('_') : wanted(name),
    );
    for (const row of rows) {
      for (const name of columns) if (row[name] === null || row[name] === undefined) row[name] = value;
    }
    return rows;
  };
};
