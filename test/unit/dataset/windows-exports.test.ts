// Windows events that are exported for people: tables of a Log Analytics workspace, and what Get-WinEvent gives.
import { describe, expect, it } from 'vitest';
import { readBytes } from './read.js';

const at = (text: string) => Date.parse(text) / 1000;
const TIME = '2024-02-03T14:05:06.789Z';

const securityEvent = {
  TenantId: 't',
  TimeGenerated: TIME,
  SourceSystem: 'OpsManager',
  Account: 'CORP\\bob',
  Computer: 'dc1',
  EventSourceName: 'Microsoft-Windows-Security-Auditing',
  Channel: 'Security',
  Level: '16',
  EventID: 4625,
  Activity: '4625 - An account failed to log on.',
  TargetUserName: 'bob',
  CommandLine: '',
  Type: 'SecurityEvent',
};
const event = {
  TenantId: 't',
  TimeGenerated: TIME,
  Source: 'Microsoft-Windows-Sysmon',
  EventLog: 'Microsoft-Windows-Sysmon/Operational',
  Computer: 'dc1',
  EventID: 1,
  EventData: '<DataItem><EventData><Data Name="Image">C:\\a&amp;b.exe</Data></EventData></DataItem>',
  RenderedDescription: 'Process Create',
  Type: 'Event',
};
const windowsEvent = {
  TimeGenerated: TIME,
  Provider: 'Microsoft-Windows-Sysmon',
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  Computer: 'dc1',
  EventID: 11,
  EventLevel: 4,
  EventData: { TargetFilename: 'C:\\x' },
};
const rendered = (id: number, log: string, message: string, rest: object = {}) => ({
  Id: id,
  LogName: log,
  ProviderName: 'p',
  RecordId: 7,
  MachineName: 'dc1',
  Level: 4,
  LevelDisplayName: 'Information',
  TimeCreated: `/Date(${Date.parse(TIME)})/`,
  Properties: [{ Value: 'x' }],
  Message: message,
  ...rest,
});
const csv = (row: Readonly<Record<string, unknown>>) =>
  [Object.keys(row), Object.values(row)]
    .map((cells) => cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(','))
    .join('\r\n');

/** What is read, the source and parts of the event, and what must not be in it. */
type Case = readonly [string, string, string, readonly string[], readonly string[]];

