// Records that wrap lines of text, and logs that name their own kind.
import { expect, it } from 'vitest';
import { readBytes } from './read.js';

const FLOW = '2 123456789012 eni-1 10.0.0.1 10.0.0.2 1 443 6 1 40 1704164641 1704164642 ACCEPT OK';

it.each<[string, unknown]>([
  [
    'a subscription of CloudWatch Logs',
    {
      messageType: 'DATA_MESSAGE',
      logGroup: 'g',
      logEvents: [{ id: '1', timestamp: 1704164641500, message: FLOW }],
    },
  ],
  [
    'what the CLI of CloudWatch Logs prints',
    {
      events: [
        {
          logStreamName: 's',
          timestamp: 1704164641500,
          message: `${FLOW}\n`,
          ingestionTime: 1704164642000,
          eventId: '3',
        },
      ],
    },
  ],
])('%s holds events', async (_, value) => {
  for (const indent of [0, 2]) {
    const { events } = await readBytes(`${JSON.stringify(value, null, indent)}\n`);
    expect(events.map(({ raw, time, sourcetype }) => [raw, time, sourcetype])).toEqual([
      [FLOW, 1704164641.5, 'aws:cloudwatchlogs:vpcflow'],
    ]);
  }
});

it('an IIS log is one by its first line', async () => {
  const log =
    '#Software: Microsoft Internet Information Services 10.0\n#Fields: date time cs-uri-stem\n2024-01-02 03:04:05 /a\n';
  const { events } = await readBytes(log);
  expect(events.map(({ sourcetype, time }) => [sourcetype, time])).toEqual([['ms:iis:auto', 1704164645]]);
});

const TRAIL =
  '{"eventVersion":"1.08","eventTime":"2024-01-02T03:04:01Z","eventSource":"iam.amazonaws.com","eventName":"CreateUser","awsRegion":"r"}';
const AUDIT =
  '{"CreationTime":"2024-01-02T03:04:01","Operation":"UserLoggedIn","RecordType":15,"UserType":0,"Workload":"AzureActiveDirectory"}';
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

it.each<[string, string, string, string]>([
  [
    'what looks up events of CloudTrail',
    JSON.stringify({
      Events: [{ EventId: '1', EventName: 'CreateUser', EventTime: 1, CloudTrailEvent: TRAIL }],
    }),
    TRAIL,
    'aws:cloudtrail',
  ],
  [
    'CloudTrail by EventBridge',
    `{"version":"0","id":"1","detail-type":"AWS API Call via CloudTrail","source":"aws.iam","detail":${TRAIL}}`,
    TRAIL,
    'aws:cloudtrail',
  ],
  [
    'the audit search of Microsoft 365',
    JSON.stringify([
      { CreationDate: '2024-01-02', UserIds: 'u', Operations: 'UserLoggedIn', AuditData: AUDIT },
    ]),
    AUDIT,
    'o365:management:activity',
  ],
  [
    'its export as CSV',
    `RecordId,CreationDate,UserId,AuditData\n1,2024-01-02T03:04:01Z,u,${cell(AUDIT)}\n`,
    AUDIT,
    'o365:management:activity',
  ],
])('%s holds events', async (_, content, raw, sourcetype) => {
  const { events, report } = await readBytes(content);
  expect(report.diagnostics).toEqual([]);
  expect(events.map((event) => [event.raw, event.sourcetype, event.time])).toEqual([
    [raw, sourcetype, 1704164641],
  ]);
});

