// `testDetections` in a suite of its own: a small repository whose tests pass, and one whose tests do not.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { testDetections } from '../../../src/vitest.js';
import { smallRepository, testYaml } from './small-repository.js';

/** Data that Git LFS has yet to fetch. */
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;
const sound = smallRepository();
sound.write('datasets/none.json', pointer);
sound.detection('Small One', {
  search: 'sourcetype=_json process=evil.exe',
  tests:
    testYaml('fires') +
    testYaml('two rows', '  expect:\n    rows: 2\n') +
    testYaml('without data', '', 'datasets/none.json'),
});
sound.detection('Small Two', { search: 'sourcetype=_json process=cmd.exe' });
testDetections({ content: sound.root, filter: 'small_*' });

const root = join(import.meta.dirname, '../../..');
mkdirSync(join(root, 'dist'), { recursive: true });
const suites = mkdtempSync(join(root, 'dist', 'suite-'));
afterAll(() => rmSync(suites, { recursive: true }));

describe('a suite of detections', () => {
  test('a filter that matches nothing is an error', () => {
    expect(() => testDetections({ content: sound.root, filter: 'nothing' })).toThrow(
      'no detection matches "nothing"',
    );
    expect(() => testDetections({ content: sound.root, filter: ['small_one', 'small_on'] })).toThrow(
      /no detection matches "small_on"\n {2}help: did you mean/,
    );
  });

  test('a failing detection fails the suite with its funnel, a missing dataset is skipped', async () => {
    const repository = smallRepository();
    repository.write('datasets/none.json', pointer);
    repository.detection('Small One', {
      search: 'sourcetype=_json | where process="none.exe"',
      tests: testYaml('fires') + testYaml('without data', '', 'datasets/none.json'),
    });
    writeFileSync(
      join(suites, 'detections.test.ts'),
      `import { testDetections } from '${join(root, 'src/vitest.js')}';\ntestDetections({ content: ${JSON.stringify(repository.root)} });\n`,
    );
    writeFileSync(
      join(suites, 'vitest.config.mjs'),
      "export default { test: { include: ['*.test.ts'], exclude: [] } };\n",
    );
    const output = await new Promise<string>((resolve) =>
      execFile(
        process.execPath,
        [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', suites, '--reporter', 'json'],
        { cwd: suites, env: { ...process.env, VITEST: '', TEST: '' } },
        (_, stdout, stderr) => resolve(stdout + stderr),
      ),
    );
    expect(output).toContain('none.exe');
    expect(output).toContain('no row was left after');
    expect(output).toMatch(/"numFailedTests":1,/);
    expect(output).toMatch(/"numPendingTests":1,/);
  }, 120_000);
});
