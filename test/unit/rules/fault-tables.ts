// Single faults by file, in rows as for detections.
import { login, type Row, rundll32 } from './fault-tables-detections.js';
import { office } from './fault-tables-findings.js';

const baseline: readonly Row[] = [
  ['schema', 'type must be one of "Baseline", found "Base"', ['type: Baseline', 'type: «Base']],
  [
    'schedule-text',
    'hour of a cron text must be from 0 to 23, found "24"',
    ['cron_schedule: 0 2 * * 0', 'cron_schedule: «0 24 * * 0'],
  ],
  [
    'schedule-text',
    'day of week of a cron text must be from 0 to 7, found "8"',
    ['cron_schedule: 0 2 * * 0', 'cron_schedule: «0 2 * * 8'],
  ],
  [
    'schedule-text',
    'hour of a cron text cannot run backwards, found "5-2"',
    ['cron_schedule: 0 2 * * 0', 'cron_schedule: «0 5-2 * * 0'],
  ],
  [
    'schedule-text',
    'minute of a cron text cannot be "\u00a00"',
    ['cron_schedule: 0 2 * * 0', "cron_schedule: «'\u00a00 2 * * 0'"],
  ],
  [
    'schedule-text',
    '"2025-01-02" is no time modifier',
    ['earliest_time: -30d@d', "earliest_time: «'2025-01-02'"],
  ],
  [
    'schema',
    'missing key "known_false_positives"',
    ['known_false_positives: none\n', ''],
    ['name:', '«name:'],
  ],
  ['schedule-text', '"-30" is no time modifier', ['earliest_time: -30d@d', "earliest_time: «'-30'"]],
  [
    'schema',
    'missing key "deployment.scheduling.latest_time"',
    ['    latest_time: -10m@m\n', ''],
    ['  scheduling:', '  «scheduling:'],
  ],
  [
    '~duplicate-item',
    '"Rundll32 Without Arguments" is listed twice',
    ['- Rundll32 Without Arguments', '- Rundll32 Without Arguments\n  - «Rundll32 Without Arguments'],
  ],
  ['~unknown-baseline', 'unknown detection "Rundll33"', ['- Rundll32 Without Arguments', '- «Rundll33']],
  [
    '~unknown-baseline',
    'detection "Old Rundll32" was removed',
    ['- Rundll32 Without Arguments', '- «Old Rundll32'],
  ],
  ['unknown-story', 'unknown story "Land"', ['- Living Off The Land', '- «Land']],
  ['schema', 'missing key "tags.product"', ['  product:\n  - Splunk Enterprise\n', ''], ['tags:', '«tags:']],
];

const story: readonly Row[] = [
  [
    'schema',
    /^references\[0\] must look like .* found "https:\/\/a b"$/,
    ['- https://lolbas-project.github.io/', '- «https://a b'],
  ],
  ['schema', 'unknown key "d"', ['\nid:', '\n«d:']],
  ['schema', 'unknown key "cve"', ['  cve:\n  - CVE-2021-44228\n', '«cve:\n- CVE-2021-44228\n']],
  [
    'schema',
    'unknown key "tags.narrative"',
    ['narrative: Programs of the system are trusted, and therefore abused.\n', ''],
    ['tags:', 'tags:\n  «narrative: x'],
  ],
  [
    'schema',
    'unknown key "usecase"',
    ['  usecase: Advanced Threat Detection\n', ''],
    ['tags:', '«usecase: Other\ntags:'],
  ],
  ['schema', 'tags.category[0] must be text, found nothing', ['  - Adversary Tactics', '  «-']],
  ['schema', /^unknown category "Malwares"$/, ['- Adversary Tactics', '- «Malwares']],
  [
    'schema',
    'tags.category must not be an empty list',
    ['category:\n  - Adversary Tactics', 'category: «[]'],
  ],
  [
    'schema',
    /^tags.usecase must be one of .* found "Threats"$/,
    ['usecase: Advanced Threat Detection', 'usecase: «Threats'],
  ],
  [
    'schema',
    'missing key "tags.usecase"',
    ['  usecase: Advanced Threat Detection\n', ''],
    ['tags:', '«tags:'],
  ],
  ['schema', 'unknown key "tags.categories"', ['  category:', '  «categories:']],
  [
    'schema',
    'narrative is empty',
    ['narrative: Programs of the system are trusted, and therefore abused.', "narrative: «''"],
  ],
  ['schema', 'unknown key "tags.story"', ['tags:', 'tags:\n  «story: x']],
  [
    'file-name',
    'file for name "Living" must be "living.yml", found "living_off_the_land.yml"',
    ['name: Living Off The Land', 'name: «Living'],
  ],
];

