// Texts of new content files: valid as they are, with words that tell the author what to write.
import { randomUUID } from 'node:crypto';
import type { Dialect } from '../content/model.js';

/** What a new file is made from. */
export interface Scaffold {
  readonly name: string;
  readonly author: string;
  /** ISO day. */
  readonly today: string;
  readonly dialect: Dialect;
  /** Names of stories, for a detection. */
  readonly stories: readonly string[];
  readonly type: string;
  /** Folder below detections/. */
  readonly folder: string;
}

/** The file name, without ending, of content with a name. */
export function stemOfName(name: string): string {
  return name.replaceAll(/[ \-./]/g, '_').toLowerCase();
}

/** A text as a YAML scalar that every parser reads as that text. */
export function yamlText(text: string): string {
  const plain = /^[A-Za-z][\w ,()/-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text);
  return plain && text === text.trim() ? text : JSON.stringify(text);
}

function head(scaffold: Scaffold, version = true): string {
  const { name, author, today, dialect } = scaffold;
  const dates =
    dialect === 'escu6' ? `creation_date: '${today}'\nmodification_date: '${today}'` : `date: '${today}'`;
  return [
    `name: ${yamlText(name)}`,
    `id: ${randomUUID()}`,
    ...(version ? ['version: 1'] : []),
    dates,
    `author: ${yamlText(author)}`,
  ].join('\n');
}

function list(items: readonly string[], indent: string): string {
  if (items.length === 0) return ' []';
  return items.map((item) => `\n${indent}- ${yamlText(item)}`).join('');
}

const products = ['Splunk Enterprise', 'Splunk Enterprise Security', 'Splunk Cloud'];

/** A detection that finds nothing in particular yet; experimental, so that it needs no test. */
export function detectionText(scaffold: Scaffold): string {
  const { dialect, type, stories, folder } = scaffold;
  const filter = `${stemOfName(scaffold.name)}_filter`;
  const category = ['application', 'cloud', 'endpoint', 'network', 'web'].includes(folder)
    ? folder
    : 'endpoint';
  const domain = { cloud: 'threat', network: 'network', web: 'network' }[category] ?? 'endpoint';
  const tags = [
    `analytic_story:${list(stories, dialect === 'escu6' ? '' : '  ')}`,
    'asset_type: Endpoint',
    ...(dialect === 'escu6' ? ['mitre_attack_id: []'] : []),
    `product:${list(products, dialect === 'escu6' ? '' : '  ')}`,
    `security_domain: ${domain}`,
  ];
  const raises = type === 'TTP' || type === 'Anomaly';
  const observed = [
    'confidence: 50',
    'impact: 50',
    'message: Something was found on $dest$',
    'observable:',
    '- name: dest',
    '  type: Hostname',
    '  role:',
    '  - Victim',
    'required_fields:',
    '- _time',
    '- dest',
  ];
  const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
  return [
    head(scaffold),
    'status: experimental',
    `type: ${type}`,
    'description: Says in one or two sentences what is found and why it matters.',
    'data_source: []',
    'search: |-',
    '  sourcetype=my_sourcetype',
    '  | stats count min(_time) as firstTime max(_time) as lastTime by dest user',
    `  | \`${filter}\``,
    'how_to_implement: Says which events must be collected, and how.',
    'known_false_positives: Says which harmless events are found as well.',
    'references: []',
    ...(dialect === 'escu6' ? findings(type) : dialect === '5.x' && raises ? rba() : []),
    ...(dialect === 'escu6'
      ? [...tags, `category: ${category}`]
      : ['tags:', ...indented(dialect === '5.x' ? tags : [...tags, ...observed])]),
    'tests: []',
    '',
  ].join('\n');
}

function rba(): string[] {
  return [
    'rba:',
    '  message: Something was found on $dest$',
    '  risk_objects:',
    '  - field: dest',
    '    type: system',
    '    score: 50',
    '  threat_objects: []',
  ];
}

function findings(type: string): string[] {
  const entity = ['field: dest', 'type: system', `score: ${type === 'Anomaly' ? 20 : 50}`];
  if (type === 'Anomaly') {
    const [first = '', ...rest] = [...entity, 'message: Something was found on $dest$'];
    return ['intermediate_findings:', '  entities:', `  - ${first}`, ...rest.map((line) => `    ${line}`)];
  }
  if (type === 'Hunting') return [];
  return [
    'finding:',
    '  title: Something was found on $dest$',
    '  entity:',
    ...entity.map((line) => `    ${line}`),
  ];
}

/** A search macro. */
export function macroText(scaffold: Scaffold): string {
  const start = scaffold.dialect === 'escu6' ? head(scaffold) : `name: ${yamlText(scaffold.name)}`;
  return `${start}\ndescription: Says where the macro is used and what to set it to.\ndefinition: index=main\n`;
}

/** A lookup with a table. */
export function lookupText(scaffold: Scaffold): string {
  return [
    head(scaffold),
    'lookup_type: csv',
    'description: Says what the rows are and where they come from.',
    'min_matches: 1',
    'case_sensitive_match: false',
    '',
  ].join('\n');
}

/** An analytic story. */
export function storyText(scaffold: Scaffold): string {
  const flat = scaffold.dialect === 'escu6';
  const tags = [
    `category:${list(['Adversary Tactics'], '')}`,
    `product:${list(products, '')}`,
    'usecase: Advanced Threat Detection',
  ].flatMap((text) => text.split('\n'));
  return [
    head(scaffold),
    'status: production',
    'description: Says in one or two sentences what the detections of the story are for.',
    'narrative: Tells what attackers do, how it shows in data and what to do about it.',
    'references: []',
    ...(flat ? tags : ['tags:', ...tags.map((line) => `  ${line}`)]),
    '',
  ].join('\n');
}

/** The deployment for a type of content in a new repository. */
export function deploymentText(type: string, scaffold: Scaffold): string {
  const notable = type === 'TTP' || type === 'Correlation';
  const risk = type === 'TTP' || type === 'Anomaly';
  return [
    head({ ...scaffold, name: `ESCU Default Configuration ${type}`, dialect: '5.x' }, false),
    `description: When content of type ${type} runs and what an alert of it does.`,
    'scheduling:',
    '  cron_schedule: 0 * * * *',
    '  earliest_time: -70m@m',
    '  latest_time: -10m@m',
    '  schedule_window: auto',
    ...(notable || risk ? ['alert_action:'] : []),
    ...(notable
      ? [
          '  notable:',
          "    rule_description: '%description%'",
          "    rule_title: '%name%'",
          '    nes_fields:',
          '    - user',
          '    - dest',
        ]
      : []),
    ...(risk ? ['  rba:', '    enabled: true'] : []),
    `type: ${type}`,
    '',
  ].join('\n');
}
