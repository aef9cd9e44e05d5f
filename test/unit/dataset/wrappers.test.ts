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
