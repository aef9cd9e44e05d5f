// Looking for a condition's value in undecoded records leaves out no event that meets it, however it is written there.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileText } from '../../src/evaluate.js';
import { openEvents } from '../../src/events.js';
import { loadKnowledge } from '../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../src/knowledge-language.js';
import type { ScanRequest } from '../../src/runtime/environment.js';
import { writeApp } from './knowledge/example-app.js';

const app = writeApp({
  'default/props.conf': `
[mine]
KV_MODE = json
FIELDALIAS-a = user AS who
FIELDALIAS-b = code ASNEW kind
EVAL-actor = coalesce(user, lower(name), "nobody")
EVAL-part = substr(name, 2, 3)
EVAL-label = case(code="1", "one", true(), kind)
EVAL-joined = user."-".code
EVAL-size = code+1
EVAL-place = coalesce(missing, host)
LOOKUP-l = codes code OUTPUT meaning
EXTRACT-c = "user"\\s*:\\s*"(?<cut>[^"]{1,3})
EXTRACT-d = (?<piece>.)$ in who
REPORT-e = fixed, both
[_json]
EVAL-told = if(user="bob", "yes", "no")
[edited]
SEDCMD-a = s/user/ann/g
[typed]
TRANSFORMS-a = retype
[source::other]
EVAL-user = "ann"
[words]
KV_MODE = auto
[table]
KV_MODE = multi
[tree]
KV_MODE = xml
`,
  'default/transforms.conf': `
[fixed]
REGEX = "code"
FORMAT = marked::yes
[both]
REGEX = "user"\\s*:\\s*"(.)(.)
FORMAT = swapped::$2$1
[retype]
REGEX = .
DEST_KEY = MetaData:Sourcetype
FORMAT = sourcetype::mine
[codes]
filename = codes.csv
`,
  'default/eventtypes.conf': '[ten]\nsearch = code=10\n',
  'default/tags.conf': '[eventtype=ten]\nmarked = enabled\n',
  'lookups/codes.csv': 'code,meaning\n1,ann\n10,bob\n',
});
const knowledge = loadKnowledge({ language: knowledgeLanguage(), apps: [app] });

const plainRequest = (request: ScanRequest): ScanRequest => ({
  ...request,
  rawTerms: [],
  conditions: [],
  alternatives: [],
});

/** The rows of a search over a file, and how many of its records were left out unread. */
async function search(
  spl: string,
  content: string | Buffer,
  options: Parameters<typeof openEvents>[1],
  isLooking: boolean,
): Promise<{ rows: unknown[]; skipped: number }> {
  async function* stdin() {
    yield Buffer.from(content);
  }
  const events = openEvents(['-'], { stdin: stdin(), knowledge, now: 1_700_000_000, ...options });
  const store = {
    scan: (request: ScanRequest) => events.scan(isLooking ? request : plainRequest(request)),
  };
  const rows = await compileText(spl).run(store);
  return { rows, skipped: events.report.files.reduce((sum, file) => sum + file.skipped, 0) };
}

async function compare(spl: string, content: string | Buffer, options: Parameters<typeof openEvents>[1]) {
  const looked = await search(spl, content, options, true);
  const all = await search(spl, content, options, false);
  expect(looked.rows, `${spl}\n${content}`).toEqual(all.rows);
  return looked.skipped;
}

