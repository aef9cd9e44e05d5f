// The risk score of older dialects follows from confidence and impact.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const riskScore = defineRule({
  code: 'risk-score',
  severity: 'warning',
  summary: 'The written risk score is confidence times impact by 100.',
  source:
    'validator of 2022: risk_score == impact * confidence / 100; 4.x ignores risk_score and computes it',
  docs: 'The apps of 4.x use the computed score, those of 2022 the written one: two scores mean two different apps.',
  restsOn: ['tags.confidence', 'tags.impact', 'tags.risk_score'],
  examples: {
    pass: [{ title: 'the product', files: {} }],
    fail: [
      {
        title: 'another number',
        files: { [base.oldest]: edit('risk_score: 20', 'risk_score: 25') },
        found: [
          'detections/web/long_urls.yml:43:15: risk_score must be 20, confidence times impact by 100, found 25',
        ],
      },
    ],
  },
  detection(detection, report) {
    const { confidence, impact, riskScore: score } = detection.tags;
    if (confidence === undefined || impact === undefined || score === undefined) return;
    // Numbers out of range are the schema's to tell.
    if ([confidence, impact, score].some((number) => number < 0 || number > 100)) return;
    const computed = (confidence * impact) / 100;
    if (Math.abs(computed - score) < 1) return;
    const place = detection.at.value(['tags', 'riskScore']);
    report(
      place,
      `risk_score must be ${Math.round(computed)}, confidence times impact by 100, found ${score}`,
    );
  },
});
