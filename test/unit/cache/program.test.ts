// What tells one program from another: the package itself, and those that it calls, wherever they are installed.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageTexts } from '../../../src/cache/program.js';

let folder: string;
let root: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detc-program-'));
  root = join(folder, 'node_modules/detc');
  install(root, { name: 'detc', version: '1.0.0', dependencies: { near: '1', '@far/away': '1', none: '1' } });
  install(join(root, 'node_modules/near'), { version: '1.0.0' });
  install(join(folder, 'node_modules/near'), { version: '0.0.9' });
  install(join(folder, 'node_modules/@far/away'), { version: '1.0.0' });
});
afterEach(() => rmSync(folder, { recursive: true }));

function install(path: string, content: object): void {
  const file = join(path, 'package.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}

describe('a program is another one', () => {
  test.each<[string, () => void]>([
    [
      'a package inside its own is of another version',
      () => install(join(root, 'node_modules/near'), { version: '1.0.1' }),
    ],
    ['one beside it is', () => install(join(folder, 'node_modules/@far/away'), { version: '1.0.1' })],
    ['one is there that was not', () => install(join(folder, 'node_modules/none'), { version: '1.0.0' })],
    ['it is of another version itself', () => install(root, { name: 'detc', version: '1.0.1' })],
  ])('when %s', (_, change) => {
    const before = packageTexts(root);
    change();
    expect(packageTexts(root)).not.toEqual(before);
  });
});

test('a package that it is not given leaves it the same', () => {
  const before = packageTexts(root);
  install(join(folder, 'node_modules/near'), { version: '2.0.0' });
  install(join(folder, 'node_modules/other'), { version: '2.0.0' });
  expect(packageTexts(root)).toEqual(before);
});
