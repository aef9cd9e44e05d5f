// Sets of severities that `extends` in detc.yml turns on.
import type { Severity3 } from '../content/model.js';

/** Presets by name. `escu` holds the policies of the team behind Splunk's own content. */
export const presets: ReadonlyMap<string, Readonly<Record<string, Severity3>>> = new Map([
  [
    'escu',
    {
      'data-source-field': 'error',
      'drilldown-count': 'error',
      'fixed-score': 'error',
      'missing-test': 'error',
      'product-set': 'error',
    },
  ],
]);
