// Publishing: atomic, recoverable, and it never touches what it did not write.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exchange } from '../../src/exchange.js';
import { publish, recover } from '../../src/publish.js';

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detc-publish-'));
  out = join(folder, 'dist');
});
afterEach(() => rmSync(folder, { recursive: true }));

const tree = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), text);
};
const files = (...paths: string[]) => paths.map((path) => ({ path, content: path }));
const build = (formats: Record<string, string[]>) =>
  publish(out, new Map(Object.entries(formats).map(([format, paths]) => [format, files(...paths)])));

describe('publish', () => {
  test('writes, replaces and removes its own files only', () => {
    build({ app: ['app/a', 'app/deep/b'], docs: ['docs/x'] });
    put('js/cli.js', 'foreign');
    put('app/deep/note', 'foreign');
    build({ app: ['app/a', 'app/c'] });
    expect(tree(out)).toEqual([
      '.detc/manifest.json',
      'app/a',
      'app/c',
      'app/deep/note',
      'docs/x',
      'js/cli.js',
    ]);
    expect(readdirSync(folder)).toEqual(['dist']);
    build({ app: ['app/a'], docs: [] });
    expect(tree(out)).toEqual(['.detc/manifest.json', 'app/a', 'app/deep/note', 'js/cli.js']);
  });

  test('what another program left at a path of ours is replaced, what lies beside it stays', () => {
    put('app/a', 'foreign');
    put('app/b', 'foreign');
    build({ app: ['app/a'] });
    expect(readFileSync(join(out, 'app/a'), 'utf8')).toBe('app/a');
    expect(readFileSync(join(out, 'app/b'), 'utf8')).toBe('foreign');
  });

  test('follows a link at the output folder itself and leaves it a link', () => {
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), out);
    build({ app: ['app/a'] });
    expect(tree(join(folder, 'elsewhere'))).toEqual(['.detc/manifest.json', 'app/a']);
  });

  test.each(['../a', '/a', 'a/../../b', 'C:/a', 'a\\b', 'a//b', ''])('refuses the path %j', (path) => {
    expect(() => build({ app: [path] })).toThrow(/leaves the output folder/);
    expect(existsSync(out)).toBe(false);
  });

  test('refuses two files of one path', () => {
    expect(() => build({ app: ['x'], docs: ['x'] })).toThrow('two outputs are called "x"');
  });

  test('a broken manifest owns nothing', () => {
    build({ app: ['app/a'] });
    writeFileSync(join(out, '.detc/manifest.json'), '{"formats":{"app":["app/a", 7, "../x"');
    build({ app: ['app/b'] });
    expect(tree(out)).toEqual(['.detc/manifest.json', 'app/a', 'app/b']);
  });
});

describe('recover', () => {
  const dead = 2 ** 22 + 1;

  test('removes an output that was being written', () => {
    build({ app: ['app/a'] });
    const staging = join(folder, `.dist.detc-${dead}-00000000`);
    execFileSync('cp', ['-r', out, staging]);
    writeFileSync(join(staging, '.detc/unfinished'), '');
    writeFileSync(join(staging, 'app/a'), 'half');
    recover(out);
    expect(readdirSync(folder)).toEqual(['dist']);
    expect(readFileSync(join(out, 'app/a'), 'utf8')).toBe('app/a');
  });

  test('settles an old output after the exchange', () => {
    build({ app: ['app/a', 'app/gone'], docs: ['docs/x'] });
    put('js/cli.js', 'foreign');
    const old = join(folder, `.dist.detc-${dead}-00000000`);
    renameSync(out, old);
    mkdirSync(join(out, '.detc'), { recursive: true });
    put('app/a', 'new');
    put('.detc/unfinished', '');
    put('.detc/manifest.json', JSON.stringify({ version: 1, formats: { app: ['app/a'], docs: ['docs/x'] } }));
    recover(out);
    expect(tree(out)).toEqual(['.detc/manifest.json', 'app/a', 'docs/x', 'js/cli.js']);
    expect(readFileSync(join(out, 'app/a'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['dist']);
  });

  test('puts the old output back when there is none', () => {
    build({ app: ['app/a'] });
    renameSync(out, join(folder, `.dist.detc-${dead}-00000000~`));
    recover(out);
    expect(tree(out)).toEqual(['.detc/manifest.json', 'app/a']);
  });

  test('leaves a build that runs alone', () => {
    const staging = join(folder, `.dist.detc-${process.pid}-00000000`);
    mkdirSync(join(staging, '.detc'), { recursive: true });
    recover(out);
    expect(existsSync(staging)).toBe(true);
  });
});

test('two folders change places', () => {
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  mkdirSync(one);
  mkdirSync(two);
  writeFileSync(join(one, '1'), '');
  exchange(one, two);
  expect([readdirSync(one), readdirSync(two)]).toEqual([[], ['1']]);
});
