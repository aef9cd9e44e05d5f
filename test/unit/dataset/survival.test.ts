// Every reader against every kind of damage: each event that is whole comes out whole, the rest is told, nothing throws.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openEvents } from '../../../src/events.js';
import { loadKnowledge } from '../../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../../src/knowledge-language.js';
import type { Row } from '../../../src/runtime/value.js';

const knowledge = loadKnowledge({ language: knowledgeLanguage() });

interface Reader {
  /** What recognition calls it, without being told. */
  readonly format: string;
  readonly sourcetype?: string;
  readonly events?: boolean;
  /** What stands before and after the records. */
  readonly before?: string;
  readonly after?: string;
  readonly between?: string;
  /** The i-th record with a value that may hold anything the format can write; `name` is a field's name. */
  readonly record: (i: number, value: string, name: string) => string;
  /** A value nested this deep, where the format can nest. */
  readonly nested?: (depth: number) => string;
  /** Whether the name of a field is the record's own to choose. */
  readonly names?: boolean;
  /** A line without a date goes on with the event before it. */
  readonly multiline?: boolean;
  /** Whether a field can be named twice. */
  readonly duplicates?: boolean;
}

const xmlText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const windowsXml = (i: number, data: string) =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='P'/><EventID>1</EventID><TimeCreated SystemTime='2024-01-02T03:04:0${i}Z'/><Channel>C</Channel><Computer>pc</Computer></System><EventData>${data}</EventData></Event>`;
const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const json = (i: number, value: string, name: string) =>
  `{"timestamp":"2024-01-02T03:04:0${i}Z",${JSON.stringify(name)}:${JSON.stringify(value)}}`;

const readers: readonly (readonly [string, Reader])[] = [
  [
    'Windows XML',
    {
      format: 'windows-xml',
      record: (i, value, name) => windowsXml(i, `<Data Name='${name}'>${xmlText(value)}</Data>`),
      nested: (depth) => windowsXml(1, `${'<a>'.repeat(depth)}x${'</a>'.repeat(depth)}`),
      names: true,
      duplicates: true,
    },
  ],
  [
    'Windows text',
    {
      format: 'windows-text',
      multiline: true,
      record: (i, value) =>
        `01/02/2024 03:04:0${i} AM\nLogName=Security\nEventCode=1\nComputerName=pc\nMessage=m\n\nSubject:\n\tAccount Name:\t\t${value}\n`,
    },
  ],
  ['JSON lines', { format: 'json-lines', record: json, nested: deep, names: true, duplicates: true }],
  [
    'a JSON array',
    {
      format: 'json',
      before: '[\n',
      between: ',\n',
      after: '\n]\n',
      record: json,
      nested: deep,
      names: true,
      duplicates: true,
    },
  ],
  [
    'JSON over several lines',
    {
      format: 'json',
      record: (i, value, name) => json(i, value, name).replace('{', '{\n  ').replace(/\}$/, '\n}'),
      nested: deep,
      names: true,
      duplicates: true,
    },
  ],
  [
    'a wrapper of records',
    {
      format: 'json',
      before: '{"Records":[',
      between: ',',
      after: ']}\n',
      record: json,
      nested: deep,
      names: true,
      duplicates: true,
    },
  ],
  [
    'an export of Splunk',
    {
      format: 'json-lines',
      record: (i, value, name) =>
        JSON.stringify({
          preview: false,
          result: { _raw: json(i, value, name), _time: `2024-01-02T03:04:0${i}Z`, sourcetype: '_json' },
        }),
      names: true,
    },
  ],
  [
    'the HTTP Event Collector',
    {
      format: 'json-lines',
      record: (i, value, name) =>
        `{"time":170000000${i},"sourcetype":"_json","event":${json(i, value, name)}}`,
      names: true,
    },
  ],
  [
    'rows of extracted fields',
    {
      format: 'event-rows',
      events: true,
      record: (i, value, name) => `{"_time":170000000${i},${JSON.stringify(name)}:${JSON.stringify(value)}}`,
      names: true,
      duplicates: true,
    },
  ],
  [
    'CSV',
    {
      format: 'csv',
      before: 'time,name,other\n',
      record: (i, value) => `2024-01-02T03:04:0${i}Z,"${value.replaceAll('"', '""')}",b`,
    },
  ],
  [
    'Zeek columns',
    {
      format: 'zeek-tsv',
      before: '#separator \\x09\n#path\tconn\n#fields\tts\tuid\tnote\n#types\ttime\tstring\tstring\n',
      record: (i, value) => `170000000${i}.5\tC${i}\t${value}`,
    },
  ],
  [
    'W3C columns',
    {
      format: 'w3c',
      before: '#Software: IIS\n#Fields: date time cs-uri-stem\n',
      record: (i, value) => `2024-01-02 03:04:0${i} /${value.replaceAll(' ', '+')}`,
    },
  ],
  [
    'auditd',
    {
      format: 'auditd',
      record: (i, value, name) =>
        `type=USER_CMD msg=audit(170000000${i}.123:4${i}): pid=1 ${name}="${value}"`,
      names: true,
      duplicates: true,
    },
  ],
  ['syslog', { format: 'syslog', record: (i, value) => `Jan  2 03:04:0${i} pc app[1]: said ${value}` }],
  [
    'an access log',
    {
      format: 'access-log',
      record: (i, value) =>
        `10.0.0.1 - - [02/Jan/2024:03:04:0${i} +0000] "GET /${value.replaceAll(' ', '+')} HTTP/1.1" 200 12`,
    },
  ],
  [
    'key and value',
    {
      format: 'key-value',
      record: (i, value, name) => `time="2024-01-02 03:04:0${i}" a=1 b=2 ${name}="${value}"`,
      names: true,
      duplicates: true,
    },
  ],
  [
    'lines',
    {
      format: 'lines',
      multiline: true,
      record: (i, value) => `2024-01-02 03:04:0${i} something happened: ${value}`,
    },
  ],
];

