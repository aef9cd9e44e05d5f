// Names that no field has a word of are told in a repository of many searches, and by those who know what was meant.
import { afterAll, describe, expect, it } from 'vitest';
import { edit } from '../../../src/rules/example.js';
import { NameWords, respelled } from '../../../src/rules/name-words.js';
import { wordsOf } from '../../../src/rules/word-index.js';
import { type Change, ScratchRepository } from './repository.js';

const scratch = new ScratchRepository();
afterAll(() => scratch.remove());

const file = 'detections/endpoint/rundll32_without_arguments.yml';

/** So many searches that what they lack means something. */
const many = Object.fromEntries(
  Array.from({ length: 100 }, (_, index) => [
    `baselines/baseline_${index}.yml`,
    `name: Baseline ${index}\nid: 1b0c1e0a-0a77-4d53-9d0e-${String(index).padStart(12, '0')}\ndate: '2024-01-01'\n` +
      "version: 1\nauthor: A\ndescription: d\nsearch: '`sysmon` EventID=1 | stats count by dest user process_path'\n",
  ]),
);

const told = (change: Change, others: Readonly<Record<string, Change>> = many): string[] =>
  scratch
    .check({ ...others, [file]: change })
    .filter(({ code }) => code === 'unknown-field' || code === 'unread-field')
    .map(
      (d) => `${d.line}:${d.column} ${d.severity} ${d.message}${d.help === undefined ? '' : ` (${d.help})`}`,
    );

describe('a name', () => {
  it.each<[title: string, change: (text: string) => string, found: string[]]>([
    [
      'that is another altogether',
      edit('by dest user', 'by dest user zq4711'),
      ['13:54 warning nothing else names the field "zq4711", nor any field a word of it'],
    ],
    [
      'with more behind it',
      edit('by dest user', 'by dest user user_renamd'),
      [
        '13:54 warning nothing else names the field "user_renamd", nor any field a word of it (did you mean "user"?)',
      ],
    ],
    [
      'that lacks one of two letters',
      edit('by dest user', 'by dest user user_d'),
      [
        '13:54 warning nothing else names the field "user_d", nor any field a word of it (did you mean "user_id"?)',
      ],
    ],
    [
      'that takes the place of one which is read of the results',
      edit('by dest user', 'by zq4711 user'),
      ['13:44 error nothing reads the field "zq4711" ("dest" is read behind it, and nothing sets that)'],
    ],
    ['made of words that other fields have', edit('by dest user', 'by dest user process_user'), []],
    ['made of words that all logs have', edit('by dest user', 'by dest user containerImages'), []],
    ['beside another of the same product', edit('by dest user', 'by dest user zq4711 zq4712'), []],
    ['that a model decides', edit('by dest user', 'by dest user | apply m | where zq4711>1'), []],
    [
      'computed, of which the right half is read',
      edit('| `rundll32', '| eval zq4711=1 | where process_score=1 | `rundll32'),
      [
        '14:10 error nothing reads the field "zq4711" ("process_score" is read behind it, and nothing sets that)',
      ],
    ],
    [
      'computed from its like',
      edit('| `rundll32', '| eval processScore=1 | eval processScoe=processScore+1 | `rundll32'),
      ['14:32 error nothing reads the field "processScoe" (did you mean "processScore"?)'],
    ],
  ])('%s', (_, change, found) => expect(told(change)).toEqual(found));

  it('means nothing where few searches are known', () =>
    expect(told(edit('by dest user', 'by dest user zq4711'), {})).toEqual([]));
});

describe('words', () => {
  const words = new NameWords(['process_path', 'userName', 'DeviceIP']);
  it.each([
    ['process', true],
    ['processes', false],
    ['paths', true],
    ['userprocess', true],
    ['processx', false],
    ['IPDevice', true],
    ['user_d', false],
    ['od', true],
    ['zq123', false],
    ['x'.repeat(10_000), true],
    ['procespath'.repeat(3), false],
    ['__proto__', false],
  ])('%s', (name, expected) => expect(words.makeUp(name)).toBe(expected));
});

it('stands between strings without a blank and ones with a blank', () => {
  const words = wordsOf('kind="x" owner="a b" AND status="y" "c d" | eval z="\\"q r\\"" + last');
  expect([...words].filter((word) => /^(?:owner|status|last|z|a|c|q)$/.test(word))).toEqual([
    'owner',
    'status',
    'z',
    'last',
  ]);
});

describe('a word of a name that', () => {
  it.each<[title: string, name: string, meant: string | undefined]>([
    ['lacks a letter', 'Workstaton_Name', 'Workstation_Name'],
    ['lacks its first letter', 'objectRef.amespace', 'objectRef.namespace'],
    ['has two letters exchanged', 'SORUCE_HOST', 'SOURCE_HOST'],
    ['only ends otherwise', 'create_time', undefined],
    ['is short', 'src_hst', undefined],
    ['stands beside another one that is unknown', 'quux_soruce', undefined],
  ])('%s', (_, name, meant) => {
    expect(respelled(name)).toBe(meant);
  });
});