it.each<[string, object, string]>([
  [
    'GuardDuty by EventBridge',
    {
      'detail-type': 'GuardDuty Finding',
      source: 'aws.guardduty',
      time: '2024-01-02T03:04:01Z',
      detail: { id: 'x' },
    },
    'aws:cloudwatch:guardduty',
  ],
  [
    'Suricata’s counters',
    { timestamp: '2024-01-02T03:04:01.000000+0000', event_type: 'stats', stats: { uptime: 1 } },
    'suricata',
  ],
  [
    'rows of an advanced hunting',
    {
      Schema: [{ Name: 'x' }],
      Results: [{ Timestamp: '2024-01-02T03:04:01Z', DeviceId: 'd', ActionType: 'ProcessCreated' }],
    },
    'ms365:defender:advanced_hunting',
  ],
])('%s is known by its members', async (_, value, sourcetype) => {
  const { events } = await readBytes(JSON.stringify(value));
  expect(events.map((event) => [event.sourcetype, event.time])).toEqual([[sourcetype, 1704164641]]);
});

it('the records of evtx_dump have titles', async () => {
  const record = (id: number) =>
    `Record ${id}\n${JSON.stringify({ Event: { System: { EventID: id, Channel: 'Security', Computer: 'c', TimeCreated: { '#attributes': { SystemTime: '2024-01-02T03:04:01Z' } } } } }, null, 2)}\n`;
  const { events, report } = await readBytes(record(1) + record(2));
  expect(report.diagnostics).toEqual([]);
  expect(events.map(({ sourcetype, line }) => [sourcetype, line])).toEqual([
    ['XmlWinEventLog', 2],
    ['XmlWinEventLog', 17],
  ]);
});

it.each<[string, string, Parameters<typeof readBytes>[1]]>([
  ['a row', '{"a":1e999,"b":[-1e999,"1e999"],"c":1}', { events: true }],
  ['a collector’s fields', '{"event":"x","time":1,"fields":{"a":1e999,"b":[-1e999,"1e999"],"c":1}}', {}],
])('%s keeps numbers as they are written that are too large to be held', async (_, line, options) => {
  const { events } = await readBytes(`${line}\n`, options);
  expect(events[0]?.preset).toMatchObject({ a: '1e999', b: ['-1e999', '1e999'], c: 1 });
});

it('a record of a collector is taken apart without being whole JSON inside, and told broken where it is cut', async () => {
  const good = '{"sourcetype":"t","event":{"a":1},"time":1600000000}';
  const lines = [
    good,
    '{"time":1600000001,"event":{"a":1,,},"sourcetype":"t"}',
    good.slice(0, -2),
    `${good},`,
  ];
  const { events, report } = await readBytes(`${lines.join('\n')}\n`);
  expect(events.map(({ raw, sourcetype }) => [raw, sourcetype])).toEqual([
    ['{"a":1}', 't'],
    ['{"a":1,,}', 't'],
    [good.slice(0, -2), '_json'],
    ['{"a":1}', 't'],
  ]);
  expect(report.diagnostics.map(({ code, line }) => [code, line])).toEqual([['broken-record', 3]]);
});

it.each<[string, () => string[], number]>([
  [
    'of one record with very many fields',
    () => {
      const fields = Array.from({ length: 60_000 }, (_, i) => [`f${i}`, i]);
      return ['{"_raw":"first","b":1}', JSON.stringify(Object.fromEntries([...fields, ['_raw', 'second']]))];
    },
    2,
  ],
  [
    'of records with many members each',
    () => {
      const members = Array.from({ length: 1900 }, (_, i) => `,"m${i}":1`).join('');
      const wrapped = '{"event":{"a":1},"time":1700000000}';
      return Array.from({ length: 60 }, (_, i) => [wrapped, `{"n":${i}${members}}`]).flat();
    },
    120,
  ],
])('the members %s are told in reasonable time', async (_, records, count) => {
  const before = process.cpuUsage();
  const { events } = await readBytes(`${records().join('\n')}\n`);
  expect(events).toHaveLength(count);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(2500);
});

it('of fields of one name in an export the last counts', async () => {
  const { events } = await readBytes('{"_raw":"x","a":1,"b":2,"a":3}\n');
  expect(events[0]?.preset).toEqual({ a: 3, b: 2 });
});