describe('a record without the value is left out unread', () => {
  it.each<[how: string, spl: string, record: string, sourcetype: string]>([
    ['a field of JSON', 'user=bob', '{"user":"ann"}', '_json'],
    ['a path of JSON', 'a.b{}.c=*needle*', '{"a":{"b":[{"c":"hay"}]}}', '_json'],
    ['a number', 'port=4663', '{"port":4664}', '_json'],
    ['a list', 'user IN (bob, eve)', '{"user":"ann"}', '_json'],
    ['either of two fields', '(user=bob OR name=eve)', '{"user":"ann","name":"joe"}', '_json'],
    ['one of two conditions', 'user=* name=eve', '{"user":"ann","name":"joe"}', '_json'],
    [
      'a number of a record of another tool',
      'EventCode=4720 ProcessId=17',
      '{"EventID":4721,"Channel":"Security","Hostname":"h","EventTime":"2020-09-14T13:01:05Z","ProcessId":17}',
      'XmlWinEventLog',
    ],
    ['an alias', 'who=bob', '{"user":"ann"}', 'mine'],
    ['a calculated field that chooses', 'actor=bob', '{"user":"ann"}', 'mine'],
    ['a calculated field that cuts', 'part=bob', '{"name":"xannx"}', 'mine'],
    ['a cut of the text', 'cut=bob', '{"user":"ann"}', 'mine'],
    ['a cut of a field', 'piece=b', '{"user":"nn"}', 'mine'],
    ['another value than a fixed one', 'marked=no', '{"user":"ann"}', 'mine'],
    ['pairs', 'user=bob', 'x user=ann', 'words'],
    ['XML', 'a.b=bob', '<a><b>ann</b></a>', 'tree'],
    ['a column', 'user=bob', 'user,code\nann,1', 'mine'],
    [
      'a record of another tool',
      'Image=*bob*',
      '{"EventID":1,"Channel":"Sysmon","Hostname":"h","EventTime":"2020-09-14T13:01:05Z","Image":"ann"}',
      'XmlWinEventLog',
    ],
    ['a condition beside one that all meet', 'user=*needlework* port=1', '{"user":"ann","port":1}', '_json'],
  ])('%s: %s', async (_, condition, record, sourcetype) => {
    expect(await compare(`search ${condition}`, `${record}\n`, { sourcetype })).toBe(1);
  });

  it.each<[what: string, record: string, skipped: number]>([
    ['names its type first', '{"sourcetype":"mine","event":{"user":"ann"}}', 1],
    ['names its type last', '{"event":{"user":"ann"},"time":1,"sourcetype" : "mine"}', 1],
    ['wraps a text', '{"event":"x \\"user\\":\\"ann\\"","sourcetype":"mine"}', 1],
    ['names no type', '{"event":{"user":"ann"},"time":1}', 0],
    ['names a type within the event', '{"time":1,"event":{"sourcetype":"mine","user":"ann"},"fields":1}', 0],
    ['has a name within its event', '{"sourcetype":"mine","event":{"user":"ann","_raw":"x"}}', 1],
    ['has fields of its own', '{"sourcetype":"mine","event":{"user":"ann"},"fields":{"a":1e3}}', 0],
  ])('of a collector, which %s', async (_, record, skipped) => {
    expect(await compare('search who=bob', `${record}\n`, {})).toBe(skipped);
  });

  it.each<[string]>([['"bo"b,1'], ['"b"ob,1'], ['x,1\n"bo"b,2'], ['"x, y","1"\n"bo"b,1']])(
    'of a table, but for a cell with text behind its quote: %s',
    async (records) => {
      const content = `user,code\n${records}\n`;
      expect((await search('search user=bob', content, {}, true)).rows).toHaveLength(1);
      await compare('search user=bob', content, {});
    },
  );

  it.each<[what: string, record: string]>([
    ['is cut off', '{"sourcetype":"words","event":{"user":"ann"}'],
    ['is followed by more', '{"sourcetype":"words","event":{"user":"ann"}} bob'],
    ['has no event', '{"sourcetype":"words","time":1}'],
  ])('of a collector, but for one that %s', async (_, record) => {
    const content = `{"sourcetype":"words","event":{"user":"ann"}}\n${record}\n`;
    expect(await compare('search who=bob', content, {})).toBe(0);
  });

  it.each<[what: string, record: string]>([
    ['another record', '{"sourcetype":"words","user":"bob"}'],
    ['another wrapper', '{"_index":"i","_id":"1","sourcetype":"words","_source":{"user":"bob"}}'],
    ['an event of a bus', '{"detail-type":"x via CloudTrail","sourcetype":"words","detail":{"user":"bob"}}'],
    ['JSON as a text', '{"CloudTrailEvent":"{\\"user\\":\\"bob\\"}","sourcetype":"words"}'],
    ['a member of another tool', '{"event":{"a":1},"sourcetype":"words","user":"bob"}'],
  ])('of a collector, but for %s, which is of another type than it says', async (_, record) => {
    const lines = ['{"sourcetype":"words","event":{"user":"ann"}}', record];
    const content = `${lines.join('\n')}\n`;
    const { rows } = await search('search told=yes', content, {}, true);
    expect(rows).toEqual((await search('search told=yes', content, {}, false)).rows);
    expect(rows).toHaveLength(1);
  });

  it('of a collector, of several types', async () => {
    const line = (type: string, i: number): string =>
      `{"sourcetype":"${type}","time":${1_600_000_000 + i},"event":{"user":"${i === 7 ? 'bob' : 'ann'}","code":${i}}}`;
    const lines = Array.from({ length: 4000 }, (_, i) => line(i % 3 === 0 ? 'mine' : 'words', i));
    expect(await compare('search user=bob', lines.join('\n'), {})).toBeGreaterThan(3000);
    // One computes what the other reads from the text.
    expect(await compare('search actor=nobody', lines.join('\n'), {})).toBe(0);
  });
});

