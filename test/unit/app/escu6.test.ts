// ESCU 6: findings, entities, schedules and messages of single entities in the saved search.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renderApp } from '../../../src/app/app.js';
import { readConf } from '../../../src/conf/read.js';
import { loadContent } from '../../../src/content/load.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'detc-escu6-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const put = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const detection = (name: string, more: string) =>
  put(
    `detections/endpoint/${name.toLowerCase()}.yml`,
    `name: ${name}
id: 0e5e25c3-32f4-46f7-ba4a-00000000000${name.length}
version: 2
creation_date: '2026-01-02'
modification_date: '2026-03-04'
author: Ada Example
status: production
description: Finds ${name}.
data_source: []
search: 'index=main user=* dest=* | \`${name.toLowerCase()}_filter\`'
how_to_implement: Nothing to do.
known_false_positives: None known.
references: []
analytic_story: []
asset_type: Endpoint
mitre_attack_id: [T1059]
product: [Splunk Enterprise]
category: endpoint
security_domain: endpoint
${more}`,
  );

async function search(name: string): Promise<(key: string) => string | undefined> {
  const { content } = await loadContent(root);
  const conf = renderApp(content).files.find(({ path }) => path.endsWith('/default/savedsearches.conf'));
  const { stanzas } = readConf(String(conf?.content));
  const stanza = stanzas.find((one) => one.name.endsWith(`- ${name} - Rule`));
  return (key) => stanza?.entries.find((entry) => entry.key === key)?.value;
}

test('a finding has its title, entity and severity, and runs by the schedule it names', async () => {
  put(
    'schedules/nightly.yml',
    `name: Nightly
id: 0e5e25c3-32f4-46f7-ba4a-000000000099
version: 1
creation_date: '2026-01-02'
modification_date: '2026-01-02'
author: Ada Example
description: Once a night.
cron_schedule: 0 3 * * *
earliest_time: -1d@d
latest_time: '@d'
schedule_window: auto
`,
  );
  detection(
    'Tool',
    `type: TTP
schedule: Nightly
finding:
  title: Tool on $dest$
  entity: {field: dest, type: system, score: 50}
threat_objects:
- {field: user, type: command}
`,
  );
  const value = await search('Tool');
  expect(value('action.notable.param._entities')).toBe(
    '[{"risk_object_field": "dest", "risk_object_type": "system", "risk_score": 50}]',
  );
  expect(value('action.notable.param.rule_title')).toBe('Tool on $dest$');
  expect(value('action.notable.param.rule_description')).toBe('Finds Tool.');
  expect(value('action.notable.param.severity')).toBe('medium');
  expect(value('action.notable.param.nes_fields')).toBe('dest');
  expect(value('cron_schedule')).toBe('0 3 * * *');
  expect(value('dispatch.earliest_time')).toBe('-1d@d');
  expect(value('action.escu.creation_date')).toBe('2026-01-02');
  expect(value('action.escu.modification_date')).toBe('2026-03-04');
});

test('intermediate findings score with a message each, and raise nothing', async () => {
  detection(
    'Odd',
    `type: Anomaly
intermediate_findings:
  entities:
  - {field: user, type: user, score: 20, message: $user$ did it}
  - {field: dest, type: system, score: 30, message: it was done on $dest$}
`,
  );
  const value = await search('Odd');
  expect(JSON.parse(value('action.risk.param._risk') ?? '')).toEqual([
    {
      risk_message: 'it was done on $dest$',
      risk_object_field: 'dest',
      risk_object_type: 'system',
      risk_score: 30,
    },
    { risk_message: '$user$ did it', risk_object_field: 'user', risk_object_type: 'user', risk_score: 20 },
  ]);
  expect(value('action.risk.param._risk_message')).toBe('$user$ did it');
  expect(value('action.notable')).toBeUndefined();
});

test('a hunt neither scores nor raises', async () => {
  detection('Hunted', 'type: Hunting\n');
  const value = await search('Hunted');
  expect(value('search')).toContain('index=main');
  expect(value('action.risk')).toBeUndefined();
  expect(value('action.notable')).toBeUndefined();
});
