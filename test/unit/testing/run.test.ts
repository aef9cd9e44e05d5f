// Whole runs over small repositories: what passes, what fails and why, and what is left out.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRepository } from '../../../src/content/load.js';
import type { TestResult } from '../../../src/testing/result.js';
import { type RunTestsOptions, runTests } from '../../../src/testing/run-tests.js';
import { events, type SmallRepository, smallRepository, testYaml } from './small-repository.js';

async function run(
  repository: SmallRepository | string,
  options: RunTestsOptions = {},
): Promise<TestResult[]> {
  const root = typeof repository === 'string' ? repository : repository.root;
  const { content } = loadRepository(root);
  return [
    ...(await runTests(content, content.detections, { jobs: 0, cache: false, offline: true, ...options }))
      .tests,
  ];
}
const told = (results: readonly TestResult[]) =>
  results.map(({ test, status, reason }) => [test, status, reason]);

describe('what tests ask for', () => {
  const search = 'sourcetype=_json process=evil.exe | table _time user action';
  const cases: { title: string; tests: string; expected: unknown[] }[] = [
    { title: 'one row by default', tests: testYaml('t'), expected: ['t', 'passed', undefined] },
    {
      title: 'expected_results: 0 must not fire',
      tests: testYaml('t', '  expected_results: 0\n'),
      expected: ['t', 'failed', 'expected 0 rows, found 2'],
    },
    {
      title: 'an exact count',
      tests: testYaml('t', '  expect:\n    rows: 3\n'),
      expected: ['t', 'failed', 'expected 3 rows, found 2'],
    },
    {
      title: 'rows that must be there',
      tests: testYaml('t', '  expect:\n    rows: 2\n    contains:\n    - {user: bob, action: st*}\n'),
      expected: ['t', 'passed', undefined],
    },
    {
      title: 'rows that must not be there',
      tests: testYaml('t', '  expect:\n    excludes:\n    - {action: stop}\n'),
      expected: ['t', 'failed', 'a row is like {"action":"stop"}, which must not be found'],
    },
    {
      title: 'the time range of a test',
      tests: testYaml('t', "  earliest_time: '-30s'\n  latest_time: now\n  expect:\n    rows: 1\n"),
      expected: ['t', 'passed', undefined],
    },
    {
      title: 'data that the repository lacks is an error, even where nothing is expected',
      tests: testYaml('t', '  expected_results: 0\n', 'datasets/none.json'),
      expected: ['t', 'error', '"datasets/none.json" does not exist in the repository'],
    },
    {
      title: 'data that lies elsewhere and is not at hand is skipped, never passed',
      tests: testYaml('t', '  expected_results: 0\n', 'https://example.com/none.json'),
      expected: [
        't',
        'skipped',
        'not in the cache, and --offline keeps it from being downloaded: https://example.com/none.json',
      ],
    },
    {
      title: 'a path that leaves the repository is no data',
      tests: testYaml('t', '', '../../../../etc/passwd'),
      expected: ['t', 'error', '"../../../../etc/passwd" does not exist in the repository'],
    },
  ];
  test.each(cases)('$title', async ({ tests, expected }) => {
    const repository = smallRepository();
    repository.detection('Small One', { search, tests });
    expect(told(await run(repository))).toEqual([expected]);
  });

  test('assertions in tests/<detection>.yml leave the detection valid for other tools', async () => {
    const repository = smallRepository();
    repository.detection('Small One', { search, tests: testYaml('a') + testYaml('b') });
    repository.write('tests/small_one.yml', 'a:\n  rows: {min: 1, max: 1}\nb:\n  fields: [user, nowhere]\n');
    expect(told(await run(repository))).toEqual([
      ['a', 'failed', 'expected 1 row, found 2'],
      ['b', 'failed', 'no row has the field "nowhere"'],
    ]);
  });

  test('a detection that is tested by hand is skipped with its reason', async () => {
    const repository = smallRepository();
    repository.detection('Small One', { search, tags: '  manual_test: needs a domain\n' });
    expect(told(await run(repository))).toEqual([['Fires', 'skipped', 'tested by hand: needs a domain']]);
  });

  test('risk fields have to be there and not null', async () => {
    const repository = smallRepository();
    repository.detection('Small One', {
      type: 'TTP',
      search,
      top: 'rba:\n  message: m\n  risk_objects:\n  - {field: dest, type: system, score: 10}\n  threat_objects: []\n',
    });
    expect(told(await run(repository))).toEqual([
      ['Fires', 'failed', 'no row has a value for "dest", which the risk or finding is written for'],
    ]);
  });
});

