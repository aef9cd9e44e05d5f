// The cache of builds: right when it is used, deleted, stale, corrupt, or written by another program.
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { build } from '../../src/build.js';
import { isUnchanged, stateOf } from '../../src/content/file-state.js';
import { kindOf } from '../../src/content/kinds.js';
import { readContentFile } from '../../src/content/read-file.js';
import { restoreFile, storeFile } from '../../src/content/stored-file.js';
import { WordIndex } from '../../src/rules/word-index.js';

vi.setConfig({ testTimeout: 120_000 });
const golden = join(import.meta.dirname, '../golden/app/repository');
let folder: string;
let root: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detc-cache-'));
  root = join(folder, 'repository');
  out = join(folder, 'dist');
  cpSync(golden, root, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** All files below a folder but those of the cache. */
function filesOf(into: string): Record<string, string> {
  const files = readdirSync(into, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.detc'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(into.length), readFileSync(path).toString('base64')];
    });
  return Object.fromEntries(files.sort()) as Record<string, string>;
}
/** What a build says and writes. */
async function outcome(into = out) {
  const only = ['app', 'api', 'evaluators'] as const;
  const { diagnostics, isWritten } = await build({ root, out: into, only, keepGoing: true });
  return { diagnostics, isWritten, files: filesOf(into) };
}
const decoded = (text: string) => Buffer.from(text, 'base64').toString();
const flip = (path: string, at: number) => {
  const bytes = readFileSync(path);
  bytes[at]! ^= 1;
  writeFileSync(path, bytes);
};
/** The same without any cache. */
const fresh = () => outcome(join(folder, `fresh-${Math.random()}`));
const edit = (file: string, from: string, to: string) => {
  const path = join(root, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};
const eachShard = (change: (path: string) => void) => {
  for (const name of readdirSync(join(out, '.detc/cache'))) change(join(out, '.detc/cache', name));
};

describe('a second build', () => {
  test.each<[string, () => void]>([
    ['nothing changed', () => {}],
    [
      'a detection says something else',
      () => edit('detections/endpoint/mailed_hunt.yml', 'First line', 'Another line'),
    ],
    [
      'a detection has a fault',
      () => edit('detections/endpoint/mailed_hunt.yml', 'type: Hunting', 'type: 7'),
    ],
    ['a detection is gone', () => rmSync(join(root, 'detections/endpoint/mailed_hunt.yml'))],
    ['a macro that a detection calls is gone', () => rmSync(join(root, 'macros/sysmon.yml'))],
    ['a macro is another', () => edit('macros/two.yml', '- b', '- c')],
    [
      'a deployment is another',
      () => edit('deployments/escu_default_configuration_ttp.yml', '-70m@m', '-90m@m'),
    ],
    ['the app is another', () => edit('contentctl.yml', 'label: AWK', 'label: OTHER')],
    ['a story is gone', () => rmSync(join(root, 'stories/quotes.yml'))],
    ['a table is another', () => writeFileSync(join(root, 'lookups/tools.csv'), 'tool,kind\na,b,c\n')],
    ['a table is gone', () => rmSync(join(root, 'lookups/tools.csv'))],
    [
      'the shards are cut short',
      () => eachShard((path) => writeFileSync(path, readFileSync(path).subarray(0, 99))),
    ],
    [
      'a byte of every shard is another',
      () =>
        eachShard((path) => {
          const bytes = readFileSync(path);
          bytes[bytes.length - 1]! ^= 1;
          writeFileSync(path, bytes);
        }),
    ],
    [
      'the disk has lost long texts and an object is another',
      () => {
        for (let at = 0; at < readFileSync(join(out, '.detc/cache/texts')).length; at += 40)
          flip(join(out, '.detc/cache/texts'), at);
        edit('detections/endpoint/mailed_hunt.yml', 'First line', 'Another line');
        edit('macros/two.yml', '- b', '- c');
      },
    ],
    [
      'the shards are of another program',
      () => eachShard((path) => writeFileSync(path, readFileSync(path, 'utf8').replace(/^\S+/, 'x'))),
    ],
    ['the cache is gone', () => rmSync(join(out, '.detc/cache'), { recursive: true })],
  ])('is like a first one when %s', async (_, change) => {
    await outcome();
    change();
    const second = await outcome();
    expect(second).toEqual(await fresh());
    expect(await outcome()).toEqual(second);
  });
});

describe('evaluators of a second build', () => {
  const write = (file: string, text: string) => writeFileSync(join(root, file), text);
  const detection = (name: string, search: string) =>
    write(
      `detections/endpoint/${name}.yml`,
      readFileSync(join(root, 'detections/endpoint/mailed_hunt.yml'), 'utf8')
        .replace(/^name: .*/m, `name: ${name}`)
        .replace(/^id: ......../m, `id: ${Buffer.from(name).toString('hex').padEnd(8, '0').slice(0, 8)}`)
        .replace(/^search:.*\n(?: .*\n|\n)*/m, `search: '${search} | \`${name}_filter\`'\n`),
    );
  const macro = (name: string, definition: string) =>
    write(`macros/${name}.yml`, `name: ${name}\ndefinition: '${definition}'\ndescription: a macro\n`);
  const lookup = (name: string, rows: string) => {
    write(`lookups/${name}.csv`, rows);
    write(
      `lookups/${name}.yml`,
      `name: ${name}\ndate: 2024-01-01\nversion: 1\nid: 1b4d8f3e-0000-4000-8000-00000000000${name.length}\nauthor: A\nlookup_type: csv\ndescription: a table\n`,
    );
  };
  beforeEach(() => {
    // What is unknown keeps no detection out.
    edit('detc.yml', 'rules:', 'rules:\n  unknown-macro: off\n  unknown-lookup: off');
    macro('outer', 'a=1 `inner`');
    macro('inner', 'b=2');
    lookup('tools2', 'tool,kind\na,b\n');
    detection('nested', 'index=x `outer` | stats count by a');
    detection('missing', 'index=x `not_there` | stats count by a');
    detection('unknown', 'index=x | lookup tools.csv tool OUTPUT kind | lookup later tool OUTPUT kind');
    detection('saved', '| savedsearch "AWK - nested - Rule"');
    detection('refused', 'index=x | map search="search index=y `inner` a=$a$" | sendalert z');
  });

  test.each<[string, () => void]>([
    ['nothing changed', () => {}],
    ['a macro that a macro calls is another', () => macro('inner', 'b=3')],
    ['a macro that was missing is there', () => macro('not_there', 'c=3')],
    ['a lookup that was missing is there', () => lookup('later', 'tool,kind\na,c\n')],
    ['a table is another', () => write('lookups/tools2.csv', 'tool,kind\na,c\n')],
    ['a search that another one runs is another', () => detection('nested', 'index=z | stats count by q')],
    ['a search that another one runs is gone', () => rmSync(join(root, 'detections/endpoint/nested.yml'))],
    ['an earlier detection reads a table first', () => detection('another', '| inputlookup tools2')],
    ['a module is gone', () => rmSync(join(out, 'evaluators/endpoint/nested.ts'))],
    ['a module is another', () => writeFileSync(join(out, 'evaluators/endpoint/nested.ts'), 'x')],
    ['the app has another label', () => edit('contentctl.yml', 'label: AWK', 'label: OTHER')],
  ])('are those of a first one when %s', async (_, change) => {
    const { files } = await outcome();
    expect(Object.keys(files)).toContain('/evaluators/endpoint/nested.ts');
    change();
    const second = await outcome();
    expect(second).toEqual(await fresh());
    expect(await outcome()).toEqual(second);
  });
});

describe('what lies in the output folder', () => {
  test.each<[string, (path: string) => void]>([
    ['is gone', (path) => rmSync(path)],
    ['has a byte changed', (path) => flip(path, readFileSync(path).length >> 1)],
    ['is cut short', (path) => writeFileSync(path, readFileSync(path).subarray(0, 20))],
    [
      'is damaged by a disk that keeps size and time',
      (path) => {
        const { atime, mtime } = statSync(path);
        flip(path, readFileSync(path).length >> 1);
        utimesSync(path, atime, mtime);
        edit('detections/endpoint/mailed_hunt.yml', 'First line', 'Another line');
      },
    ],
  ])('is written again when it %s', async (_, change) => {
    await outcome();
    for (const name of ['/default/savedsearches.conf', '/api/detections_v2.json']) {
      const found = Object.keys((await outcome()).files).find((path) => path.endsWith(name));
      change(join(out, found!));
      expect((await outcome()).files).toEqual((await fresh()).files);
      cpSync(golden, root, { recursive: true });
    }
  });

  test('is not touched by a build that finds nothing changed', async () => {
    await outcome();
    // What was read within two seconds after a change is read once more.
    await outcome();
    const inode = () => statSync(out).ino;
    const before = inode();
    await outcome();
    expect(inode()).toBe(before);
  });
});

describe('a file that changes behind the back of its state', () => {
  const file = 'detections/endpoint/mailed_hunt.yml';

  test('with the same size and time of change is read again', async () => {
    await outcome();
    const path = join(root, file);
    const { atime, mtime } = statSync(path);
    edit(file, 'First line', 'Frist line');
    utimesSync(path, atime, mtime);
    const second = await outcome();
    expect(Object.values(second.files).some((text) => decoded(text).includes('Frist line'))).toBe(true);
    expect(second).toEqual(await fresh());
  });

  test('is never trusted when it is newer than the clock, or hardly older', () => {
    const state = (changed: number) =>
      stateOf({ size: 1, mtimeMs: changed, ctimeMs: changed, ino: 1 } as Stats, 10_000);
    for (const [changed, isTrusted] of [
      [7_000, true],
      [8_500, false],
      [10_000, false],
      [99_000, false],
    ] as const)
      expect(isUnchanged(state(changed), state(changed))).toBe(isTrusted);
    expect(isUnchanged(state(1), state(2))).toBe(false);
  });
});

test('builds after any edits are like builds without a cache', async () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(ya?ml|csv|json|conf|meta)$/i.test(name),
  );
  const kept = files.map((name) => [name, readFileSync(join(root, name))] as const);
  let seed = 20261125;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const edits: readonly ((path: string, bytes: Buffer) => void)[] = [
    (path) => rmSync(path),
    (path, bytes) => writeFileSync(path, `${bytes.toString()}# more\n`),
    (path, bytes) => writeFileSync(path, bytes.toString().replace(/[a-z]{4,}(?=[^a-z]*$)/, 'wordy')),
    (path, bytes) => writeFileSync(path, bytes.toString().replace(/^(description: *)/m, '$1More. ')),
    (path, bytes) => writeFileSync(path, bytes.toString().replace(/^name: .*/m, 'name: Other Name')),
    (path, bytes) => writeFileSync(path, bytes.toString().replace(/2024|2025/, '2023')),
    (path, bytes) => writeFileSync(path.replace(/(\.\w+)$/, '_2$1'), bytes),
    (path, bytes) => writeFileSync(path, bytes),
  ];
  for (let round = 0; round < 12; round++) {
    for (let count = 1 + random(3); count > 0; count--) {
      const [name, bytes] = kept[random(kept.length)]!;
      edits[random(edits.length)]!(join(root, name), bytes);
    }
    const warm = await outcome();
    expect(warm, `round ${round}`).toEqual(await fresh());
  }
});