describe('nothing is looked for', () => {
  it.each<[why: string, spl: string, record: string, sourcetype: string]>([
    ['a lookup gives the value', 'meaning=bob', '{"code":"10"}', 'mine'],
    ['an expression gives the value', 'label=one', '{"code":"1"}', 'mine'],
    ['an expression falls back to it', 'actor=nobody', '{"code":"1"}', 'mine'],
    ['a transform gives the value', 'marked=yes', '{"code":"1"}', 'mine'],
    ['a transform puts it together', 'swapped=ba', '{"user":"abc"}', 'mine'],
    ['an expression puts it together', 'joined=a-1', '{"user":"a","code":"1"}', 'mine'],
    ['it is a tag', 'tag=marked', '{"code":"10"}', 'mine'],
    ['it is an event type', 'eventtype=ten', '{"code":"10"}', 'mine'],
    ['it is computed', 'size=11', '{"code":"10"}', 'mine'],
    ['it is the host', 'place=localhost', '{"code":"10"}', 'mine'],
    ['it is a network', 'ip=10.0.0.0/24', '{"ip":"10.0.0.7"}', '_json'],
    ['it is a default field', 'date_hour=22 | table date_hour', '{"a":"b"}', '_json'],
    ['the text is edited', 'who=ann', '{"who":"user"}', 'edited'],
    ['the source type is another', 'meaning=bob', '{"code":"10"}', 'typed'],
    ['it has no plain characters', 'user="é"', '{"user":"É"}', '_json'],
  ])('%s: %s', async (_, condition, record, sourcetype) => {
    const { rows } = await search(`search ${condition}`, `${record}\n`, { sourcetype }, true);
    expect(rows).toHaveLength(1);
  });

  it('of a member that an add-on takes away, whether all fields are asked for or one', async () => {
    const content =
      '{"EventID":1,"Channel":"Security","Hostname":"h","EventTime":"2020-09-14T13:01:05Z","user":1.0}\n';
    await compare('search user=1.0', content, {});
    const { rows } = await search('search *', content, {}, true);
    expect(rows).toHaveLength(1);
    expect(rows[0]).not.toHaveProperty('user');
  });

  it('of a stanza for a source that differs from event to event', async () => {
    const content = '_raw,source\n{},other\n';
    expect(await compare('search user=ann', content, { sourcetype: 'mine' })).toBe(0);
  });
});

