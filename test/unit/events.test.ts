// Files as the events of a search: order, metadata conditions, fields from the file itself, knowledge.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, compileText } from '../../src/evaluate.js';
import { type EventsOptions, indexTimeSettings, openEvents } from '../../src/events.js';
import { loadKnowledge } from '../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../src/knowledge-language.js';
import { language } from '../../src/language.js';
import type { ScanRequest } from '../../src/runtime/environment.js';
import type { Row } from '../../src/runtime/value.js';
import { parsePipelineText } from '../../src/syntax/pipeline.js';

const everything: ScanRequest = { fields: 'all', rawTerms: [], metadata: [] };

async function rowsOf(
  content: string,
  options: EventsOptions = {},
  request: Partial<ScanRequest> = {},
): Promise<Row[]> {
  async function* stdin() {
    for (let at = 0; at < content.length; at += 50) yield Buffer.from(content.slice(at, at + 50));
  }
  const events = openEvents(['-'], { stdin: stdin(), now: 1_700_000_000, knowledge, ...options });
  const rows: Row[] = [];
  for await (const row of events.scan({ ...everything, ...request })) rows.push(row);
  return rows;
}

// Loaded once: every test reads the same.
const knowledge = loadKnowledge({ language: knowledgeLanguage() });

const lines = (times: readonly (number | null)[]) =>
  times.map((time, i) => JSON.stringify({ i, ...(time === null ? {} : { _time: time }) })).join('\n');