test('builds at the same time leave one of their outputs, whole', async () => {
  const texts = ['First line', 'Another line', 'Last line'];
  await outcome();
  const roots = texts.map((text) => {
    const copy = join(folder, text.replace(' ', '-'));
    cpSync(golden, copy, { recursive: true });
    const path = join(copy, 'detections/endpoint/mailed_hunt.yml');
    writeFileSync(path, readFileSync(path, 'utf8').replace('First line', text));
    return copy;
  });
  const only = ['app', 'api', 'evaluators'] as const;
  await Promise.all(roots.map((copy) => build({ root: copy, out, only, keepGoing: true })));
  const left = filesOf(out);
  const each = [];
  for (const copy of roots) {
    const alone = `${copy}-dist`;
    await build({ root: copy, out: alone, only, keepGoing: true });
    each.push(filesOf(alone));
  }
  expect(each).toContainEqual(left);
});

test('a stored file knows its places', () => {
  for (const file of ['detections/endpoint/awkward_path.yml', 'detections/endpoint/mailed_hunt.yml']) {
    const bytes = readFileSync(join(golden, file));
    const read = readContentFile(file, kindOf(file)!, bytes);
    const stored = JSON.parse(JSON.stringify(storeFile(read)!)) as NonNullable<ReturnType<typeof storeFile>>;
    const restored = restoreFile(
      stored,
      file,
      kindOf(file)!,
      () => stored.late,
      () => bytes,
    );
    for (const path of [['name'], ['search'], ['tags', 'assetType'], ['risk', 'message']]) {
      expect(restored.object!.at.value(path)).toEqual(read.object!.at.value(path));
      expect(restored.object!.at.key(path)).toEqual(read.object!.at.key(path));
    }
    expect(restored.object!.at.span(['search'], { start: 3, end: 5 })).toEqual(
      read.object!.at.span(['search'], { start: 3, end: 5 }),
    );
    expect(restored.document?.text).toBe(read.document?.text);
    const inline = (one: typeof read) =>
      one.object?.kind === 'detection' ? one.object.deployment : undefined;
    expect(inline(restored)?.at.value(['name'])).toEqual(inline(read)?.at.value(['name']));
  }
});

