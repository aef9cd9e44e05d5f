// An add-on's index-time settings on files of lines: where events begin, what they hold, when they happened.
import { describe, expect, it } from 'vitest';
import { openEvents } from '../../src/events.js';
import type { Row } from '../../src/runtime/value.js';
import { writeApp } from './knowledge/example-app.js';

/** Reads a text as source type `st` with an app of the given conf files, newest last. */
async function read(
  confs: Readonly<Record<string, string>>,
  text: string,
  options: Parameters<typeof openEvents>[1] = {},
) {
  const app = writeApp(
    Object.fromEntries(
      Object.entries(confs).map(([name, body]) => [name.includes('/') ? name : `default/${name}.conf`, body]),
    ),
  );
  async function* stdin() {
    for (let at = 0; at < text.length; at += 7) yield Buffer.from(text.slice(at, at + 7));
  }
  const events = openEvents(['-'], {
    stdin: stdin(),
    apps: [app],
    sourcetype: 'st',
    now: 1_700_000_000,
    ...options,
  });
  const rows: Row[] = [];
  for await (const row of events.scan({ fields: 'all', rawTerms: [], metadata: [] })) rows.push(row);
  return { rows, events };
}

const settings = (text: string): Record<string, string> => ({ props: `[st]\n${text}` });

describe('line breaking', () => {
  it.each<[string, string, string, string[]]>([
    ['lines unless told otherwise', '', 'a\nb\n', ['a', 'b']],
    [
      'LINE_BREAKER with text on both sides of its group',
      'LINE_BREAKER = end(;+)begin',
      'begin 1 end;;begin 2 end',
      ['begin 1 end', 'begin 2 end'],
    ],
    [
      'LINE_BREAKER with a look-ahead',
      'LINE_BREAKER = ([\\r\\n]+)(?=\\d+:)\nSHOULD_LINEMERGE = false',
      '1: a\n b\n2: c\n',
      ['1: a\n b', '2: c'],
    ],
    [
      'LINE_BREAKER whose lines are merged',
      'LINE_BREAKER = (\\|)\nSHOULD_LINEMERGE = true\nBREAK_ONLY_BEFORE = ^#',
      '#a|b|#c|d',
      ['#a|b', '#c|d'],
    ],
    [
      'LINE_BREAKER that never matches',
      'LINE_BREAKER = ((?!))\nSHOULD_LINEMERGE = false',
      'a\nb\n',
      ['a\nb'],
    ],
    ['BREAK_ONLY_BEFORE', 'BREAK_ONLY_BEFORE = ^\\[', '[1]\nx\n[2]\ny\n', ['[1]\nx', '[2]\ny']],
    [
      'SHOULD_LINEMERGE by date',
      'SHOULD_LINEMERGE = true',
      '2024-01-02 03:04:05 a\n b\n2024-01-02 03:04:06 c\n',
      ['2024-01-02 03:04:05 a\n b', '2024-01-02 03:04:06 c'],
    ],
    [
      'BREAK_ONLY_BEFORE_DATE = false leaves MUST_BREAK_AFTER',
      'SHOULD_LINEMERGE = true\nBREAK_ONLY_BEFORE_DATE = false\nMUST_BREAK_AFTER = ;$',
      '2024-01-02 a\n2024-01-03 b;\nc;\n',
      ['2024-01-02 a\n2024-01-03 b;', 'c;'],
    ],
    [
      'MUST_NOT_BREAK_BEFORE',
      'BREAK_ONLY_BEFORE = ^\\w\nMUST_NOT_BREAK_BEFORE = ^at ',
      'error\nat x\nnext\n',
      ['error\nat x', 'next'],
    ],
    [
      'MUST_NOT_BREAK_AFTER',
      'BREAK_ONLY_BEFORE = ^\\w\nMUST_NOT_BREAK_AFTER = \\\\$',
      'a\\\nb\nc\n',
      ['a\\\nb', 'c'],
    ],
    ['MAX_EVENTS', 'BREAK_ONLY_BEFORE = ^#\nMAX_EVENTS = 2', '#\n1\n2\n3\n', ['#\n1', '2\n3']],
    ['TRUNCATE, by whole characters', 'TRUNCATE = 4', 'abcdef\naüü\nab\n', ['abcd', 'aü', 'ab']],
    ['TRUNCATE = 0 is no limit', 'TRUNCATE = 0', 'abcdef\n', ['abcdef']],
    [
      'a text of columns whose settings are those of lines',
      'SHOULD_LINEMERGE = false',
      'a,b,c\nd,e,f\n',
      ['a,b,c', 'd,e,f'],
    ],
  ])('%s', async (_, text, content, expected) => {
    const { rows } = await read(settings(text), content);
    expect(rows.map((row) => row['_raw'])).toEqual(expected);
  });

  it('tells of settings that are no regular expressions, and reads on', async () => {
    const { rows, events } = await read(
      settings('LINE_BREAKER = (\nTIME_FORMAT = %!\nTZ = Nowhere/None'),
      'a\nb\n',
    );
    expect(rows.map((row) => row['_raw'])).toEqual(['a', 'b']);
    expect(events.report.diagnostics.map(({ code }) => code)).toEqual([
      'index-time-setting',
      'index-time-setting',
      'index-time-setting',
    ]);
  });
});

