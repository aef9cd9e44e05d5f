// A small repository of the typed model, made by hand: what the suites of the pages render.
import type {
  DataSource,
  Detection,
  Locator,
  Lookup,
  Macro,
  Repository,
  Story,
  Tags,
} from '../../../src/content/model.js';

const place = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };
const at: Locator = { value: () => place, key: () => place, span: () => place };

const content = (folder: string, stem: string) => ({
  file: `${folder}/${stem}.yml`,
  stem,
  dialect: '5.x' as const,
  at,
  version: 3,
  creationDate: '2024-01-02',
  modificationDate: '2025-03-04',
  author: 'Ada Example, Acme',
  description: 'What it is about.',
  status: 'production' as const,
  references: [],
});

export const noTags: Tags = {
  analyticStories: [],
  mitreAttackIds: [],
  products: ['Splunk Enterprise Security'],
  cves: [],
  atomicGuids: [],
  groups: [],
  mappings: {},
  nist: [],
  cis20: [],
  killChainPhases: [],
  context: [],
  datasets: [],
  observables: [],
  requiredFields: [],
  deployments: [],
};

export function detection(name: string, parts: Partial<Detection> = {}): Detection {
  const stem = name.toLowerCase().replace(/[^a-z0-9]/g, '_');
  return {
    ...content('detections/endpoint', stem),
    kind: 'detection',
    name,
    id: '00000000-0000-4000-8000-000000000001',
    folder: 'endpoint',
    type: 'TTP',
    dataSources: [],
    search: `index=main | \`${stem}_filter\``,
    howToImplement: 'Collect process events.',
    knownFalsePositives: 'None known.',
    enabledByDefault: false,
    intermediateFindings: [],
    drilldowns: [],
    tests: [],
    tags: noTags,
    dataModels: [],
    baselines: [],
    ...parts,
  };
}

export function story(name: string, parts: Partial<Story> = {}): Story {
  const stem = name.toLowerCase().replace(/[^a-z0-9]/g, '_');
  return {
    ...content('stories', stem),
    kind: 'story',
    name,
    id: '00000000-0000-4000-8000-000000000002',
    narrative: 'How it happens.',
    categories: ['Malware'],
    products: ['Splunk Enterprise Security'],
    cves: [],
    groups: [],
    ...parts,
  };
}

export function macro(name: string, definition: string, parts: Partial<Macro> = {}): Macro {
  return {
    ...content('macros', name),
    kind: 'macro',
    name,
    definition,
    arguments: [],
    isEval: false,
    ...parts,
  };
}

export function lookup(name: string, parts: Partial<Lookup> = {}): Lookup {
  return {
    ...content('lookups', name),
    kind: 'lookup',
    name,
    lookupType: 'csv',
    filename: `lookups/${name}.csv`,
    fields: [],
    matchType: [],
    ...parts,
  };
}

export function dataSource(name: string, parts: Partial<DataSource> = {}): DataSource {
  const stem = name.toLowerCase().replace(/[^a-z0-9]/g, '_');
  return {
    ...content('data_sources', stem),
    kind: 'dataSource',
    name,
    source: 'XmlWinEventLog:Security',
    sourcetype: 'XmlWinEventLog',
    supportedTA: [
      { name: 'Splunk Add-on for Microsoft Windows', url: 'https://splunkbase.splunk.com/app/742' },
    ],
    fields: ['dest', 'user'],
    outputFields: [],
    mitreComponents: ['Process Creation'],
    fieldMappings: [],
    convertToLogSource: [],
    ...parts,
  };
}

export function repository(parts: Partial<Repository>): Repository {
  return {
    root: '/nowhere',
    app: {
      title: 'Acme Detections',
      appid: 'acme',
      version: '1.2.3',
      description: '',
      label: 'ACME',
      authorName: 'Ada Example',
      authorEmail: 'ada@example.com',
      authorCompany: 'Acme',
      enforceDeprecationMapping: false,
    },
    settings: {
      extends: [],
      rules: {},
      overrides: [],
      dataRoots: {},
      external: { commands: [], functions: [], macros: [], lookups: [] },
      docs: { repository: 'https://git.example.com/acme/detections', branch: 'main' },
    },
    detections: [],
    macros: [],
    lookups: [],
    stories: [],
    baselines: [],
    investigations: [],
    dataSources: [],
    deployments: [],
    schedules: [],
    dashboards: [],
    playbooks: [],
    removed: [],
    deprecations: [],
    ...parts,
  };
}

