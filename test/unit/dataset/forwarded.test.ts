// Windows events that other tools write as JSON.
import { describe, expect, it } from 'vitest';
import { readBytes } from './read.js';

const at = (text: string) => Date.parse(text) / 1000;

describe('Windows events forwarded as JSON', () => {
  const winlogbeat = {
    '@timestamp': '2024-02-03T04:05:06.789Z',
    winlog: {
      channel: 'Security',
      event_id: 4688,
      provider_name: 'Microsoft-Windows-Security-Auditing',
      computer_name: 'dc1',
      record_id: 5,
      event_data: { NewProcessName: 'C:\\a<b>&"\'.exe', Empty: '' },
    },
  };
  const nxlog = {
    EventTime: '2024-02-03 06:05:06',
    '@timestamp': '2024-02-03T04:05:06.789Z',
    Hostname: 'dc1',
    EventID: 13,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    EventType: 'SetValue',
    EventTypeOrignal: 'INFO',
    SourceModuleName: 'eventlog',
    Message: 'Registry value set',
    TargetObject: 'HKLM\\x',
  };

  const system = {
    Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon', Guid: 'g' } },
    EventID: { '#attributes': { Qualifiers: 1 }, '#text': 1 },
    Level: 4,
    Keywords: '0x8000000000000000',
    TimeCreated: { '#attributes': { SystemTime: '2024-02-03T04:05:06.789Z' } },
    Execution: { '#attributes': { ProcessID: 1760, ThreadID: 1952 } },
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Computer: 'dc1',
    Security: { '#attributes': { UserID: 'S-1-5-18' } },
  };
  const beside = {
    ...system,
    Provider: null,
    Provider_attributes: { Name: 'Microsoft-Windows-Sysmon', Guid: 'g' },
    EventID: 1,
    EventID_attributes: { Qualifiers: 1 },
    TimeCreated_attributes: { SystemTime: '2024-02-03T04:05:06.789Z' },
    Execution_attributes: { ProcessID: 1760, ThreadID: 1952 },
    Security_attributes: { UserID: 'S-1-5-18' },
  };
  const plain = {
    ...system,
    Provider: { Name: 'Microsoft-Windows-Sysmon', Guid: 'g' },
    EventID: { Qualifiers: 1, Value: 1 },
    TimeCreated: { SystemTime: 1706933106.789 },
    Execution: { ProcessID: 1760, ThreadID: 1952 },
    Security: { UserID: 'S-1-5-18' },
  };
  const marked = {
    ...system,
    Provider: { '@Name': 'Microsoft-Windows-Sysmon', '@Guid': 'g' },
    EventID: { '@Qualifiers': '1', '#text': '1' },
    TimeCreated: { '@SystemTime': '2024-02-03T04:05:06.789Z' },
    Execution: { '@ProcessID': '1760', '@ThreadID': '1952' },
    Security: { '@UserID': 'S-1-5-18' },
  };
  const data = { Image: 'C:\\a<b.exe', ProcessId: 7 };
  const named = [
    { '@Name': 'Image', '#text': 'C:\\a<b.exe' },
    { '@Name': 'ProcessId', '#text': '7' },
  ];

  it.each<[string, object]>([
    ['evtx_dump', { Event: { '#attributes': { xmlns: 'x' }, System: system, EventData: data } }],
    ['evtx_dump with attributes beside', { Event: { System: beside, EventData: data } }],
    ['golang-evtx', { Event: { System: plain, EventData: data } }],
    ['an event without its root', { System: plain, EventData: data }],
    ['attributes with an @', { Event: { '@xmlns': 'x', System: marked, EventData: { Data: named } } }],
  ])('%s: the tree of the XML', async (_, record) => {
    for (const text of [JSON.stringify(record), JSON.stringify([record, record], null, 2)]) {
      const { events, report } = await readBytes(text);
      expect(report.diagnostics).toEqual([]);
      expect(events[0]).toMatchObject({
        sourcetype: 'XmlWinEventLog',
        source: 'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
        host: 'dc1',
        time: at('2024-02-03T04:05:06.789Z'),
        raw:
          "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>" +
          "<Provider Name='Microsoft-Windows-Sysmon' Guid='g'/><EventID Qualifiers='1'>1</EventID><Level>4</Level>" +
          "<Keywords>0x8000000000000000</Keywords><TimeCreated SystemTime='2024-02-03T04:05:06.789Z'/><Correlation/>" +
          "<Execution ProcessID='1760' ThreadID='1952'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel>" +
          "<Computer>dc1</Computer><Security UserID='S-1-5-18'/></System><EventData>" +
          "<Data Name='Image'>C:\\a&lt;b.exe</Data><Data Name='ProcessId'>7</Data></EventData></Event>",
      });
    }
  });

  it('has the leaves of UserData under their names', async () => {
    const user = { RuleAndFileData: { '#attributes': { xmlns: 'x' }, PolicyName: 'EXE', RuleId: 1 } };
    const { events } = await readBytes(JSON.stringify({ Event: { System: system, UserData: user } }));
    expect(events[0]!.raw).toContain('<UserData><PolicyName>EXE</PolicyName><RuleId>1</RuleId></UserData>');
  });

  const dotted = {
    '@timestamp': '2024-02-03T04:05:06.789Z',
    'winlog.channel': 'Security',
    'winlog.event_id': '4688',
    'winlog.computer_name': 'dc1',
    'winlog.event_data.NewProcessName': 'C:\\a.exe',
  };

  it.each<[string, object | string, number]>([
    ['Winlogbeat', winlogbeat, 1],
    ['Winlogbeat with dotted names', dotted, 1],
    ['NXLog', nxlog, 1],
    ['hits of Elasticsearch', { hits: { hits: [{ _index: 'w', _id: '1', _source: winlogbeat }] } }, 1],
    ['the collector', { time: 1706933106.789, event: winlogbeat }, 1],
    ['lines among others', `${JSON.stringify(nxlog)}\n{"eventType":"a","published":"2024","actor":{}}\n`, 2],
  ])('are recognised: %s', async (_, record, count) => {
    const { events, report } = await readBytes(typeof record === 'string' ? record : JSON.stringify(record));
    expect(report.diagnostics).toEqual([]);
    expect(events).toHaveLength(count);
    expect(events[0]).toMatchObject({
      sourcetype: 'XmlWinEventLog',
      source: expect.stringMatching(/^XmlWinEventLog:(?:Security|Microsoft-Windows-Sysmon)/),
      host: 'dc1',
      time: at('2024-02-03T04:05:06.789Z'),
    });
    expect(events[0]!.raw).toMatch(/^<Event .*<\/Event>$/);
  });

  it('stay as they are under another source type that is told', async () => {
    const { events } = await readBytes(JSON.stringify(nxlog), { sourcetype: '_json' });
    expect(events).toMatchObject([{ raw: JSON.stringify(nxlog), sourcetype: '_json' }]);
  });

  it.each<[string, object, string, string[], string[]]>([
    [
      'Winlogbeat',
      winlogbeat,
      'XmlWinEventLog:Security',
      [
        '<EventID>4688</EventID>',
        "<Data Name='NewProcessName'>C:\\a&lt;b&gt;&amp;&quot;&apos;.exe</Data>",
        "<TimeCreated SystemTime='2024-02-03T04:05:06.789Z'/>",
      ],
      [],
    ],
    [
      'NXLog',
      nxlog,
      'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
      [
        '<EventID>13</EventID>',
        "<Data Name='TargetObject'>HKLM\\x</Data>",
        "<Data Name='EventType'>SetValue</Data>",
        '<RenderingInfo><Message>Registry value set</Message></RenderingInfo>',
      ],
      ["Name='Message'", 'SourceModuleName'],
    ],
  ])('%s', async (_, record, source, has, lacks) => {
    const result = await readBytes(JSON.stringify(record), { sourcetype: 'xmlwineventlog' });
    expect(result.report.diagnostics).toEqual([]);
    expect(result.events).toMatchObject([
      { source, host: 'dc1', time: at('2024-02-03T04:05:06.789Z'), sourcetype: 'xmlwineventlog' },
    ]);
    for (const part of has) expect(result.events[0]?.raw).toContain(part);
    for (const part of lacks) expect(result.events[0]?.raw).not.toContain(part);
  });
});
