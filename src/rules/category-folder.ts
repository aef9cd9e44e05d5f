// The category of a detection is the folder it lies in.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const categoryFolder = defineRule({
  code: 'category-folder',
  severity: 'warning',
  summary: 'In ESCU 6 `category` is the folder below detections/.',
  source: 'ESCU 6: category is application, cloud, endpoint, network or web, as the folder',
  docs: 'Pages are grouped by category, files by folder; both should lead to the same detections.',
  examples: {
    pass: [{ title: 'the category of the folder', files: {} }],
    fail: [
      {
        title: 'another category',
        files: { [base.findings]: edit('category: endpoint', 'category: web') },
        found: [
          'detections/endpoint/shell_spawned_by_office.yml:55:11: category "web" differs from the folder "endpoint"',
        ],
      },
    ],
  },
  detection(detection, report) {
    const { category, folder } = detection;
    if (category === undefined || folder === '' || folder.split('/')[0] === category) return;
    report(detection.at.value(['category']), `category "${category}" differs from the folder "${folder}"`);
  },
});