describe('a value is found however it is written', () => {
  it.each<[how: string, spl: string, record: string | Buffer, sourcetype: string]>([
    ['an escaped letter', 'user=ann', '{"user":"\\u0061nn"}', '_json'],
    ['an escaped letter in capitals', 'user=ANN', '{"user":"a\\u006En"}', '_json'],
    ['the Kelvin sign', 'user=kim', '{"user":"\u212aim"}', '_json'],
    ['the Kelvin sign, escaped', 'user=kim', '{"user":"\\u212Aim"}', '_json'],
    ['the Kelvin sign in the search', 'user="\u212aim"', '{"user":"kim"}', '_json'],
    ['İ', 'user="ali*x"', '{"user":"al\u0130x"}', '_json'],
    ['İ in the search', 'user="al\u0130x"', '{"user":"ali\u0307x"}', '_json'],
    ['an escaped slash', 'path=a/bc/d', '{"path":"a\\/bc\\/d"}', '_json'],
    ['a faulty escape', 'path="a\\\\wb"', '{"path":"a\\wb"}', '_json'],
    ['a reference in XML', 'a.b=ann', '<a><b>&#97;nn</b></a>', 'tree'],
    ['a hexadecimal reference', 'a.b=ann', '<a><b>a&#x6E;n</b></a>', 'tree'],
    ['a comment in the value', 'a.b=ann', '<a><b>a<!-- x -->nn</b></a>', 'tree'],
    ['CDATA', 'a.b=ann', '<a><b>a<![CDATA[nn]]></b></a>', 'tree'],
    ['a byte that is no UTF-8', 'user="\\\\xE9a"', Buffer.from('x user=\u00e9a', 'latin1'), 'words'],
    ['a byte that is no UTF-8, as a term', '"xE9a"', Buffer.from('x user=\u00e9a', 'latin1'), 'words'],
    ['a JSON event in a CSV file', 'user=ann', '_raw,x\n"{""user"":""a\\u006en""}",1', 'mine'],
    ['an event in JSON', 'user=ann', '{"_raw":"{\\"user\\":\\"a\\\\u006en\\"}","x":1}', '_json'],
    ['a term in an event in JSON', 'ann', '{"_raw":"x a\\u006en y","x":1}', '_json'],
    [
      'a number of a tree that is printed anew',
      'n=1000',
      '{"Event":{"System":{"EventID":1,"Channel":"c"},"EventData":{"n":1e3}}}',
      'XmlWinEventLog',
    ],
    [
      'a number of more digits than are held',
      'n=12345678901234567000',
      '{"Event":{"System":{"EventID":1,"Channel":"c"},"EventData":{"n":12345678901234567890}}}',
      'XmlWinEventLog',
    ],
    [
      'the time of an event, in numbers',
      'SystemTime=*05.000*',
      '{"EventID":1,"Channel":"c","Hostname":"h","EventTime":"2020-09-14T13:01:05Z"}',
      'XmlWinEventLog',
    ],
    ['a number that is written anew', 'n=1000', '{"_raw":"{}","n":1e3}', '_json'],
  ])('%s: %s', async (_, condition, record, sourcetype) => {
    const content = typeof record === 'string' ? `${record}\n` : record;
    const { rows } = await search(`search ${condition}`, content, { sourcetype }, true);
    expect(rows).toHaveLength(1);
    await compare(`search ${condition}`, content, { sourcetype });
  });
});

// ---- whatever the records and the conditions are ---------------------------------------------------------------------

const letters = fc.constantFrom(
  ...'aAbnk1 0./:,-_"\\<&\'$',
  '\u212a',
  '\u0130',
  'i',
  '\u0131',
  'ß',
  'é',
  '\u0307',
  '\u017f',
  '💥',
);
const words = fc.oneof(
  fc.array(letters, { minLength: 1, maxLength: 5 }).map((list) => list.join('')),
  fc.constantFrom(
    'ann',
    'Bob',
    'kim',
    '1',
    '10',
    '1000',
    '1e-7',
    '12345678901234567000',
    'amp',
    'lt;',
    '1.0',
    'true',
    'null',
    '10.0.0.7',
    'C:\\Windows\\abc.exe',
    'one',
  ),
);
const names = fc.constantFrom(
  'user',
  'name',
  'code',
  'a',
  'host',
  'Image',
  'CommandLine',
  'id.orig_h',
  'service',
  'sourcetype',
);

