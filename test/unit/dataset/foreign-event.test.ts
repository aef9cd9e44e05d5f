// Windows events in records of other tools: fields read from the record are those that reading its XML gives.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { compileTexts } from '../../../src/dataset/term-filter.js';
import { mayAddRun } from '../../../src/dataset/windows-xml.js';
import { compileText } from '../../../src/evaluate.js';
import { openEvents } from '../../../src/events.js';
import { windowsEventReader } from '../../../src/knowledge/windows-event.js';
import type { RawEvent } from '../../../src/runtime/raw-event.js';
import { createRow } from '../../../src/runtime/value.js';
import { readBytes } from './read.js';

const folder = mkdtempSync(join(tmpdir(), 'detc-foreign-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nxlog = (members: Record<string, unknown>): string =>
  JSON.stringify({
    EventID: 1,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    Hostname: 'ws1.example.org',
    '@timestamp': '2020-09-14T13:01:05.123Z',
    SourceName: 'Microsoft-Windows-Sysmon',
    ...members,
  });

const winlogbeat = (data: Record<string, unknown>): string =>
  JSON.stringify({
    '@timestamp': '2020-09-14T13:01:05.123Z',
    winlog: {
      channel: 'Security',
      event_id: 4688,
      computer_name: 'dc1',
      keywords: ['Audit Success'],
      event_data: data,
    },
  });

/** Both ways of reading an event's fields, where the row holds some already. */
function bothWays(event: RawEvent, wanted: ReadonlySet<string>): unknown[] {
  const read = event.record?.shape.reader(wanted);
  if (read === undefined || read === null) throw new Error('the event is of no record');
  const [own, xml] = [createRow(), createRow()];
  read(event, own);
  windowsEventReader(wanted)(event.raw, xml);
  return [{ ...own }, { ...xml }];
}

const name = fc.oneof(
  fc.constantFrom(
    'Image',
    'Threat Name',
    'ProcessID',
    'Name',
    'Guid',
    'EventType',
    'EventTypeOrignal',
    'AccountType',
    'Message',
    'AccountName',
    'Domain',
    'Keywords',
    'OpcodeValue',
    'Opcode',
    'UserID',
    'tags',
    'Data',
    'EventTime',
    'a&b',
    'Task',
    '_x',
    'Param (1)',
    'Provider_Name',
    'ExecutionProcessID',
    'ThreadID',
    'constructor',
    'Version',
  ),
  fc.string({ minLength: 1, maxLength: 6 }),
);
const value = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'a<b',
    'l1\nl2 & "x"',
    'C:\\Windows\\x.exe',
    '{"a":"b"}',
    'x: {"EventID": 1}',
    'é',
    '\u2028',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(['x']),
  fc.constant({ EventID: 9, Channel: 'x' }),
);
const fields = [
  'Image',
  'Threat_Name',
  'ThreatName',
  'ProcessID',
  'Name',
  'Guid',
  'EventType',
  'Message',
  'AccountName',
  'Domain',
  'Keywords',
  'Opcode',
  'UserID',
  'Data',
  'a_amp_b',
  'Task',
  'Provider_Name',
  'Computer',
  'EventID',
  'Channel',
  'x',
  'SystemTime',
  'ThreadID',
  'constructor',
  'Version',
  'Param_1_',
  'AccountType',
];

describe('fields of a record are those of its XML', () => {
  for (const [tool, write] of [
    ['NXLog', nxlog],
    ['Winlogbeat', winlogbeat],
  ] as const) {
    test(tool, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(name, value), { maxLength: 8 }),
          fc.subarray(fields, { minLength: 1 }),
          async (members, wanted) => {
            const data = Object.create(null) as Record<string, unknown>;
            // Members with digits for a name would come first in JavaScript's objects.
            for (const [key, item] of members) if (!/^\d+$/.test(key)) data[key] = item;
            const { events } = await readBytes(write(data), { sourcetype: 'XmlWinEventLog' });
            const [event] = events;
            if (event?.record === undefined) return;
            const names = new Set(
              [...wanted, ...members.map(([key]) => key)].filter((key) => !/_Xml$/.test(key)),
            );
            const [own, xml] = bothWays(event, names);
            expect(own).toEqual(xml);
          },
        ),
        { numRuns: 400 },
      );
    });
  }
});