describe('time', () => {
  const at = (text: string): number => Date.parse(text) / 1000;
  it.each<[string, string, string, number]>([
    ['TIME_FORMAT', 'TIME_FORMAT = %d/%m/%Y %H.%M', '04/03/2024 05.06 x', at('2024-03-04T05:06:00Z')],
    ['TIME_PREFIX', 'TIME_PREFIX = at=\nTIME_FORMAT = %s', '1600000000 at=1600000001 x', 1600000001],
    [
      'TIME_PREFIX alone',
      'TIME_PREFIX = end:',
      'start:2024-01-01 00:00:00 end:2024-01-02 00:00:00',
      at('2024-01-02T00:00:00Z'),
    ],
    [
      'MAX_TIMESTAMP_LOOKAHEAD from the prefix on',
      'TIME_PREFIX = t=\nMAX_TIMESTAMP_LOOKAHEAD = 10\nTIME_FORMAT = %Y-%m-%d',
      'xxxxxxxxxxxxxxxxx t=2024-01-02 2023-01-01',
      at('2024-01-02T00:00:00Z'),
    ],
    [
      'TZ',
      'TIME_FORMAT = %Y-%m-%d %H:%M:%S\nTZ = Europe/Vienna',
      '2024-07-01 12:00:00 x',
      at('2024-07-01T10:00:00Z'),
    ],
    [
      'a zone in the text before TZ',
      'TIME_FORMAT = %Y-%m-%d %H:%M:%S %z\nTZ = Europe/Vienna',
      '2024-07-01 12:00:00 -0500 x',
      at('2024-07-01T17:00:00Z'),
    ],
    [
      'subseconds',
      'TIME_FORMAT = %H:%M:%S.%3N %d-%b-%Y',
      '01:02:03.456 05-Jan-2024',
      at('2024-01-05T01:02:03.456Z'),
    ],
    ['DATETIME_CONFIG = CURRENT', 'DATETIME_CONFIG = CURRENT', '2024-07-01 12:00:00 x', 1_700_000_000],
  ])('%s', async (_, text, line, expected) => {
    const { rows } = await read(settings(text), `${line}\n`);
    expect(rows[0]?.['_time']).toBe(expected);
  });

  it('TIMESTAMP_FIELDS names the member or column', async () => {
    const json = await read(
      settings('INDEXED_EXTRACTIONS = json\nTIMESTAMP_FIELDS = meta.seen'),
      '{"time":"2020-01-01T00:00:00Z","meta":{"seen":"2024-01-01T00:00:00Z"}}\n',
    );
    const csv = await read(
      settings('INDEXED_EXTRACTIONS = csv\nTIMESTAMP_FIELDS = seen'),
      'time,seen\n2020-01-01T00:00:00Z,2024-01-01T00:00:00Z\n',
    );
    expect([json, csv].map(({ rows }) => rows[0]?.['_time'])).toEqual([
      at('2024-01-01T00:00:00Z'),
      at('2024-01-01T00:00:00Z'),
    ]);
  });
});

