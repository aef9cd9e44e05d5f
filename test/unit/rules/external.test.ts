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

it('may set and read any field', () => {
  const named = (text: string): string =>
    text.replace(
      /search: '[^']*'/,
      () =>
        "search: '| tstats `other_settings` values(Processes.process_name) as process_name_list dc(Processes.process_name) as process_name_count values(Processes.process_name) as process_name from datamodel=Endpoint.Processes by Processes.dest Processes.user | where process_name_count > 4 | `drop_dm_object_name(Processes)` | table dest user process_name | `rundll32_without_arguments_filter`'",
    );
  const found = scratch.check({ [file]: named, 'detc.yml': 'external:\n  macros: [other_settings]\n' });
  expect(found.filter(({ code }) => code === 'unread-field')).toEqual([]);
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

it('takes a single name as text', () => {
  const found = scratch.check({
    'detc.yml':
      'extends: escu\nexternal:\n  commands: urlsplit\n  macros: owner_of(1)\noverrides:\n- files: detections/**\n  rules:\n    fixed-score: off\n    drilldown-count: off\n    product-set: off\n    missing-test: off\n',
  });
  expect(found).toEqual([]);
});

it.each([
  ['extends: esc', 'extends must be one of "escu", found "esc"', 10],
  ['extends: [esc]', 'extends[0] must be one of "escu", found "esc"', 11],
  ['extends: {escu: 1}', 'extends must be a list or text, found a mapping', 10],
  ['external: {macros: "a b"}', 'external.macros must look like "get_owner(1)", found "a b"', 20],
])('refuses %s', (text, message, column) => {
  const found = scratch.check({ 'detc.yml': `${text}\n` });
  expect(found.map((d) => [d.message, d.line, d.column])).toEqual([[message, 1, column]]);
});