const lookup: readonly Row[] = [
  [
    'schema',
    'lookup_type must be one of "csv", "kvstore", "mlmodel", found "xlsx"',
    ['lookup_type: csv', 'lookup_type: «xlsx'],
  ],
  [
    'schema',
    'match_type[0] must look like "WILDCARD(process)", found "WILD(tool)"',
    ['- WILDCARD(tool)', '- «WILD(tool)'],
  ],
  [
    'schema',
    'match_type[0] must look like "WILDCARD(process)", found "WILDCARD()"',
    ['- WILDCARD(tool)', '- «WILDCARD()'],
  ],
  ['schema', 'min_matches must be at least 0, found number -1', ['min_matches: 1', 'min_matches: «-1']],
  [
    '~duplicate-item',
    '"WILDCARD(tool)" is listed twice',
    ['- WILDCARD(tool)', '- WILDCARD(tool)\n- «WILDCARD(tool)'],
  ],
  [
    'schema',
    'max_matches must be from 1 to 1000, found number 1001',
    ['max_matches: 10', 'max_matches: «1001'],
  ],
  ['schema', 'max_matches must look like "10", found "ten"', ['max_matches: 10', 'max_matches: «ten']],
  [
    'schema',
    'case_sensitive_match must be true or false, found "maybe"',
    ['case_sensitive_match: false', 'case_sensitive_match: «maybe'],
  ],
  ['schema', 'unknown key "matchtype"', ['match_type:', '«matchtype:']],
  [
    'lookup-table',
    'table "lookups/no.csv" of the lookup is not there',
    ['min_matches', 'filename: «no.csv\nmin_matches'],
  ],
];

const macro: readonly Row[] = [
  [
    'schema',
    'definition is empty, found " "',
    [
      'definition: sourcetype=XmlWinEventLog source="XmlWinEventLog:Microsoft-Windows-Sysmon/Operational"',
      "definition: «'  '",
    ],
  ],
  [
    'schema',
    'definition is empty',
    [
      'definition: sourcetype=XmlWinEventLog source="XmlWinEventLog:Microsoft-Windows-Sysmon/Operational"',
      "definition: «''",
    ],
  ],
  ['schema', 'arguments must be a list, found text "a"', ['name: sysmon', 'name: sysmon\narguments: «a']],
  ['schema', 'unknown key "definiton"', ['definition:', '«definiton:']],
  ['yaml', 'unknown anchor "where"', ['description: Where Sysmon events lie.', 'description: «*where']],
  ['yaml', 'text cannot begin with "@"; put it in quotes', ['description: Where', 'description: «@Where']],
  ['yaml', 'text cannot begin with "*"; put it in quotes', ['description: Where', 'description: «*Where']],
  [
    'yaml',
    'text cannot begin with "*"; put it in quotes',
    ['description: Where', 'description: «*Where* is'],
  ],
  ['yaml', 'text holds ": "; put it in quotes', ['description: Where', 'description: Note«: Where']],
  ['yaml', '"<<<<<<<" of an unfinished merge', ['name: sysmon', '«<<<<<<< HEAD\nname: sysmon']],
  ['yaml', 'tab in the indentation', ['name: sysmon', 'arguments:\n«\t- a\nname: sysmon']],
  ['yaml', 'NUL character in the file', ['description: Where', 'description: «\0Where']],
  ['yaml', 'control character in the file', ['description: Where', 'description: «\u0007Where']],
  ['yaml', 'control character in the file', ['name: sysmon', '# a bell «\u0007\nname: sysmon']],
  ['yaml', '"[" is not closed', ['name: sysmon', 'arguments: «[a\nname: sysmon']],
  [
    'yaml',
    'expected a blank after ":"',
    ['description: Where Sysmon events lie.\n', 'description«:Where\n'],
    ['name: sysmon', 'name: sysmon'],
  ],
  ['yaml', 'file holds more than one YAML document', ['name: sysmon\n', 'name: sysmon\n«---\nname: other\n']],
];

