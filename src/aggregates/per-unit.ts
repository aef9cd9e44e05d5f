// The scaling of the per_* functions.
import type { GroupScope } from './aggregate.js';
import type { Total } from './numeric.js';

/** A total per `unit` seconds of the bucket's span, or of the search's time range; null when neither is known. */
export function perUnit(total: Total, unit: number, scope: GroupScope | undefined): number | null {
  if (total.count === 0) return null;
  const range =
    scope?.earliest !== undefined && scope.latest !== undefined ? scope.latest - scope.earliest : Number.NaN;
  const span = scope?.span ?? range;
  return span > 0 ? (total.sum * unit) / span : null;
}
