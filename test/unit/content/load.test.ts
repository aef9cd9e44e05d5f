// Loading repositories: folders, links, sizes, encodings, the cache.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { findRepository } from '../../../src/content/config.js';
import { ContentCache, loadRepository } from '../../../src/content/load.js';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

function repository(files: Record<string, string | Uint8Array>): string {
  const root = mkdtempSync(join(tmpdir(), 'detc-load-'));
  roots.push(root);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), content);
  }
  return root;
}

const macro = 'name: m\ndefinition: index=a\ndescription: d\n';
const show = (root: string) =>
  loadRepository(root).diagnostics.map(
    (d) => `${d.file}:${d.line}:${d.column}: ${d.severity}[${d.code}]: ${d.message}`,
  );

describe('loadRepository', () => {
  it('reads .yml and .yaml of every kind, ignores the rest', () => {
    const root = repository({
      'macros/m.yml': macro,
      'macros/n.yaml': macro.replace('name: m', 'name: n'),
      'macros/notes.md': '# x',
      'other/x.yml': ': broken',
      'detections/.gitkeep': '',
    });
    const { content, diagnostics, otherFiles } = loadRepository(root);
    expect(diagnostics).toEqual([]);
    expect(content.macros.map((object) => object.name)).toEqual(['m', 'n']);
    expect(otherFiles).toEqual(['detections/.gitkeep', 'macros/notes.md']);
  });

  it('lists objects by the parts of their paths', () => {
    const root = repository({ 'macros/a-b/x.yml': macro, 'macros/a/y.yml': macro });
    expect(loadRepository(root).content.macros.map((object) => object.file)).toEqual([
      'macros/a/y.yml',
      'macros/a-b/x.yml',
    ]);
  });

  it('says what is wrong with the bytes of a file, and reads the others', () => {
    const root = repository({
      'macros/a.yml': Uint8Array.from([...Buffer.from('name: m\ndescription: caf'), 0xe9, 0x0a]),
      'macros/b.yml': Buffer.from(`\ufeff${macro}`, 'utf16le'),
      'macros/c.yml': `\ufeff${macro}`,
      'macros/d.yml': 'name: m\ndefinition: a\0b\ndescription: d\n',
      'macros/e.yml': '',
      'macros/f.yml': '- a\n- b\n',
      'macros/g.yml': Buffer.alloc(6 * 1024 * 1024, 'a: b\n'),
      'macros/h.yml': `${macro}---\n${macro}`,
      'macros/i.yml': macro,
      'macros/j.yml': 'name: m\n\tdefinition: x\n',
    });
    expect(show(root)).toEqual([
      'macros/a.yml:2:17: error[yaml]: byte 0xe9 is not UTF-8',
      'macros/b.yml:1:1: error[yaml]: file is encoded as UTF-16, expected UTF-8',
      'macros/c.yml:1:1: warning[yaml]: file begins with a byte order mark',
      'macros/d.yml:2:14: error[yaml]: NUL character in the file',
      'macros/e.yml:1:1: error[schema]: file is empty',
      'macros/f.yml:1:1: error[schema]: file must hold a mapping, found a list',
      'macros/g.yml:1:1: error[file]: file has 6 MB, a content file may have at most 5 MB',
      'macros/h.yml:4:1: error[yaml]: file holds more than one YAML document',
      'macros/j.yml:2:1: error[yaml]: tab in the indentation',
    ]);
    expect(loadRepository(root).content.macros.map((object) => object.stem)).toContain('i');
  });

  it('refuses an alias bomb and takes honest anchors', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level++) {
      bomb.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
    }
    const root = repository({
      'macros/bomb.yml': `${bomb.join('\n')}\n`,
      'macros/self.yml': 'name: &a [*a]\n',
      'macros/none.yml': 'name: *a\n',
      'macros/fine.yml': 'name: m\ndefinition: &d index=a\ndescription: *d\n',
    });
    const found = show(root).filter((line) => line.includes('[yaml]'));
    expect(found).toEqual([
      'macros/bomb.yml:4:45: error[yaml]: alias "*a2" brings the file to more than 10000 repeated values',
      'macros/none.yml:1:7: error[yaml]: unknown anchor "a"',
      'macros/self.yml:1:11: error[yaml]: alias "*a" refers to a value it is part of',
    ]);
    expect(loadRepository(root).content.macros.find((object) => object.stem === 'fine')?.description).toBe(
      'index=a',
    );
  });

  it('follows links to files inside, and no others', () => {
    const outside = repository({ 'secret.yml': macro });
    const root = repository({ 'macros/m.yml': macro, 'shared/n.yml': macro });
    symlinkSync(join(root, 'shared/n.yml'), join(root, 'macros/in.yml'));
    symlinkSync(join(outside, 'secret.yml'), join(root, 'macros/out.yml'));
    symlinkSync(join(root, 'gone.yml'), join(root, 'macros/gone.yml'));
    symlinkSync(root, join(root, 'macros/loop'));
    expect(show(root)).toEqual([
      'macros/gone.yml:1:1: error[file]: link leads nowhere: ENOENT',
      'macros/loop:1:1: error[file]: link leads out of the repository',
      'macros/out.yml:1:1: error[file]: link leads out of the repository',
    ]);
    expect(loadRepository(root).content.macros.map((object) => object.file)).toEqual([
      'macros/in.yml',
      'macros/m.yml',
    ]);
  });

  it('keeps objects of unchanged files', () => {
    const root = repository({ 'macros/a.yml': macro, 'macros/b.yml': macro });
    const cache = new ContentCache();
    const before = loadRepository(root, cache).content.macros;
    writeFileSync(join(root, 'macros/b.yml'), macro.replace('index=a', 'index=b'));
    utimesSync(join(root, 'macros/b.yml'), 1, 1);
    const after = loadRepository(root, cache).content.macros;
    expect(after[0]).toBe(before[0]);
    expect(after[1]?.definition).toBe('index=b');
  });

  it('reads a file again that was changed behind the back of its time', async () => {
    const root = repository({ 'macros/a.yml': macro });
    const file = join(root, 'macros/a.yml');
    utimesSync(file, 1, 1);
    // Until a change shows in the state.
    await setTimeout(2100);
    const cache = new ContentCache();
    loadRepository(root, cache);
    writeFileSync(file, macro.replace('index=a', 'index=b'));
    utimesSync(file, 1, 1);
    expect(loadRepository(root, cache).content.macros[0]?.definition).toBe('index=b');
  });

  it('joins tests and assertions that stand in tests/', () => {
    const detection = (extra: string) => `name: d\ntype: TTP\nsearch: index=a\n${extra}`;
    const root = repository({
      'detections/endpoint/d.yml': detection('tests:\n- name: t\n  attack_data: []\n'),
      'tests/d.yml': 't:\n  rows: 3\n',
      'detections/endpoint/e.yml': detection(''),
      'tests/endpoint/e.test.yml':
        'name: e\ntests:\n- name: old\n  file: endpoint/e.yml\n  pass_condition: "| stats count"\n  attack_data: []\n',
    });
    const [d, e] = loadRepository(root).content.detections;
    expect(d?.tests).toMatchObject([{ name: 't', expectation: { rows: 3 } }]);
    expect(e?.tests).toMatchObject([{ name: 'old', passCondition: '| stats count' }]);
  });

  it('reads the app from contentctl.yml and lets detc.yml change it', () => {
    const root = repository({
      'contentctl.yml': 'app:\n  title: T\n  appid: a\n  version: 1.2.3\n  label: L\n',
      'detc.yml':
        'app:\n  title: U\n  appid: a\n  version: 1.2.3\nrules:\n  unique-id: warn\ndata_roots:\n  https://x/: data\n',
    });
    const { content, diagnostics } = loadRepository(root);
    expect(diagnostics).toEqual([]);
    expect(content).toMatchObject({ configFile: 'detc.yml', app: { title: 'U', label: 'L', appid: 'a' } });
    expect(content.settings).toMatchObject({
      rules: { 'unique-id': 'warn' },
      dataRoots: { 'https://x/': 'data' },
    });
    mkdirSync(join(root, 'macros/deep'), { recursive: true });
    expect(findRepository(join(root, 'macros/deep'))).toBe(root);
  });

  const build = [
    'author: A',
    'author_email: a@example.com',
    'content_prefix: PRE',
    'label: Title',
    'app_version: 6.5.0',
    'description: D',
    'id: da-x',
    'external_app_content:',
    '- app_name: Other',
    '  macros: [get_asset]',
    '  lookups: [asset_lookup]',
    '- app_name: Third',
    '',
  ].join('\n');

  it('reads the app and what other apps provide from build.yml, and finds the repository by it', () => {
    const root = repository({ 'build.yml': build, 'macros/deep/m.yml': macro });
    const { content, diagnostics } = loadRepository(root);
    expect(diagnostics).toEqual([]);
    expect(content).toMatchObject({
      configFile: 'build.yml',
      app: {
        title: 'Title',
        label: 'PRE',
        prefix: 'PRE',
        appid: 'da-x',
        version: '6.5.0',
        description: 'D',
        authorName: 'A',
        authorCompany: 'A',
        authorEmail: 'a@example.com',
      },
      settings: { external: { macros: ['get_asset'], lookups: ['asset_lookup'] } },
    });
    expect(findRepository(join(root, 'macros/deep'))).toBe(root);
  });

  it('lets build.yml count before contentctl.yml and behind detc.yml', () => {
    const root = repository({
      'build.yml': build,
      'contentctl.yml':
        'app:\n  title: T\n  appid: a\n  version: 1.2.3\n  label: L\n  uid: 1234\n  author_company: C\n',
      'detc.yml': 'app:\n  title: U\n  appid: b\n  version: 7.0.0\n',
    });
    expect(loadRepository(root).content.app).toMatchObject({
      title: 'U',
      appid: 'b',
      version: '7.0.0',
      label: 'PRE',
      uid: 1234,
      authorCompany: 'C',
    });
  });

  it.each([
    ['docs: {titel: x}', '1:8: error[schema]: unknown key "docs.titel"'],
    ['docs: {attack: 12}', '1:16: error[schema]: docs.attack must be one of "11", "15", found number 12'],
    ['docs: {repository: here}', '1:20: error[schema]: docs.repository must look like'],
    ['docs: {title: x, branch: main, attack: 15}', undefined],
  ])('holds settings of pages against a schema: %s', (text, expected) => {
    const found = show(repository({ 'detc.yml': `${text}\n` }));
    if (expected === undefined) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(`detc.yml:${expected}`)]);
  });

  it('leaves a build.yml of another tool alone, whatever is in it', () => {
    for (const text of ['name: ci\njobs: {}\n', 'a: b: c\n', '']) {
      const root = repository({
        'contentctl.yml': 'app: {title: T, appid: a, version: 1.0.0}\n',
        'build.yml': text,
      });
      expect(loadRepository(root)).toMatchObject({
        diagnostics: [],
        content: { configFile: 'contentctl.yml' },
      });
      const other = repository({ 'build.yml': text, 'deep/x': '' });
      expect(findRepository(join(other, 'deep'))).toBeUndefined();
    }
  });

  it('tells a build.yml whose encoding is another', () => {
    const root = repository({ 'build.yml': Buffer.from(`\ufeff${build}`, 'utf16le') });
    expect(show(root)).toEqual(['build.yml:1:1: error[yaml]: file is encoded as UTF-16, expected UTF-8']);
  });
});
