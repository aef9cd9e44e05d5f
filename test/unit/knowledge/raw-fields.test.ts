// What the built-in add-ons derive leaves the fields alone that an event has by itself.
import { describe, expect, it } from 'vitest';
import { openEvents } from '../../../src/events.js';
import { loadKnowledge } from '../../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../../src/knowledge-language.js';

const knowledge = loadKnowledge({ language: knowledgeLanguage() });

async function fieldsOf(raw: string, sourcetype: string): Promise<Record<string, unknown>> {
  async function* stdin() {
    yield Buffer.from(raw);
  }
  const events = openEvents(['-'], { sourcetype, knowledge, stdin: stdin() });
  for await (const row of events.scan({ fields: 'all', rawTerms: [], metadata: [] })) return { ...row };
  throw new Error('no event');
}

describe('a derivation without its input keeps the field of the event', () => {
  it.each<[string, Record<string, unknown>]>([
    ['stream:http', { url: 'http://a/b', src: 'h1', dest: 'h2' }],
    ['stream:http', { site: 'a', url: 'http://a/b' }],
    ['stream:dns', { answer: '10.0.0.1', record_type: 'A' }],
    ['aws:cloudtrail', { user: 'u', src: '10.0.0.1', region: 'r' }],
    ['o365:management:activity', { user: 'u', src: '10.0.0.1', action: 'a', object: 'o' }],
    ['azure:monitor:aad', { user: 'u', src: '10.0.0.1', signature: 's' }],
    ['OktaIM2:log', { user: 'u', src: '10.0.0.1', signature: 's' }],
    ['crowdstrike:events:sensor', { user: 'u', dest: 'h', src: 's', process_name: 'p', transport: 'tcp' }],
    ['github:enterprise:audit', { src: '10.0.0.1', object: 'o' }],
    ['kube:audit', { src: '10.0.0.1', object: 'o' }],
    ['suricata', { src: '10.0.0.1', url: 'u', query: 'q' }],
    ['bro:conn:json', { src: '10.0.0.1', dest: '10.0.0.2', transport: 'tcp' }],
  ])('%s', async (sourcetype, members) => {
    expect(await fieldsOf(JSON.stringify(members), sourcetype)).toMatchObject(members);
  });
});

describe('pairs whose values hold blanks', () => {
  it('stand between tabs in a feed of Zscaler', async () => {
    const raw =
      '2024-01-02 03:04:05\treason=Allowed\taction=Allowed\tuseragent=Mozilla/5.0 (X11; Linux)\turlcategory=News and Media\tclientip=10.0.0.1\thostname=a.example\turl=a.example/x?y=1\n';
    expect(await fieldsOf(raw, 'zscalernss-web')).toMatchObject({
      useragent: 'Mozilla/5.0 (X11; Linux)',
      http_user_agent: 'Mozilla/5.0 (X11; Linux)',
      category: 'News and Media',
      url: 'a.example/x?y=1',
      src: '10.0.0.1',
      action: 'allowed',
    });
  });

  it('are the command of sudo', async () => {
    const raw =
      'Jan  2 03:04:05 h1 sudo[12]:      bob : TTY=pts/0 ; PWD=/home/bob ; USER=root ; COMMAND=/bin/cat /etc/shadow\n';
    expect(await fieldsOf(raw, 'linux_secure')).toMatchObject({
      command: '/bin/cat /etc/shadow',
      src_user: 'bob',
      user: 'root',
    });
  });
});

