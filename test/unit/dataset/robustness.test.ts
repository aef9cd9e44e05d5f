// Hostile and damaged files: counted and told, with bounded memory, and never an exception.
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inFolder, onlyFile, put, readBytes, readInputs } from './read.js';

const codes = (result: Awaited<ReturnType<typeof readBytes>>) =>
  result.report.diagnostics.map(({ code, line }) => `${code}:${line}`);

describe('encodings', () => {
  const text = '{"timestamp":"2024-01-02T03:04:05Z","a":"é€😀"}\n{"a":2}\n';
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  it.each<[string, Uint8Array]>([
    ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
    ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
    ['UTF-16 BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
    ['UTF-16 LE without a mark', little],
    ['UTF-16 BE without a mark', big],
  ])('%s', async (_, bytes) => {
    for (const chunkSize of [1 << 16, 3]) {
      const result = await readBytes(bytes, {}, {}, chunkSize);
      expect(result.events.map(({ raw }) => raw)).toEqual(text.trim().split('\n'));
      expect(result.report.diagnostics).toEqual([]);
    }
  });

  it('keeps zeros and shows bytes that are no UTF-8 as Splunk does', async () => {
    const result = await readBytes(Buffer.from([0x61, 0x00, 0x62, 0x0a, 0x63, 0xff, 0x64, 0x0a]));
    expect(result.events.map(({ raw }) => raw)).toEqual(['a\0b', 'c\\xFFd']);
  });
});

describe('damaged records', () => {
  it.each<[string, string, number, string[]]>([
    ['an empty file', '', 0, []],
    ['blank lines only', '\n\r\n  \n', 0, []],
    ['JSON lines with a cut last record', '{"a":1}\n{"a":2}\n{"a":', 3, ['broken-record:3']],
    ['JSON lines with text between', '{"a":1}\nWARNING x\n{"a":2}\n', 3, ['broken-record:2']],
    ['an array with a cut last record', '[{"a":1},\n{"a":"x', 2, ['broken-record:2']],
    ['an array cut between two records', '[{"a":1},\n{"a":2},\n', 2, ['broken-record:3']],
    ['an array cut behind a record', '[\n{"a":1},\n{"a":2}', 2, ['broken-record:3']],
    ['a wrapper cut between two records', '{"Records":[{"a":1},{"a":2},', 2, ['broken-record:1']],
    [
      'a wrapper cut behind its array',
      '{"value":[{"a":1},{"a":2}],"@odata.nextLink":"ht',
      2,
      ['broken-record:1'],
    ],
    [
      'a wrapper in a wrapper cut',
      '{"hits":{"total":2,"hits":[{"_id":"1","_source":{"a":1}}',
      1,
      ['broken-record:1'],
    ],
    ['a whole wrapper', '{"Records":[{"a":1}],"next":null}\n', 1, []],
    ['an object that is never closed', '{\n"a":1\n}\n{\n"a":{\n}\n{\n"a":3\n}\n', 3, ['broken-record:4']],
    [
      'an XML event without its end',
      '<Event><System></System></Event>\n<Event><System><A/>\n<Event><System></System></Event>',
      3,
      ['broken-record:2'],
    ],
    [
      'XML cut between two events',
      '<?xml version="1.0"?>\n<Events>\n<Event><System></System></Event>\n',
      1,
      ['broken-record:4'],
    ],
    ['whole XML', '<Events><Event><System></System></Event></Events>\n<Events/>\n', 1, []],
    ['XML cut at the end', '<Event><System></System></Event>\n<Event><System></Sys', 2, ['broken-record:2']],
    [
      'text between XML events',
      '<Event><System></System></Event>\njunk\n<Event><System></System></Event>',
      3,
      ['broken-record:2'],
    ],
    ['CSV with too few cells', 'a,b,c\n1,2,3\n1,2\n1,2,3\n1,2,3\n1,2,3\n', 5, ['broken-record:3']],
    [
      'CSV with a quote that is never closed',
      'a,b\n1,2\n1,"2\n3,4\n5,6\n5,6\n5,6\n5,6\n',
      7,
      ['broken-record:3'],
    ],
  ])('%s', async (_, content, events, expected) => {
    for (const chunkSize of [1 << 16, 5]) {
      const result = await readBytes(content, {}, {}, chunkSize);
      expect(result.events).toHaveLength(events);
      expect(codes(result)).toEqual(expected);
    }
  });

  it('counts lines on behind an event without its end', async () => {
    const event = '<Event><System></System></Event>';
    const result = await readBytes(`${event}\n<Event><System><A/>\n${event}\n${event}\n`);
    expect(result.events.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  });

  it('shows the first broken records and counts all', async () => {
    const result = await readBytes(`{"a":1}\n${'x\n'.repeat(3)}{"a":1}\n${'{"a":1\n'.repeat(20)}`);
    expect(onlyFile(result)).toMatchObject({ events: 25, broken: 23 });
    expect(result.report.diagnostics).toHaveLength(6);
    expect(result.report.diagnostics.at(-1)?.message).toBe('18 more broken records, 23 in all');
  });

  it('leaves out a record too long to hold, tells where it stands, and goes on after it', async () => {
    const content = `{"a":1}\n{"a":"${'x'.repeat(50_000)}"}\n{"a":3}\n`;
    const result = await readBytes(content, { limits: { eventBytes: 10_000 } }, {}, 4096);
    expect(result.events.map(({ raw, line }) => [raw, line])).toEqual([
      ['{"a":1}', 1],
      ['{"a":3}', 3],
    ]);
    expect(codes(result)).toEqual(['record-too-long:2']);
    expect(onlyFile(result)).toMatchObject({ dropped: 1 });
  });

  it('reads a hundred megabytes on one line', async () => {
    const long = Buffer.concat([
      Buffer.from('{"a":"'),
      Buffer.alloc(100 << 20, 0x78),
      Buffer.from('"}\n{"a":2}\n'),
    ]);
    const result = await readBytes(long, {}, {}, 1 << 20);
    expect(result.events.map(({ raw }) => raw.length)).toEqual([(100 << 20) + 8, 7]);
  }, 60_000);

  it('reads a cell of a million doubled quotes with any text between', async () => {
    const row = '2024-01-01 00:00:00,ann,h\n'.repeat(20);
    const cell = `${'""'.repeat(1_000_000)}é,\u{1f600}""x`;
    const { events } = await readBytes(
      Buffer.from(`time,user,host\n${row}2024-01-01 00:00:01,"${cell}",h\n`),
    );
    expect(events.at(-1)?.preset?.['user']).toBe(`${'"'.repeat(1_000_000)}é,\u{1f600}"x`);
  });

  it('reads thousands of levels of nesting', async () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    const result = await readBytes(`[${deep},${deep}]`);
    expect(result.events.map(({ raw }) => raw)).toEqual([deep, deep]);
    await readBytes('['.repeat(100_000));
    await readBytes(`{"event":${deep},"time":1}\n`);
    await readBytes(`{"_time":1,"a":${deep}}\n`, { events: true });
  });

  it('keeps duplicate keys and keys that name a prototype in the raw text', async () => {
    const raw = '{"__proto__":{"a":1},"constructor":2,"a":1,"a":2}';
    const result = await readBytes(`${raw}\n`);
    expect(result.events[0]?.raw).toBe(raw);
    const csv = await readBytes('__proto__,constructor,x\na,b,c\n');
    expect(Object.entries(csv.events[0]!.preset!)).toEqual([
      ['proto', 'a'],
      ['constructor', 'b'],
      ['x', 'c'],
    ]);
  });

  it('gives every byte of lines to some event, whatever the chunks are', async () => {
    const lines = fc.array(
      fc.constantFrom('{"a":1}', '{', '}', '"', 'x', '<Event>', '</Event>', 'a,b', '[', '\r', '#x'),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 9 }), async (parts, chunkSize) => {
        const content = parts.join('\n');
        const whole = await readBytes(content);
        const pieces = await readBytes(content, {}, {}, chunkSize);
        expect(pieces.events).toEqual(whole.events);
        expect(pieces.report).toEqual(whole.report);
      }),
      { numRuns: 200 },
    );
  });
});