const cases: readonly Case[] = [
  [
    'SecurityEvent',
    JSON.stringify([securityEvent]),
    'XmlWinEventLog:Security',
    [
      '<EventID>4625</EventID>',
      '<Level>0</Level>',
      '<Keywords>0x8010000000000000</Keywords>',
      "<EventData><Data Name='TargetUserName'>bob</Data></EventData>",
    ],
    ['TenantId', 'Activity', 'CommandLine'],
  ],
  [
    'SecurityEvent as the portal exports it',
    csv(securityEvent)
      .replace('"TimeGenerated"', '"TimeGenerated [UTC]"')
      .replace(TIME, '2/3/2024, 2:05:06.789 PM'),
    'XmlWinEventLog:Security',
    ['<EventID>4625</EventID>', "<EventData><Data Name='TargetUserName'>bob</Data></EventData>"],
    ['TenantId', 'CommandLine'],
  ],
  [
    'Event, whose data is XML in a cell',
    JSON.stringify(event),
    'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
    [
      "<Provider Name='Microsoft-Windows-Sysmon'/>",
      "<Data Name='Image'>C:\\a&amp;b.exe</Data>",
      '<Message>Process Create</Message>',
    ],
    ['DataItem'],
  ],
  [
    'WindowsEvent, whose data is an object',
    JSON.stringify(windowsEvent),
    'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
    ['<Level>4</Level>', "<Data Name='TargetFilename'>C:\\x</Data>"],
    [],
  ],
  [
    'Get-WinEvent: what has no names is classic text',
    JSON.stringify([
      rendered(
        4688,
        'Security',
        'A new process has been created.\r\n\r\nSubject:\r\n\tAccount Name:\t\tbob',
        {
          KeywordsDisplayNames: ['Audit Success'],
        },
      ),
    ]),
    'WinEventLog:Security',
    [
      '02/03/2024 02:05:06.789 PM\nLogName=Security\nEventCode=4688\n',
      'ComputerName=dc1\n',
      'RecordNumber=7\nKeywords=Audit Success\n',
      'Message=A new process has been created.\n\nSubject:\n\tAccount Name:\t\tbob',
    ],
    ['\r'],
  ],
  [
    'Get-WinEvent: Sysmon words its values by their names',
    JSON.stringify([
      rendered(
        1,
        'Microsoft-Windows-Sysmon/Operational',
        'Process Create:\r\nRuleName: -\r\nImage: C:\\a.exe\r\nCommandLine: a.exe x: y',
      ),
    ]),
    'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
    ["<Data Name='Image'>C:\\a.exe</Data>", "<Data Name='CommandLine'>a.exe x: y</Data>"],
    ["Name='RuleName'", "Name='Process"],
  ],
  [
    'Get-WinEvent: a script block',
    JSON.stringify([
      rendered(
        4104,
        'Microsoft-Windows-PowerShell/Operational',
        'Creating Scriptblock text (1 of 2):\r\niex\r\n\r\nwhoami\r\n\r\nScriptBlock ID: g-1\r\nPath: C:\\a.ps1',
      ),
    ]),
    'XmlWinEventLog:Microsoft-Windows-PowerShell/Operational',
    [
      "<Data Name='MessageTotal'>2</Data>",
      "<Data Name='ScriptBlockText'>iex\n\nwhoami</Data>",
      "<Data Name='ScriptBlockId'>g-1</Data><Data Name='Path'>C:\\a.ps1</Data>",
    ],
    [],
  ],
  [
    'Get-WinEvent as CSV',
    csv(rendered(7036, 'System', 'The "x" service\nstopped.', { TimeCreated: '2/3/2024 2:05:06.789 PM' })),
    'WinEventLog:System',
    ['EventCode=7036\n', 'Message=The "x" service\nstopped.'],
    [],
  ],
];

describe('exported Windows events', () => {
  it.each(cases)('%s', async (_, text, source, has, lacks) => {
    const { events, report } = await readBytes(text);
    expect(report.diagnostics).toEqual([]);
    expect(events).toMatchObject([{ source, sourcetype: source.split(':')[0], host: 'dc1', time: at(TIME) }]);
    for (const part of has) expect(events[0]!.raw).toContain(part);
    for (const part of lacks) expect(events[0]!.raw).not.toContain(part);
  });

  it('stay rows of a table when the source type is told', async () => {
    const { events } = await readBytes(csv(securityEvent), { sourcetype: 'csv' });
    expect(events).toMatchObject([{ sourcetype: 'csv', raw: expect.stringMatching(/^"t",/) }]);
  });

  it('have no more lines in their header than Windows writes, whatever a computer is called', async () => {
    const evil = rendered(1, 'System', 'm', { MachineName: 'dc1\nEventCode=4625' });
    const { events } = await readBytes(JSON.stringify([evil]));
    expect(events[0]!.raw).toContain('ComputerName=dc1 EventCode=4625\n');
  });

  it('keep the account that an event itself has', async () => {
    const installed = {
      EventID: 7045,
      Channel: 'System',
      Hostname: 'dc1',
      '@timestamp': TIME,
      Level: '4',
      AccountName: 'LocalSystem',
    };
    const logged = { ...installed, AccountType: 'User', Domain: 'NT AUTHORITY' };
    const { events } = await readBytes(`${JSON.stringify(installed)}\n${JSON.stringify(logged)}\n`);
    expect(events[0]!.raw).toContain("<EventData><Data Name='AccountName'>LocalSystem</Data></EventData>");
    expect(events[0]!.raw).toContain('<Level>4</Level>');
    expect(events[1]!.raw).toContain('<EventData></EventData>');
  });
});
