// Single faults of detections. A row: code (with ~ a warning), message, edits; « marks the place where it must be reported.

/** A row of a fault table. */
export type Row = readonly [
  code: string,
  message: string | RegExp,
  ...edits: (readonly [from: string | RegExp, to: string])[],
];

/** Faults of a detection with `rba`. */
export const rundll32: readonly Row[] = [
  ['schema', 'unknown key "Tests"', ['\ntests:', '\n«Tests:']],
  ['schema', 'unknown key "tests[0].Attack_data"', ['attack_data:', '«Attack_data:']],
  ['schema', 'unknown key "mitre_attack_id"', ['\ntags:', '\n«mitre_attack_id: [T1218.011]\ntags:']],
  [
    'schema',
    'unknown key "tags.author"',
    ['author: Ann Author, Example\n', ''],
    ['tags:', 'tags:\n  «author: A'],
  ],
  ['schema', 'rba must be a mapping, found text "x"', [/rba:\n(?: .*\n)+/, 'rba: «x\n']],
  ['schema', 'unknown key "rbas"', ['\nrba:', '\n«rbas:']],
  [
    'schema',
    'tags.analytic_story must be a list, found text "x"',
    ['analytic_story:\n  - Living Off The Land', 'analytic_story: «x'],
  ],
  ['schema', 'search must be text, found number 5', [/search: '`(?:.*\n)(?: .*\n)+/, 'search: «5\n']],
  ['schema', 'name is empty', ['name: Rundll32 Without Arguments', 'name: «""']],
  ['schema', 'name must be text, found number 5', ['name: Rundll32 Without Arguments', 'name: «5']],
  ['schema', 'name must be text, found boolean yes', ['name: Rundll32 Without Arguments', 'name: «yes']],
  ['schema', 'name must be text, found number 0x1F', ['name: Rundll32 Without Arguments', 'name: «0x1F']],
  ['schema', 'name must be text, found a list', ['name: Rundll32 Without Arguments', 'name: «[a]']],
  [
    'schema',
    /^id must be a UUID such as ".*", found "5f1c1e0a"$/,
    ['id: 5f1c1e0a-0a77-4d53-9d0e-6a6f7d2d8a01', 'id: «5f1c1e0a'],
  ],
  [
    'schema',
    /^id must be a UUID such as ".*", found "5f1c1e0a-0a77-4d53-9d0e-6a6f7d2d8a0g"$/,
    ['id: 5f1c1e0a-0a77-4d53-9d0e-6a6f7d2d8a01', 'id: «5f1c1e0a-0a77-4d53-9d0e-6a6f7d2d8a0g'],
  ],
  ['schema', 'version must be at least 0, found number -1', ['version: 2', 'version: «-1']],
  ['schema', 'version must be a whole number, found number 1.5', ['version: 2', 'version: «1.5']],
  ['schema', 'version must be a whole number, found 2.0', ['version: 2', 'version: «2.0']],
  ['schema', 'version must be a whole number, found boolean true', ['version: 2', 'version: «true']],
  ['schema', 'version must be a whole number, found text "two"', ['version: 2', 'version: «two']],
  ['~schema', 'version must be a whole number, found text "2"', ['version: 2', "version: «'2'"]],
  [
    'schema',
    /^date must be a day of the calendar such as ".*", found "2025-02-30"$/,
    ["date: '2025-05-02'", "date: «'2025-02-30'"],
  ],
  ['schema', /^date must be a day .* found "02.05.2025"$/, ["date: '2025-05-02'", "date: «'02.05.2025'"]],
  [
    'schema',
    /^date must be a day .* found "2025-05-02T00:00:00"$/,
    ["date: '2025-05-02'", 'date: «2025-05-02T00:00:00'],
  ],
  ['future-date', 'date "2027-01-01" lies in the future', ["date: '2025-05-02'", "date: «'2027-01-01'"]],
  ['schema', 'missing key "date"', ["date: '2025-05-02'\n", ''], ['name:', '«name:']],
  ['schema', 'author is empty', ['author: Ann Author, Example', "author: «''"]],
  [
    'schema',
    'author must have at most 255 characters, found 256 in "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"',
    ['author: Ann Author, Example', `author: «${'x'.repeat(256)}`],
  ],
  [
    'schema',
    'status must be one of "production", "experimental", "deprecated", found "prod"',
    ['status: production', 'status: «prod'],
  ],
  [
    'schema',
    'status must be one of "production", "experimental", "deprecated", found "removed"',
    ['status: production', 'status: «removed'],
  ],
  [
    'schema',
    'status must be one of "production", "experimental", "deprecated", found "Production"',
    ['status: production', 'status: «Production'],
  ],
  ['schema', 'missing key "status"', ['status: production\n', ''], ['name:', '«name:']],
  [
    'schema',
    'type must be one of "TTP", "Anomaly", "Hunting", "Correlation", found "Ttp"',
    ['type: TTP', 'type: «Ttp'],
  ],
  [
    'schema',
    /^description must have at most 10000 characters, found 10001 in "y+…"$/,
    [
      'description: Finds rundll32.exe that is started without arguments.',
      `description: «${'y'.repeat(10001)}`,
    ],
  ],
  [
    'schema',
    'data_source must be a list, found text "Sysmon EventID 1"',
    [
      'data_source:\n- Sysmon EventID 1\n- Sysmon EventID 1 AND Linux Auditd',
      'data_source: «Sysmon EventID 1',
    ],
  ],
  ['schema', 'data_source[0] must be text, found number 1', ['- Sysmon EventID 1\n', '- «1\n']],
  [
    'schema',
    'data_source[0] must be text, found a mapping',
    ['- Sysmon EventID 1\n', '- «Sysmon: EventID 1\n'],
  ],
  [
    'unknown-data-source',
    'unknown data source "Sysmon EventID 9"',
    ['- Sysmon EventID 1\n', '- «Sysmon EventID 9\n'],
  ],
  ['unknown-data-source', 'unknown data source "Nothing"', ['AND Linux Auditd', 'AND «Nothing']],
  [
    'short-text',
    'how_to_implement must have at least 4 characters, found "Do"',
    ['how_to_implement: Collect process events with Sysmon.', 'how_to_implement: «Do'],
  ],
  [
    'short-text',
    'known_false_positives must have at least 4 characters, found ""',
    ['known_false_positives: None are known.', 'known_false_positives: «""'],
  ],
  [
    'schema',
    'references[0] must look like "https://attack.mitre.org/techniques/T1059/", found "attack.mitre.org"',
    ['- https://attack.mitre.org/techniques/T1218/011/', '- «attack.mitre.org'],
  ],
  [
    'schema',
    'references must be a list, found text "https://a.example/"',
    ['references:\n- https://attack.mitre.org/techniques/T1218/011/', 'references: «https://a.example/'],
  ],
  [
    '~duplicate-item',
    '"https://attack.mitre.org/techniques/T1218/011/" is listed twice',
    ['T1218/011/\n', 'T1218/011/\n- «https://attack.mitre.org/techniques/T1218/011/\n'],
  ],
  [
    'schema',
    'drilldown_searches[0].name must have at least 5 characters, found "View"',
    ['- name: View the detection results for "$dest$"', '- name: «View'],
  ],
  [
    'schema',
    'missing key "drilldown_searches[0].search"',
    ['  search: \'%original_detection_search% | search dest="$dest$"\'\n', ''],
    ['- name: View the', '- «name: View the'],
  ],
  [
    'schema',
    'missing key "drilldown_searches[1].latest_offset"',
    ['  latest_offset: null\n', ''],
    ['- name: View risk', '- «name: View risk'],
  ],
  [
    'schema',
    'unknown key "drilldown_searches[0].earliest"',
    [
      '  earliest_offset: $info_min_time$',
      '  «earliest: $info_min_time$\n  earliest_offset: $info_min_time$',
    ],
  ],
  [
    'schema',
    'unknown key "drilldown_searches[0].earliest_ofset"',
    [
      '  earliest_offset: $info_min_time$\n  latest_offset: $info_max',
      '  «earliest_ofset: $info_min_time$\n  latest_offset: $info_max',
    ],
  ],
  [
    'schema',
    'drilldown_searches[0].earliest_offset must be text, found number 7',
    [
      '  earliest_offset: $info_min_time$\n  latest_offset: $info_max',
      '  earliest_offset: «7\n  latest_offset: $info_max',
    ],
  ],
  ['unknown-command', 'unknown command "serch"', ['| search dest="$dest$"', '| «serch dest="$dest$"']],
  [
    '~syntax',
    'expected a condition, found "="',
    ['| search dest="$dest$"', '| search [CHANGEME_FIELD] «="$dest$"'],
  ],
  [
    'missing-field',
    /^"convert" reads field "firstTme", which no result has/,
    ['| `rundll32', '| convert ctime(«firstTme) | `rundll32'],
  ],
  [
    '~missing-field',
    /^"convert" reads field "first_Time", which no result has/,
    ['| `rundll32', '| convert ctime(«first_Time) | `rundll32'],
  ],
  [
    'drilldown-token',
    'field "$host_name$" of the drilldown does not occur in the search',
    ['object="$user$"', 'object="«$host_name$"'],
  ],
  ['~token-text', 'token "$user" is not closed with "$"', ['object="$user$"', 'object="«$user"']],
  [
    'schema',
    'missing key "rba.message"',
    ['  message: $process_name$ ran without arguments on $dest$\n', ''],
    ['rba:', '«rba:'],
  ],
  [
    'schema',
    'rba.message is empty',
    ['message: $process_name$ ran without arguments on $dest$', 'message: «""'],
  ],
  [
    'risk-field',
    'field "$hostname$" of the message does not occur in the search',
    ['on $dest$', 'on «$hostname$'],
  ],
  [
    'schema',
    'rba.risk_objects must not be an empty list',
    [
      '  risk_objects:\n  - field: dest\n    type: system\n    score: 60\n  - field: user\n    type: user\n    score: 40\n',
      '  risk_objects: «[]\n',
    ],
  ],
  ['schema', 'rba.risk_objects[0].score must be from 1 to 100, found number 0', ['score: 60', 'score: «0']],
  [
    'schema',
    'rba.risk_objects[0].score must be from 1 to 100, found number 101',
    ['score: 60', 'score: «101'],
  ],
  [
    'schema',
    'rba.risk_objects[0].score must be a whole number, found text "high"',
    ['score: 60', 'score: «high'],
  ],
  [
    'schema',
    'rba.risk_objects[0].type must be one of "user", "system", "other", found "host"',
    ['type: system', 'type: «host'],
  ],
  [
    'schema',
    'missing key "rba.risk_objects[1].score"',
    ['    score: 40\n', ''],
    ['- field: user', '- «field: user'],
  ],
  ['schema', 'unknown key "rba.risk_objects[0].weight"', ['    score: 60', '    score: 60\n    «weight: 1']],
  [
    'risk-field',
    'risk field "hostname" does not occur in the search',
    ['- field: dest', '- field: «hostname'],
  ],
  ['schema', 'unknown type "proces_name"', ['type: process_name', 'type: «proces_name']],
  [
    'risk-field',
    'threat field "hash" does not occur in the search',
    ['  - field: process_name', '  - field: «hash'],
  ],
  [
    'schema',
    'missing key "rba.threat_objects"',
    ['  threat_objects:\n  - field: process_name\n    type: process_name\n', ''],
    ['rba:', '«rba:'],
  ],
  ['schema', 'unknown key "rba.risk_object"', ['  risk_objects:', '  «risk_object:']],
  ['unknown-story', 'unknown story "Living On The Land"', ['- Living Off The Land', '- «Living On The Land']],
  [
    'schema',
    'missing key "tags.analytic_story"',
    ['  analytic_story:\n  - Living Off The Land\n', ''],
    ['tags:', '«tags:'],
  ],
  [
    'schema',
    'tags.analytic_story must be a list, found text "Living Off The Land"',
    ['analytic_story:\n  - Living Off The Land', 'analytic_story: «Living Off The Land'],
  ],
  ['schema', 'unknown asset_type "Endpiont"', ['asset_type: Endpoint', 'asset_type: «Endpiont']],
  ['schema', 'unknown asset_type ""', ['asset_type: Endpoint', "asset_type: «''"]],
  [
    'schema',
    'tags.mitre_attack_id[0] must look like "T1059" or "T1059.001", found "1218"',
    ['- T1218.011', "- «'1218'"],
  ],
  ['schema', 'tags.mitre_attack_id[0] must be text, found number 1218.011', ['- T1218.011', '- «1218.011']],
  [
    'schema',
    'tags.mitre_attack_id[0] must look like "T1059" or "T1059.001", found "T1218x011"',
    ['- T1218.011', '- «T1218x011'],
  ],
  [
    'technique-overlap',
    'technique "T1218" is already said by its sub-technique "T1218.011"',
    ['- T1218.011', '- T1218.011\n  - «T1218'],
  ],
  [
    'schema',
    'tags.product[0] must be one of "Splunk Enterprise", "Splunk Enterprise Security", "Splunk Cloud", "Splunk Security Analytics for AWS", "Splunk Behavioral Analytics", found "Splunk"',
    ['  - Splunk Enterprise\n', '  - «Splunk\n'],
  ],
  [
    'schema',
    'tags.product must not be an empty list',
    [
      '  product:\n  - Splunk Enterprise\n  - Splunk Enterprise Security\n  - Splunk Cloud\n',
      '  product: «[]\n',
    ],
  ],
  [
    '~duplicate-item',
    '"Splunk Cloud" is listed twice',
    ['  - Splunk Cloud\n', '  - Splunk Cloud\n  - «Splunk Cloud\n'],
  ],
  [
    'schema',
    'tags.security_domain must be one of "access", "audit", "endpoint", "identity", "network", "threat", found "cloud"',
    ['security_domain: endpoint', 'security_domain: «cloud'],
  ],
  [
    'schema',
    'tags.cve[0] must look like "CVE-2024-3400", found "CVE-|024-1"',
    ['- CVE-2021-44228', '- «CVE-|024-1'],
  ],
  [
    'schema',
    /^tags.atomic_guid\[0\] must be a UUID such as ".*", found "T1218"$/,
    ['- 5e1a1e0a-0a77-4d53-9d0e-6a6f7d2d8a02', '- «T1218'],
  ],
  ['schema', 'unknown key "tags.mitre_attack_ids"', ['  mitre_attack_id:', '  «mitre_attack_ids:']],
  [
    'schema',
    'tags.throttling.period must look like "3600s" or "24h", found "1d"',
    ['  cve:', '  throttling:\n    fields: [dest]\n    period: «1d\n  cve:'],
  ],
  [
    'schema',
    'tags.throttling.fields must not be an empty list',
    ['  cve:', '  throttling:\n    fields: «[]\n    period: 1h\n  cve:'],
  ],
  [
    'schema',
    'tags.throttling.fields[0] must look like "user", found "a b"',
    ['  cve:', '  throttling:\n    fields: [«a b]\n    period: 1h\n  cve:'],
  ],
  [
    'throttling-field',
    'throttling field "hostname" does not occur in the search',
    ['  cve:', '  throttling:\n    fields: [«hostname]\n    period: 1h\n  cve:'],
  ],
  ['schema', 'tests[0] must be a mapping, found text "none"', ['tests:\n', 'tests:\n- «none\n']],
];

/** Faults of a detection with observables. */
export const login: readonly Row[] = [
  [
    'schema',
    'missing key "tags.message"',
    ['  message: $user$ logged in from $Country$\n', ''],
    ['tags:', '«tags:'],
  ],
  ['schema', 'missing key "tags.confidence"', ['  confidence: 50\n', ''], ['tags:', '«tags:']],
  [
    '~schema',
    'missing key "tags.required_fields"',
    ['  required_fields:\n  - eventName\n  - user\n', ''],
    ['tags:', '«tags:'],
  ],
  [
    'schema',
    'tags.confidence must be from 0 to 100, found number 101',
    ['confidence: 50', 'confidence: «101'],
  ],
  ['schema', 'tags.impact must be from 0 to 100, found number -1', ['impact: 60', 'impact: «-1']],
  ['schema', 'tags.impact must be a whole number, found text "high"', ['impact: 60', 'impact: «high']],
  [
    '~risk-score',
    'risk_score must be 30, confidence times impact by 100, found 90',
    ['risk_score: 30', 'risk_score: «90'],
  ],
  [
    'schema',
    'tags.risk_score must be from 0 to 100, found number 300',
    ['risk_score: 30', 'risk_score: «300'],
  ],
  ['schema', 'unknown type "IP Adress"', ['type: IP Address', 'type: «IP Adress']],
  [
    'schema',
    'tags.observable[0].role must be a list, found text "Victim"',
    ['role:\n    - Victim', 'role: «Victim'],
  ],
  [
    'schema',
    /^tags.observable\[0\].role\[0\] must be one of "Attacker", "Victim", .* found "Victm"$/,
    ['- Victim', '- «Victm'],
  ],
  [
    'schema',
    'missing key "tags.observable[1].type"',
    ['    type: IP Address\n', ''],
    ['- name: src', '- «name: src'],
  ],
  [
    'victim',
    'no observable is a Victim',
    ['    - Victim', '    - Attacker'],
    ['  observable:', '  «observable:'],
  ],
  [
    'victim',
    'observable "src" must have one role, Attacker or Victim',
    ['    role:\n    - Attacker', '    «role:\n    - Actor'],
  ],
  ['risk-field', 'risk field "uid" does not occur in the search', ['- name: user', '- name: «uid']],
  [
    '~unknown-data-source',
    'unknown data source "AWS CloudTrails"',
    ['- AWS CloudTrail', '- «AWS CloudTrails'],
  ],
  ['~schema', 'unknown key "data_sources"', ['data_source:', '«data_sources:']],
  ['~schema', 'unknown key "tags.CVE"', ['  asset_type:', '  «CVE: []\n  asset_type:']],
  [
    '~schema',
    'tests[0].attack_data[0].update_timestamp must be true or false, found text "trues"',
    ['update_timestamp: true', 'update_timestamp: «trues'],
  ],
  ['~schema', 'unknown key "tests[0].atack_data"', ['  attack_data:', '  «atack_data:']],
  [
    'schema',
    'missing key "tests[0].attack_data[0].sourcetype"',
    ['    sourcetype: aws:cloudtrail\n', ''],
    ['  - data:', '  - «data:'],
  ],
  [
    'schema',
    'missing key "tests[0].attack_data[0].data"',
    ['  - data: https://example.com/data/login.json\n    source', '  - «source'],
  ],
  [
    'attack-data',
    'data "login.json" is no URL and no file of the repository',
    ['data: https://example.com/data/login.json', 'data: «login.json'],
  ],
  ['schema', 'missing key "tests[0].name"', ['- name: True Positive Test\n  attack', '- «attack']],
  [
    'schema',
    'tests[0].expected_results must be at least 0, found number -1',
    ['- name: True Positive Test', '- name: True Positive Test\n  expected_results: «-1'],
  ],
  [
    'schema',
    'tests[0].test_type must be one of "unit", "experimental", found "manual"',
    ['- name: True Positive Test', '- name: True Positive Test\n  test_type: «manual'],
  ],
  [
    'schema',
    'missing key "tests[0].description"',
    ['- name: True Positive Test', '- «name: True Positive Test\n  test_type: experimental'],
  ],
  [
    'schema',
    'tests[0].expect.rows must be at least 0, found number -2',
    ['- name: True Positive Test', '- name: True Positive Test\n  expect:\n    rows: «-2'],
  ],
  [
    'schedule-text',
    '"last week" is no time modifier',
    ['- name: True Positive Test', '- name: True Positive Test\n  earliest_time: «last week'],
  ],
];
