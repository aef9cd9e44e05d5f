// Fields of drilldowns occur in the search whose results they start from.
import { isSlip, nearest } from '../diagnostic/did-you-mean.js';
import { base, edit } from './example.js';
import { givenFields } from './given-fields.js';
import { defineRule } from './rule.js';
import { standsOnce, wordsOf } from './word-index.js';

/** What offsets are filled with: the time range of the search that found something. */
const ofResults = ['info_min_time', 'info_max_time'];

export const drilldownToken = defineRule({
  code: 'drilldown-token',
  severity: 'warning',
  summary: 'Every $field$ of a drilldown occurs in the search of its detection.',
  source: 'Splunk Enterprise Security, drilldown searches: tokens are replaced by fields of the result',
  docs: 'A token whose field no result has leaves the drilldown with an empty value, and thereby without results.',
  examples: {
    pass: [{ title: 'fields of the result', files: {} }],
    fail: [
      {
        title: 'a misspelled time of the results',
        files: { [base.rba]: edit('earliest_offset: $info_min_time$', 'earliest_offset: $info_mni_time$') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:22:20: field "$info_mni_time$" of the drilldown does not occur in the search',
        ],
      },
      {
        title: 'a field that the search lacks',
        files: { [base.rba]: edit('normalized_risk_object="$user$"', 'normalized_risk_object="$usr$"') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:25:76: field "$usr$" of the drilldown does not occur in the search',
        ],
      },
    ],
  },
  detection(detection, report, context) {
    if (detection.search.trim() === '') return;
    const text = detection.search.toLowerCase();
    for (const [index, drilldown] of detection.drilldowns.entries()) {
      for (const key of ['name', 'search', 'earliestOffset', 'latestOffset'] as const) {
        for (const match of (drilldown[key] ?? '').matchAll(/\$([A-Za-z_][\w.]*)(?:\|[a-z]+)?\$/g)) {
          const field = match[1] ?? '';
          if (givenFields.test(field) || text.includes(field.toLowerCase())) continue;
          const span = { start: match.index, end: match.index + match[0].length };
          const place = detection.at.span(['drilldowns', index, key], span);
          const isOffset = key === 'earliestOffset' || key === 'latestOffset';
          const meant = nearest(field, isOffset ? ofResults : wordsOf(detection.search));
          const isAlone = !context.isNamedElsewhere(field) && standsOnce(context.text(detection.file), field);
          report(place, `field "${match[0]}" of the drilldown does not occur in the search`, {
            help: isSlip(field, meant) ? `did you mean "${meant}"?` : undefined,
            severity: isSlip(field, meant) || isAlone ? 'error' : 'warning',
          });
        }
      }
    }
  },
});
