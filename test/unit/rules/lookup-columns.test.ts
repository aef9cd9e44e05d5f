// Where the columns of a lookup come from, how sure it is that one is missing, and that edits of a table are seen.
import { afterAll, expect, it } from 'vitest';
import { base } from '../../../src/rules/example.js';
import { type Change, ScratchRepository } from './repository.js';

const scratch = new ScratchRepository();
afterAll(() => scratch.remove());

const found = (spl: string, files: Readonly<Record<string, Change>> = {}): string[] =>
  scratch
    .check({ [base.rba]: (text) => text.replace('| stats count', () => `| ${spl} | stats count`), ...files })
    .filter(({ code }) => code === 'unknown-column')
    .map(({ severity, message, help }) => `${severity} ${message}${help === undefined ? '' : `: ${help}`}`);

it.each([
  ['a column of a table', 'lookup known_tools tool AS process_name', []],
  [
    'a letter dropped',
    'lookup known_tools tol AS process_name',
    ['error lookup "known_tools" has no column "tol": did you mean "tool"?'],
  ],
  [
    'another case',
    'lookup known_tools tool AS process_name OUTPUTNEW Vendor',
    ['error lookup "known_tools" has no column "Vendor": did you mean "vendor"?'],
  ],
  [
    'a letter of a field of a collection',
    'lookup seen_countries user OUTPUT Contry',
    ['error lookup "seen_countries" has no column "Contry": did you mean "Country"?'],
  ],
  [
    'another field of a collection',
    'lookup seen_countries user OUTPUT quux',
    ['warning lookup "seen_countries" has no column "quux"'],
  ],
  [
    'a condition',
    'append [| inputlookup known_tools where (tool="a" OR vendr IN ("b", "c"))]',
    ['error lookup "known_tools" has no column "vendr": did you mean "vendor"?'],
  ],
  [
    'a call of lookup()',
    'eval x=lookup("known_tools.csv", json_object("tol", process_name), json_array("vendor"))',
    ['error lookup "known_tools.csv" has no column "tol": did you mean "tool"?'],
  ],
  ['a token', 'lookup known_tools $column$ AS process_name', []],
  ['a lookup of another app', 'lookup asset_lookup_by_str quux AS dest', []],
] as const)('%s', (_, spl, expected) => {
  expect(found(spl)).toEqual(expected);
});

it('asks the table as it is', () => {
  const files = { 'lookups/known_tools.csv': '\ufeff"tool",vendor,"the maker"\na,b,c\n' };
  expect(found('lookup known_tools tool AS process_name OUTPUT "the maker"', files)).toEqual([]);
  expect(found('lookup known_tools tool AS process_name OUTPUT "the maker"')).toHaveLength(1);
});

it('asks nothing of a table whose header has a fault of its own', () => {
  for (const header of ['tool,tool', 'to\0ol,vendor', 'to\ufffdol,vendor'])
    expect(
      found('lookup known_tools tool AS process_name OUTPUT vendor', {
        'lookups/known_tools.csv': `${header}\na,b\n`,
      }),
    ).toEqual([]);
});

it('asks nothing of a lookup whose file is not as it should be', () => {
  const written = (fields: string) => (text: string) => text.replace(/fields_list: .*/, `fields: ${fields}`);
  const file = 'lookups/seen_countries.yml';
  const spl = 'lookup seen_countries user OUTPUT quux';
  expect(found(spl, { [file]: written('[_key, user]') })).not.toEqual([]);
  expect(found(spl, { [file]: written('[_key, user, {a: b}]') })).toEqual([]);
});
