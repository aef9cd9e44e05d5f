// What detc.yml declares of other apps is known; what it does not declare is not.
import { afterAll, expect, it } from 'vitest';
import { ScratchRepository } from './repository.js';

const scratch = new ScratchRepository();
afterAll(() => scratch.remove());

const file = 'detections/endpoint/rundll32_without_arguments.yml';
const search = (text: string): string =>
  text.replace(
    '| stats count min(_time)',
    '| urlsplit field=url | eval e=entropy(url, 2) | `owner_of(user)` | `site_window` | lookup cmdb_assets dest | stats count min(_time)',
  );
const external = `external:
  commands: [urlsplit]
  functions: [entropy]
  macros: [owner_of(1), site_window]
  lookups: [cmdb_assets]
`;

it('is unknown without the setting', () => {
  const found = scratch.check({ [file]: search });
  expect(found.map(({ code }) => code).sort()).toEqual([
    'unknown-command',
    'unknown-function',
    'unknown-lookup',
    'unknown-macro',
    'unknown-macro',
  ]);
});

it('is known with it', () => {
  expect(scratch.check({ [file]: search, 'detc.yml': external })).toEqual([]);
});

it('is held to the number of arguments that is declared', () => {
  const found = scratch.check({
    [file]: search,
    'detc.yml': external.replace('owner_of(1)', 'owner_of(2)'),
  });
  expect(found.map(({ message }) => message)).toEqual(['macro "owner_of" takes 2 arguments, found 1']);
});

it('is near where a name is misspelled', () => {
  const found = scratch.check({
    [file]: (text) => search(text).replace('urlsplit field', 'urlsplt field'),
    'detc.yml': external,
  });
  expect(found[0]).toMatchObject({
    message: 'unknown command "urlsplt"',
    help: 'did you mean "urlsplit"?',
  });
});

it('must look like a name', () => {
  const found = scratch.check({ 'detc.yml': 'external:\n  commands: ["a b"]\n  macro: [x]\n' });
  expect(found.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
    '2:14 external.commands[0] must look like "urlparse", found "a b"',
    '3:3 unknown key "external.macro"',
  ]);
});