describe('CHARSET', () => {
  it.each<[string, string, string]>([
    ['ISO-8859-1', 'latin1', 'é'],
    ['UTF-16LE', 'utf16le', 'é€'],
    ['AUTO', 'utf8', 'é€'],
  ])('%s', async (charset, encoding, word) => {
    const app = writeApp({ 'default/props.conf': `[st]\nCHARSET = ${charset}` });
    async function* stdin() {
      yield Buffer.from(`a ${word}\nb\n`, encoding as BufferEncoding);
    }
    const events = openEvents(['-'], { stdin: stdin(), apps: [app], sourcetype: 'st' });
    const raws: unknown[] = [];
    for await (const row of events.scan({ fields: 'all', rawTerms: [], metadata: [] }))
      raws.push(row['_raw']);
    expect(raws).toEqual([`a ${word}`, 'b']);
  });
});

describe('INDEXED_EXTRACTIONS', () => {
  it('json gives fields although KV_MODE is none', async () => {
    const { rows } = await read(
      settings('INDEXED_EXTRACTIONS = json\nKV_MODE = none\nEVAL-y = x + 1'),
      '{"x":1}\n',
    );
    expect([rows[0]?.['x'], rows[0]?.['y']]).toEqual(['1', 2]);
  });
  it.each([
    ['csv', '1,2\nx,y\n'],
    ['tsv', '1\t2\nx\ty\n'],
    ['psv', '1|2\nx|y\n'],
  ])('%s takes the first line for the names of columns', async (kind, text) => {
    const { rows } = await read(settings(`INDEXED_EXTRACTIONS = ${kind}\nKV_MODE = none`), text);
    expect(rows.map((row) => [row['1'], row['2']])).toEqual([['x', 'y']]);
  });
});

describe('TRANSFORMS', () => {
  it('WRITE_META makes fields before any search-time extraction', async () => {
    const { rows } = await read(
      {
        props: '[st]\nTRANSFORMS-a = meta, named\nEXTRACT-a = a=(?<a>\\w+)\nEVAL-c = a."/".b',
        transforms:
          '[meta]\nREGEX = a=(\\w)\nFORMAT = a::$1 k::"x $1"\nWRITE_META = true\n[named]\nREGEX = b=(?<b>\\w+)\nWRITE_META = true',
      },
      'a=one b=two\n',
    );
    expect([rows[0]?.['a'], rows[0]?.['k'], rows[0]?.['b'], rows[0]?.['c']]).toEqual([
      'o',
      'x o',
      'two',
      'o/two',
    ]);
  });

  it('INGEST_EVAL writes parts of the event and fields, one after the other', async () => {
    const { rows } = await read(
      {
        props: '[st]\nTRANSFORMS-a = ingest\n[other]\nEVAL-seen = level."@".source',
        transforms:
          '[ingest]\nINGEST_EVAL = level=lower(substr(_raw, 1, 3)), level:=level."-", sourcetype="other", source="a,b", _raw=replace(_raw, "secret", "#"), _time=1600000000, queue=if(match(_raw, "drop"), "nullQueue", queue)',
      },
      'ERR secret\nERR drop\n',
    );
    expect(rows.map((row) => [row['_raw'], row['_time'], row['level'], row['seen']])).toEqual([
      ['ERR #', 1600000000, 'err-', 'err-@a,b'],
    ]);
  });

  it('tells of a stanza that is not there', async () => {
    const { events } = await read(settings('TRANSFORMS-a = gone\nREPORT-b = gone\nLOOKUP-c = gone x'), 'x\n');
    expect(events.knowledge.diagnostics.map(({ message }) => message)).toEqual([
      'TRANSFORMS-a: transforms.conf has no stanza "gone"',
      'REPORT-b of [st] is left out: transforms.conf has no stanza "gone"',
      'LOOKUP-c of [st] is left out: there is no lookup "gone"',
    ]);
  });
});

