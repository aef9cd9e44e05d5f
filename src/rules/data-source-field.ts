// A search puts out the fields that its data sources promise.
import { dataSourceNames } from '../content/data-source-names.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const dataSourceField = defineRule({
  code: 'data-source-field',
  severity: 'info',
  summary: 'The search of a production TTP or Anomaly names the output_fields of its data sources.',
  source: 'contentctl 5.6: every output field of every data source occurs in the search',
  docs:
    'A data source lists in `output_fields` what detections on it hand on to analysts, mostly by grouping. Name the field ' +
    'in the search, or take it off the list.',
  examples: {
    pass: [
      {
        title: 'not in production',
        files: {
          'data_sources/sysmon_eventid_1.yml': edit('output_fields:\n', 'output_fields:\n- signature\n'),
          [base.rba]: edit('status: production', 'status: experimental'),
        },
      },
    ],
    fail: [
      {
        title: 'a field that the search does not name',
        files: {
          'data_sources/sysmon_eventid_1.yml': edit('output_fields:\n', 'output_fields:\n- signature_id\n'),
        },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:10:3: the search does not name "signature_id", an output field of data source "Sysmon EventID 1"',
        ],
      },
    ],
  },
  detection(detection, report, context) {
    const { dialect, status, type, search } = detection;
    if (dialect !== '5.x' || status !== 'production' || (type !== 'TTP' && type !== 'Anomaly')) return;
    if (search.trim() === '') return;
    const seen = new Set<string>();
    for (const { name, index } of dataSourceNames(detection)) {
      if (seen.has(name)) continue;
      seen.add(name);
      const source = context.byName('dataSource', name);
      const isLacking = (field: string): boolean => field.trim() !== '' && !search.includes(field);
      const lacking = source?.outputFields.filter(isLacking) ?? [];
      if (source === undefined || lacking.length === 0 || context.isFaulty(source.file)) continue;
      const fields = lacking.map((field) => `"${field}"`).join(', ');
      const what = lacking.length === 1 ? 'an output field' : 'output fields';
      report(
        detection.at.value(['dataSources', index]),
        `the search does not name ${fields}, ${what} of data source "${source.name}"`,
      );
    }
  },
});
