// Texts that help analysts say something.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

const shortest = 4;

export const shortText = defineRule({
  code: 'short-text',
  severity: 'error',
  summary: 'How to implement a detection and what else it finds is told in at least four characters.',
  source: 'contentctl: how_to_implement and known_false_positives have at least 4 characters',
  docs: 'Who turns a detection on reads these two texts. Say at least "None".',
  examples: {
    pass: [{ title: 'the word none', files: { [base.rba]: edit('None are known.', 'none') } }],
    fail: [
      {
        title: 'two letters',
        files: { [base.rba]: edit('None are known.', 'NA') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:16:24: known_false_positives must have at least 4 characters, found "NA"',
        ],
      },
    ],
  },
  detection(detection, report, context) {
    const written = context.raw(detection);
    for (const [key, path, text] of [
      ['how_to_implement', 'howToImplement', detection.howToImplement],
      ['known_false_positives', 'knownFalsePositives', detection.knownFalsePositives],
    ] as const) {
      // A missing key is the schema's to tell.
      if (text.length >= shortest || !Object.hasOwn(written, key)) continue;
      const place = detection.at.value([path]);
      report(place, `${key} must have at least ${shortest} characters, found "${text}"`, {
        ...(detection.dialect === '2022' ? { severity: 'warning' as const } : {}),
      });
    }
  },
});
