// Where options may stand and what wrong use of the program exits with.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hasColors } from '../../../src/cli/colors.js';
import { systemFault } from '../../../src/cli/program.js';
import { smallRepository, testYaml } from '../testing/small-repository.js';
import { runProgram } from './run-program.js';

describe('the folder option before the command', () => {
  it('means the same as behind it', async () => {
    const found = await runProgram('-C', '/no/such/folder', 'run', '| makeresults');
    expect(found).toEqual(await runProgram('run', '| makeresults', '-C', '/no/such/folder'));
    expect(found.stderr).toContain('"/no/such/folder"');
  });

  it('needs a command', async () => {
    expect((await runProgram('-C', '/no/such/folder')).code).toBe(2);
  });
});

describe('a search that lacks the arguments of a command', () => {
  it.each(['| eval', '| stats', '| where', '| inputlookup', '| makeresults | sort'])('%s', async (spl) => {
    const { code, stderr } = await runProgram('run', spl);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^search:1:\d+: error\[syntax\]/);
  });
});

describe('a search that may be meant otherwise', () => {
  it.each([
    ['stats count by user', '1:1: warning[missing-pipe]'],
    ['timechart count', '1:1: warning[missing-pipe]'],
    ['top 5 user', '1:1: warning[missing-pipe]'],
    ['error rare limit=3 user', '1:7: warning[missing-pipe]'],
    ['| makeresults | stats count by host where count > 5 x', '1:37: warning[missing-pipe]'],
    ['| makeresults | search a=1 and b=2', '1:28: warning[lowercase-operator]'],
    ['| makeresults | where host="*x"', 'warning[where-wildcard]'],
    ['| makeresults | stats count | where host=1', '1:37: warning[missing-field]'],
  ])('%s runs, and a warning says so', async (spl, expected) => {
    const { code, stderr } = await runProgram('run', spl);
    expect(code).toBe(0);
    expect(stderr).toContain(expected);
  });
});

describe('detections that cannot be read', () => {
  it('are content with errors to test, not a folder without detections', async () => {
    const root = mkdtempSync(join(tmpdir(), 'detc-broken-'));
    mkdirSync(join(root, 'detections'));
    writeFileSync(join(root, 'detections/broken.yml'), 'name: x\n  bad: [1,\nfoo: "\n');
    const { code, stderr } = await runProgram('test', '-C', root);
    expect(code).toBe(1);
    expect(stderr).toContain('detections/broken.yml:2:6: error[yaml]');
    expect(stderr).toContain('\n  2 |   bad: [1,\n');
    expect(stderr).not.toContain('no detection is here');
  });
});

describe('a repository without detections', () => {
  it('has nothing to test, which is no fault', async () => {
    const root = mkdtempSync(join(tmpdir(), 'detc-empty-'));
    writeFileSync(join(root, 'detc.yml'), 'rules: {}\n');
    const { code, stderr } = await runProgram('test', '-C', root);
    expect(stderr).toBe('no detections yet, so nothing was tested; "detc new detection" makes one\n');
    expect(code).toBe(0);
  });
});

describe('an empty search', () => {
  it.each([
    ['run', ''],
    ['run', ' \n'],
    ['explain', '--spl', ''],
  ])('%s %j is wrong usage', async (...args) => {
    const { code, stderr } = await runProgram(...args);
    expect(code).toBe(2);
    expect(stderr).toContain('error: the search is empty');
  });
});

describe('a value that an option does not take', () => {
  it.each([
    [
      ['new', 'detecton', 'X'],
      'detc new takes detection, macro, lookup or story, found "detecton"',
      'detection',
    ],
    [
      ['new', 'detection', '--type', 'ttp'],
      '--type takes TTP, Anomaly, Hunting or Correlation, found "ttp"',
      'TTP',
    ],
    [['validate', '--format', 'jsn'], '--format takes text, json, sarif or github, found "jsn"', 'json'],
    [['run', 'x', '-o', 'cvs'], '--output takes table, json, ndjson or csv, found "cvs"', 'csv'],
    [['docs', '--flavor', 'jekyl'], '--flavor takes jekyll, markdown or site, found "jekyl"', 'jekyll'],
    [['build', '--only', 'app,dcos'], '--only takes app, docs, evaluators or api, found "dcos"', 'docs'],
    [['schema', 'detecton'], 'build, detc or expectation, found "detecton"', 'detection'],
    [['test', '--jobs', '0'], '--jobs takes a whole number above 0, found "0"', undefined],
    [['build', '--jobs', '1.5'], '--jobs takes a whole number above 0, found "1.5"', undefined],
    [['test', '--memory', '0'], '--memory takes a whole number above 0, found "0"', undefined],
    [['test', '--timeout', '0'], '--timeout takes a number above 0, found "0"', undefined],
    [['validate', '--max-warnings', 'few'], '--max-warnings takes a whole number, found "few"', undefined],
  ])('%j', async (args, expected, meant) => {
    const { code, stderr } = await runProgram(...args);
    expect(stderr).toContain(
      `${expected}\n${meant === undefined ? '' : `  help: did you mean "${meant}"?\n`}`,
    );
    expect(stderr).toMatch(/^error: /);
    expect(code).toBe(2);
  });
});