describe('text made to be slow', () => {
  const many = 100_000;
  it.each<[string, string]>([
    ['quotes in a tag that never ends', `<Event><System></System><a ${'="'.repeat(many)}</Event>`],
    ['blanks between tags', `<Event><System></System><a>${'\n'.repeat(many)}x</a></Event>`],
    ['comments between events', `<Event><System></System></Event>${'<!-- -->'.repeat(5000)}x<Event></Event>`],
    ['a header of underscores', `${'_'.repeat(many)}x,b,c\n1,2,3\n`],
    ['dollars in a multivalue cell', `_raw,a,__mv_a\nx,b,${'$'.repeat(many)}\n`],
    ['digits', '1'.repeat(many)],
    ['months', 'jan '.repeat(many)],
    ['pairs', 'time='.repeat(many)],
    ['braces', '{'.repeat(many)],
    ['unclosed objects', '{"a":\n'.repeat(many)],
    ['objects on one line', '{}'.repeat(many)],
    ['names of times', `{${'"time":'.repeat(many)}}`],
    ['quotes', '"'.repeat(many)],
    ['unclosed quotes in lines', `a,b\n${'"x,\n'.repeat(10_000)}`],
    ['slashes', '/'.repeat(many)],
    ['a syslog header', `<${'1'.repeat(many)}`],
    ['events in events', '<Event>'.repeat(many)],
    ['ends of events', '</Event>'.repeat(10_000)],
    ['whole events on one line', '<Event><System></System></Event>'.repeat(many)],
    ['a cell of quotes', `a,b\n"${'""'.repeat(100 * many)}\n`],
  ])('%s', async (_, content) => {
    const start = performance.now();
    await readBytes(content, {}, {}, 1 << 20);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe('files and folders', () => {
  it('tells of a missing file and suggests a near one', () =>
    inFolder(async (folder) => {
      put(folder, 'security.log', 'x\n');
      const result = await readInputs([path.join(folder, 'securty.log')]);
      expect(result.report.diagnostics).toMatchObject([
        {
          code: 'missing-file',
          severity: 'error',
          help: `did you mean "${path.join(folder, 'security.log')}"?`,
        },
      ]);
    }));

  it('reads folders by name, through links, and not in circles', () =>
    inFolder(async (folder) => {
      mkdirSync(path.join(folder, 'b'));
      put(folder, 'z.log', 'z\n');
      put(path.join(folder, 'b'), 'a.log', 'a\n');
      put(folder, '.hidden', 'h\n');
      symlinkSync('..', path.join(folder, 'b', 'up'));
      symlinkSync('nowhere', path.join(folder, 'c'));
      symlinkSync('c2', path.join(folder, 'c1'));
      symlinkSync('c1', path.join(folder, 'c2'));
      const result = await readInputs([folder]);
      expect(result.events.map(({ raw }) => raw)).toEqual(['a', 'z']);
      expect(result.report.diagnostics.map(({ code }) => code)).toEqual(Array(3).fill('unreadable-file'));
    }));

  it.each([
    ['*.log', ['a.log', 'b.log']],
    ['**/*.log', ['a.log', 'b.log', 'd/c.log']],
    ['{a,d/c}.log', ['a.log', 'd/c.log']],
    ['[!a].log', ['b.log']],
    ['d*/*.log', ['d/c.log']],
    ['d/**', ['d/c.log', 'd/e/f.txt', 'broken']],
    ['*/*/?.txt', ['d/e/f.txt']],
    ['**/e/*', ['d/e/f.txt', 'broken']],
    ['{d/e,x}/f.*', ['d/e/f.txt']],
    ['?.txt', []],
    ['[z-a].log', []],
  ])('glob %s', (glob, expected) =>
    inFolder(async (folder) => {
      mkdirSync(path.join(folder, 'd/e'), { recursive: true });
      for (const name of ['a.log', 'b.log', 'd/c.log', 'd/e/f.txt', 'e.json']) put(folder, name, `${name}\n`);
      // What a glob does not ask for is not told of.
      symlinkSync('nowhere', path.join(folder, 'd/e/broken'));
      const result = await readInputs([path.join(folder, glob)]);
      expect(result.events.map(({ raw }) => raw)).toEqual(expected.filter((name) => name !== 'broken'));
      expect(result.report.diagnostics.map(({ code }) => code)).toEqual(
        expected.length === 0 ? ['missing-file'] : expected.includes('broken') ? ['unreadable-file'] : [],
      );
    }),
  );

  it('tells of a folder that may not be read', () =>
    inFolder(async (folder) => {
      const closed = path.join(folder, 'closed');
      mkdirSync(closed);
      put(folder, 'a.log', 'a\n');
      chmodSync(closed, 0);
      const result = await readInputs([folder]);
      chmodSync(closed, 0o700);
      expect(result.events).toHaveLength(1);
      // The superuser reads it all the same.
      const expected = process.getuid?.() === 0 ? [] : ['unreadable-file'];
      expect(result.report.diagnostics.map(({ code }) => code)).toEqual(expected);
    }));

  it('reads standard input twice that does not fit into what is held of it', async () => {
    const { openDataset } = await import('../../../src/dataset/open-dataset.js');
    async function* stdin() {
      for (let i = 0; i < 24; i++) yield Buffer.from(`${i} ${'x'.repeat(2 ** 19)}\n`.repeat(2));
    }
    const dataset = openDataset(['-'], { stdin: stdin() });
    for (let i = 0; i < 2; i++) {
      const begins: string[] = [];
      for await (const batch of dataset.scan())
        for (const { raw } of batch) begins.push(`${raw.slice(0, raw.indexOf(' '))} ${raw.length}`);
      expect(begins).toHaveLength(48);
      expect(begins.at(-1)).toBe(`23 ${3 + 2 ** 19}`);
    }
  });

  it('reads standard input twice', async () => {
    const { openDataset } = await import('../../../src/dataset/open-dataset.js');
    async function* stdin() {
      yield Buffer.from('a\nb\n');
    }
    const dataset = openDataset(['-'], { stdin: stdin() });
    for (let i = 0; i < 2; i++) {
      const raws: string[] = [];
      for await (const batch of dataset.scan()) raws.push(...batch.map(({ raw }) => raw));
      expect(raws).toEqual(['a', 'b']);
    }
  });
});

describe('binary files', () => {
  it.each<[string, Uint8Array, string]>([
    ['.evtx', Buffer.from('ElfFile\0\0\0\0\0'), 'evtx_dump'],
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'xz -dk'],
    ['a capture', Buffer.from([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0]), 'zeek'],
  ])('says how to convert %s', async (_, bytes, help) => {
    const result = await readBytes(bytes);
    expect(result.events).toEqual([]);
    expect(result.report.diagnostics).toMatchObject([{ code: 'unreadable-format', severity: 'error' }]);
    expect(result.report.diagnostics[0]?.help).toContain(help);
  });

  it('refuses what no text looks like', async () => {
    const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251));
    const result = await readBytes(noise);
    expect(result.report.diagnostics).toMatchObject([{ code: 'unreadable-format' }]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'refuses bytes of no order, as encrypted data has them: %i',
    async (seed) => {
      let state = seed;
      const bytes = Uint8Array.from({ length: 4096 }, () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state >>> 24;
      });
      const { report } = await readBytes(bytes);
      expect(report.diagnostics).toMatchObject([{ code: 'unreadable-format' }]);
    },
  );

  it('refuses a program, whose numbers are small and stand among zeros', async () => {
    const numbers = Array.from({ length: 512 }, (_, i) => (i % 4 === 0 ? (i * 7919) % 24 : 0));
    const result = await readBytes(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, ...numbers]));
    expect(result.events).toEqual([]);
    expect(result.report.diagnostics).toMatchObject([{ code: 'unreadable-format' }]);
  });
});