const ctime: readonly Row[] = [
  ['~macro-arguments', 'argument "zone" is not used in the definition', ['- field', '- field\n- «zone']],
  [
    '~macro-arguments',
    'argument "$feild$" is not declared',
    ['definition', 'definition'],
    ['($field$)', '($field$ «$feild$)'],
  ],
  ['schema', 'arguments[0] must be text, found number 1', ['- field', '- «1']],
  ['~duplicate-item', '"field" is listed twice', ['- field', '- field\n- «field']],
  ['syntax', 'unknown conversion "ctme"', [' ctime($field$)', ' «ctme($field$)']],
  [
    'syntax',
    'expected ")" to close "ctime(", found the end of the command',
    [' ctime($field$)', ' ctime($field$«'],
  ],
  ['unknown-function', 'unknown function "lenn"', [': convert', ': eval x=«lenn(y) | convert']],
  ['unknown-macro', 'unknown macro "nosuch"', [': convert', ': convert auto(x) | `«nosuch` | convert']],
  [
    'recursive-macro',
    'macro "ctime" calls itself: "ctime" → "ctime"',
    [': convert', ': convert auto(x) | «`ctime(x)` | convert'],
  ],
];

const deployment: readonly Row[] = [
  ['~schema', 'unknown key "tags.prduct"', ['type: TTP', 'type: TTP\ntags:\n  «prduct: Splunk']],
  ['schema', /^tags.type must be text, found a list$/, ['type: TTP', 'type: TTP\ntags:\n  type: «[TTP]']],
  [
    'schema',
    'type must be one of "TTP", "Anomaly", "Hunting", "Correlation", "Baseline", "Embedded", "Finding-based detection", found "Baselines"',
    ['type: TTP', 'type: «Baselines'],
  ],
  ['schema', 'scheduling.cron_schedule is empty', ['cron_schedule: 0 * * * *', "cron_schedule: «''"]],
  [
    'schedule-text',
    '"2024-13-45" is no time modifier',
    ['earliest_time: -70m@m', "earliest_time: «'2024-13-45'"],
  ],
  [
    'schema',
    'missing key "scheduling.cron_schedule"',
    ['  cron_schedule: 0 * * * *\n', ''],
    ['scheduling:', '«scheduling:'],
  ],
  [
    'schedule-text',
    'cron text must have 5 fields, found 6 in "0 0 * * * *"',
    ['cron_schedule: 0 * * * *', 'cron_schedule: «0 0 * * * *'],
  ],
  [
    'schedule-text',
    'minute of a cron text must be from 0 to 59, found "x"',
    ['cron_schedule: 0 * * * *', 'cron_schedule: «x * * * *'],
  ],
  [
    'schedule-text',
    'minute of a cron text cannot step by 0',
    ['cron_schedule: 0 * * * *', "cron_schedule: «'*/0 * * * *'"],
  ],
  [
    'schedule-text',
    '"-10 minutes" is no time modifier',
    ['latest_time: -10m@m', 'latest_time: «-10 minutes'],
  ],
  [
    'schema',
    'scheduling.schedule_window must look like "auto", found "sometime"',
    ['schedule_window: auto', 'schedule_window: «sometime'],
  ],
  ['schema', 'alert_action.rba.enabled must be true or false, found "si"', ['enabled: true', 'enabled: «si']],
  [
    'schema',
    'missing key "alert_action.notable.rule_title"',
    ["    rule_title: '%name%'\n", ''],
    ['  notable:', '  «notable:'],
  ],
  ['schema', 'unknown key "alert_action.notables"', ['  notable:', '  «notables:']],
  [
    '~duplicate-item',
    '"user" is listed twice',
    ['    nes_fields:\n', '    nes_fields:\n    - user\n'],
    ['    - user\n    - user', '    - user\n    - «user'],
  ],
  ['deployment-text', 'unknown field "%title%"', ["rule_title: '%name%'", "rule_title: '«%title%'"]],
];