interface Reading {
  readonly rows: readonly Row[];
  readonly format: string;
  readonly broken: number;
  readonly codes: readonly string[];
}

async function read(bytes: Uint8Array, reader: Reader, chunkSize = 1 << 16): Promise<Reading> {
  async function* stdin() {
    for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
  }
  const events = openEvents(['-'], {
    stdin: stdin(),
    knowledge,
    now: 1_760_000_000,
    ...(reader.events ? { events: true } : {}),
  });
  const rows: Row[] = [];
  for await (const row of events.scan({ fields: 'all', rawTerms: [], metadata: [] })) rows.push(row);
  const [file] = events.report.files;
  return {
    rows,
    format: file?.format ?? 'none',
    broken: file?.broken ?? 0,
    codes: events.report.diagnostics.map(({ code }) => code),
  };
}

const fileOf = (reader: Reader, values: readonly string[], name = 'field') =>
  (reader.before ?? '') +
  values.map((value, i) => reader.record(i + 1, value, name)).join(reader.between ?? '\n') +
  (reader.after ?? '\n');
const VALUES = ['one', 'two x', 'three'];
const times = (rows: readonly Row[]) => rows.map((row) => row['_time']);

describe.each(readers)('%s', (_, reader) => {
  const text = fileOf(reader, VALUES);
  const whole = read(Buffer.from(text), reader);

  it('is recognised and gives its events', async () => {
    const { rows, format, codes } = await whole;
    expect([format, rows.length, codes]).toEqual([reader.format, 3, []]);
    expect(new Set(times(rows)).size).toBe(3);
  });

  it.each<[string, (text: string) => Buffer]>([
    ['a byte order mark', (all) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(all)])],
    ['UTF-16 LE', (all) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(all, 'utf16le')])],
    ['UTF-16 BE', (all) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(all, 'utf16le').swap16()])],
    ['blank lines around it', (all) => Buffer.from(`\n\r\n  \n${all}\n\n`)],
    ['gzip', (all) => gzipSync(all)],
    ['chunks of five bytes', (all) => Buffer.from(all)],
  ])('comes out the same from %s', async (name, encode) => {
    const reading = await read(encode(text), reader, name.startsWith('chunks') ? 5 : 1000);
    const expected = await whole;
    expect(reading.rows).toEqual(expected.rows);
    expect(reading.codes).toEqual([]);
  });

  it('has the same events with \\r\\n', async () => {
    const { rows, broken } = await read(Buffer.from(text.replaceAll('\n', '\r\n')), reader);
    expect(times(rows)).toEqual(times((await whole).rows));
    expect(broken).toBe(0);
  });

  it('an empty file has no events and is no fault', async () => {
    for (const bytes of ['', '\ufeff', '\n\n']) {
      const { rows, format, codes } = await read(Buffer.from(bytes), reader);
      expect([rows.length, format, codes]).toEqual([0, 'empty', []]);
    }
  });

  it('keeps what stands before a cut in the last event', async () => {
    const values = [...VALUES, 'four', 'five', 'six'];
    const bytes = Buffer.from(fileOf(reader, values));
    const all = (await read(bytes, reader)).rows;
    const last = bytes.lastIndexOf(reader.record(6, 'six', 'field'));
    for (let part = 1; part <= 6; part++) {
      const cut = last + Math.floor(((bytes.length - last) * part) / 7);
      const { rows } = await read(bytes.subarray(0, cut), reader);
      // A line that is cut inside its date may belong to the event before it.
      const sure = reader.multiline === true ? 4 : 5;
      expect(rows.slice(0, sure)).toEqual(all.slice(0, sure));
      expect(rows.length).toBeLessThanOrEqual(6);
    }
  });

  it('keeps zeros, escapes of a terminal and bytes of other encodings in their own event', async () => {
    const marks = ['a\0b', 'cLATINd\u001b[31m', 'é€😀'];
    const bytes = Buffer.from(fileOf(reader, marks));
    const at = bytes.indexOf('LATIN');
    bytes.write('\xe9\xff\x80AB', at, 'latin1');
    const { rows } = await read(bytes, reader);
    expect(rows).toHaveLength(3);
    expect(times(rows)).toEqual(times((await whole).rows));
    const raws = rows.map((row) => JSON.stringify(row));
    expect(raws[0]).toMatch(/a(?:\\u0000|\\\\u0000|\\\\\\\\u0000)b/);
    // Where a backslash would be read as syntax, the character that stands for none.
    expect(raws[1]).toMatch(/\\xE9|\ufffd/);
    expect(raws[2]).toContain('é€😀');
  });

  it('reads an event of four megabytes on one line', async () => {
    const { rows } = await read(Buffer.from(fileOf(reader, ['one', 'x'.repeat(4 << 20), 'three'])), reader);
    expect(times(rows)).toEqual(times((await whole).rows));
  });

  it('survives a line of nothing else', async () => {
    for (const char of ['{', '[', '"', '<', ',', '=', '\\', '<Event>', '\u001b[', '&lt;', '%'])
      await read(Buffer.from(`${text}${char.repeat(30_000)}\n`), reader);
  }, 60_000);
});