describe('a term is looked for in the record only where the composed event cannot have it of itself', () => {
  test.each([
    ['mimikatz', false],
    ['system', true],
    ['computer', true],
    ['schemas.microsoft.com', true],
    ['2020-09-14t13', true],
    ['4104', true],
    ['0x8020', true],
    ['amp;x', true],
    ['10.0.0.17', true],
    ['rundll32.exe', false],
    ['audit success', true],
    ['ws1.example.org', false],
  ])('%s', (run, expected) => expect(mayAddRun(run)).toBe(expected));

  test('whatever part of an event is asked for finds the event', async () => {
    const text = nxlog({
      Image: 'C:\\Temp\\a&b.exe',
      Keywords: '-9223372036854775808',
      Message: 'two\nlines <x>',
    });
    const { events } = await readBytes(text);
    const raw = events[0]?.raw ?? '';
    for (let from = 0; from < raw.length; from++)
      for (const length of [2, 5, 9, 30]) {
        const term = raw.slice(from, from + length);
        const bytes = Buffer.from(text);
        const latin1 = bytes.toString('latin1');
        const filter = compileTexts({ terms: [[term]] }, { mayAdd: mayAddRun, escapes: ['json'] });
        expect(filter?.matcher(bytes, latin1).test(latin1) ?? true, term).toBe(true);
      }
  });
});

describe('members of the record', () => {
  const lines = [
    nxlog({
      Image: 'C:\\a.exe',
      Severity: 'INFO',
      EventType: 'INFO',
      tags: ['a', 'b'],
      Task: 1,
      Other: null,
    }),
    nxlog({ EventID: 3, Image: 'C:\\b.exe', Severity: 'WARN' }),
  ];
  const file = join(folder, 'nxlog.jsonl');
  writeFileSync(file, lines.join('\n'));
  test.each([
    [
      'search EventID=1 | table Hostname Computer host Severity Image',
      [
        {
          Hostname: 'ws1.example.org',
          Computer: 'ws1.example.org',
          host: 'ws1.example.org',
          Severity: 'INFO',
          Image: 'C:\\a.exe',
        },
      ],
    ],
    [
      'search EventCode=1 | table tags{} EventType SourceName Other',
      [{ 'tags{}': ['a', 'b'], EventType: 'INFO', SourceName: 'Microsoft-Windows-Sysmon' }],
    ],
    ['stats count by Hostname', [{ Hostname: 'ws1.example.org', count: 2 }]],
    ['search "<Computer>ws1" | stats count', [{ count: 2 }]],
    [
      'search source="XmlWinEventLog:Microsoft-Windows-Sysmon/Operational" sourcetype=XmlWinEventLog | stats count',
      [{ count: 2 }],
    ],
  ])('%s', async (spl, rows) => {
    const search = spl.startsWith('search') ? spl : `| ${spl}`;
    const found = await compileText(search.replace(/^\| stats/, 'search * | stats')).run(
      openEvents([file], {}),
    );
    expect(found.map((row) => ({ ...row }))).toEqual(rows);
  });
});

test.each([
  ['-9214364837600034815', '0x8020000000000001'],
  ['9232379236109516801', '0x8020000000000001'],
  ['"9232379236109516801"', '0x8020000000000001'],
  ['"0x8020000000000001"', '0x8020000000000001'],
  ['0', undefined],
])('keywords %s keep all their bits', async (written, expected) => {
  const { events } = await readBytes(nxlog({ Keywords: 'K' }).replace('"K"', written));
  const [own, xml] = bothWays(events[0] as RawEvent, new Set(['Keywords']));
  expect(own).toEqual(expected === undefined ? {} : { Keywords: expected });
  expect(xml).toEqual(own);
});
