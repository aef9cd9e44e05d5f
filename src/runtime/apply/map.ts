// map: a search run once per result.
import { spareMemory } from '../memory.js';
import { copyRow } from '../row.js';
import type { Row } from '../value.js';
import { type RowsFunction, searchHook } from './apply.js';

/** Search Reference, map: the rows of all runs, one after the other. */
export const mapRows: RowsFunction = (run, args, hooks) => async (rows) => {
  const limit = args['max'] === undefined ? run.limit('map.maxsearches') : Number(args['max']);
  const used = limit > 0 ? rows.slice(0, limit) : rows;
  if (used.length < rows.length) run.warn(`map: only the first ${limit} of ${rows.length} results were used`);
  const search = searchHook(hooks, 'search');
  const made: Row[] = [];
  for (const [index, row] of used.entries()) {
    const parameters = copyRow(row);
    // "$_serial_id$": the number of the search that is run, counted from 1 (map)
    parameters['_serial_id'] = index + 1;
    for (const result of await search(parameters)) {
      made.push(result);
      spareMemory('"map"', made.length);
    }
  }
  return made;
};
