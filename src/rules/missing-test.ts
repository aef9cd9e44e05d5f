// Production detections are tested.
import { isRaw } from '../content/read/fields.js';
import { base } from './example.js';
import { defineRule } from './rule.js';
import { hasMisspelt, isWritten } from './written-key.js';

export const missingTest = defineRule({
  code: 'missing-test',
  severity: 'warning',
  summary: 'A production detection other than Correlation has a test, or says why it is tested by hand.',
  source: 'contentctl: at least 1 test for production detections, unless Correlation or manual_test',
  docs: 'Add a test with data on which the detection fires; `tags.manual_test` holds the reason where none can be had.',
  restsOn: ['tests', 'status', 'type', 'tags.manual_test'],
  examples: {
    pass: [
      {
        title: 'a test by hand',
        files: {
          [base.rba]: (text) =>
            text.replace(/tests:[\s\S]*$/, '').replace('  cve:', '  manual_test: needs a lab\n  cve:'),
        },
      },
    ],
    fail: [
      {
        title: 'no test',
        files: { [base.rba]: (text) => text.replace(/tests:[\s\S]*$/, '') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:1:7: production detection has no test'],
      },
      {
        title: 'a test without data',
        files: { [base.rba]: (text) => text.replace(/attack_data:[\s\S]*$/, 'attack_data: []\n') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:57:16: test "True Positive Test" has no data',
        ],
      },
    ],
  },
  detection(detection, report, { raw }) {
    if (detection.status !== 'production' || detection.type === 'Correlation') return;
    if (detection.dialect === '2022' || detection.tags.manualTest !== undefined) return;
    for (const [index, { name, testType, attackData }] of detection.tests.entries()) {
      if (testType === 'unit' && attackData.length === 0 && !hasOtherKey(raw(detection)['tests'], index))
        report(detection.at.value(['tests', index, 'attackData']), `test "${name}" has no data`);
    }
    if (detection.tests.length > 0) return;
    const tests = raw(detection)['tests'];
    if (Array.isArray(tests) && tests.length === 0)
      report(detection.at.value(['tests']), 'production detection has no test');
    else if (!isWritten(raw(detection), 'tests'))
      report(detection.at.value(['name']), 'production detection has no test');
  },
});

/** Whether the key of a test's data is misspelled, which is told as an unknown key. */
function hasOtherKey(tests: unknown, index: number): boolean {
  const test: unknown = Array.isArray(tests) ? tests[index] : undefined;
  return isRaw(test) && hasMisspelt(test, 'attack_data');
}