test('an edit that changes no object leaves the output as it lies, and tells where things stand now', async () => {
  await outcome();
  edit('detections/endpoint/mailed_hunt.yml', 'data_source: []', 'data_source: [Unheard Source]');
  await outcome();
  const before = statSync(out).ino;
  const path = join(root, 'detections/endpoint/mailed_hunt.yml');
  writeFileSync(path, `# One line more.\n${readFileSync(path, 'utf8')}`);
  const second = await outcome();
  expect(second.diagnostics).not.toEqual([]);
  expect(second).toEqual(await fresh());
  expect(statSync(out).ino).toBe(before);
  expect(await outcome()).toEqual(second);
});

test('words are counted again where a search has changed, and not where a description has', async () => {
  const file = 'detections/endpoint/wordy.yml';
  const from = readFileSync(join(root, 'detections/endpoint/mailed_hunt.yml'), 'utf8');
  const search = (text: string) =>
    writeFileSync(
      join(root, file),
      from
        .replace(/^name: .*/m, 'name: Wordy')
        .replace(/^id: ......../m, 'id: 77777777')
        .replace(/^search:.*\n(?: .*\n|\n)*/m, `search: '${text} | \`wordy_filter\`'\n`),
    );
  search('index=x | eval unread_name=a+1 | stats count by b');
  await outcome();
  const counting = vi.spyOn(WordIndex.prototype, 'of');
  try {
    edit(file, 'First line', 'Another line');
    const second = await outcome();
    expect(counting).not.toHaveBeenCalled();
    expect(second).toEqual(await fresh());
    counting.mockClear();
    search('index=x | eval unread_other=a+1 | stats count by b');
    await outcome();
    expect(counting).toHaveBeenCalled();
  } finally {
    counting.mockRestore();
  }
});