/** How a writer of JSON may write a character, and how one that does it wrong does. */
function written(char: string, how: number): string {
  const code = char.charCodeAt(0);
  const hex = code.toString(16).padStart(4, '0');
  if (how === 0 && char.length === 1) return `\\u${hex}`;
  if (how === 1 && char.length === 1) return `\\u${hex.toUpperCase()}`;
  if (how === 2 && /[\w./:-]/.test(char) && !/[bfnrtu]/.test(char)) return `\\${char}`;
  return char === '"' || char === '\\' ? `\\${char}` : char;
}
const text = fc
  .tuple(words, fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 12, maxLength: 12 }))
  .map(
    ([word, ways]) => `"${[...word].map((char, index) => written(char, ways[index % 12] ?? 9)).join('')}"`,
  );
const { value: json } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    text,
    fc.constantFrom(
      '1',
      '10',
      '1.0',
      '1e1',
      '-0',
      '12345678901234567890',
      'true',
      'false',
      'null',
      '{}',
      '[]',
    ),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[ ${items.join(' ,')}]`),
    fc
      .array(fc.tuple(names, tie('value')), { maxLength: 3 })
      .map((members) => `{${members.map(([name, value]) => `"${name}" :${value}`).join(',')}}`),
  ),
}));
const record = fc
  .array(fc.tuple(names, json), { minLength: 1, maxLength: 5 })
  .map((members) => `{${members.map(([name, value]) => `"${name}":${value}`).join(', ')}}`);

const quoted = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;
const fields = fc.constantFrom(
  ...[
    'user',
    'name',
    'code',
    'a',
    'a.user',
    'a{}.name',
    'a{}',
    'who',
    'kind',
    'actor',
    'part',
    'label',
    'joined',
  ],
  ...[
    'size',
    'place',
    'cut',
    'piece',
    'marked',
    'swapped',
    'meaning',
    'host',
    'extracted_host',
    '_raw',
    'Image',
  ],
  ...['id.orig_h', 'src', 'service', 'app', 'process', 'punct', 'eventtype', 'tag'],
);
const pattern = fc
  .tuple(words, fc.boolean(), fc.boolean(), fc.constantFrom('as is', 'upper', 'lower', 'star'))
  .map(([word, before, after, how]) => {
    const shown =
      how === 'upper'
        ? word.toUpperCase()
        : how === 'lower'
          ? word.toLowerCase()
          : how === 'star'
            ? `${word[0]}*${word.slice(1)}`
            : word;
    return quoted(`${before ? '*' : ''}${shown}${after ? '*' : ''}`);
  });
const condition = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    fc.tuple(fields, pattern).map(([field, value]) => `${field}=${value}`),
    fc.tuple(fields, pattern).map(([field, value]) => `${field}!=${value}`),
    fc.tuple(fields, pattern, pattern).map(([field, one, two]) => `${field} IN (${one}, ${two})`),
    pattern,
    fc.tuple(tie('any'), tie('any')).map(([one, two]) => `(${one} OR ${two})`),
    fc.tuple(tie('any'), tie('any')).map(([one, two]) => `(${one} ${two})`),
    tie('any').map((inner) => `NOT ${inner}`),
  ),
})).any;

const escapeXml = (value: string) => value.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
const windows = fc
  .array(fc.tuple(names, words), { maxLength: 4 })
  .map(
    (data) =>
      `<Event xmlns='x'><System><Provider Name='p'/><EventID>1</EventID><Channel>Security</Channel></System><EventData>${data
        .map(([name, value]) => `<Data Name='${name}'>${escapeXml(value)}</Data>`)
        .join('')}</EventData></Event>`,
  );
const numbers = fc.constantFrom(
  '1',
  '10',
  '1.0',
  '1e1',
  '1E3',
  '-0',
  '0.0000001',
  '12345678901234567890',
  '1.50',
);
const trees = fc
  .array(fc.tuple(names, fc.oneof(text, numbers)), { maxLength: 4 })
  .map(
    (members) =>
      `{"Event":{"System":{"EventID":${members.length},"Channel":"Security","Keywords":-9214364837600034816},"EventData":{${members
        .map(([name, value]) => `"${name}" : ${value}`)
        .join(',')}}}}`,
  );
const forwarded = fc
  .array(fc.tuple(names, fc.oneof(text, numbers)), { maxLength: 4 })
  .map(
    (members) =>
      `{"EventID":1,"Channel":"Security","Hostname":"h","EventTime":"2020-09-14T13:01:05Z"${members
        .map(([name, value]) => `,"${name}":${value}`)
        .join('')}}`,
  );
const pairs = fc
  .array(fc.tuple(names, words, fc.boolean()), { minLength: 1, maxLength: 4 })
  .map((list) =>
    list.map(([name, value, isQuoted]) => `${name}=${isQuoted ? quoted(value) : value}`).join(' '),
  );

const cells = fc
  .array(fc.tuple(words, fc.boolean()), { minLength: 4, maxLength: 4 })
  .map((list) =>
    list
      .map(([word, isQuoted]) => (isQuoted || /[",]/.test(word) ? `"${word.replaceAll('"', '""')}"` : word))
      .join(','),
  );