test('a search that multiplies what it has is an error of its own', async () => {
  const repository = smallRepository();
  repository.detection('Small Hungry', {
    search: `sourcetype=_json ${'| eval s=user.user.user.s.s.s.s.s.s'.repeat(2)} ${'| eval user=user.user.user.user.user.user.user.user.user.user'.repeat(9)}`,
  });
  const [result] = await run(repository);
  expect([result?.status, result?.reason]).toEqual([
    'error',
    expect.stringMatching(/^a text grows beyond 67,108,864 characters, .*: eval user=user \. user/),
  ]);
});

describe('baselines, correlations, schedules', () => {
  test('a baseline runs first and feeds its lookup, for its own test only', async () => {
    const repository = smallRepository();
    repository.write('lookups/known_users.csv', 'user,known\n');
    repository.write(
      'lookups/known_users.yml',
      'name: known_users\nid: 0e5e25c3-32f4-46f7-ba4a-5d95c3b90f5b\nversion: 1\ndate: 2026-03-01\nauthor: A\nlookup_type: csv\ndescription: d\n',
    );
    repository.write(
      'baselines/users.yml',
      `name: Users
id: 0e5e25c3-32f4-46f7-ba4a-5d95c3b90f5c
version: 1
date: '2026-03-01'
author: A
status: production
type: Baseline
description: d
search: sourcetype=_json user=ann | eval known="yes" | table user known | outputlookup known_users
how_to_implement: h
known_false_positives: k
references: []
tags:
  analytic_story: [Small]
  detections: [New User]
  product: [Splunk Enterprise]
  security_domain: endpoint
`,
    );
    const find =
      'sourcetype=_json | lookup known_users user OUTPUT known | where isnull(known) | stats count by user';
    repository.detection('New User', {
      search: find,
      tests: testYaml('t', '  expect:\n    contains: [{user: bob, count: 2}]\n    rows: 1\n'),
    });
    repository.detection('Other User', { search: find, tests: testYaml('t', '  expect:\n    rows: 2\n') });
    expect(told(await run(repository))).toEqual([
      ['t', 'passed', undefined],
      ['t', 'passed', undefined],
    ]);
    expect(readFileSync(join(repository.root, 'lookups/known_users.csv'), 'utf8')).toBe('user,known\n');
  });

  test('a correlation over raw logs reads the risk that the detections of its story make of them', async () => {
    const repository = smallRepository();
    const rba = (score: number) =>
      `rba:\n  message: 'seen $process$'\n  risk_objects:\n  - {field: user, type: user, score: ${score}}\n  threat_objects: []\n`;
    repository.detection('Evil Start', {
      type: 'Anomaly',
      search: 'sourcetype=_json process=evil.exe action=start | table _time user process',
      top: rba(30),
    });
    repository.detection('Evil Stop', {
      type: 'Anomaly',
      search: 'sourcetype=_json process=evil.exe action=stop | table _time user process',
      top: rba(40),
    });
    repository.detection('Small Correlation', {
      type: 'Correlation',
      search:
        '| tstats sum(All_Risk.calculated_risk_score) as score dc(source) as sources values(All_Risk.risk_message) as message from datamodel=Risk.All_Risk by All_Risk.risk_object | where sources >= 2 | rename All_Risk.* as *',
      tests: testYaml(
        't',
        '  expect:\n    rows: 1\n    contains: [{risk_object: bob, score: 70, sources: 2, message: seen evil.exe}]\n',
      ),
    });
    const results = await run(repository);
    expect(told(results.filter(({ detection }) => detection === 'Small Correlation'))).toEqual([
      ['t', 'passed', undefined],
    ]);
  });

  test('a baseline that ends in a filter macro nobody defines is an error that says what to do', async () => {
    const repository = smallRepository();
    const baseline = (search: string): void =>
      repository.write(
        'baselines/users.yml',
        `name: Users\nid: 0e5e25c3-32f4-46f7-ba4a-5d95c3b90f5c\nversion: 1\ndate: '2026-03-01'\nauthor: A\nstatus: production\ntype: Baseline\ndescription: d\nsearch: ${JSON.stringify(search)}\nhow_to_implement: h\nknown_false_positives: k\nreferences: []\ntags:\n  analytic_story: [Small]\n  detections: [New User]\n  product: [Splunk Enterprise]\n  security_domain: endpoint\n`,
      );
    repository.detection('New User', { search: 'sourcetype=_json | `new_user_filter`' });
    baseline('sourcetype=_json | `users_filter`');
    const [result] = await run(repository);
    expect([result?.status, result?.reason]).toEqual([
      'error',
      expect.stringMatching(
        /^baseline "Users": unknown macro "users_filter".*; filter macros are made for detections only: define this one in macros\/$/,
      ),
    ]);
    // That of a detection is there without being defined.
    baseline('sourcetype=_json | `new_user_filter`');
    expect((await run(repository)).map(({ status }) => status)).toEqual(['passed']);
  });

  test('a schedule is replayed over the time of the data, and throttling holds alerts back', async () => {
    const lines = [0, 4, 9, 14].map(
      (minute) => `{"time":"2026-03-01T10:${String(minute).padStart(2, '0')}:30Z","user":"bob"}`,
    );
    const repository = smallRepository(lines);
    const more = (text: string) => `  expect:\n    ${text}\n`;
    repository.write(
      'deployments/small.yml',
      "name: d\nscheduling:\n  cron_schedule: '*/5 * * * *'\n  earliest_time: -5m@m\n  latest_time: -0m@m\n  schedule_window: auto\n",
    );
    repository.detection('Small One', {
      search: 'sourcetype=_json | table _time user',
      top: "deployment:\n  scheduling:\n    cron_schedule: '*/5 * * * *'\n    earliest_time: -5m@m\n    latest_time: -0m@m\n    schedule_window: auto\n",
      tags: '  throttling:\n    fields: [user]\n    period: 10m\n',
      tests:
        testYaml('three runs find something', more('schedule: 3')) +
        testYaml('of the four rows two are of one run', more('schedule: 4')) +
        testYaml('held back', more('throttled: 2')),
    });
    const results = await run(repository);
    expect(results.map(({ status }) => status)).toEqual(['passed', 'failed', 'passed']);
    expect(results[1]!.reason).toMatch(
      /^3 of 3 runs of the schedule "\*\/5 \* \* \* \*" over the time of the data found something, expected 4$/,
    );
  });
});

