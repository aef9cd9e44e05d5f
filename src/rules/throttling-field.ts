// Fields by which alerts are throttled occur in the search.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const throttlingField = defineRule({
  code: 'throttling-field',
  severity: 'error',
  summary: 'Every field of tags.throttling occurs in the search.',
  source: 'contentctl 5.6: throttling fields are present in the search',
  docs: 'A field that no result has makes Splunk treat all results as one and suppress all but the first.',
  examples: {
    pass: [
      {
        title: 'a field of the search',
        files: {
          [base.rba]: edit('  cve:', '  throttling:\n    fields:\n    - dest\n    period: 1h\n  cve:'),
        },
      },
    ],
    fail: [
      {
        title: 'a field that the search lacks',
        files: {
          [base.rba]: edit('  cve:', '  throttling:\n    fields:\n    - dst\n    period: 1h\n  cve:'),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:53:7: throttling field "dst" does not occur in the search',
        ],
      },
    ],
  },
  detection(detection, report) {
    for (const [index, field] of (detection.tags.throttling?.fields ?? []).entries()) {
      if (detection.search.trim() === '' || detection.search.includes(field)) continue;
      const place = detection.at.value(['tags', 'throttling', 'fields', index]);
      report(place, `throttling field "${field}" does not occur in the search`);
    }
  },
});
