// Data sources of detections exist.
import { dataSourceNames } from '../content/data-source-names.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const unknownDataSource = defineRule({
  code: 'unknown-data-source',
  severity: 'error',
  summary: 'Every data source that a detection names is a file in data_sources/.',
  source: 'contentctl 5.6: data_source names are known; 4.x only warns',
  docs:
    'Several sources that are needed together are written as "A AND B". A repository without data_sources/ is not ' +
    'held to this.',
  examples: {
    pass: [{ title: 'two sources that are needed together', files: {} }],
    fail: [
      {
        title: 'a part of a pair',
        files: { [base.rba]: edit('AND Linux Auditd', 'AND Linux Audit') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:11:24: unknown data source "Linux Audit"',
        ],
      },
    ],
  },
  detection(detection, report, context) {
    if (!context.hasAny('dataSource')) return;
    for (const { name, index, span } of dataSourceNames(detection)) {
      if (context.has('dataSource', name) || context.isUnreadable('dataSource', name)) continue;
      const older = detection.dialect === '4.x' || detection.dialect === '2022';
      report(detection.at.span(['dataSources', index], span), `unknown data source "${name}"`, {
        help: context.suggest('dataSource', name),
        ...(older ? { severity: 'warning' as const } : {}),
      });
    }
  },
});