describe('searches that call others', () => {
  test('savedsearch runs a detection of the repository by its name, and follows its changes', async () => {
    const repository = smallRepository();
    const evil = (process: string) => ({
      search: `sourcetype=_json process=${process} | stats count by user`,
    });
    repository.detection('Evil Start', evil('evil.exe'));
    repository.detection('Evil Again', { search: '| savedsearch "Evil Start" | where count>1' });
    const memory = new Map<string, TestResult>();
    const again = async () =>
      (await run(repository, { memory })).find(({ detection }) => detection === 'Evil Again');
    expect(await again()).toMatchObject({ status: 'passed', rows: 1 });
    repository.detection('Evil Start', evil('cmd.exe'));
    expect(await again()).toMatchObject({ status: 'failed', rows: 0 });
  });
});

describe('why a test failed', () => {
  test('the funnel names the command where rows ended, near values and absent fields', async () => {
    const repository = smallRepository();
    repository.detection('Small One', {
      search: 'sourcetype=_json action=start | search process=evill.exe | stats count by user nowhere',
    });
    const [result] = await run(repository);
    expect(result!.stages.map(({ rowsIn, rowsOut }) => [rowsIn, rowsOut])).toEqual([
      [3, 2],
      [2, 0],
      [0, 0],
    ]);
    expect(result!.explanation?.command).toContain('evill.exe');
    expect(result!.explanation?.clauses).toEqual([
      { clause: 'process=evill.exe', met: 0, near: [{ value: 'evil.exe', count: 1 }] },
    ]);
  });

  test('a changed port in the MSIExec dataset is found at the join', async () => {
    const root = mkdtempSync(join(tmpdir(), 'detc-msi-'));
    const bundled = join(import.meta.dirname, '../../..');
    for (const folder of ['macros', 'lookups', 'datasets/windows_msiexec_with_network_connections'])
      cpSync(join(bundled, folder), join(root, folder), { recursive: true });
    const file = 'detections/endpoint/windows_msiexec_with_network_connections.yml';
    cpSync(join(bundled, file), join(root, file));
    cpSync(join(bundled, 'detc.yml'), join(root, 'detc.yml'));
    expect((await run(root)).map(({ status }) => status)).toEqual(['passed', 'passed']);
    const log = join(root, 'datasets/windows_msiexec_with_network_connections/windows-sysmon.log');
    writeFileSync(
      log,
      readFileSync(log, 'utf8').replace(/(Name='DestinationPort'>|Name="DestinationPort">)\d+/g, '$18443'),
    );
    const [fires] = await run(root);
    expect(fires!.status).toBe('failed');
    expect(fires!.explanation?.command).toMatch(/^join /);
  });
});