/** A zip archive of stored or deflated members, written by hand so that it may lie. */
function zipOf(members: readonly { name: string; content: Buffer; claimed?: number }[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimed } of members) {
    const packed = deflateRawSync(content);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(8, 8);
    header.writeUInt32LE(packed.length, 18);
    header.writeUInt32LE(claimed ?? content.length, 22);
    header.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(claimed ?? content.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(header, Buffer.from(name), packed);
    centrals.push(central, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function tarOf(members: readonly (readonly [string, string])[]): Buffer {
  const blocks: Buffer[] = [];
  for (const [name, content] of members) {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write('0000644\0', 100);
    header.write(content.length.toString(8).padStart(11, '0'), 124);
    header.write('00000000000', 136);
    header.write('        ', 148);
    header.write('0', 156);
    header.write('ustar\x0000', 257);
    let sum = 0;
    for (const byte of header) sum += byte;
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    blocks.push(header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

// A frame of one stored block, since Node 20 has no zstd: RFC 8878, 3.1.1.
const zstd = Buffer.from('28b52ffd2004210000610a620a', 'hex');

describe('archives', () => {
  const a = { name: 'a.log', content: Buffer.from('a\nb\n') };

  it.each<[string, Uint8Array, string[]]>([
    ['.gz', gzipSync('a\nb\n'), ['stdin']],
    ['.gz of two parts', Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]), ['stdin']],
    ['.zip', zipOf([a]), ['stdin:a.log']],
    ['.tar', tarOf([['d/a.log', 'a\nb\n']]), ['stdin:d/a.log']],
    [
      '.tar.gz of two files',
      gzipSync(
        tarOf([
          ['a.log', 'a\n'],
          ['b.log', 'b\n'],
        ]),
      ),
      ['stdin:a.log', 'stdin:b.log'],
    ],
    ['.gz in .zip', zipOf([{ name: 'a.gz', content: gzipSync('a\nb\n') }]), ['stdin:a.gz']],
  ])('%s', async (_, bytes, files) => {
    for (const chunkSize of [1 << 16, 100]) {
      const result = await readBytes(bytes, {}, {}, chunkSize);
      expect(result.report.diagnostics).toEqual([]);
      expect(result.events.map(({ raw }) => raw)).toEqual(['a', 'b']);
      expect(result.report.files.map(({ file }) => file)).toEqual(files);
    }
  });

  it('.zip from a file', () =>
    inFolder(async (folder) => {
      const file = put(folder, 'x.zip', zipOf([a, { name: 'dir/', content: Buffer.alloc(0) }]));
      const result = await readInputs([file]);
      expect(result.events.map(({ raw, source }) => [raw, source])).toEqual([
        ['a', `${file}:a.log`],
        ['b', `${file}:a.log`],
      ]);
    }));

  it.each<[string, Uint8Array, RegExp]>([
    ['a cut .gz', gzipSync('a\nb\n'.repeat(10_000)).subarray(0, 60), /gzip data is cut off/],
    [
      'a damaged .gz',
      Buffer.concat([gzipSync('a').subarray(0, 12), Buffer.alloc(50, 7)]),
      /gzip data is damaged/,
    ],
    ['a cut .zip', zipOf([a]).subarray(0, 40), /zip archive is damaged or cut off/],
    ['a cut .tar', tarOf([['a.log', 'x'.repeat(2000)]]).subarray(0, 1000), /archive is cut off/],
    ['a member that leads out', zipOf([{ ...a, name: '../../etc/x' }]), /leads out of it/],
    [
      'a member that is longer than it says',
      zipOf([{ ...a, content: Buffer.alloc(100_000, 97), claimed: 10 }]),
      /zip data is damaged/,
    ],
  ])('tells of %s', async (_, bytes, message) => {
    const result = await readBytes(bytes);
    expect(result.report.diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'archive' },
    ]);
    expect(result.report.diagnostics.at(-1)?.message).toMatch(message);
  });

  it('gives what stands before the cut', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `{"i":${i},"x":"${(i * 2654435761) % 65536}"}\n`);
    const packed = gzipSync(lines.join(''));
    const result = await readBytes(packed.subarray(0, packed.length / 2), {}, {}, 1000);
    expect(result.events.length).toBeGreaterThan(5000);
    expect(onlyFile(result)).toMatchObject({ events: result.events.length, broken: 1 });
    expect(result.report.diagnostics.map(({ code }) => code)).toEqual(['broken-record', 'archive']);
  });

  it.each<[string, () => Buffer]>([
    ['.gz', () => gzipSync(Buffer.alloc(1 << 24, '\n'))],
    [
      '.zip',
      () =>
        zipOf(Array.from({ length: 4 }, (_, i) => ({ name: `${i}`, content: Buffer.alloc(1 << 22, '\n') }))),
    ],
    ['.gz in .gz', () => gzipSync(gzipSync(Buffer.alloc(1 << 24, '\n')))],
  ])('stops a bomb: %s', async (_, bomb) => {
    const limited = await readBytes(bomb(), { limits: { unpackedBytes: 1 << 23 } });
    expect(limited.report.diagnostics).toMatchObject([{ code: 'archive' }]);
    expect(limited.report.files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(
      (1 << 23) + (1 << 20),
    );
  });

  it('stops at archives nested too deep', async () => {
    let bytes: Buffer = Buffer.from('a\n');
    for (let i = 0; i < 8; i++) bytes = gzipSync(bytes);
    const result = await readBytes(bytes);
    expect(result.report.diagnostics).toMatchObject([{ code: 'archive' }]);
  });

  it('.zst', async () => {
    const result = await readBytes(zstd);
    expect(result.events.map(({ raw }) => raw)).toEqual(['a', 'b']);
  });
});
