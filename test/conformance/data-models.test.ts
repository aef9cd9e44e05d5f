// A real event of every source type reaches its data model: `| tstats … from datamodel=…` over published logs and examples.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../src/dataset/open-dataset.js';
import { compileText } from '../../src/evaluate.js';
import { openEventStore } from '../../src/event-store.js';
import { loadKnowledge } from '../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../src/knowledge-language.js';
import type { EventStore } from '../../src/runtime/environment.js';
import type { RawEvent } from '../../src/runtime/raw-event.js';

const shared = path.resolve(import.meta.dirname, '../../../shared');
const present = existsSync(shared);
if (!present) console.warn(`data models: ${shared} is not there, nothing is checked`);

interface Example {
  readonly name: string;
  readonly source: string;
  readonly sourcetype: string;
  readonly example_log: string;
}

const knowledge = loadKnowledge({ language: knowledgeLanguage() });

async function countOf(dataset: string, events: EventStore): Promise<number> {
  const [model, name] = dataset.split('.');
  const search = compileText(`| tstats count from datamodel=${model}.${name} by sourcetype`, {
    dataModels: knowledge.dataModels,
  });
  expect(search.diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  const rows = await search.run(events);
  return rows.reduce((sum, row) => sum + Number(row['count']), 0);
}

/** Examples: source type or name, and the data set that such an event belongs to. */
const examples: readonly (readonly [string, string])[] = [
  ['Sysmon EventID 1', 'Endpoint.Processes'],
  ['Sysmon EventID 3', 'Network_Traffic.All_Traffic'],
  ['Sysmon EventID 11', 'Endpoint.Filesystem'],
  ['Sysmon EventID 13', 'Endpoint.Registry'],
  ['Sysmon EventID 20', 'Change.All_Changes'],
  ['Sysmon EventID 22', 'Network_Resolution.DNS'],
  ['Sysmon for Linux EventID 1', 'Endpoint.Processes'],
  ['Sysmon for Linux EventID 11', 'Endpoint.Filesystem'],
  ['Windows Event Log Security 4624', 'Authentication.Authentication'],
  ['Windows Event Log Security 4625', 'Authentication.Authentication'],
  ['Windows Event Log Security 4688', 'Endpoint.Processes'],
  ['Windows Event Log Security 4726', 'Change.All_Changes'],
  ['Windows Event Log System 7045', 'Endpoint.Services'],
  ['Windows Event Log Application 3000', 'Endpoint.Services'],
  ['Powershell Script Block Logging 4104', 'Endpoint.Processes'],
  ['Windows Event Log Defender 1122', 'Endpoint.Processes'],
  ['NTLM Operational 8004', 'Endpoint.Processes'],
  ['Windows Event Log CAPI2 70', 'Endpoint.Services'],
  ['Windows Event Log Printservice 808', 'Endpoint.Services'],
  ['AWS CloudTrail ConsoleLogin', 'Authentication.Authentication'],
  ['AWS CloudTrail CreateAccessKey', 'Change.All_Changes'],
  ['AWS Cloudfront', 'Web.Web'],
  ['AWS CloudWatchLogs VPCflow', 'Network_Traffic.All_Traffic'],
  ['AWS Security Hub', 'Alerts.Alerts'],
  ['O365 UserLoggedIn', 'Authentication.Authentication'],
  ['O365 Update user.', 'Change.All_Changes'],
  ['Office 365 Reporting Message Trace', 'Email.All_Email'],
  ['Azure Active Directory Sign-in activity', 'Authentication.Authentication'],
  ['Azure Active Directory Update user', 'Change.All_Changes'],
  ['Azure Audit Create or Update an Azure Automation account', 'Change.All_Changes'],
  ['Azure Monitor Activity', 'Change.All_Changes'],
  ['Linux Auditd Execve', 'Endpoint.Processes'],
  ['Linux Auditd Add User', 'Change.All_Changes'],
  ['Linux Secure', 'Authentication.Authentication'],
  ['Palo Alto Network Threat', 'Web.Web'],
  ['Palo Alto Network Traffic', 'Network_Traffic.All_Traffic'],
  ['Nginx Access', 'Web.Web'],
  ['Suricata', 'Network_Traffic.All_Traffic'],
  ['CrowdStrike ProcessRollup2', 'Endpoint.Processes'],
  ['Google Workspace login_failure', 'Authentication.Authentication'],
  ['G Suite Gmail', 'Email.All_Email'],
  ['G Suite Drive', 'Data_Access.Data_Access'],
  ['GitHub Organizations Audit Logs', 'Change.All_Changes'],
  ['Kubernetes Audit', 'Change.All_Changes'],
  ['Kubernetes Falco', 'Alerts.Alerts'],
  ['osquery', 'Endpoint.Processes'],
  ['Splunk Stream HTTP', 'Web.Web'],
  ['Cisco Secure Firewall Threat Defense Connection Event', 'Network_Traffic.All_Traffic'],
  ['Cisco Secure Firewall Threat Defense Intrusion Event', 'Intrusion_Detection.IDS_Attacks'],
  ['MS365 Defender Incident Alerts', 'Alerts.Alerts'],
];

/** Log files by source type, and the data sets that some of their events belong to. */
const logs: readonly (readonly [string, readonly string[]])[] = [
  ['OktaIM2:log', ['Authentication.Authentication', 'Change.All_Changes']],
  ['aws:cloudtrail', ['Authentication.Authentication', 'Change.All_Changes']],
  ['aws:cloudwatch:guardduty', ['Alerts.Alerts']],
  ['azure:monitor:aad', ['Authentication.Authentication', 'Change.All_Changes']],
  ['bro:conn:json', ['Network_Traffic.All_Traffic']],
  ['bro:dns:json', ['Network_Resolution.DNS']],
  ['bro:http:json', ['Web.Web']],
  ['bro:ssl:json', ['Certificates.All_Certificates']],
  ['bro:x509:json', ['Certificates.All_Certificates']],
  ['bro:dce_rpc:json', ['Network_Traffic.All_Traffic']],
  ['bro:files:json', ['Endpoint.Filesystem']],
  ['bro:smtp:json', ['Email.All_Email']],
  ['bro:notice:json', ['Alerts.Alerts']],
  ['crowdstrike:fdr', ['Endpoint.Processes']],
  ['github:enterprise:audit', ['Change.All_Changes']],
  ['google:gcp:pubsub:audit', ['Change.All_Changes']],
  ['kube:audit', ['Change.All_Changes']],
  ['linux:audit', ['Endpoint.Processes']],
  ['suricata', ['Intrusion_Detection.IDS_Attacks']],
  ['sysmon:linux', ['Endpoint.Processes', 'Network_Traffic.All_Traffic']],
];

describe.runIf(present)('published examples', () => {
  const all = present
    ? (JSON.parse(readFileSync(path.join(shared, 'reference/field_examples.json'), 'utf8')) as Example[])
    : [];
  it.each(examples)('%s reaches %s', async (name, dataset) => {
    const found = all.filter((example) => example.name === name);
    expect(found.length).toBeGreaterThan(0);
    const events = found.map(
      (example): RawEvent => ({
        raw: example.example_log,
        time: 1_700_000_000,
        source: example.source,
        sourcetype: example.sourcetype,
        host: 'host',
        index: 'main',
        line: 1,
        file: '',
        preset: null,
        extracted: false,
      }),
    );
    const store: EventStore = { scan: (request) => knowledge.rows(events, request.fields) };
    expect(await countOf(dataset, store)).toBeGreaterThan(0);
  });

  it('a risk event reaches Risk.All_Risk', async () => {
    const raw =
      '1700000000, search_name="ESCU - X - Rule", risk_object="bob", risk_object_type="user", risk_score="25", annotations.mitre_attack.mitre_technique_id="T1059", annotations.mitre_attack.mitre_technique_id="T1003"';
    const event: RawEvent = {
      raw,
      time: 1_700_000_000,
      source: 'ESCU - X - Rule',
      sourcetype: 'stash',
      host: 'host',
      index: 'risk',
      line: 1,
      file: '',
      preset: null,
      extracted: false,
    };
    const search = compileText(
      '| tstats sum(All_Risk.calculated_risk_score) as score dc(All_Risk.annotations.mitre_attack.mitre_technique_id) as techniques from datamodel=Risk.All_Risk by All_Risk.risk_object All_Risk.risk_object_type',
      { dataModels: knowledge.dataModels },
    );
    const rows = await search.run({ scan: (request) => knowledge.rows([event], request.fields) });
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { 'All_Risk.risk_object': 'bob', 'All_Risk.risk_object_type': 'user', score: 25, techniques: 2 },
    ]);
  });
});

describe.runIf(present)('published logs', () => {
  const index = present
    ? (JSON.parse(readFileSync(path.join(shared, 'logs/index.json'), 'utf8')) as {
        readonly sourcetype: string;
        readonly at?: string;
      }[])
    : [];
  it.each(logs)('%s', async (sourcetype, datasets) => {
    const files = index
      .filter((entry) => entry.sourcetype === sourcetype && entry.at !== undefined)
      .map((entry) => path.join(shared, 'logs', entry.at as string));
    expect(files.length).toBeGreaterThan(0);
    for (const dataset of datasets)
      expect([
        dataset,
        (await countOf(dataset, openEventStore(openDataset(files, { sourcetype }), knowledge))) > 0,
      ]).toEqual([dataset, true]);
  });
});
