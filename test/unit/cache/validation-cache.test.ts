// What `detc validate` keeps from run to run: right when it is used, deleted, stale, corrupt, or cannot be written.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openValidationCache } from '../../../src/cache/validation-cache.js';
import { type ContentCache, loadRepository } from '../../../src/content/load.js';
import { validateRepository } from '../../../src/validate.js';
import { apply, source, steps } from '../rules/random-edits.js';

const today = '2026-11-25';
let folder: string;
let root: string;
let home: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detc-validation-'));
  root = join(folder, 'repository');
  home = join(folder, 'home');
  cpSync(source, root, { recursive: true });
  // As many files as are worth keeping anything of.
  for (let number = 0; number < 100; number++)
    writeFileSync(
      join(root, `macros/made_${number}.yml`),
      `name: made_${number}\ndescription: One of many.\ndefinition: index=main\n`,
    );
});
afterEach(() => rmSync(folder, { recursive: true }));

function cached() {
  const { content, results, save } = openValidationCache(root, home);
  const { diagnostics } = validateRepository(root, { cache: content, results, today });
  const shown = JSON.stringify(diagnostics);
  save();
  return shown;
}
const fresh = () => JSON.stringify(validateRepository(root, { today }).diagnostics);
const keptFiles = () =>
  readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const change = (file: string, edit: (text: string) => string) => {
  const path = join(root, file);
  writeFileSync(path, edit(readFileSync(path, 'utf8')));
};
/** Files that a run with the cache reads anew. */
function readAnew(): string[] {
  const { content } = openValidationCache(root, home);
  const anew: string[] = [];
  const keep = content.store!.keep;
  Object.assign(content.store!, {
    keep: (...[file, bytes, result]: Parameters<typeof keep>) => {
      anew.push(file);
      keep(file, bytes, result);
    },
  });
  loadRepository(root, content as ContentCache);
  return anew;
}

it('reads and checks nothing twice', () => {
  change('detections/web/long_urls.yml', (text) => text.replace('type: Hunting', 'type: Hunt'));
  expect(cached()).toBe(fresh());
  expect(readAnew()).toEqual([]);
  change('detections/web/long_urls.yml', (text) => text.replace('type: Hunt', 'type: Hunting'));
  expect(readAnew()).toEqual(['detections/web/long_urls.yml']);
  expect(cached()).toBe(fresh());
});

it('writes nothing when nothing has changed', () => {
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }))
    utimesSync(join(root, file), 1000, 1000);
  cached();
  cached();
  const before = keptFiles().map((file) => statSync(file).mtimeMs);
  cached();
  expect(keptFiles().map((file) => statSync(file).mtimeMs)).toEqual(before);
});

it('judges names anew where a word of theirs is no longer a macro', () => {
  for (let number = 0; number < 100; number++)
    writeFileSync(
      join(root, `baselines/many_${number}.yml`),
      `name: Many ${number}\nid: 1b0c1e0a-0a77-4d53-9d0e-${String(number).padStart(12, '0')}\ndate: '2024-01-01'\n` +
        "version: 1\nauthor: A\ndescription: d\nsearch: '`frobnic` EventID=1 | stats count by dest'\n",
    );
  const macro = (name: string) => `name: ${name}\ndescription: d\ndefinition: index=main\n`;
  writeFileSync(join(root, 'macros/frobnic.yml'), macro('frobnic'));
  change('detections/endpoint/rundll32_without_arguments.yml', (text) =>
    text.replace('by dest user', 'by dest user frobnic_user'),
  );
  expect(cached()).toContain('names the field \\"frobnic_user\\"');
  writeFileSync(join(root, 'macros/frobnic.yml'), macro('other'));
  const found = cached();
  expect(found).not.toContain('names the field \\"frobnic_user\\"');
  expect(found).toBe(fresh());
});

it('says what a fresh look says after any edits', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      for (const step of sequence.slice(0, 8)) {
        apply(root, step);
        expect(cached()).toBe(fresh());
      }
      rmSync(root, { recursive: true });
      cpSync(source, root, { recursive: true });
    }),
    { numRuns: 6 },
  );
}, 120_000);

describe('what lies there is broken', () => {
  const damages: readonly (readonly [string, (path: string) => void])[] = [
    ['gone', (path) => rmSync(path)],
    ['empty', (path) => truncateSync(path, 0)],
    ['cut short', (path) => truncateSync(path, Math.floor(statSync(path).size / 2))],
    [
      'one bit',
      (path) => {
        const bytes = readFileSync(path);
        bytes[Math.floor(bytes.length / 2)]! ^= 1;
        writeFileSync(path, bytes);
      },
    ],
    ['something else', (path) => writeFileSync(path, '{"a": 1}\n')],
  ];
  it.each(damages)('%s', (_, damage) => {
    cached();
    for (let index = 0; index < keptFiles().length; index++) {
      const path = keptFiles()[index];
      if (path === undefined) continue;
      damage(path);
      change('macros/made_1.yml', (text) => `${text}unknown_key: 1\n`);
      expect(cached()).toBe(fresh());
      change('macros/made_1.yml', (text) => text.replace('unknown_key: 1\n', ''));
      expect(cached()).toBe(fresh());
    }
  });
});

it('does without when the folder cannot be made', () => {
  writeFileSync(home, 'a file');
  expect(cached()).toBe(fresh());
  expect(readFileSync(home, 'utf8')).toBe('a file');
});

it('does without when the folder cannot be written', () => {
  cached();
  for (const path of [...keptFiles().map((file) => join(file, '..')), home]) chmodSync(path, 0o500);
  change('macros/made_1.yml', (text) => `${text}unknown_key: 1\n`);
  expect(cached()).toBe(fresh());
  for (const path of [home, ...keptFiles().map((file) => join(file, '..'))]) chmodSync(path, 0o700);
});

it('keeps nothing of small repositories', () => {
  for (let number = 0; number < 100; number++) rmSync(join(root, `macros/made_${number}.yml`));
  cached();
  expect(existsSync(home)).toBe(false);
});

it('forgets repositories that nobody has validated for months', () => {
  const old = join(home, 'content', 'a'.repeat(24), 'cache');
  const other = join(home, 'content', 'other', 'cache');
  for (const path of [old, other]) {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'changes'), '');
    utimesSync(join(path, 'changes'), 1000, 1000);
  }
  cached();
  expect(existsSync(old)).toBe(false);
  expect(readdirSync(other)).toEqual(['changes']);
});
