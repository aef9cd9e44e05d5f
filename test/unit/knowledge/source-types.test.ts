// Fields and tags that the built-in knowledge gives kinds of events of which few logs are published.
import { describe, expect, it } from 'vitest';
import { openEvents } from '../../../src/events.js';
import { loadKnowledge } from '../../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../../src/knowledge-language.js';
import type { Row } from '../../../src/runtime/value.js';

const knowledge = loadKnowledge({ language: knowledgeLanguage() });

async function rowOf(text: string, sourcetype?: string): Promise<Row> {
  async function* stdin() {
    yield Buffer.from(`${text}\n`);
  }
  const options = sourcetype === undefined ? {} : { sourcetype };
  const events = openEvents(['-'], { stdin: stdin(), knowledge, now: 1_760_000_000, ...options });
  for await (const row of events.scan({ fields: 'all', rawTerms: [], metadata: [] })) return row;
  throw new Error('no event');
}

const pan = (rest: string) => `Oct 10 10:00:00 fw1 1,2024/10/10 10:00:00,0123,${rest}`;
const windows = (id: number, keywords: string, data: Readonly<Record<string, string>>) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>${id}</EventID><Keywords>${keywords}</Keywords><TimeCreated SystemTime='2024-10-10T10:00:00.0Z'/><Channel>Security</Channel><Computer>dc1</Computer></System><EventData>${Object.entries(
    data,
  )
    .map(([name, value]) => `<Data Name='${name}'>${value}</Data>`)
    .join('')}</EventData></Event>`;
const classic = (id: number, keywords: string, message: string) =>
  `10/10/2024 10:00:00 AM\nLogName=Security\nEventCode=${id}\nEventType=0\nComputerName=dc1\nKeywords=${keywords}\nMessage=${message}\n`;
const json = (value: unknown) => JSON.stringify(value);
const SUCCESS = '0x8020000000000000';
const FAILURE = '0x8010000000000000';

/** What is read, as which source type if it must be told, the fields that must be there, and tags among all. */
type Case = readonly [
  string,
  string,
  string | undefined,
  Readonly<Record<string, unknown>>,
  readonly string[],
];

const cases: readonly Case[] = [
  [
    'PAN system: a login of an administrator',
    pan(
      'SYSTEM,auth,0,2024/10/10 10:00:00,,auth-fail,LDAP,0,0,general,medium,"failed authentication for user \'bob\'. From: 10.1.2.3.",1,0x0,0,0,0,0,,fw1',
    ),
    undefined,
    {
      sourcetype: 'pan:system',
      user: 'bob',
      src: '10.1.2.3',
      action: 'failure',
      severity: 'medium',
      dest: 'fw1',
    },
    ['authentication'],
  ],
  [
    'PAN config',
    pan(
      'CONFIG,0,0,2024/10/10 10:00:00,10.0.0.9,,set,admin,Web,Succeeded, network interface,1,2,3,0x0,0,0,0,0,,fw1',
    ),
    undefined,
    {
      sourcetype: 'pan:config',
      user: 'admin',
      command: 'set',
      action: 'modified',
      status: 'success',
      dest_host: '10.0.0.9',
    },
    ['change'],
  ],
  [
    'PAN User-ID',
    pan(
      'USERID,login,2305,2024/10/10 10:00:00,vsys1,10.0.0.7,corp\\bob,dc,0,1,2700,0,0,active-directory,ad,7,0x0,0,0,0,0,,fw1',
    ),
    undefined,
    { sourcetype: 'pan:userid', user: 'bob', src: '10.0.0.7', action: 'success' },
    ['authentication'],
  ],
  [
    'PAN GlobalProtect',
    pan(
      'GLOBALPROTECT,0,2305,2024/10/10 10:00:00,vsys1,gateway-auth,login,LDAP,,bob,US,pc7,203.0.113.7,::,10.9.0.1,::,h,s,6.0,Windows,"Windows 10",1,,,,failure,,0,,0,vpn,9,0x0',
    ),
    undefined,
    {
      sourcetype: 'pan:globalprotect',
      user: 'bob',
      src: '203.0.113.7',
      action: 'failure',
      dest: 'vpn',
      src_nt_host: 'pc7',
    },
    ['authentication'],
  ],
  [
    'PAN rows of any kind are told apart',
    pan(
      'TRAFFIC,end,2305,2024/10/10 10:00:00,10.0.0.1,10.0.0.2,,,rule1,,,ssl,vsys1,trust,untrust,e1,e2,fwd,,7,1,1234,443,0,0,0x0,tcp,allow,300,100,200,4',
    ),
    'pan:log',
    {
      sourcetype: 'pan:traffic',
      src: '10.0.0.1',
      dest_port: '443',
      transport: 'tcp',
      action: 'allowed',
      bytes: '300',
    },
    ['network', 'communicate'],
  ],
  [
    'Windows 4768 that fails',
    windows(4768, FAILURE, { TargetUserName: 'bob', Status: '0x6', IpAddress: '::ffff:10.0.0.5' }),
    undefined,
    {
      user: 'bob',
      action: 'failure',
      src_ip: '10.0.0.5',
      signature: 'A Kerberos authentication ticket (TGT) was requested',
    },
    ['authentication', 'failure'],
  ],
  [
    'Windows 4768 that succeeds',
    windows(4768, SUCCESS, { TargetUserName: 'bob', Status: '0x0' }),
    undefined,
    { action: 'success' },
    ['authentication', 'success'],
  ],
  [
    'Windows 4776 with a wrong password',
    windows(4776, FAILURE, { TargetUserName: 'bob', Workstation: 'pc1', Status: '0xc000006a' }),
    undefined,
    { action: 'failure', src: 'pc1', user: 'bob' },
    ['authentication'],
  ],
  [
    'Windows 4663 that is refused',
    windows(4663, FAILURE, { SubjectUserName: 'bob', ObjectName: 'C:\\a', ObjectType: 'File' }),
    undefined,
    { action: 'failure', file_path: 'C:\\a', src_user: 'bob' },
    ['endpoint', 'filesystem'],
  ],
  [
    'Windows 5157: a blocked connection stays blocked',
    windows(5157, FAILURE, { Application: 'a.exe', DestAddress: '10.0.0.2', DestPort: '445' }),
    undefined,
    { action: 'blocked', dest_ip: '10.0.0.2', dest_port: '445' },
    ['network', 'communicate'],
  ],
  [
    'Windows 4783: a basic application group',
    windows(4783, SUCCESS, { TargetUserName: 'g', SubjectUserName: 'bob' }),
    undefined,
    { action: 'created', object_category: 'group', signature: 'A basic application group was created' },
    ['change'],
  ],
  [
    'a classic 4624: the second account is the one that logs on',
    classic(
      4624,
      'Audit Success',
      'An account was successfully logged on.\n\nSubject:\n\tAccount Name:\t\t-\n\nLogon Information:\n\tLogon Type:\t\t3\n\nNew Logon:\n\tAccount Name:\t\tbob\n\nNetwork Information:\n\tWorkstation Name:\tPC1\n\tSource Network Address:\t10.0.0.5',
    ),
    undefined,
    {
      Account_Name: ['-', 'bob'],
      user: 'bob',
      src_user: '-',
      src: 'PC1',
      src_ip: '10.0.0.5',
      app: 'win:remote',
    },
    ['authentication', 'success'],
  ],
  [
    'a classic 4688',
    classic(
      4688,
      'Audit Success',
      'A new process has been created.\n\nCreator Subject:\n\tAccount Name:\t\tann\n\nTarget Subject:\n\tAccount Name:\t\t-\n\nProcess Information:\n\tNew Process ID:\t\t0x1a\n\tNew Process Name:\tC:\\w\\cmd.exe\n\tCreator Process ID:\t0xe\n\tCreator Process Name:\tC:\\w\\explorer.exe\n\tProcess Command Line:\tcmd.exe /c whoami',
    ),
    undefined,
    {
      user: 'ann',
      process_name: 'cmd.exe',
      process: 'C:\\w\\cmd.exe /c whoami',
      parent_process_name: 'explorer.exe',
      process_id: '0x1a',
      action: 'allowed',
    },
    ['process', 'report'],
  ],
  [
    'a classic 4732',
    classic(
      4732,
      'Audit Success',
      'A member was added.\n\nSubject:\n\tSecurity ID:\t\tD\\ann\n\tAccount Name:\t\tann\n\nMember:\n\tSecurity ID:\t\tD\\bob\n\tAccount Name:\t\tCN=bob\n\nGroup:\n\tSecurity ID:\t\tBUILTIN\\Administrators\n\tGroup Name:\t\tAdministrators\n\tGroup Domain:\t\tBuiltin',
    ),
    undefined,
    {
      Group_Name: 'Administrators',
      Group_Domain: 'Builtin',
      member_id: 'D\\bob',
      member_dn: 'CN=bob',
      src_user: 'ann',
    },
    ['change', 'account'],
  ],
  [
    'Winlogbeat: keywords and the channel as Windows writes them',
    json({
      '@timestamp': '2024-10-10T10:00:00Z',
      winlog: {
        channel: 'security',
        event_id: 4625,
        keywords: ['Audit Failure'],
        computer_name: 'dc1',
        event_data: { TargetUserName: 'bob', LogonType: '3' },
      },
    }),
    'XmlWinEventLog',
    {
      source: 'XmlWinEventLog:Security',
      Keywords: FAILURE,
      status: 'failure',
      action: 'failure',
      user: 'bob',
      app: 'win:remote',
    },
    ['authentication'],
  ],
  [
    'NXLog: keywords in decimals',
    json({
      EventTime: '2024-10-10 10:00:00',
      Channel: 'Security',
      EventID: 4624,
      Keywords: 'number',
      Hostname: 'dc1',
      TargetUserName: 'bob',
    }).replace('"number"', '-9214364837600034816'),
    'XmlWinEventLog',
    { Keywords: SUCCESS, status: 'success', action: 'success' },
    ['authentication'],
  ],
  [
    'Zeek ssh',
    json({
      _path: 'ssh',
      ts: 1728554400.1,
      uid: 'C1',
      'id.orig_h': '10.0.0.1',
      'id.resp_h': '10.0.0.2',
      'id.resp_p': 22,
      auth_success: false,
    }),
    undefined,
    {
      sourcetype: 'bro:ssh:json',
      src: '10.0.0.1',
      dest: '10.0.0.2',
      app: 'ssh',
      transport: 'tcp',
      action: 'failure',
    },
    ['network', 'communicate'],
  ],
  [
    'Zeek kerberos',
    json({
      _path: 'kerberos',
      ts: 1728554400,
      uid: 'C1',
      'id.orig_h': '10.0.0.1',
      'id.resp_h': '10.0.0.2',
      request_type: 'TGS',
      client: 'bob/CORP',
      service: 'cifs/fs1',
      success: true,
    }),
    undefined,
    { user: 'bob', dest_nt_domain: 'CORP', service_name: 'cifs/fs1', action: 'success' },
    ['network'],
  ],
  [
    'Suricata dns of version 3',
    json({
      timestamp: '2024-10-10T10:00:00.0+0000',
      flow_id: 1,
      event_type: 'dns',
      src_ip: '10.0.0.1',
      dest_ip: '10.0.0.2',
      proto: 'UDP',
      dns: { version: 3, type: 'request', queries: [{ rrname: 'a.b', rrtype: 'A' }] },
    }),
    undefined,
    { query: 'a.b', record_type: 'A', transport: 'udp' },
    ['network', 'resolution', 'dns'],
  ],
  [
    'Suricata dhcp',
    json({
      timestamp: '2024-10-10T10:00:00.0+0000',
      flow_id: 1,
      event_type: 'dhcp',
      src_ip: '0.0.0.0',
      dest_ip: '255.255.255.255',
      proto: 'UDP',
      dhcp: { client_mac: '00:11', hostname: 'pc1', lease_time: 60 },
    }),
    undefined,
    { src_mac: '00:11', dest_nt_host: 'pc1', lease_duration: '60' },
    ['network', 'session', 'dhcp'],
  ],
  [
    'Okta: a suspicious activity that a user reports',
    json({
      eventType: 'user.account.report_suspicious_activity_by_enduser',
      published: '2024-10-10T10:00:00Z',
      actor: { alternateId: 'bob@x', type: 'User' },
      outcome: { result: 'SUCCESS' },
    }),
    undefined,
    { sourcetype: 'OktaIM2:log', user: 'bob@x' },
    ['alert'],
  ],
  [
    'GitHub: the vendor’s own action',
    json({
      action: 'repo.destroy',
      actor: 'bob',
      org: 'o',
      created_at: 1728554400000,
      '@timestamp': 1728554400000,
    }),
    'github:cloud:audit',
    { vendor_action: 'repo.destroy', src_user: 'bob' },
    ['change'],
  ],
  [
    'Azure AD: a risky user',
    json({
      time: '2024-10-10T10:00:00Z',
      resourceId: '/tenants/x/providers/Microsoft.aadiam',
      operationName: 'Risky user',
      category: 'RiskyUsers',
      properties: { riskLevel: 'high' },
    }),
    undefined,
    { sourcetype: 'azure:monitor:aad', severity: 'high', type: 'alert' },
    ['alert'],
  ],
  [
    'Microsoft Graph: a sign-in',
    json({
      value: [
        {
          createdDateTime: '2024-10-10T10:00:00Z',
          userPrincipalName: 'Bob@x.com',
          appDisplayName: 'Graph explorer',
          resourceDisplayName: 'Microsoft Graph',
          ipAddress: '1.2.3.4',
          status: { errorCode: 50126, failureReason: 'Invalid password' },
        },
      ],
    }),
    undefined,
    {
      sourcetype: 'azure:aad:signin',
      user: 'bob@x.com',
      src: '1.2.3.4',
      app: 'graph:explorer',
      dest: 'microsoft.graph',
      action: 'failure',
      reason: 'Invalid password',
    },
    ['authentication', 'failure'],
  ],
  [
    'Log Analytics: a sign-in is no change',
    json({
      TenantId: 't',
      TimeGenerated: '2024-10-10T10:00:00Z',
      ResourceId: '/tenants/t/providers/Microsoft.aadiam',
      OperationName: 'Sign-in activity',
      Category: 'SignInLogs',
      ResultType: '50126',
      UserPrincipalName: 'bob@x.com',
      IPAddress: '1.2.3.4',
    }),
    undefined,
    { user: 'bob@x.com', src: '1.2.3.4', action: 'failure', change_type: null },
    ['authentication'],
  ],
  [
    'Splunk’s own audit log is in its own index',
    "Audit:[timestamp=10-10-2024 10:00:00.000, user=bob, action=search, info=granted , search_id='1.2', search='x']",
    undefined,
    { index: '_audit', sourcetype: 'audittrail', user: 'bob', action: 'search', info: 'granted' },
    [],
  ],
];

describe('built-in knowledge', () => {
  it.each(cases)('%s', async (_, text, sourcetype, fields, tags) => {
    const row = await rowOf(text, sourcetype);
    expect(Object.fromEntries(Object.keys(fields).map((name) => [name, row[name] ?? null]))).toEqual(fields);
    expect([row['tag'] ?? []].flat()).toEqual(expect.arrayContaining([...tags]));
  });

  it('has no setting that cannot be used', () => {
    expect(knowledge.diagnostics).toEqual([]);
  });
});
