// Single faults of detections with findings, in rows as for other detections.
import type { Row } from './fault-tables-detections.js';

/** Faults of a detection with findings. */
export const office: readonly Row[] = [
  [
    'schema',
    'missing key "modification_date"',
    ["modification_date: '2026-05-13'\n", ''],
    ['name:', '«name:'],
  ],
  ['schema', 'missing key "creation_date"', ["creation_date: '2025-01-02'\n", ''], ['name:', '«name:']],
  ['schema', 'missing key "category"', ['category: endpoint\n', ''], ['name:', '«name:']],
  [
    'schema',
    'missing key "mitre_attack_id"',
    ['mitre_attack_id:\n    - T1204.002\n', ''],
    ['name:', '«name:'],
  ],
  [
    'schema',
    'missing key "product"',
    ['product:\n    - Splunk Enterprise\n    - Splunk Enterprise Security\n    - Splunk Cloud\n', ''],
    ['name:', '«name:'],
  ],
  [
    'schema',
    'category must be one of "application", "cloud", "deprecated", "endpoint", "network", "web", found "host"',
    ['category: endpoint', 'category: «host'],
  ],
  [
    '~category-folder',
    'category "web" differs from the folder "endpoint"',
    ['category: endpoint', 'category: «web'],
  ],
  ['schema', 'finding.entity.score must be from 0 to 100, found number 150', ['score: 50', 'score: «150']],
  [
    'schema',
    'missing key "finding.title"',
    ['    title: $parent_process_name$ started $process_name$ on $dest$\n', ''],
    ['finding:', '«finding:'],
  ],
  [
    'schema',
    'missing key "finding.entity.field"',
    ['        field: dest\n', ''],
    ['    entity:', '    «entity:'],
  ],
  ['schema', 'unknown key "finding.entities"', ['    entity:', '    «entities:']],
  [
    'schema',
    'intermediate_findings.entities must not be an empty list',
    [
      '        - field: user\n          type: user\n          score: 20\n          message: $user$ ran a shell from $parent_process_name$\n',
      '',
    ],
    ['    entities:\n', '    entities: «[]\n'],
  ],
  [
    'schema',
    'missing key "intermediate_findings.entities[0].message"',
    ['          message: $user$ ran a shell from $parent_process_name$\n', ''],
    ['- field: user', '- «field: user'],
  ],
  [
    'risk-field',
    'field "$username$" of the message does not occur in the search',
    ['message: $user$', 'message: «$username$'],
  ],
  [
    '~token-text',
    '"A shell was started" has no $field$',
    ['title: $parent_process_name$ started $process_name$ on $dest$', 'title: «A shell was started'],
  ],
  ['missing-deployment', 'unknown schedule "Hourly"', ['schedule: Example Hourly', 'schedule: «Hourly']],
  ['unknown-baseline', 'unknown baseline "Shells"', ['- Baseline Of Shells', '- «Shells']],
  [
    'schema',
    'analytic_story must not be an empty list',
    ['analytic_story:\n    - Living Off The Land', 'analytic_story: «[]'],
  ],
  ['unknown-story', 'unknown story "Living"', ['- Living Off The Land', '- «Living']],
  [
    'schema',
    'custom_schedule.schedule_window must look like "auto", found "soon"',
    [
      'schedule: Example Hourly',
      'custom_schedule: {cron_schedule: 1 * * * *, earliest_time: -1h, latest_time: now, schedule_window: «soon}',
    ],
  ],
];