const source: readonly Row[] = [
  [
    'schema',
    'source is empty',
    ['source: XmlWinEventLog:Microsoft-Windows-Sysmon/Operational', "source: «''"],
  ],
  [
    'schema',
    'supported_TA[0].url must look like "https://splunkbase.splunk.com/app/742", found "splunkbase"',
    ['url: https://splunkbase.splunk.com/app/5709', 'url: «splunkbase'],
  ],
  ['schema', 'supported_TA[0].version must be text, found number 4.1', ['version: 4.0.2', 'version: «4.1']],
  ['schema', 'unknown key "supported_TAs"', ['supported_TA:', '«supported_TAs:']],
  ['~schema', 'fields[1] must be text, found a mapping', ['- Image', '- «Image:']],
  [
    'schema',
    'missing key "supported_TA[0].version"',
    ['  version: 4.0.2\n', ''],
    ['- name: Splunk Add-on', '- «name: Splunk Add-on'],
  ],
  ['~duplicate-item', '"Image" is listed twice', ['- Image', '- Image\n- «Image']],
  ['schema', 'missing key "supported_TA[0].name"', ['- name: Splunk Add-on for Sysmon\n  url', '- «url']],
];

const build: readonly Row[] = [
  ['schema', 'missing key "app_version"', ['app_version: 2.1.0\n', ''], ['author: ', '«author: ']],
  ['schema', 'unknown key "app_verison"', ['app_version', '«app_verison']],
  ['schema', 'unknown key "colour"', ['label:', '«colour: red\nlabel:']],
  ['schema', 'app_version must be text, found number 2.1', ['2.1.0', '«2.1']],
  ['schema', 'app_version must look like "1.0.0", found "2.1"', ['2.1.0', "«'2.1'"]],
  ['schema', 'id must look like "DA-ESS-MyContent", found "my app"', ['DA-ESS-Example', '«my app']],
  ['schema', 'author_email must look like "soc@example.com", found "team"', ['team@example.com', '«team']],
  ['schema', 'content_prefix is empty', ['content_prefix: EXA', "content_prefix: «''"]],
  [
    'schema',
    'external_app_content must be a list, found text "x"',
    [/external_app_content:[\s\S]*/, 'external_app_content: «x\n'],
  ],
  [
    'schema',
    'missing key "external_app_content[0].app_name"',
    ['- app_name: Enterprise Security\n  macros', '- «macros'],
  ],
  ['schema', 'unknown key "external_app_content[0].macro"', ['  macros:', '  «macro:']],
  [
    'schema',
    'external_app_content[0].lookups[0] must look like "cmdb_assets", found "a b"',
    ['- asset_lookup_by_str', '- «a b'],
  ],
];

