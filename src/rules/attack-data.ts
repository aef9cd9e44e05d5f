// Data of tests is a URL or a file of the repository.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const attackData = defineRule({
  code: 'attack-data',
  severity: 'error',
  summary: 'The data of a test is an http(s) URL or an existing file of the repository.',
  source: 'contentctl: attack_data.data is a URL or an existing file',
  docs: 'Paths count from the root of the repository and must not lead out of it.',
  examples: {
    pass: [
      {
        title: 'a file of the repository',
        files: {
          [base.rba]: edit('https://example.com/data/rundll32.log', 'datasets/a.log'),
          'datasets/a.log': 'x',
        },
      },
    ],
    fail: [
      {
        title: 'a file that is not there',
        files: { [base.rba]: edit('https://example.com/data/rundll32.log', 'datasets/b.log') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:58:11: data "datasets/b.log" is no URL and no file of the repository',
        ],
      },
      {
        title: 'a file outside',
        files: { [base.rba]: edit('https://example.com/data/rundll32.log', '../../etc/hosts') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:58:11: data "../../etc/hosts" is no URL and no file of the repository',
        ],
      },
    ],
  },
  detection(detection, report, context) {
    for (const [test, { attackData: sets }] of detection.tests.entries()) {
      for (const [index, { data }] of sets.entries()) {
        if (data === '' || /^https?:\/\/[^\s/]+/.test(data) || context.hasFile(data)) continue;
        // Large data sets are often fetched separately; a prefix of detc.yml may stand for their folder.
        const roots = Object.keys(context.repository.settings.dataRoots);
        if (roots.some((root) => data.startsWith(root))) continue;
        const place = detection.at.value(['tests', test, 'attackData', index, 'data']);
        report(place, `data "${data}" is no URL and no file of the repository`);
      }
    }
  },
});