describe('KV_MODE = multi', () => {
  it('makes an event of every line of a table', async () => {
    const { rows } = await read(
      settings('KV_MODE = multi\nLINE_BREAKER = ((?!))\nSHOULD_LINEMERGE = false\nEVAL-both = USER.":".PID'),
      'USER PID\nroot 1\nbob 22\n',
    );
    expect(rows.map((row) => row['both'])).toEqual(['root:1', 'bob:22']);
  });
});

describe('automatic lookups', () => {
  const props = '[st]\nKV_MODE = auto\nLOOKUP-a = names id OUTPUT name';
  it.each<[string, Record<string, string>, Parameters<typeof openEvents>[1], (string | undefined)[]]>([
    [
      'a KV-store collection is the file of its name',
      {
        props,
        transforms: '[names]\nexternal_type = kvstore\ncollection = people\nfields_list = id, name',
        'lookups/people.csv': 'id,name\n1,Ada\n',
      },
      {},
      ['Ada'],
    ],
    [
      'a KV-store collection without a file is told',
      { props, transforms: '[names]\nexternal_type = kvstore\ncollection = people' },
      {},
      [
        undefined,
        'LOOKUP-a of [st] is left out: lookup "names" is the KV-store collection "people", which "lookups/people.csv" of an app or --lookup can give',
      ],
    ],
    [
      'a program is not run',
      { props, transforms: '[names]\nexternal_cmd = names.py id name\nfields_list = id, name' },
      {},
      [
        undefined,
        'LOOKUP-a of [st] is left out: lookup "names" runs a program, which is not done here; --lookup can give its table',
      ],
    ],
    [
      'a given table goes before, matched as the stanza says',
      {
        props,
        transforms: '[names]\nexternal_type = kvstore\ncollection = people\nmatch_type = WILDCARD(id)',
      },
      { lookups: { names: 'id,name\n1*,Bob\n' } },
      ['Bob'],
    ],
    [
      'a column that the table lacks is told',
      { props, transforms: '[names]\nfilename = names.csv', 'lookups/names.csv': 'id,title\n' },
      {},
      [undefined, 'LOOKUP-a of [st] is left out: lookup "names" has no column "name"'],
    ],
  ])('%s', async (_, confs, options, [name, ...messages]) => {
    const { rows, events } = await read(confs, 'id=1\n', options);
    expect(rows[0]?.['name'] ?? undefined).toBe(name);
    expect(events.knowledge.diagnostics.map(({ message }) => message)).toEqual(messages);
  });
});

describe('a regex that backtracks beyond all measure', () => {
  it('is left out of the events it runs away on, and the events are counted', {
    timeout: 60_000,
  }, async () => {
    const slow = `${'a'.repeat(60)}!`;
    const { rows, events } = await read(
      settings('EXTRACT-x = ^(?<x>(?:a|a|aa)+)\\1?$\nEXTRACT-y = (?<y>b+)'),
      `${slow}\naaab\n${slow}\n`,
    );
    expect(rows.map((row) => row['y'] ?? null)).toEqual([null, 'b', null]);
    expect(events.knowledge.diagnostics.map(({ message, line }) => [message, line])).toEqual([
      ['EXTRACT-x of [st] is left out of 2 events: its regular expression backtracks too much', 2],
    ]);
  });
});