const config: readonly Row[] = [
  [
    '~schema',
    'app.version "2.2.0" is another than app_version "2.1.0" of build.yml, which counts',
    ['version: 2.1.0', 'version: «2.2.0'],
  ],
  ['~schema', 'unknown key "zzz"', ['app:', '«zzz: 1\napp:']],
  ['schema', 'unknown key "title"', ['  title: Example Content\n', ''], ['app:', '«title: x\napp:']],
  ['schema', 'unknown key "ap"', ['app:', '«ap:']],
  ['schema', 'app.uid must be from 2 to 99999, found number -3', [/uid: \d+/, 'uid: «-3']],
  [
    'schema',
    'test_instance.hec_port must be a whole number, found text "abc"',
    ['app:', 'test_instance:\n  hec_port: «abc\napp:'],
  ],
  [
    '~schema',
    'unknown key "container_settings.leave_runing"',
    ['app:', 'container_settings:\n  «leave_runing: true\napp:'],
  ],
  ['schema', 'app.version must look like "1.0.0", found "2.1"', ['version: 2.1.0', "version: «'2.1'"]],
  ['schema', 'app.version must be text, found number 2.1', ['version: 2.1.0', 'version: «2.1']],
  [
    'schema',
    'app.appid must look like "DA-ESS-MyContent", found "my app"',
    ['appid: DA-ESS-Example', 'appid: «my app'],
  ],
  ['schema', 'missing key "app.title"', ['  title: Example Content\n', ''], ['app:', '«app:']],
  ['schema', 'unknown key "app.titel"', ['  title:', '  «titel:']],
  ['~schema', 'unknown key "app.lable"', ['  label:', '  «lable:']],
  ['~schema', 'unknown key "app.colour"', ['  title:', '  «colour: red\n  title:']],
  ['schema', 'build_app must be true or false, found "maybe"', ['app:', 'build_app: «maybe\napp:']],
  [
    'schema',
    'apps[0].version must be text, found number 6.1',
    ['app:', 'apps:\n- title: x\n  version: «6.1\napp:'],
  ],
];

const mapping: readonly Row[] = [
  [
    'schema',
    'detections[0].reason must have at least 6 characters, found "old"',
    ['reason: It found too much.', 'reason: «old'],
  ],
  [
    'schema',
    'detections[0].removed_in_version must be text, found number 2.1',
    ['removed_in_version: 2.0.0', 'removed_in_version: «2.1'],
  ],
  ['schema', 'missing key "detections[0].content"', ['- content: Old Rundll32\n  removed', '- «removed']],
  ['schema', 'unknown key "detection"', ['detections:', '«detection:']],
  [
    'replacement-content',
    'unknown replacement "Rundll32" of "Old Rundll32"',
    ['- Rundll32 Without Arguments', '- «Rundll32'],
  ],
  [
    'deprecation-mapping',
    '"Old Rundll32" is removed in version 9.0.0, so in version 2.1.0 its status must be "deprecated", found "removed"',
    ['removed_in_version: 2.0.0', 'removed_in_version: 9.0.0'],
    ['content: Old', 'content: «Old'],
  ],
];

