// Risk scores follow from the type (a policy of ESCU).
import { base, edit, edits } from './example.js';
import { defineRule } from './rule.js';

const scores: ReadonlyMap<string, number> = new Map([
  ['TTP', 50],
  ['Anomaly', 20],
]);

export const fixedScore = defineRule({
  code: 'fixed-score',
  severity: 'off',
  summary: 'Risk objects of a TTP score 50, of an Anomaly 20.',
  source: 'policy of the Splunk Threat Research Team since March 2026',
  docs: 'One score for all detections of a type makes risk comparable. Other publishers weigh each detection.',
  restsOn: ['rba.risk_objects.score', 'finding.entity.score', 'intermediate_findings.entities.score', 'type'],
  examples: {
    pass: [
      {
        title: 'the scores of the policy',
        files: { [base.rba]: edits(['score: 60', 'score: 50'], ['score: 40', 'score: 50']) },
      },
    ],
    fail: [
      {
        title: 'scores of the author',
        files: {
          [base.findings]: null,
          [base.observables]: null,
          [base.rba]: edit('score: 40', 'score: 50'),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:33:12: risk objects of a TTP score 50, found 60',
        ],
      },
    ],
  },
  detection(detection, report) {
    const score = scores.get(detection.type);
    if (score === undefined || detection.dialect === '2022' || detection.dialect === '4.x') return;
    for (const [index, object] of (detection.risk?.riskObjects ?? []).entries()) {
      const intermediate = detection.finding !== undefined && index > 0;
      const wanted = intermediate ? (scores.get('Anomaly') ?? score) : score;
      if (object.score === wanted) continue;
      const place = detection.at.value(['risk', 'riskObjects', index, 'score']);
      report(place, `risk objects of a ${detection.type} score ${wanted}, found ${object.score}`);
    }
  },
});