describe('hostile content and data', () => {
  test('field names of prototypes, escapes and markup stay data', async () => {
    const repository = smallRepository([
      '{"time":"2026-03-01T10:00:00Z","__proto__":"x","constructor":"y","user":"\\u001b[31m<script>"}',
    ]);
    repository.detection('Small One', {
      search: 'sourcetype=_json constructor=y | stats count by constructor user',
      tests: testYaml('<img src=x>', '  expect:\n    contains: [{constructor: y, count: 1}]\n    rows: 1\n'),
    });
    expect(told(await run(repository))).toEqual([['<img src=x>', 'passed', undefined]]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('data that is binary, empty or cut is reported, not thrown', async () => {
    const repository = smallRepository();
    repository.write('datasets/empty.json', '');
    repository.write('datasets/cut.json', `${events[0]}\n{"time":"2026-03-01T10:0`);
    writeFileSync(
      join(repository.root, 'datasets/binary.json'),
      Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7) % 256)),
    );
    repository.detection('Small One', {
      search: 'sourcetype=_json process=cmd.exe',
      tests: ['empty', 'cut', 'binary'].map((name) => testYaml(name, '', `datasets/${name}.json`)).join(''),
    });
    expect((await run(repository)).map(({ status }) => status)).toEqual(['failed', 'passed', 'failed']);
  });

  test('a search that Splunk would refuse is an error, one that is not supported here is skipped', async () => {
    const repository = smallRepository();
    repository.detection('Small One', { search: 'sourcetype=_json | stats count by' });
    repository.detection('Small Two', { search: 'sourcetype=_json | `nowhere_macro`' });
    const results = await run(repository);
    expect(results.map(({ status }) => status)).toEqual(['error', 'error']);
    expect(results[1]!.reason).toContain('nowhere_macro');
  });

  test('a lookup that nobody knows is an error, one of another app skips the test', async () => {
    const reads: [name: string, search: string, status: string, reason?: string][] = [
      ['A Declared', 'lookup of_another_app user', 'skipped', 'lookup "of_another_app" is not given'],
      ['B Add On', 'lookup mitre_attack_lookup user', 'skipped', 'lookup "mitre_attack_lookup" is not given'],
      [
        'C Slip',
        'lookup knwon_users user',
        'error',
        'unknown lookup "knwon_users"; did you mean "known_users"? [unknown-lookup]',
      ],
      [
        'D Join',
        'join user [| inputlookup nowhere_at_all]',
        'error',
        'unknown lookup "nowhere_at_all"; "detc new lookup nowhere_at_all" begins one [unknown-lookup]',
      ],
      ['E Written', 'lookup seen_users user', 'skipped', 'lookup "seen_users" is not given'],
      ['F Writer', 'table user | outputlookup seen_users', 'passed'],
    ];
    const repository = smallRepository();
    repository.write(
      'lookups/known_users.yml',
      'name: known_users\ndate: 2026-03-01\nversion: 1\nid: 0b0cb5f1-36a5-4b2b-9f4b-0a4f2ea6d1ab\nauthor: A\nlookup_type: csv\ndescription: Users.\n',
    );
    repository.write('lookups/known_users.csv', 'user,known\nann,1\n');
    for (const [name, search] of reads)
      repository.detection(name, { search: `sourcetype=_json | ${search}` });
    const config = readFileSync(join(repository.root, 'detc.yml'), 'utf8');
    repository.write('detc.yml', `${config}external:\n  lookups: [of_another_app]\n`);
    const found = async () => (await run(repository)).map(({ status, reason }) => [status, reason]);
    expect(await found()).toEqual(reads.map(([, , status, reason]) => [status, reason]));
    // Where validation only warns, a test is no stricter.
    repository.write('detc.yml', `${config}rules:\n  unknown-lookup: warn\n`);
    expect((await found()).map(([status]) => status)).toEqual([
      ...Array.from({ length: 5 }, () => 'skipped'),
      'passed',
    ]);
  });
});

test('what an app asks for and cannot be had is told with a test whose data it is for', async () => {
  const app = mkdtempSync(join(tmpdir(), 'app-'));
  mkdirSync(join(app, 'default'));
  writeFileSync(join(app, 'default/props.conf'), '[_json]\nLOOKUP-a = gone process OUTPUT x\n');
  const repository = smallRepository();
  repository.detection('One', { search: 'sourcetype=_json process=evil.exe | table user' });
  const [result] = await run(repository, { apps: [app] });
  expect(result?.status).toBe('passed');
  expect(result?.warnings?.map((warning) => warning.replace(app, 'app'))).toEqual([
    'app/default/props.conf:2: LOOKUP-a of [_json] is left out: there is no lookup "gone"',
  ]);
});