/** First lines of files. */
const heads = new Map([
  ['a table', 'user,name,code,id.orig_h\n'],
  ['a table with knowledge', 'user,name,code,host\n'],
  ['a table of exported events', '_raw,user,name,code,source\n'],
]);

describe('rows are the same as without looking', () => {
  const kinds: [string, fc.Arbitrary<string>, string | undefined][] = [
    ['JSON', record, '_json'],
    ['JSON with knowledge', record, 'mine'],
    ['JSON of a source type that index time gives', record, 'typed'],
    ['JSON of an add-on', record, 'bro:conn:json'],
    ['JSON of no told source type', record, undefined],
    [
      'JSON in JSON',
      record.map((inner) => JSON.stringify({ _raw: inner, n: 1000, source: 'other' })),
      'mine',
    ],
    [
      'a collector’s JSON',
      record.map((inner) => `{"event":${inner},"time":1,"fields":{"a":1e3,"name":"kim"}}`),
      undefined,
    ],
    [
      'a collector’s JSON that names its type',
      record.map((inner) => `{"event":${inner},"sourcetype":"mine"}`),
      undefined,
    ],
    [
      'a collector’s JSON of several types',
      fc
        .tuple(
          fc.oneof(
            record,
            text,
            pairs.map((line) => JSON.stringify(line)),
          ),
          fc.constantFrom('mine', 'words', '_json', 'edited', ''),
        )
        .map(([inner, type]) =>
          type === ''
            ? `{"time":1600000000,"event":${inner}}`
            : `{"sourcetype" :"${type}","time":1600000000,"event":${inner}}`,
        ),
      undefined,
    ],
    [
      'what Elastic, CloudWatch and Splunk wrap',
      fc
        .tuple(record, fc.nat(3))
        .map(
          ([inner, how]) =>
            [
              `{"_index":"x","_source":${inner}}`,
              JSON.stringify({ id: '1', timestamp: 1_600_000_000_000, message: inner }),
              JSON.stringify({ preview: false, result: { _raw: inner, sourcetype: 'mine', n: 1000 } }),
              inner,
            ][how] as string,
        ),
      undefined,
    ],
    ['Windows events', windows, undefined],
    ['Windows events in JSON', forwarded, undefined],
    ['Windows events as trees', trees, 'XmlWinEventLog'],
    ['pairs', pairs, 'words'],
    ['pairs of no source type', pairs, undefined],
    ['edited pairs', pairs, 'edited'],
    ['tables', pairs.map((line) => `user name\n${line}`), 'table'],
    ['XML', windows, 'tree'],
    ['a table', cells, undefined],
    ['a table with knowledge', cells, 'mine'],
    [
      'a table of exported events',
      cells.map((line) => `"{""user"":""a\\u006en"",""code"":""10""}",${line}`),
      'mine',
    ],
  ];
  it.each(kinds)('%s', async (_, records, sourcetype) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(records, { minLength: 1, maxLength: 6 }),
        fc.array(condition, { minLength: 1, maxLength: 3 }),
        async (lines, conditions) => {
          const head = heads.get(_) ?? '';
          await compare(
            `search ${conditions.join(' ')}`,
            `${head}${lines.join('\n')}\n`,
            sourcetype === undefined ? {} : { sourcetype },
          );
        },
      ),
      { numRuns: Number(process.env['NEEDED_RUNS'] ?? 80) },
    );
  });
});