describe('tests of which none ran', () => {
  it('are warned of, and are no failure', async () => {
    const { root, detection } = smallRepository();
    detection('First', { search: 'x', tests: testYaml('Here', '', 'https://example.invalid/data.log') });
    const { code, stderr } = await runProgram('test', '--offline', '-C', root);
    expect(stderr).toContain('warning: nothing was tested: the only test was skipped\n');
    expect(code).toBe(0);
    detection('Second', { search: 'x', tests: testYaml('There', '', 'https://example.invalid/data.log') });
    const two = await runProgram('test', '--offline', '-C', root);
    expect(two.stderr).toContain('warning: nothing was tested: all 2 tests were skipped\n');
    detection('Third', { search: 'process=evil.exe' });
    expect((await runProgram('test', '--offline', '-C', root)).stderr).not.toContain('nothing was tested');
  });
});

describe('help', () => {
  it.each(['validate', 'build', 'test', 'run', 'explain', 'docs', 'init', 'new', 'schema'])(
    '%s has examples and says what the exit codes mean',
    async (name) => {
      const { code, stdout } = await runProgram(name, '--help');
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`\nExamples:\n  detc ${name}\\b`));
      expect(stdout).toMatch(/\nExit codes: 0 .*, 2 wrong usage, 3 a fault of detc\n$/);
    },
  );
});

describe('an app that is none', () => {
  it.each([
    ['/no/such/app', '"/no/such/app" does not exist'],
    ['package.json', '"package.json" is not a folder'],
    ['src', '"src" holds no app'],
    ['knowledge/apps', 'help: did you mean "knowledge/apps/SplunkEnterpriseSecuritySuite"?'],
  ])('%s is wrong usage', async (app, expected) => {
    const commands = [
      ['run', '| makeresults'],
      ['run', 'x', '--data', 'package.json'],
      ['explain', '| makeresults'],
      ['test'],
    ];
    for (const command of commands) {
      const { code, stderr } = await runProgram(...command, '--app', app);
      expect(stderr).toContain(expected);
      expect(code).toBe(2);
    }
  });
});

describe('events for run', () => {
  it('are asked for when none are given', async () => {
    const { code, stderr } = await runProgram('run', 'user=ann');
    expect(code).toBe(0);
    expect(stderr).toContain('name files with --data');
  });

  const log = join(mkdtempSync(join(tmpdir(), 'detc-none-')), 'log.json');
  writeFileSync(log, '{"_time":1789372800,"event_type":"alert"}\n'.repeat(3));
  it.each([
    [['* | where evnt_type="alert"'], 'none of them has a field "evnt_type"; did you mean "event_type"?'],
    [['evnt_type=x | stats count by evnt_type'], 'none of them has a field "evnt_type"; did you mean'],
    [['* | where event_type="x"'], 'detc explain shows after which command none was left\n$'],
    [['* | where host="none"'], 'detc explain shows after which command none was left\n$'],
    [['*', '--earliest', '2020-01-01', '--latest', '2020-01-02'], 'none of them in the time range\n$'],
    [['event_type=x', '--earliest', '2020-01-01'], 'detc explain shows after which command none was left\n$'],
  ])('why %j finds nothing', async (args, expected) => {
    const { code, stdout, stderr } = await runProgram('run', ...args, '--data', log);
    expect([code, stdout]).toEqual([0, 'no results\n']);
    expect(stderr).toMatch(new RegExp(expected.replace(/[?]/g, '\\?')));
  });

  it.each([
    ['2020-02-29', '2020-02-29T00:00:00.000+00:00'],
    ['2020-02-29T12:00:00Z', '2020-02-29T12:00:00.000+00:00'],
    ['1582934400', '2020-02-29T00:00:00.000+00:00'],
  ])('can have --now %s', async (now, expected) => {
    const { stdout } = await runProgram('run', '| makeresults', '--now', now, '-o', 'csv');
    expect(stdout).toBe(`_time\n${expected}\n`);
  });

  it.each(['2020-2-1', 'yesterday'])('have no time %s', async (time) => {
    const { code, stderr } = await runProgram('run', '| makeresults', '--earliest', time);
    expect(code).toBe(2);
    expect(stderr).toContain(`or -7d@d, found "${time}"`);
  });

  it.each(['2020-02-30', '2020-13-01', '2020-02-30T10:00:00Z', '02/30/2020:00:00:00'])(
    'have no day %s',
    async (day) => {
      for (const name of ['--earliest', '--latest', '--now']) {
        const { code, stderr } = await runProgram('run', '| makeresults', name, day);
        expect(stderr).toBe(`error: ${name} takes a day of the calendar, found "${day}"\n`);
        expect(code).toBe(2);
      }
    },
  );

  it('are looked at to the end of the data for a field that is misspelled', async () => {
    const late = join(mkdtempSync(join(tmpdir(), 'detc-late-')), 'log.json');
    const line = (second: number, more: string) => `{"_time":${1789372800 + second}${more}}\n`;
    const lines = Array.from({ length: 3000 }, (_, index) =>
      line(index, index < 500 ? ',"exit_code":1' : ''),
    );
    writeFileSync(late, lines.join(''));
    const { stderr } = await runProgram('run', 'exit_cdoe=1', '--data', late);
    expect(stderr).toMatch(
      /none of \d+ that were looked at has a field "exit_cdoe"; did you mean "exit_code"\?/,
    );
  });

  it('are counted when none met the search', async () => {
    const { stdout, stderr } = await runProgram(
      'run',
      'nosuchword',
      '--data',
      'datasets/windows_msiexec_with_network_connections/benign.log',
    );
    expect(stdout).toBe('no results\n');
    expect(stderr).toMatch(/^\d+ events? of 1 file.*; detc explain shows/);
  });
});

