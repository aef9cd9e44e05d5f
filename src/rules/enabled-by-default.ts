// Only production detections that are no hunts run without being turned on.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const enabledByDefault = defineRule({
  code: 'enabled-by-default',
  severity: 'error',
  summary: 'Only production detections other than Hunting are enabled by default.',
  source: 'contentctl: enabled_by_default only for production and not for Hunting',
  docs: 'Experimental detections and hunts are started by an analyst who knows what to expect.',
  examples: {
    pass: [
      {
        title: 'a production TTP',
        files: { [base.rba]: edit('type: TTP', 'type: TTP\nenabled_by_default: true') },
      },
    ],
    fail: [
      {
        title: 'a hunt',
        files: { [base.oldest]: edit('type: Hunting', 'type: Hunting\nenabled_by_default: true') },
        found: ['detections/web/long_urls.yml:7:21: a Hunting detection cannot be enabled by default'],
      },
    ],
  },
  detection(detection, report) {
    if (!detection.enabledByDefault) return;
    const hunts = detection.type === 'Hunting';
    if (detection.status === 'production' && !hunts) return;
    const what = hunts ? 'a Hunting' : `an ${detection.status}`;
    const article = detection.status === 'deprecated' && !hunts ? 'a deprecated' : what;
    report(detection.at.value(['enabledByDefault']), `${article} detection cannot be enabled by default`);
  },
});
