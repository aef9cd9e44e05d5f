// Observables of 4.x: one role each, and a victim where risk is raised.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

const known = new Set('Attacker|Victim|Target|Actor|Parent Process|Child Process|Other|Unknown'.split('|'));

export const victim = defineRule({
  code: 'victim',
  severity: 'error',
  summary: 'In 4.x an observable is either Attacker or Victim, and a production TTP or Anomaly has a victim.',
  source:
    'contentctl 4.4: exactly 1 role of Attacker or Victim, at least 1 Victim for production TTP and Anomaly',
  docs: 'Risk is given to victims. Without one the detection raises no risk at all.',
  restsOn: ['tags.observable', 'status', 'type'],
  examples: {
    pass: [{ title: 'a victim and an attacker', files: {} }],
    fail: [
      {
        title: 'attackers only',
        files: { [base.observables]: edit('    - Victim', '    - Attacker') },
        found: ['detections/cloud/console_login_from_new_country.yml:35:3: no observable is a Victim'],
      },
      {
        title: 'two roles',
        files: { [base.observables]: edit('    - Victim', '    - Victim\n    - Attacker') },
        found: [
          'detections/cloud/console_login_from_new_country.yml:40:7: observable "user" must have one role, Attacker or Victim',
        ],
      },
      {
        title: 'a role of 2022',
        files: { [base.observables]: edit('    - Attacker', '    - Target') },
        found: [
          'detections/cloud/console_login_from_new_country.yml:42:5: observable "src" must have one role, Attacker or Victim',
        ],
      },
    ],
  },
  detection(detection, report) {
    if (detection.dialect !== '4.x' || detection.tags.observables.length === 0) return;
    const { observables } = detection.tags;
    if (observables.some(({ roles }) => roles.length === 0 || roles.some((role) => !known.has(role)))) return;
    for (const [index, { name, roles }] of observables.entries()) {
      if (roles.length === 1 && (roles[0] === 'Attacker' || roles[0] === 'Victim')) continue;
      if (roles.length === 0) continue;
      const path = ['tags', 'observables', index, 'roles'];
      const place = roles.length > 1 ? detection.at.value([...path, 1]) : detection.at.key(path);
      report(place, `observable "${name}" must have one role, Attacker or Victim`);
    }
    const raises = detection.type === 'TTP' || detection.type === 'Anomaly';
    if (detection.status !== 'production' || !raises) return;
    if (observables.some(({ roles }) => roles.includes('Victim'))) return;
    report(detection.at.key(['tags', 'observables']), 'no observable is a Victim');
  },
});
