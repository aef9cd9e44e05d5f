// No part of a file is ignored because another dialect's part stands beside it.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const ignoredKey = defineRule({
  code: 'ignored-key',
  severity: 'warning',
  summary: 'A detection is written in one dialect: no observables beside rba, no rba beside findings.',
  source: 'the dialects of content: each has one place for risk',
  docs: 'Of two descriptions of the same thing only the newer is used. Take the older one out.',
  examples: {
    pass: [{ title: 'each dialect by itself', files: {} }],
    fail: [
      {
        title: 'a confidence beside rba',
        files: {
          [base.rba]: edit(
            '  cve:',
            '  confidence: 50\n  impact: 50\n  message: m\n  required_fields: []\n  observable: []\n  cve:',
          ),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:51:3: "tags.confidence" is ignored, for the file has "rba"',
        ],
      },
      {
        title: 'rba beside a finding',
        files: {
          [base.rba]: edit(
            'tags:',
            'finding:\n  title: $dest$\n  entity:\n    field: dest\n    type: system\n    score: 5\ncreation_date: 2025-01-01\nmodification_date: 2025-01-01\ntags:',
          ),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:40:1: "finding" is ignored, for the file has "rba"',
        ],
      },
    ],
  },
  detection(detection, report, { raw }) {
    const keys = raw(detection);
    const tags = keys['tags'];
    const has = (key: string): boolean => Object.hasOwn(keys, key);
    if (!has('rba')) {
      if (!has('finding') && !has('intermediate_findings')) return;
    } else {
      for (const key of ['finding', 'intermediate_findings', 'threat_objects']) {
        if (has(key)) report(detection.at.key([key]), `"${key}" is ignored, for the file has "rba"`);
      }
    }
    if (typeof tags !== 'object' || tags === null) return;
    const other = has('rba') ? 'rba' : 'finding';
    const found = ['confidence', 'impact', 'message', 'observable', 'risk_score'].find((key) =>
      Object.hasOwn(tags, key),
    );
    if (found === undefined) return;
    report(detection.at.key(['tags', found]), `"tags.${found}" is ignored, for the file has "${other}"`);
  },
});