describe('sensor events of CrowdStrike', () => {
  const connection = {
    aid: 'a1',
    ComputerName: 'PC1',
    Protocol: '6',
    LocalAddressIP4: '10.0.0.1',
    LocalPort: '52817',
    RemoteAddressIP4: '203.0.113.9',
    RemotePort: '443',
  };
  it.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    [
      'a connection that is made',
      { event_simpleName: 'NetworkConnectIP4', ConnectionDirection: '0', ...connection },
      {
        src: '10.0.0.1',
        src_port: '52817',
        dest: '203.0.113.9',
        dest_port: '443',
        transport: 'tcp',
        direction: 'outbound',
        action: 'allowed',
        dvc: 'PC1',
      },
      ['network', 'communicate'],
    ],
    [
      'a connection that is accepted',
      { event_simpleName: 'NetworkReceiveAcceptIP4', ConnectionDirection: '1', ...connection },
      { src: '203.0.113.9', src_port: '443', dest: '10.0.0.1', dest_port: '52817', direction: 'inbound' },
      ['network', 'communicate'],
    ],
    [
      'a connection of IPv6',
      {
        event_simpleName: 'NetworkConnectIP6',
        Protocol: '17',
        LocalAddressIP6: 'fe80::1',
        RemoteAddressIP6: 'fe80::2',
        RemotePort: 53,
      },
      {
        src: 'fe80::1',
        dest: 'fe80::2',
        dest_ip: 'fe80::2',
        dest_port: '53',
        transport: 'udp',
        protocol_version: 'ipv6',
      },
      ['network', 'communicate'],
    ],
    [
      'a port that is opened',
      { event_simpleName: 'NetworkListenIP4', ...connection, RemotePort: '0' },
      { dest: 'PC1', dest_port: '52817', state: 'listening', transport: 'tcp' },
      ['listening', 'port'],
    ],
    [
      'a name that is asked for',
      {
        event_simpleName: 'DnsRequest',
        ComputerName: 'PC1',
        DomainName: 'a.example',
        RequestType: '28',
        IP4Records: '1.2.3.4;5.6.7.8;',
      },
      { query: 'a.example', record_type: 'AAAA', src: 'PC1', answer: ['1.2.3.4', '5.6.7.8'] },
      ['network', 'resolution', 'dns'],
    ],
    [
      'a logon',
      {
        event_simpleName: 'UserLogonFailed2',
        ComputerName: 'PC1',
        UserName: 'bob',
        LogonType: '10',
        LogonDomain: 'D',
        RemoteAddressIP4: '203.0.113.9',
      },
      {
        action: 'failure',
        user: 'bob',
        dest: 'PC1',
        src: '203.0.113.9',
        authentication_method: 'RemoteInteractive',
      },
      ['authentication'],
    ],
    [
      'an event inside of another',
      {
        event_simpleName: 'NetworkConnectIP4',
        aid: 'a1',
        event: { event_simpleName: 'NetworkConnectIP4', ...connection },
      },
      { src: '10.0.0.1', dest: '203.0.113.9', dest_port: '443', transport: 'tcp' },
      ['network', 'communicate'],
    ],
  ])('%s', async (_, event, fields, tags) => {
    const found = await fieldsOf(JSON.stringify(event), 'crowdstrike:events:sensor');
    expect(found).toMatchObject(fields);
    expect(found['tag']).toEqual(expect.arrayContaining(tags));
  });
});

it('risk events carry the ids of techniques', async () => {
  const raw =
    '1704164645, search_name="r", annotations.mitre_attack="T1003.001", annotations.mitre_attack="T1059", risk_object="h", risk_score="5"\n';
  expect(await fieldsOf(raw, 'stash')).toMatchObject({
    'annotations.mitre_attack.mitre_technique_id': ['T1003.001', 'T1059'],
  });
});

it.each(['DescribeInstances', 'ListFoundationModels', 'AssumeRoleWithSAML', 'Decrypt', 'InvokeModel'])(
  'CloudTrail’s %s is among the changes, as the add-on has it',
  async (eventName) => {
    const event = {
      eventVersion: '1.08',
      eventName,
      eventSource: 'x.amazonaws.com',
      awsRegion: 'r',
      userIdentity: { type: 'IAMUser', userName: 'u' },
      sourceIPAddress: '10.0.0.1',
    };
    const found = await fieldsOf(JSON.stringify(event), 'aws:cloudtrail');
    expect(found).toMatchObject({ status: 'success', user: 'u', src: '10.0.0.1' });
    expect(found['tag']).toContain('change');
  },
);

it.each([
  ['stream:http', '{"uri":"/a"}', undefined],
  ['stream:http', '{"uri":"/a","status":404}', 'blocked'],
])('%s: a request without an answer was neither allowed nor blocked: %s', async (sourcetype, raw, action) => {
  expect((await fieldsOf(raw, sourcetype))['action'] ?? undefined).toBe(action);
});