const where = (holds: (reader: Reader) => boolean) => readers.filter(([, reader]) => holds(reader));

it.each(where(({ names }) => names === true))(
  '%s: takes names of a prototype for names like any other',
  async (_, reader) => {
    for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString']) {
      const { rows } = await read(Buffer.from(fileOf(reader, VALUES, name)), reader);
      expect(rows).toHaveLength(3);
      // Cleaned names have no leading underscores.
      const own = name === '__proto__' ? ['__proto__', 'proto__'] : [name];
      const row = rows[0] as Row;
      expect(own.some((key) => Object.hasOwn(row, key) && row[key] === 'one')).toBe(true);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Reflect.get({}, 'one')).toBe(undefined);
  },
);

it.each(where(({ duplicates }) => duplicates === true))(
  '%s: reads a name that stands twice',
  async (_, reader) => {
    const text = fileOf(reader, VALUES);
    const twice = text
      .replace(/"field": ?"one"/, '"field":"one","field":"again"')
      .replace(/field="one"/, 'field="one" field="again"')
      .replace(/<Data Name='field'>one<\/Data>/, "$&<Data Name='field'>again</Data>");
    expect(twice).not.toBe(text);
    const { rows } = await read(Buffer.from(twice), reader);
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows[0]?.['field'])).toMatch(/one|again/);
  },
);

it.each(where(({ nested }) => nested !== undefined))(
  '%s: reads a thousand and a hundred thousand levels of nesting',
  async (_, reader) => {
    for (const depth of [1000, 100_000]) {
      const records = [
        reader.record(1, 'one', 'field'),
        reader.nested?.(depth) ?? '',
        reader.record(3, 'three', 'field'),
      ];
      const file = (reader.before ?? '') + records.join(reader.between ?? '\n') + (reader.after ?? '\n');
      const { rows } = await read(Buffer.from(file), reader);
      expect(rows).toHaveLength(3);
      expect([rows[0]?.['field'], rows[2]?.['field']]).toEqual(['one', 'three']);
    }
  },
  60_000,
);
