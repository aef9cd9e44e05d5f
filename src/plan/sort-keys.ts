// Sort keys as written become planned ones.
import type { SortKey as WrittenKey } from '../syntax/grammar-special.js';
import type { SortKey } from './operator.js';

/** Plans sort keys; `reversed` turns the order of every key round. */
export function plannedSortKeys(keys: readonly WrittenKey[], reversed = false): SortKey[] {
  return keys.map((key) => ({
    field: key.field.name,
    descending: key.descending !== reversed,
    type: key.type ?? 'auto',
  }));
}