/** Two stories, four detections and what they use: every section of every page at least once. */
export const sample = repository({
  detections: [
    detection('Office Product Spawning Shell', {
      description: 'Finds a shell that `winword.exe` starts.\n\n* by name\n* by original file name',
      search:
        '| tstats `summariesonly` count min(_time) as firstTime from datamodel=Endpoint.Processes where `process_office` Processes.process_name IN ("cmd.exe", "powershell.exe") by Processes.dest Processes.user | `drop_dm_object_name(Processes)` | lookup allowed_parents process_name OUTPUT is_allowed | where isnull(is_allowed) | `office_product_spawning_shell_filter`',
      dataSources: ['Sysmon EventID 1 AND Windows Event Log Security 4688'],
      references: ['https://attack.example.com/T1059', 'https://example.com/a_(b)?q=1|2'],
      tags: {
        ...noTags,
        analyticStories: ['Macro Malware', 'No Such Story'],
        mitreAttackIds: ['T1059.001', 'T1566.001'],
        cves: ['CVE-2021-40444'],
        securityDomain: 'endpoint',
        assetType: 'Endpoint',
      },
      risk: {
        message: 'A shell on $dest$ was started by | an office product',
        riskObjects: [
          { field: 'dest', type: 'system', score: 64 },
          { field: 'user', type: 'user', score: 32 },
        ],
        threatObjects: [{ field: 'parent_process_name', type: 'parent_process_name' }],
        score: 64,
      },
      drilldowns: [
        {
          name: 'View the detection results for "$dest$"',
          search: '%original_detection_search% | search dest = "$dest$"',
          earliestOffset: '$info_min_time$',
          latestOffset: '$info_max_time$',
        },
      ],
      tests: [
        {
          name: 'True Positive Test',
          testType: 'unit',
          attackData: [
            {
              data: 'https://media.example.com/datasets/T1059.001/windows-sysmon.log',
              source: 'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
              sourcetype: 'XmlWinEventLog',
            },
          ],
        },
      ],
    }),
    detection('Rare Login - Hunting', {
      type: 'Hunting',
      status: 'experimental',
      folder: 'cloud',
      file: 'detections/cloud/rare_login___hunting.yml',
      dataSources: ['AWS CloudTrail ConsoleLogin'],
      search: '`cloudtrail` eventName=ConsoleLogin | stats count by user | where count < 2',
      tags: { ...noTags, analyticStories: ['Cloud Accounts'], mitreAttackIds: ['T1078.004', 'T9999'] },
    }),
    detection('Old Detection', {
      status: 'deprecated',
      folder: 'deprecated',
      file: 'detections/deprecated/old_detection.yml',
    }),
    detection('Correlated Risk', {
      type: 'Correlation',
      search:
        '| tstats count from datamodel=Risk.All_Risk by All_Risk.risk_object | `drop_dm_object_name(All_Risk)` | where count > 3 ```at least four``` | `correlated_risk_filter`',
      finding: {
        title: 'Much risk on $risk_object$',
        entity: { field: 'risk_object', type: 'system', score: 50 },
      },
      tags: { ...noTags, analyticStories: ['Macro Malware'] },
    }),
  ],
  stories: [
    story('Cloud Accounts', { categories: ['Cloud Security'] }),
    story('Macro Malware', { references: ['https://example.com/macro'] }),
  ],
  macros: [
    macro('summariesonly', 'summariesonly=false'),
    macro('process_office', '(Processes.parent_process_name IN ("winword.exe", "excel.exe"))'),
    macro('drop_dm_object_name', 'rename $name$.* as *', { arguments: ['name'] }),
    macro('cloudtrail', 'sourcetype=aws:cloudtrail'),
  ],
  lookups: [lookup('allowed_parents')],
  dataSources: [dataSource('Sysmon EventID 1'), dataSource('Windows Event Log Security 4688')],
});
