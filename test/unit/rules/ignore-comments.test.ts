// Comments `# detc-ignore <code>`: what they except, and what is said of those that except nothing.
import { afterAll, expect, it } from 'vitest';
import { baseFiles, ScratchRepository } from './repository.js';

const scratch = new ScratchRepository();
afterAll(() => scratch.remove());

const file = 'detections/web/long_urls.yml';
const found = (edit: (text: string) => string, settings = ''): string[] =>
  scratch
    .check({ [file]: edit, ...(settings === '' ? {} : { 'detc.yml': settings }) })
    .map(({ severity, code, message, line, column, endColumn }) =>
      code === 'ignore-comment'
        ? `${severity} ${line}:${column}-${endColumn} ${message}`
        : `${severity} ${code}`,
    );
/** Without places and the end of sentences. */
const brief = (edit: (text: string) => string): string[] =>
  found(edit).map((line) => line.replace(/ \d+:\d+-\d+/, '').replace(/ to ignore.*/, ''));
const scored = (above: string) => (text: string) =>
  text.replace('  risk_score: 20', `${above}  risk_score: 99`);

it.each([
  ['nothing', '', ['warning risk-score']],
  ['its code', '  # detc-ignore risk-score\n', []],
  ['a colon', '  # detc-ignore: risk-score\n', []],
  ['several codes', '  # detc-ignore schema, risk-score\n', ['warning there is no "schema"']],
  ['a reason', '  # detc-ignore risk-score -- agreed with the SOC\n', []],
  ['other comments and blank lines between', '  # detc-ignore risk-score\n\n  # a note\n', []],
  ['another code', '  # detc-ignore unique-id\n', ['warning there is no "unique-id"', 'warning risk-score']],
  [
    'an unknown code',
    '  # detc-ignore risk-scor\n',
    ['warning unknown rule "risk-scor"', 'warning risk-score'],
  ],
  ['a rule that is off', '  # detc-ignore non-ascii\n', ['warning risk-score']],
] as const)('%s above a value', (_, above, expected) => {
  expect(brief(scored(above))).toEqual(expected);
});

it('says where the code stands', () => {
  const text = scored('  # detc-ignore unique-ids\n');
  const lines = text(String(baseFiles.get(file))).split('\n');
  const line = lines.findIndex((other) => other.includes('unique-ids')) + 1;
  expect(found(text)[0]).toBe(`warning ${line}:17-27 unknown rule "unique-ids"`);
});

const query =
  '| tstats count from datamodel=Web by Web.url Web.dest\n  | `drop_dm_object_name(Web)` | `long_urls_filter`';
const ignore = '# detc-ignore unknown-command\n';

it.each([
  ['the key of a block', `${ignore}search: |\n  ${query}\n  | nonesuch\n`, []],
  ['a text over several lines', `${ignore}search: ${query.slice(2)}\n  | nonesuch\n`, []],
  [
    'the key after the block',
    `search: |\n  ${query}\n  | nonesuch\n${ignore}`,
    ['error unknown-command', 'warning there is no "unknown-command"'],
  ],
] as const)('above %s', (_, search, expected) => {
  const edit = (text: string) => text.replace(/^search: .*\n .*\n/m, () => search);
  expect(brief(edit).filter((line) => line.includes('unknown-command'))).toEqual(expected);
});

it('ends with the block, and what looks like a comment in a block is text', () => {
  const edit = (text: string) =>
    text.replace(
      /^description: .*(?:\n .*)*\n/m,
      'description: |\n  Finds long addresses in requests.\n  # detc-ignore nonesuch\ntypo: x\n',
    );
  expect(found(edit)).toEqual(['warning schema']);
});

it('above an item of a list', () => {
  const edit = (text: string) =>
    text.replace('  - T1190', '  # detc-ignore schema\n  - nowhere\n  - neither');
  expect(scratch.check({ [file]: edit }).map(({ code, message }) => [code, message])).toEqual([
    ['schema', expect.stringContaining('"neither"')],
  ]);
});

it('is itself held to the settings', () => {
  expect(found(scored('  # detc-ignore unique-id\n'), 'rules:\n  ignore-comment: off\n')).toEqual([
    'warning risk-score',
  ]);
});

it('in a file with errors only its codes are checked', () => {
  const edit = (text: string) =>
    scored('  # detc-ignore unique-id\n')(text).replace('type: Hunting', 'type: Hunt');
  expect(found(edit)).not.toContainEqual(expect.stringContaining('there is no'));
});