describe('columns that data names', () => {
  it.each([
    ['| eval m=n | chart sum(n) over user by m', 'user,1,2,3\na,,2,\nb,1,,3\n'],
    [
      '| eval m=n | chart sum(n) over user by m | transpose header_field=user',
      'column,a,b\n1,,1\n2,2,\n3,,3\n',
    ],
    ['| eval user="u".user | xyseries n user n | fields - ub', 'n,ua\n1,\n2,2\n3,\n'],
  ])('%s', async (spl, expected) => {
    const rows =
      '| makeresults count=3 | streamstats count as n | eval user=if(n%2==0,"a","b") | fields - _time ';
    const { stdout } = await runProgram('run', rows + spl, '-o', 'csv');
    expect(stdout).toBe(expected);
  });
});

describe('explain with data', () => {
  it('runs a search that reads a table', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'detc-explain-'));
    writeFileSync(join(folder, 'hosts.csv'), 'host,owner\nweb1,ann\n');
    writeFileSync(join(folder, 'log.json'), '{"_time":1789372800,"dest":"web1"}\n');
    const { code, stdout, stderr } = await runProgram(
      ...['explain', '--spl', 'dest=* | lookup hosts host as dest OUTPUT owner | table owner'],
      ...['--data', join(folder, 'log.json'), '--lookup', `hosts=${join(folder, 'hosts.csv')}`],
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('1 ████████████████████ lookup hosts host AS dest OUTPUT owner');
    expect(stdout).toMatch(/\nfields\n.*dest/s);
    expect(code).toBe(0);
  });
});

describe('a folder that cannot be used', () => {
  const folder = mkdtempSync(join(tmpdir(), 'detc-usage-'));
  writeFileSync(join(folder, 'detc.yml'), 'app: {title: A, appid: a}\n');
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'empty'));
  const inRepository = ['-C', folder];
  it.each([
    ['a file as output of build', ['build', '--out', join(folder, 'file')], 'is a file'],
    ['a file as output of docs', ['docs', '--out', join(folder, 'file', 'x')], 'is a file'],
    ['a folder of content', ['docs', '--out', join(folder, 'detections')], 'lies in a folder of content'],
    ['results that are not there', ['docs', '--flavor', 'site', '--results', 'no.json'], 'does not exist'],
    ['results that are none', ['docs', '--flavor', 'site', '--results', 'package.json'], 'is no report'],
    ['results for other pages', ['docs', '--results', 'package.json'], '--results goes with --flavor site'],
  ])('%s', async (_, [name = '', ...rest], expected) => {
    const { code, stderr } = await runProgram(name, ...inRepository, ...rest);
    expect(stderr).toContain(expected);
    expect(code).toBe(2);
  });

  it('no content at all', async () => {
    const { code, stderr } = await runProgram('validate', '-C', join(folder, 'empty'));
    expect(stderr).toContain('holds no content');
    expect(code).toBe(2);
  });
});

