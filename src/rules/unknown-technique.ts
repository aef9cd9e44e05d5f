// Techniques of ATT&CK exist.
import { attackVersions, laterTechniqueIds, loadAttack } from '../output/attack.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const unknownTechnique = defineRule({
  code: 'unknown-technique',
  severity: 'warning',
  summary: 'A technique is one of ATT&CK Enterprise.',
  source: 'MITRE ATT&CK Enterprise, releases 11, 15 and 18; contentctl looks it up when it enriches',
  docs:
    'The id is misspelled, or MITRE has revoked the technique: look for its successor at attack.mitre.org. An ' +
    'id that continues the numbers of the release detc knows may be of a later one, and is only mentioned.',
  examples: {
    pass: [
      { title: 'a sub-technique', files: { [base.rba]: edit('  - T1218.011', '  - T1059.001') } },
      { title: 'one that only an older release has', files: {} },
      {
        title: 'one that a later release added',
        files: { [base.rba]: edit('  - T1218.011', '  - T1485.001') },
      },
    ],
    fail: [
      {
        title: 'a sub-technique that may be of a later release',
        files: { [base.rba]: edit('  - T1218.011', '  - T1485.003') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:45:5: technique "T1485.003" is not in ATT&CK 18, nor in an earlier release that detc knows',
        ],
      },
      {
        title: 'digits that no technique has',
        files: { [base.rba]: edit('  - T1218.011', '  - T1218.999') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:45:5: technique "T1218.999" is not in ATT&CK 18, nor in an earlier release that detc knows',
        ],
      },
      {
        title: 'a technique that was revoked',
        files: { [base.rba]: edit('  - T1218.011', '  - T1086') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:45:5: technique "T1086" is not in ATT&CK 18, nor in an earlier release that detc knows',
        ],
      },
    ],
  },
  content(object, report) {
    if (object.kind !== 'detection' && object.kind !== 'baseline' && object.kind !== 'investigation') return;
    for (const [index, id] of object.tags.mitreAttackIds.entries()) {
      // What does not look like an id is a fault of the schema.
      if (!/^T\d{4}(?:\.\d{3})?$/.test(id) || isKnown(id)) continue;
      const message = `technique "${id}" is not in ATT&CK ${laterTechniqueIds().version}, nor in an earlier release that detc knows`;
      report(object.at.value(['tags', 'mitreAttackIds', index]), message, {
        ...(mayBeNewer(id) ? { severity: 'info' } : {}),
      });
    }
  },
});

/** Whether an id continues the numbers that are given out, as those of later releases do; MITRE counts on by ones. */
function mayBeNewer(id: string): boolean {
  const techniques = new Set([
    ...loadAttack(attackVersions.at(-1)!).techniques.keys(),
    ...laterTechniqueIds().ids,
  ]);
  const [technique = '', sub] = id.split('.');
  const siblings = [...techniques].filter((known) =>
    sub === undefined ? !known.includes('.') : known.startsWith(`${technique}.`),
  );
  if (sub !== undefined && !techniques.has(technique)) return mayBeNewer(technique);
  const number = (known: string): number => Number(known.slice(sub === undefined ? 1 : technique.length + 1));
  const highest = siblings.reduce((most, known) => Math.max(most, number(known)), 0);
  return number(id) > highest && number(id) <= highest + (sub === undefined ? 50 : 5);
}

const isKnown = (id: string): boolean =>
  laterTechniqueIds().ids.has(id) || attackVersions.some((version) => loadAttack(version).techniques.has(id));