/** Faults by the file they are put into. */
const playbook: readonly Row[] = [
  ['schema', 'unknown key "vesion"', ['version:', '«vesion:']],
  ['schema', 'unknown key "tag"', ['tags:', '«tag:']],
  [
    'schema',
    'status must be one of "production", found "produced"',
    ['tags:\n', 'status: «produced\ntags:\n'],
  ],
  [
    'schema',
    /^tags.use_cases\[0\] must be one of "Collection".* found "Respond"$/,
    ['tags:\n', 'tags:\n  use_cases: [«Respond]\n'],
  ],
  ['schema', 'unknown key "tags.products"', ['  product:', '  «products:']],
  ['schema', 'tags.product[0] must be text, found nothing', ['  - Splunk SOAR', '  «-']],
  ['schema', /^type must be one of .* found "Respond"$/, ['type: Response', 'type: «Respond']],
  [
    'schema',
    'tags.product[0] must be one of "Splunk SOAR", "Splunk Enterprise Security", found "Splunk SOR"',
    ['- Splunk SOAR', '- «Splunk SOR'],
  ],
  [
    'schema',
    'tags.playbook_type must be one of "Input", "Automation", "Enterprise Security", found "Output"',
    ['playbook_type: Automation', 'playbook_type: «Output'],
  ],
  [
    'schema',
    'tags.vpe_type must be one of "Modern", "Classic", found "Old"',
    ['vpe_type: Modern', 'vpe_type: «Old'],
  ],
  [
    'schema',
    'tags.defend_technique_id[0] must look like "D3-DA", found "DA"',
    ['tags:\n', 'tags:\n  defend_technique_id: [«DA]\n'],
  ],
  ['schema', 'tags.platform_tags must be a list, found text "x"', ['platform_tags: []', 'platform_tags: «x']],
  ['schema', 'missing key "app_list"', ['app_list:\n- Firewall\n', ''], ['name:', '«name:']],
  ['schema', 'missing key "playbook"', ['playbook: block_host\n', ''], ['name:', '«name:']],
  [
    'schema',
    'missing key "how_to_implement"',
    ['how_to_implement: Needs a firewall.\n', ''],
    ['name:', '«name:'],
  ],
  ['schema', 'missing key "tags.platform_tags"', ['  platform_tags: []\n', ''], ['tags:', '«tags:']],
  ['~schema', 'missing key "tags.vpe_type"', ['  vpe_type: Modern\n', ''], ['tags:', '«tags:']],
  [
    'schema',
    'unknown key "tags.playbook"',
    ['playbook: block_host\n', ''],
    ['tags:', 'tags:\n  «playbook: x'],
  ],
  [
    'schema',
    'unknown key "platform_tags"',
    ['  platform_tags: []\n', ''],
    ['tags:', '«platform_tags: []\ntags:'],
  ],
  ['schema', 'unknown key "colour"', ['tags:', '«colour: red\ntags:']],
];

// Splunk's tools pass over what is not of the head of removed content.
const removed: readonly Row[] = [
  ['schema', 'name must be text, found number 7', ['name: Old Rundll32', 'name: «7']],
  [
    'schema',
    'status must be one of "removed", found "production"',
    ['status: removed', 'status: «production'],
  ],
  ['~schema', 'type must be text, found a mapping', ['type: TTP', 'type: «{a: b}']],
  ['schema', 'unknown key "descripton"', ['description:', '«descripton:']],
  [
    '~schema',
    'tags.product[0] must be text, found number 5',
    ['type: TTP', 'type: TTP\ntags:\n  product:\n  - «5'],
  ],
  ['~schema', 'unknown key "colour"', ['type: TTP', '«colour: red\ntype: TTP']],
  [
    '~schema',
    /^tags\.security_domain must be one of .*, found "netowrk"$/,
    ['type: TTP', 'type: TTP\ntags:\n  security_domain: «netowrk'],
  ],
  [
    '~schema',
    'tags.mitre_attack_id[0] must look like "T1059" or "T1059.001", found "1110"',
    ['type: TTP', "type: TTP\ntags:\n  mitre_attack_id:\n  - «'1110'"],
  ],
  [
    '~schema',
    'type must be one of "TTP", "Anomaly", "Hunting", "Correlation", found "TPP"',
    ['type: TTP', 'type: «TPP'],
  ],
  ['~schema', 'unknown key "tags.prodct"', ['type: TTP', 'type: TTP\ntags:\n  «prodct:\n  - Splunk Cloud']],
];

export const tables: Readonly<Record<string, readonly Row[]>> = {
  'detections/endpoint/rundll32_without_arguments.yml': rundll32,
  'detections/cloud/console_login_from_new_country.yml': login,
  'detections/endpoint/shell_spawned_by_office.yml': office,
  'baselines/baseline_of_shells.yml': baseline,
  'stories/living_off_the_land.yml': story,
  'lookups/known_tools.yml': lookup,
  'macros/sysmon.yml': macro,
  'macros/ctime.yml': ctime,
  'deployments/escu_default_configuration_ttp.yml': deployment,
  'data_sources/sysmon_eventid_1.yml': source,
  'playbooks/block_host.yml': playbook,
  'contentctl.yml': config,
  'build.yml': build,
  'removed/deprecation_mapping.YML': mapping,
  'removed/detections/old_rundll32.yml': removed,
};