describe('a fault of the system', () => {
  it('is no fault of detc', () => {
    const error = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
    expect(systemFault(error)).toBe('error: cannot write the output: no space is left\n');
    const denied = Object.assign(new Error('x'), { code: 'EACCES', syscall: 'mkdir', path: '/a\u001b[1m' });
    expect(systemFault(denied)).toMatch(/^error: cannot use "\/a.*": permission denied\n$/);
    expect(systemFault(denied)).not.toContain('\u001b');
    expect(systemFault(new Error('constructor'))).toBeUndefined();
  });
});

describe('colors', () => {
  afterEach(() => vi.unstubAllEnvs());
  it.each([
    [true, '', undefined, true],
    [false, '', undefined, false],
    [true, '1', undefined, false],
    [false, '', '1', true],
    [true, '', '0', false],
    [false, '1', '1', false],
  ])('terminal %s, NO_COLOR=%s, FORCE_COLOR=%s', (isTTY, no, force, expected) => {
    vi.stubEnv('NO_COLOR', no);
    vi.stubEnv('FORCE_COLOR', force);
    expect(hasColors({ isTTY })).toBe(expected);
  });
});

describe.skipIf(process.platform !== 'linux')('an output where no folder can be made', () => {
  it.each([
    ['test', '--offline', '--out', '/proc/none/here/report.xml'],
    ['test', '--offline', '--reporter', 'json=/proc/none/report.json'],
    ['build', '--out', '/proc/none'],
    ['build', '--out', '/proc/none/here/too'],
    ['docs', '--out', '/proc/none/here/too'],
    [
      'init',
      '/proc/none/here',
      '--title',
      'T',
      '--appid',
      't',
      '--label',
      'T',
      '--author',
      'A',
      '--email',
      'a@b.c',
    ],
  ])(
    '%s %s %s %s',
    async (name, ...args) => {
      const { root } = smallRepository();
      const content = name === 'init' ? [] : ['-C', root];
      const { stderr, code } = await runProgram(name!, ...args, ...content);
      expect(stderr).toMatch(/^error: cannot use "\/proc\/\.?none[^"]*": no such file or folder\n$/m);
      expect(code).toBe(2);
    },
    20_000,
  );
});

describe('a name that nothing has', () => {
  const { root, detection, write } = smallRepository();
  detection('Evil Process', { search: 'sourcetype=_json process=evil.exe' });
  write('lookups/known_users.csv', 'user,known\nann,1\n');
  const table = ['--lookup', `known_users=${join(root, 'lookups/known_users.csv')}`];
  it.each([
    [['run', '| tstats count from datamodel=Endpoint.Proceses'], 'did you mean "Endpoint.Processes"?'],
    [['run', '| tstats count from datamodel=Endpont.Processes'], 'did you mean "Endpoint.Processes"?'],
    [['run', '| from datamodel:Endpont'], 'did you mean "Endpoint"?'],
    [['run', '| datamodel Endpoint Proceses search'], 'did you mean "Endpoint.Processes"?'],
    [['explain', '--spl', '| from datamodel:Endpoint.Proceses'], 'did you mean "Endpoint.Processes"?'],
    [['run', '| inputlookup known_user', ...table], 'did you mean "known_users"?'],
    [['run', '| inputlookup other_table'], 'give its table with --lookup <name>=<file>'],
    [['run', '| makeresults | `my_own_macro`'], '"detc new macro my_own_macro" begins one'],
    [['test', 'Evil Proces', '-C', root], 'did you mean "Evil Process"?'],
    [['test', 'evil_proces.yml', '-C', root], 'did you mean "evil_process.yml"?'],
    [['explain', 'evil_proces', '-C', root], 'did you mean "evil_process"?'],
    [
      ['explain', 'detections/endpoint/evil_prcess.yml', '-C', root],
      'did you mean "detections/endpoint/evil_process.yml"?',
    ],
  ])('%j', async (args, help) => {
    const { stderr, code } = await runProgram(...args);
    expect(stderr).toContain(`help: ${help}`);
    expect(code).toBe(stderr.startsWith('error: no detection') ? 2 : 1);
  });
});

describe('what is refused', () => {
  it.each([
    [['run', '| makeresults', '--data', 'nofile\u001b[31m']],
    [['explain', 'x\u001b]0;y\u0007']],
    [['\u001b[2J']],
    [['run', '| makeresults', '--\u001b[2J']],
  ])('is quoted without what a terminal obeys: %j', async (args) => {
    const { code, stderr } = await runProgram(...args);
    expect(code).toBe(2);
    expect(stderr).toContain('␛');
    expect(stderr).not.toContain('\u001b');
  });
});

it('says that run writes no table', async () => {
  const { code, stderr } = await runProgram('run', '| makeresults | outputlookup zz.csv');
  expect(code).toBe(0);
  expect(stderr).toContain('outputlookup: no table is written here, "zz.csv" stays as it is');
});
