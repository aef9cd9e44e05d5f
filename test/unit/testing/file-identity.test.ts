// What counts as the same file: its bytes, whatever its size and times say.
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileIdentities } from '../../../src/testing/file-identity.js';

const folder = (): string => mkdtempSync(join(tmpdir(), 'detc-identity-'));

test('a file of the same size and time of change is another when its bytes are', async () => {
  const file = join(folder(), 'a.log');
  writeFileSync(file, 'one');
  const { atime, mtime } = statSync(file);
  const first = new FileIdentities();
  const before = await first.of(file);
  writeFileSync(file, 'two');
  utimesSync(file, atime, mtime);
  expect(await first.of(file)).toBe(before);
  expect(await first.next().of(file)).not.toBe(before);
  expect(await FileIdentities.fromJson(JSON.parse(JSON.stringify(first.toJson()))).of(file)).not.toBe(before);
  writeFileSync(file, 'one');
  expect(await first.next().of(file)).toBe(before);
});

test('a folder is its files and their names', async () => {
  const root = folder();
  mkdirSync(join(root, 'in'));
  writeFileSync(join(root, 'in/a'), 'x');
  writeFileSync(join(root, 'b'), 'y');
  const before = await new FileIdentities().of(root);
  expect(await new FileIdentities().of(root)).toBe(before);
  renameSync(join(root, 'b'), join(root, 'c'));
  expect(await new FileIdentities().of(root)).not.toBe(before);
});

test.each([null, 3, { a: 1 }, { a: [[1], 2] }])('%j tells nothing', async (json) => {
  const file = join(folder(), 'a');
  writeFileSync(file, 'x');
  expect(await FileIdentities.fromJson(json).of(file)).toBe(await new FileIdentities().of(file));
});

test('a run that asks for one file keeps what is known of the others, but of none that is gone', async () => {
  const root = folder();
  const [here, other, gone] = ['here', 'other', 'gone'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  const first = new FileIdentities();
  for (const file of [here, other, gone]) {
    writeFileSync(file, file);
    await first.of(file);
  }
  rmSync(gone);
  const second = FileIdentities.fromJson(JSON.parse(JSON.stringify(first.toJson())));
  await second.of(here);
  expect(Object.keys(second.toJson()).sort()).toEqual([here, other]);
});
