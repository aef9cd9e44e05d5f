// Every layout: which format is recognised, which events it holds, with which time, source, source type and host.
import { describe, expect, it } from 'vitest';
import { onlyFile, readBytes } from './read.js';

const xmlEvent = (id: number, extra = '') =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='P'/><EventID>${id}</EventID><TimeCreated SystemTime='2024-02-03T04:05:0${id}.5000000Z'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>host-${id}.example</Computer></System><EventData><Data Name='Image'>C:\\a&amp;b.exe</Data>${extra}</EventData></Event>`;
const sysmon = 'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational';
const at = (text: string) => Date.parse(text) / 1000;

interface Expected {
  format: string;
  /** raw, time, source type, source, host; what is left out is not compared. */
  events: {
    raw?: string;
    time?: number;
    sourcetype?: string;
    source?: string;
    host?: string;
    line?: number;
    preset?: object;
  }[];
  broken?: number;
}

const cases: [title: string, content: string, expected: Expected][] = [
  [
    'Windows XML, one event a line',
    `${xmlEvent(1)}\n${xmlEvent(2)}\n`,
    {
      format: 'windows-xml',
      events: [
        {
          raw: xmlEvent(1),
          time: at('2024-02-03T04:05:01.5Z'),
          sourcetype: 'XmlWinEventLog',
          source: sysmon,
          host: 'host-1.example',
          line: 1,
        },
        { raw: xmlEvent(2), host: 'host-2.example', line: 2 },
      ],
    },
  ],
  [
    'Windows XML, several events on one line',
    xmlEvent(1) + xmlEvent(2) + xmlEvent(3),
    {
      format: 'windows-xml',
      events: [{ raw: xmlEvent(1) }, { raw: xmlEvent(2) }, { raw: xmlEvent(3), line: 1 }],
    },
  ],
  [
    'Windows XML, pretty-printed in <Events>, with double quotes as evtx_dump writes them',
    `<?xml version="1.0" encoding="utf-8"?>\n<Events>\n${[1, 2].map((id) => xmlEvent(id).replaceAll('><', '>\r\n  <').replaceAll("'", '"')).join('\n')}\n</Events>\n`,
    { format: 'windows-xml', events: [{ raw: xmlEvent(1), line: 3, source: sysmon }, { raw: xmlEvent(2) }] },
  ],
  [
    'Windows XML keeps line breaks and quotes inside values',
    xmlEvent(1, '<Data Name=\'CommandLine\'>echo ="x"\r\n  two</Data>'),
    {
      format: 'windows-xml',
      events: [{ raw: xmlEvent(1, '<Data Name=\'CommandLine\'>echo ="x"\r\n  two</Data>') }],
    },
  ],
  [
    'Sysmon for Linux after a syslog header',
    'May 11 18:10:20 U5 sysmon: <Event><System><Provider Name="Linux-Sysmon"/><EventID>5</EventID><TimeCreated SystemTime="2022-05-11T18:10:20.399931000Z"/><Channel>Linux-Sysmon/Operational</Channel><Computer>U5</Computer></System></Event>\n',
    {
      format: 'windows-xml',
      events: [
        {
          time: 1652292620.399931,
          sourcetype: 'sysmon:linux',
          source: 'Syslog:Linux-Sysmon/Operational',
          host: 'U5',
        },
      ],
    },
  ],
  [
    'classic Windows text',
    '03/04/2021 04:20:47 PM\r\nLogName=Security\r\nEventCode=4624\r\nComputerName=DC1\r\nMessage=An account\r\n\r\nSubject:\r\n\tSecurity ID: S-1\r\n03/04/2021 04:20:48 AM\r\nLogName=System\r\nEventCode=7045\r\nComputerName=DC2\r\nMessage=x',
    {
      format: 'windows-text',
      events: [
        {
          time: at('2021-03-04T16:20:47Z'),
          source: 'WinEventLog:Security',
          host: 'DC1',
          sourcetype: 'WinEventLog',
          line: 1,
        },
        { time: at('2021-03-04T04:20:48Z'), source: 'WinEventLog:System', host: 'DC2', line: 9 },
      ],
    },
  ],
  [
    'JSON lines with the record as written',
    '{"b": 1.0, "timestamp":"2024-01-02T03:04:05+02:00"}\n\n{"timestamp":1704159845123}\n',
    {
      format: 'json-lines',
      events: [
        {
          raw: '{"b": 1.0, "timestamp":"2024-01-02T03:04:05+02:00"}',
          time: at('2024-01-02T01:04:05Z'),
          sourcetype: '_json',
        },
        { raw: '{"timestamp":1704159845123}', time: 1704159845.123, line: 3 },
      ],
    },
  ],
  [
    'a JSON array',
    '[\n {"time": "2024-01-02T03:04:05Z",\n  "a": "]}"},\n {"time": "2024-01-02T03:04:06Z"}\n]\n',
    {
      format: 'json',
      events: [
        { raw: '{"time": "2024-01-02T03:04:05Z",\n  "a": "]}"}', line: 2 },
        { raw: '{"time": "2024-01-02T03:04:06Z"}', line: 4 },
      ],
    },
  ],
  [
    'concatenated JSON',
    '{"a":1}{"a":2} {"a":"}{"}\n{"a":4}',
    {
      format: 'json',
      events: [{ raw: '{"a":1}' }, { raw: '{"a":2}' }, { raw: '{"a":"}{"}' }, { raw: '{"a":4}', line: 2 }],
    },
  ],
  [
    'pretty-printed JSON objects',
    '{\n "a": 1\n}\n{\n "a": 2\n}\n',
    { format: 'json', events: [{ line: 1 }, { line: 4 }] },
  ],
  [
    'CloudTrail in Records',
    '{"Records":[{"eventVersion":"1.08","eventSource":"s3.amazonaws.com","eventName":"A","eventTime":"2021-01-22T03:44:16Z"},{"eventVersion":"1.08","eventSource":"s3.amazonaws.com","eventName":"B","eventTime":"2021-01-22T03:44:17Z"}]}',
    {
      format: 'json',
      events: [
        { sourcetype: 'aws:cloudtrail', time: at('2021-01-22T03:44:16Z') },
        { time: at('2021-01-22T03:44:17Z') },
      ],
    },
  ],
  [
    'an array of events is no wrapper when objects stand before it',
    '{"actor":{"email":"a"},"events":[{"name":"x"},{"name":"y"}]}\n{"actor":{"email":"b"},"events":[]}\n',
    {
      format: 'json-lines',
      events: [{ raw: '{"actor":{"email":"a"},"events":[{"name":"x"},{"name":"y"}]}' }, {}],
    },
  ],
  [
    'Microsoft Graph in value',
    '{"@odata.context":"x","value":[{"createdDateTime":"2021-01-22T03:44:16Z"}],"@odata.nextLink":"y"}',
    {
      format: 'json',
      events: [{ raw: '{"createdDateTime":"2021-01-22T03:44:16Z"}', time: at('2021-01-22T03:44:16Z') }],
    },
  ],
  [
    'Splunk results endpoint',
    '{"preview":false,"init_offset":0,"messages":[],"fields":[{"name":"_raw"}],"results":[{"_raw":"a=1","_time":"2021-01-22T03:44:16.000+00:00","host":"h","source":"s","sourcetype":"t","index":"i","user":["x","y"],"punct":"="}]}',
    {
      format: 'json',
      events: [
        {
          raw: 'a=1',
          time: at('2021-01-22T03:44:16Z'),
          host: 'h',
          source: 's',
          sourcetype: 't',
          preset: { user: ['x', 'y'] },
        },
      ],
    },
  ],
  [
    'Splunk export, a result a line',
    '{"preview":false,"offset":0,"result":{"_raw":"hello","_time":"2021-01-22 03:44:16.000 UTC","sourcetype":"t"}}\n{"preview":false,"offset":1,"lastrow":true,"result":{"_raw":"two","_time":"1611287057"}}\n',
    {
      format: 'json-lines',
      events: [
        { raw: 'hello', time: at('2021-01-22T03:44:16Z'), sourcetype: 't' },
        { raw: 'two', time: 1611287057 },
      ],
    },
  ],
  [
    'HTTP Event Collector',
    '{"time":1611287057.5,"host":"h","sourcetype":"st","event":{"a":1.50},"fields":{"f":"v"}}\n{"time":"1611287058","sourcetype":"st","event":"plain text"}\n',
    {
      format: 'json-lines',
      events: [
        { raw: '{"a":1.50}', time: 1611287057.5, host: 'h', sourcetype: 'st', preset: { f: 'v' } },
        { raw: 'plain text' },
      ],
    },
  ],
  [
    'Elastic hits',
    '{"took":1,"_shards":{"total":1},"hits":{"total":{"value":1},"hits":[{"_index":"w","_id":"1","_source":{"@timestamp":"2021-01-22T03:44:16Z","winlog":{"event_id":1}}}]}}',
    {
      format: 'json',
      events: [
        {
          raw: '{"@timestamp":"2021-01-22T03:44:16Z","winlog":{"event_id":1}}',
          time: at('2021-01-22T03:44:16Z'),
        },
      ],
    },
  ],
  [
    'CSV with quotes and line breaks in cells',
    'time,user.name,msg\n2021-01-22 03:44:16,ann,"a ""b""\nc"\n2021-01-22 03:44:17,bob,\n',
    {
      format: 'csv',
      events: [
        {
          raw: '2021-01-22 03:44:16,ann,"a ""b""\nc"',
          time: at('2021-01-22T03:44:16Z'),
          preset: { user_name: 'ann', msg: 'a "b"\nc' },
          sourcetype: 'csv',
        },
        { preset: { user_name: 'bob', time: '2021-01-22 03:44:17' }, line: 4 },
      ],
    },
  ],
  [
    'CSV exported by Splunk',
    '"_time","_raw",host,source,sourcetype,user,"__mv_user"\n"2021-01-22T03:44:16.000+0000","k=""v""",h,s,t,"a\nb","$a$;$b$"\n',
    {
      format: 'csv',
      events: [
        {
          raw: 'k="v"',
          time: at('2021-01-22T03:44:16Z'),
          host: 'h',
          source: 's',
          sourcetype: 't',
          preset: { user: ['a', 'b'] },
        },
      ],
    },
  ],
  [
    'Zeek TSV',
    '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#fields\tts\tuid\tid.orig_h\tanswers\tquery\n#types\ttime\tstring\taddr\tvector[string]\tstring\n1521911720.865716\tCq\t10.0.0.1\ta,b\t-\n#close\t2018\n',
    {
      format: 'zeek-tsv',
      events: [
        {
          time: 1521911720.865716,
          sourcetype: 'zeek:dns',
          preset: { ts: '1521911720.865716', uid: 'Cq', id_orig_h: '10.0.0.1', answers: ['a', 'b'] },
          line: 8,
        },
      ],
    },
  ],
  [
    'Zeek JSON',
    '{"_path":"conn","ts":1521911720.6,"uid":"C"}\n',
    { format: 'json-lines', events: [{ sourcetype: 'bro:conn:json', time: 1521911720.6 }] },
  ],
  [
    'IIS',
    '#Software: Microsoft Internet Information Services 10.0\n#Fields: date time cs-method cs(User-Agent)\n2021-01-22 03:44:16 GET Mozilla\n',
    {
      format: 'w3c',
      events: [
        {
          time: at('2021-01-22T03:44:16Z'),
          sourcetype: 'ms:iis:auto',
          preset: { cs_method: 'GET', cs_User_Agent: 'Mozilla' },
        },
      ],
    },
  ],
  [
    'auditd',
    'type=SYSCALL msg=audit(1490995752.404:20614537): arch=c000003e\ntype=CWD msg=audit(1490995752.404:20614537): cwd="/"\n',
    { format: 'auditd', events: [{ time: 1490995752.404, sourcetype: 'linux:audit' }, {}] },
  ],
  [
    'syslog, RFC 3164',
    'May 27 09:28:36 ip-172-31-24-46 sshd[5617]: Accepted password for mikael\n<34>May 27 09:28:37 other su: x\n',
    {
      format: 'syslog',
      events: [
        { time: at('2023-05-27T09:28:36Z'), sourcetype: 'linux_secure', host: 'ip-172-31-24-46' },
        { host: 'other' },
      ],
    },
  ],
  [
    'syslog, RFC 5424',
    '<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 - text\n',
    {
      format: 'syslog',
      events: [{ time: at('2003-10-11T22:14:15.003Z'), host: 'mymachine.example.com', sourcetype: 'syslog' }],
    },
  ],
  [
    'access log',
    '10.0.0.1 - - [22/Feb/2024:13:00:00 -0500] "GET / HTTP/1.1" 200 5 "-" "curl"\n',
    { format: 'access-log', events: [{ time: at('2024-02-22T18:00:00Z'), sourcetype: 'access_combined' }] },
  ],
  [
    'key=value',
    'time=2024-01-01T00:00:00Z user=ann action=a b="c d"\n',
    { format: 'key-value', events: [{ time: at('2024-01-01T00:00:00Z') }] },
  ],
  [
    'raw text with continuation lines',
    '2024-01-01 00:00:00 ERROR boom\n  at x\n  at y\n2024-01-01 00:00:01 INFO fine\n',
    {
      format: 'lines',
      events: [{ raw: '2024-01-01 00:00:00 ERROR boom\n  at x\n  at y', line: 1 }, { line: 4 }],
    },
  ],
  [
    'raw text without dates',
    'alpha\nbeta\r\ngamma\rdelta\n',
    {
      format: 'lines',
      events: [{ raw: 'alpha' }, { raw: 'beta' }, { raw: 'gamma' }, { raw: 'delta', line: 4 }],
    },
  ],
  [
    'text that only looks like JSON',
    '[19/Aug/2024:19:41:22 +0000] OPERATION=adduser\n',
    { format: 'lines', events: [{ time: at('2024-08-19T19:41:22Z') }] },
  ],
];

describe('formats', () => {
  // Blocks that end in the middle of everything must not change what is read.
  for (const chunkSize of [1 << 16, 7]) {
    it.each(cases)(`%s (chunks of ${chunkSize} bytes)`, async (_, content, expected) => {
      const result = await readBytes(content, {}, {}, chunkSize);
      expect(result.report.diagnostics).toEqual([]);
      expect(onlyFile(result)).toMatchObject({
        format: expected.format,
        events: expected.events.length,
        broken: 0,
      });
      expect(result.events).toHaveLength(expected.events.length);
      expect(result.events).toMatchObject(expected.events);
    });
  }
});

describe('metadata', () => {
  it('what the caller says holds against what the record says', async () => {
    const told = { sourcetype: 'mine', source: 's', host: 'h', index: 'i' };
    const { events } = await readBytes(xmlEvent(1), told);
    expect(events).toMatchObject([told]);
  });

  it('defaults are the file, localhost and main', async () => {
    const { events } = await readBytes('x\n');
    expect(events).toMatchObject([
      { source: 'stdin', host: 'localhost', index: 'main', sourcetype: 'unknown' },
    ]);
  });

  it.each([
    [
      '{"eventTime":"2021-01-22T03:44:16Z","eventVersion":"1","eventSource":"x","eventName":"y"}',
      'aws:cloudtrail',
      'content',
    ],
    ['{"a":1}', '_json', 'default'],
  ])('the report says how the source type of %s is known', async (content, sourcetype, knownBy) => {
    const result = await readBytes(content);
    expect(onlyFile(result)).toMatchObject({ sourcetypes: [sourcetype], knownBy });
    const told = await readBytes(content, { sourcetype: 'told' });
    expect(onlyFile(told)).toMatchObject({ sourcetypes: ['told'], knownBy: 'told' });
  });
});

it('the report says how the format is known', async () => {
  const known = async (content: string, options: object = {}): Promise<object> => {
    const { format, formatKnownBy } = onlyFile(await readBytes(content, options));
    return { format, formatKnownBy };
  };
  expect(await known('{"a":1}\n{"a":2}\n')).toEqual({ format: 'json-lines', formatKnownBy: 'content' });
  expect(await known('{"a":1}\n', { events: true })).toEqual({ format: 'event-rows', formatKnownBy: 'told' });
  expect(await known('')).toEqual({ format: 'empty', formatKnownBy: 'content' });
});

describe('the header of a CSV file', () => {
  it.each<[string, string, Record<string, unknown>]>([
    ['may name a column twice', 'id,name,name,x\n1,a,b,c\n2,d,,e\n', { id: '1', name: ['a', 'b'], x: 'c' }],
    ['may leave the index of a table without a name', ',id,name\n0,1,a\n1,2,b\n', { id: '1', name: 'a' }],
  ])('%s', async (_, content, fields) => {
    const result = await readBytes(content);
    expect(onlyFile(result).format).toBe('csv');
    expect({ ...result.events[0]!.preset }).toEqual(fields);
  });

  it('is none when a sentence has commas', async () => {
    for (const content of ['no, no, no\nwell, yes, no\n', 'a, b, a\n']) {
      const result = await readBytes(content);
      expect(onlyFile(result).format).not.toBe('csv');
    }
  });
});

describe('rows of extracted fields', () => {
  it('gives every member as a field', async () => {
    const content =
      '{"_time":5,"a":["x","y"],"b":["z"],"c":{"d":1},"e":true,"f":null,"__proto__":"p","constructor":"q"}\n';
    const { events } = await readBytes(content, { events: true });
    expect(events).toHaveLength(1);
    const [event] = events;
    expect(event).toMatchObject({ extracted: true, time: 5, raw: '' });
    expect(Object.entries(event!.preset!)).toEqual([
      ['_time', 5],
      ['a', ['x', 'y']],
      ['b', 'z'],
      ['c', '{"d":1}'],
      ['e', true],
      ['f', null],
      ['__proto__', 'p'],
      ['constructor', 'q'],
    ]);
  });

  it('counts lines that are no objects', async () => {
    const result = await readBytes('{"a":1}\nnope\n[1]\n', { events: true });
    expect(result.events).toHaveLength(1);
    expect(onlyFile(result)).toMatchObject({ format: 'event-rows', broken: 2, events: 1 });
    expect(result.report.diagnostics.map(({ line, code }) => [line, code])).toEqual([
      [2, 'broken-record'],
      [3, 'broken-record'],
    ]);
  });
});
