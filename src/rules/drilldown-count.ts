// Production detections come with drilldowns (a policy of ESCU).
import { base } from './example.js';
import { defineRule } from './rule.js';

export const drilldownCount = defineRule({
  code: 'drilldown-count',
  severity: 'off',
  summary:
    'A production detection other than Hunting has at least two drilldowns, one of them of its own results.',
  source: 'contentctl 5.6: at least 2 drilldowns, at least 1 with %original_detection_search%',
  docs: 'ESCU gives analysts one search for the results and one for the risk events of the same entity.',
  restsOn: ['drilldown_searches', 'status', 'type'],
  examples: {
    pass: [{ title: 'two drilldowns', files: {} }],
    fail: [
      {
        title: 'one that does not show the results',
        files: {
          [base.rba]: (text) =>
            text.replace(/drilldown_searches:[\s\S]*?(?=- name: View risk)/, 'drilldown_searches:\n'),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:19:1: at least 2 drilldowns are wanted, found 1',
          'detections/endpoint/rundll32_without_arguments.yml:19:1: no drilldown contains "%original_detection_search%"',
        ],
      },
    ],
  },
  detection(detection, report) {
    const { drilldowns } = detection;
    if (detection.status !== 'production' || detection.type === 'Hunting' || detection.dialect === '2022')
      return;
    const place = detection.at.key(['drilldowns']);
    if (drilldowns.length < 2) report(place, `at least 2 drilldowns are wanted, found ${drilldowns.length}`);
    const own = drilldowns.some((drilldown) => drilldown.search.includes('%original_detection_search%'));
    if (!own && drilldowns.length > 0) report(place, 'no drilldown contains "%original_detection_search%"');
  },
});
