// What the author's own app_template/ becomes in the app: bytes as they are, and a word where something is replaced.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { renderApp } from '../../../src/app/app.js';
import { loadRepository } from '../../../src/content/load.js';

const golden = join(import.meta.dirname, '../../golden/app/repository');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'detc-template-'));
  cpSync(golden, root, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

/** The app's files by path and what was told, with files added to the template. */
function build(added: Readonly<Record<string, string | Uint8Array>>) {
  for (const [path, content] of Object.entries(added)) {
    mkdirSync(dirname(join(root, 'app_template', path)), { recursive: true });
    writeFileSync(join(root, 'app_template', path), content);
  }
  const { files, diagnostics } = renderApp(loadRepository(root).content);
  return {
    files: new Map(
      files.map(({ path, content }) => [path.slice(path.indexOf('/') + 1), Buffer.from(content)] as const),
    ),
    told: diagnostics.map(({ severity, code, file }) => `${severity} ${code} ${file}`),
  };
}

describe('app_template', () => {
  test.each<[string, string, Uint8Array]>([
    ['a binary file', 'static/appIcon.png', Buffer.of(0x89, 0x50, 0x4e, 0x47, 0, 0xff, 13, 10)],
    ['text that is no UTF-8', 'README/notes.txt', Buffer.of(0x63, 0x61, 0x66, 0xe9, 10)],
    [
      'a conf file that is no UTF-8',
      'default/own.conf',
      Buffer.of(0x5b, 0x61, 0x5d, 10, 0xe9, 0x3d, 0x31, 10),
    ],
    ['an empty file', 'README/empty.txt', Buffer.of()],
    ['a file in folders of folders', 'appserver/static/a/b/c.css', Buffer.from('a {}\r\n')],
    ['a name that is not ASCII', 'README/été.txt', Buffer.from('x')],
  ])('%s is as it was', (_, path, bytes) => {
    const { files, told } = build({ [path]: bytes });
    expect(files.get(path)?.equals(bytes)).toBe(true);
    expect(told).toEqual([]);
  });

  test('files whose name begins with a dot stay behind', () => {
    const { files } = build({ '.git/config': 'x', 'static/.DS_Store': 'x' });
    expect([...files.keys()].filter((path) => path.includes('/.') || path.startsWith('.'))).toEqual([]);
  });

  test.each(['savedsearches', 'analyticstories', 'macros', 'transforms', 'collections', 'workflow_actions'])(
    '%s.conf of the template is replaced, and that is told',
    (name) => {
      const path = `default/${name}.conf`;
      const { files, told } = build({ [path]: '[mine]\nx = 1\n' });
      expect(files.get(path)?.includes('[mine]')).toBe(false);
      expect(told).toEqual([`warning template-collision app_template/${path}`]);
      expect(build({ [path]: '# nothing yet\n\n' }).told).toEqual([]);
    },
  );

  test('what every template brings is replaced without a word', () => {
    const names = ['app.manifest', 'default/app.conf', 'default/content-version.conf'];
    const { files, told } = build(Object.fromEntries(names.map((name) => [name, '[mine]\nx = 1\n'])));
    for (const name of names) expect(files.get(name)?.includes('[mine]'), name).toBe(false);
    expect(told).toEqual([]);
  });

  test('server.conf is added to', () => {
    const text = build({ 'default/server.conf': '[diag]\nEXCLUDE-x = y' })
      .files.get('default/server.conf')
      ?.toString();
    expect(text).toMatch(/^\[diag\]\nEXCLUDE-x = y\n/);
    expect(text).toContain('[shclustering]');
  });

  test('a table of content replaces one of the template', () => {
    const tables = [...build({}).files.keys()].filter((path) => /^lookups\/tools.*csv$/.test(path));
    expect(tables).toHaveLength(1);
    const { told } = build({ [tables[0]!]: 'a\n1\n' });
    expect(told).toEqual([`warning template-collision app_template/${tables[0]}`]);
  });
});