describe('openEvents', () => {
  it('gives events with their metadata and fields', async () => {
    const raw = '{"timestamp":1700000000,"a":1}';
    const told = { sourcetype: 't', host: 'h', index: 'i', source: 's' };
    expect(await rowsOf(`${raw}\n`, told)).toMatchObject([{ _time: 1700000000, _raw: raw, ...told }]);
  });

  it('gives given fields and nothing that is made up', async () => {
    expect(await rowsOf('{"_time":5,"a":"b"}\n{"a":["x","y"]}\n', { events: true })).toEqual([
      { _time: 5, a: 'b' },
      { a: ['x', 'y'] },
    ]);
    expect(await rowsOf('{"a":"b"}\n', { events: true, sourcetype: 't' })).toEqual([
      { a: 'b', sourcetype: 't' },
    ]);
  });

  it.each([
    ['oldest first', [1, 2, 2, 3], [3, 2, 1, 0]],
    ['newest first', [3, 2, 2, 1], [0, 2, 1, 3]],
    ['mixed', [2, 3, 1, 3, 2], [3, 1, 4, 0, 2]],
    ['some without a time', [2, null, 3, null], [2, 0, 3, 1]],
  ])('puts the newest first, of equal times the one read last: %s', async (_, times, order) => {
    const rows = await rowsOf(lines(times), { events: true, newestFirst: true });
    expect(rows.map((row) => row['i'])).toEqual(order);
  });

  it('sorts as a stable sort of the reverse does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 30 }),
        async (times) => {
          const rows = await rowsOf(lines(times), { events: true, newestFirst: true, knowledge });
          const expected = times.map((time, i) => ({ time, i })).reverse();
          expected.sort((a, b) => b.time - a.time);
          expect(rows.map((row) => row['i'])).toEqual(expected.map(({ i }) => i));
        },
      ),
    );
  });

  it('leaves out events whose metadata cannot fit', async () => {
    const content = [
      '{"_raw":"a","sourcetype":"XmlWinEventLog","source":"s1"}',
      '{"_raw":"b","sourcetype":"other"}',
    ].join('\n');
    const metadata = [{ field: 'sourcetype', patterns: ['xmlwin*', 'none'] }];
    expect((await rowsOf(content, {}, { metadata })).map((row) => row['_raw'])).toEqual(['a']);
  });

  it('asks knowledge for the fields that are wanted and for index-time settings', async () => {
    const asked: unknown[] = [];
    const rows = await rowsOf(
      'at 1600000000|x',
      {
        sourcetype: 'mine',
        knowledge: {
          ...knowledge,
          indexTimeSettings: ({ sourcetype }) =>
            new Map(sourcetype === 'mine' ? [['TIME_PREFIX', 'at ']] : []),
          extractor: (fields) => {
            asked.push(fields);
            return (event) => ({ _time: event.time, made: event.raw.length });
          },
        },
      },
      { fields: new Set(['made']) },
    );
    expect(asked).toEqual([new Set(['made'])]);
    expect(rows).toEqual([{ _time: 1600000000, made: 15 }]);
  });

  it('has field names that name a prototype', async () => {
    const [row] = await rowsOf('{"__proto__":"x","constructor":"y"}\n', { events: true });
    expect(Object.entries(row!)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});

it('reads index-time settings as props.conf writes them', () => {
  const settings = new Map([
    ['SHOULD_LINEMERGE', 'False'],
    ['BREAK_ONLY_BEFORE_DATE', '1'],
    ['MAX_TIMESTAMP_LOOKAHEAD', '30'],
    ['TIME_FORMAT', ''],
    ['KV_MODE', 'json'],
  ]);
  expect(indexTimeSettings(settings)).toEqual({
    SHOULD_LINEMERGE: false,
    BREAK_ONLY_BEFORE_DATE: true,
    MAX_TIMESTAMP_LOOKAHEAD: 30,
  });
});

describe('a search over files', () => {
  const content = [3, 1, 2, 2]
    .map((time, i) => JSON.stringify({ timestamp: 1700000000 + time, i, kind: i % 2 }))
    .join('\n');

  async function search(spl: string) {
    const requests: ScanRequest[] = [];
    async function* stdin() {
      yield Buffer.from(content);
    }
    const events = openEvents(['-'], { stdin: stdin(), knowledge, newestFirst: true });
    const { tree } = parsePipelineText(spl, language);
    const rows = await compile(tree).run({
      scan: (request) => {
        requests.push(request);
        return events.scan(request);
      },
    });
    return { rows, anyOrder: requests.map((request) => request.anyOrder === true) };
  }

  it.each<[string, boolean, object[]]>([
    [
      'search kind=* | stats count sum(i) AS s BY kind',
      true,
      [
        { kind: '0', count: 2, s: 2 },
        { kind: '1', count: 2, s: 4 },
      ],
    ],
    ['search * | eval j=i+1 | stats values(j) AS j', true, [{ j: ['1', '2', '3', '4'] }]],
    ['search * | stats list(i) AS i', false, [{ i: ['0', '3', '2', '1'] }]],
    ['search * | head 2 | stats sum(i) AS s', false, [{ s: 3 }]],
    ['search * | table i', false, [{ i: '0' }, { i: '3' }, { i: '2' }, { i: '1' }]],
  ])('%s', async (spl, anyOrder, expected) => {
    const result = await search(spl);
    expect(result.anyOrder).toEqual([anyOrder]);
    expect(result.rows.map((row) => ({ ...row }))).toEqual(expected);
  });
});

describe('the first of all events', () => {
  const event = fc.record({
    time: fc.option(fc.integer({ min: 1, max: 6 }), { nil: null }),
    a: fc.integer({ min: 0, max: 3 }),
    word: fc.constantFrom('x', 'yes', 'yes no'),
  });
  const search = fc.constantFrom(
    ...[
      '| head 1',
      '| head 3',
      'search a=1 | head 2',
      'search yes | head 2',
      'search a>0 | where a<3 | head 2',
    ],
    ...[
      'search a!=2 | eval b=a+1 | fields b _time | head 4',
      'search a=* | regex word="yes" | head 1 | stats count',
    ],
    ...[
      'search a=1 | rex field=word "(?<w>y)" | head 2',
      'search a=1 OR word=x | table a i | head 2 | sort a',
    ],
    ...['search earliest=3 latest=5 | head 2', 'search a=1 | append [search a=2 | head 1] | head 3'],
    ...['search a=1 | eval _time=9-_time | head 2', 'search a=1 | where _time>2 | dedup word | head 1'],
  );

  it('are those that sorting all of them gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 25 }),
        search,
        fc.boolean(),
        async (list, spl, extracted) => {
          const content = list
            .map(({ time, ...rest }, i) =>
              JSON.stringify({ ...(time === null ? {} : { _time: 1_700_000_000 + time }), i, ...rest }),
            )
            .join('\n')
            .concat('\n');
          const told: (number | undefined)[] = [];
          const rows = async (isTold: boolean): Promise<object[]> => {
            async function* stdin() {
              yield Buffer.from(content);
            }
            const events = openEvents(['-'], {
              stdin: stdin(),
              knowledge,
              newestFirst: true,
              now: 1_700_000_003,
              events: extracted,
            });
            const found = await compileText(
              spl.replace(/=(\d) latest=(\d)/, '=170000000$1 latest=170000000$2'),
            ).run({
              scan: ({ first, ...request }) => {
                told.push(first?.count);
                return events.scan(isTold && first !== undefined ? { ...request, first } : request);
              },
            });
            return found.map((row) => ({ ...row }));
          };
          expect(await rows(true)).toEqual(await rows(false));
          expect(told.some((count) => count !== undefined)).toBe(!spl.includes('dedup'));
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a filter behind what makes its field', 'search * | eval b=a | where b=1 | head 1'],
    ['a filter that says another thing each time', 'search * | where random()%2=0 | head 1'],
    ['rows that are joined', 'search * | transaction a | head 1'],
    ['the last rows', 'search * | tail 2'],
    ['a subsearch', 'search [search a=1 | fields a] | head 1'],
  ])('are not told of behind %s', async (_, spl) => {
    const told: unknown[] = [];
    await compileText(spl).run({
      scan: ({ first, fields }) => {
        told.push(fields === 'all' || fields.has('a') ? first : undefined);
        return [];
      },
    });
    expect(told.filter((first) => first !== undefined)).toEqual([]);
  });
});

describe('searches that map fills in', () => {
  it.each([
    ['a field', 'search user=$user$ | table user n'],
    ['one of several', 'search user IN ($user$, nobody) | table user n'],
    ['metadata', 'search sourcetype=$kind$ user=ann | table user n'],
    ['a term', 'search $user$ | table user n'],
    ['a time range', 'search earliest=$from$ latest=$to$ | table user n'],
  ])('ask files for nothing that a row has yet to name: %s', async (_, inner) => {
    const text = `search user=ann | eval kind="_json", from=_time-1, to=_time+1 | map search=${JSON.stringify(inner)}`;
    const compiled = compile(parsePipelineText(text, language).tree);
    const content = '{"_time":1700000005,"user":"ann","n":1}\n{"_time":1700000006,"user":"bob","n":2}\n';
    async function* stdin() {
      yield Buffer.from(content);
    }
    const events = openEvents(['-'], { stdin: stdin(), knowledge, sourcetype: '_json', now: 1_700_000_010 });
    expect(await compiled.run(events, { now: 1_700_000_010 })).toEqual([{ user: 'ann', n: '1' }]);
  });
});
