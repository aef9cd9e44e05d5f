// Files of tests/ belong to a detection.
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { defineRule } from './rule.js';

export const unknownTest = defineRule({
  code: 'unknown-test',
  severity: 'error',
  summary: 'A file of assertions in tests/ is named after a detection and speaks of its tests.',
  source: 'detc: `tests/<file name of the detection>.yml` maps names of tests to assertions',
  docs: 'Assertions on a test that is not there would never fail.',
  examples: {
    pass: [
      {
        title: 'assertions on a test',
        files: { 'tests/rundll32_without_arguments.yml': 'True Positive Test:\n  rows: 1\n' },
      },
    ],
    fail: [
      {
        title: 'no such detection',
        files: { 'tests/rundll32_with_arguments.yml': 'True Positive Test:\n  rows: 1\n' },
        found: ['tests/rundll32_with_arguments.yml:1:1: unknown detection "rundll32_with_arguments"'],
      },
      {
        title: 'no such test',
        files: { 'tests/rundll32_without_arguments.yml': 'True Positiv Test:\n  rows: 1\n' },
        found: [
          'tests/rundll32_without_arguments.yml:1:1: detection "Rundll32 Without Arguments" has no test "True Positiv Test"',
        ],
      },
    ],
  },
  repository(repository, report, context) {
    const apart = context.testFiles.filter(({ tests }) => tests.length === 0);
    if (apart.length === 0) return;
    const byStem = new Map(repository.detections.map((detection) => [detection.stem, detection]));
    for (const { file, detection: stem, expectations, at } of apart) {
      const detection = byStem.get(stem);
      if (detection === undefined) {
        if (context.isUnreadable('detection', stem)) continue;
        const place = { file, line: 1, column: 1, endLine: 1, endColumn: 2 };
        report(place, `unknown detection "${stem}"`, { help: didYouMean(stem, byStem.keys()) });
        continue;
      }
      const names = detection.tests.map((test) => test.name);
      for (const name of expectations.keys()) {
        if (names.includes(name)) continue;
        const message = `detection "${detection.name}" has no test "${name}"`;
        report(at.key([name]), message, { help: didYouMean(name, names) });
      }
    }
  },
});
