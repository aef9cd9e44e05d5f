// A technique does not stand beside its own sub-technique.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const techniqueOverlap = defineRule({
  code: 'technique-overlap',
  severity: 'error',
  summary: 'ATT&CK techniques are named once: the sub-technique or the technique, not both.',
  source: 'contentctl 5.6: no technique beside its sub-technique',
  docs: 'The sub-technique says all that the technique says. Take the technique out.',
  examples: {
    pass: [
      { title: 'two techniques', files: { [base.rba]: edit('  - T1218.011', '  - T1218.011\n  - T1059') } },
    ],
    fail: [
      {
        title: 'T1218 beside T1218.011',
        files: { [base.rba]: edit('  - T1218.011', '  - T1218.011\n  - T1218') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:46:5: technique "T1218" is already said by its sub-technique "T1218.011"',
        ],
      },
    ],
  },
  detection(detection, report) {
    // Before 5.x listing both was the custom.
    if (detection.dialect === '2022' || detection.dialect === '4.x') return;
    const ids = detection.tags.mitreAttackIds;
    for (const [index, id] of ids.entries()) {
      const child = ids.find((other) => other.startsWith(`${id}.`));
      if (child === undefined) continue;
      const message = `technique "${id}" is already said by its sub-technique "${child}"`;
      report(detection.at.value(['tags', 'mitreAttackIds', index]), message);
    }
  },
});
