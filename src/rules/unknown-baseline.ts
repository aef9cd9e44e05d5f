// Baselines and the detections they serve know each other.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const unknownBaseline = defineRule({
  code: 'unknown-baseline',
  severity: 'error',
  summary: 'Baselines named by detections, and detections named by baselines, exist.',
  source:
    'ESCU 6: `baselines` lists names of baselines; before, `tags.detections` of the baseline listed detections',
  docs: 'A detection may have been renamed or removed since. Correct the name or take it out of the list.',
  examples: {
    pass: [{ title: 'both directions', files: {} }],
    fail: [
      {
        title: 'a baseline that is not there',
        files: { [base.findings]: edit('- Baseline Of Shells', '- Baseline Of Shell') },
        found: ['detections/endpoint/shell_spawned_by_office.yml:59:7: unknown baseline "Baseline Of Shell"'],
      },
      {
        title: 'a detection that is not there',
        files: { 'baselines/baseline_of_shells.yml': edit('- Rundll32 Without', '- Rundll Without') },
        found: ['baselines/baseline_of_shells.yml:17:5: unknown detection "Rundll Without Arguments"'],
      },
    ],
  },
  content(object, report, context) {
    if (object.kind === 'detection') {
      for (const [index, name] of object.baselines.entries()) {
        if (context.has('baseline', name) || context.isUnreadable('baseline', name)) continue;
        const help = context.suggest('baseline', name);
        report(object.at.value(['baselines', index]), `unknown baseline "${name}"`, { help });
      }
    } else if (object.kind === 'baseline') {
      for (const [index, name] of object.detections.entries()) {
        if (context.has('detection', name) || context.isUnreadable('detection', name)) continue;
        const isRemoved = context.has('removed', name);
        const message = isRemoved ? `detection "${name}" was removed` : `unknown detection "${name}"`;
        const help = isRemoved ? undefined : context.suggest('detection', name);
        // Splunk's tools never looked at this list.
        report(object.at.value(['tags', 'detections', index]), message, { help, severity: 'warning' });
      }
    }
  },
});
