// detc validate: formats, paths, exit codes, settings, watch mode.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from './run-program.js';

const base = join(import.meta.dirname, '../../data/repository');
// The first run loads the whole program.
beforeAll(async () => {
  await runProgram('validate', '-C', base);
}, 60_000);

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
function scratch(...edits: (readonly [file: string, from: string, to: string])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'detc-validate-'));
  folders.push(folder);
  cpSync(base, folder, { recursive: true });
  for (const [file, from, to] of edits) {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  }
  return folder;
}
const longUrls = 'detections/web/long_urls.yml';
const error = [longUrls, 'type: Hunting', 'type: Hunt'] as const;
const warning = [longUrls, 'risk_score: 20', 'risk_score: 99'] as const;

describe('exit codes', () => {
  it.each([
    ['clean', [], [], 0],
    ['an error', [error], [], 1],
    ['a warning', [warning], [], 0],
    ['a warning too many', [warning], ['--max-warnings', '0'], 1],
    ['warnings within the limit', [warning], ['--max-warnings', '1'], 0],
    ['an error elsewhere', [error], ['macros'], 0],
    ['an error in a named file', [error], [longUrls], 1],
    ['a wrong format', [], ['--format', 'xml'], 2],
    ['a wrong number', [], ['--max-warnings', 'few'], 2],
    ['an unknown option', [], ['--fast'], 2],
    ['a path that is not there', [], ['nowhere.yml'], 2],
  ] as const)('%s', async (_, edits, args, code) => {
    const root = scratch(...edits);
    expect((await runProgram('validate', '-C', root, ...args)).code).toBe(code);
  });
  it('a folder that is not there', async () => {
    const { code, stderr } = await runProgram('validate', '-C', '/no/such/folder');
    expect([code, stderr]).toEqual([2, 'error: "/no/such/folder" is not a folder\n']);
  });
});

describe('formats', () => {
  it('text shows place, line and help', async () => {
    const { stdout } = await runProgram('validate', '-C', scratch(error));
    expect(stdout).toBe(
      [
        'detections/web/long_urls.yml:6:7: error[schema]: type must be one of "TTP", "Anomaly", "Hunting", "Correlation", found "Hunt"',
        '  6 | type: Hunt',
        '            ^^^^',
        '1 error and 0 warnings in 1 file',
        '',
      ].join('\n'),
    );
  });
  it('json has the documented shape', async () => {
    const { stdout } = await runProgram('validate', '-C', scratch(error), '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [
        { file: longUrls, line: 6, column: 7, endLine: 6, endColumn: 11, severity: 'error', code: 'schema' },
      ],
      summary: { errors: 1, warnings: 0 },
    });
  });
  it('github has a command per diagnostic', async () => {
    const { stdout } = await runProgram('validate', '-C', scratch(error, warning), '--format', 'github');
    expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual(['::error', '::warning', '']);
  });
  it('sarif has what version 2.1.0 asks for', async () => {
    const { stdout } = await runProgram('validate', '-C', scratch(error, warning), '--format', 'sarif');
    const log = JSON.parse(stdout);
    expect(log).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'detc' } } }] });
    const [run] = log.runs;
    expect(run.results).toHaveLength(2);
    for (const result of run.results) {
      expect(Object.keys(result).sort()).toEqual(['level', 'locations', 'message', 'ruleId', 'ruleIndex']);
      expect(['error', 'warning', 'note', 'none']).toContain(result.level);
      expect(run.tool.driver.rules[result.ruleIndex]).toMatchObject({
        id: result.ruleId,
        shortDescription: { text: expect.any(String) },
      });
      const { artifactLocation, region } = result.locations[0].physicalLocation;
      expect(new URL(artifactLocation.uri, 'file:///').pathname).toBe(`/${longUrls}`);
      for (const key of ['startLine', 'startColumn', 'endLine', 'endColumn'])
        expect(region[key]).toBeGreaterThan(0);
    }
  });
});

describe('settings', () => {
  it('detc.yml changes severities, also by path, and extends presets', async () => {
    const root = scratch(warning);
    writeFileSync(
      join(root, 'detc.yml'),
      'extends: [escu]\nrules:\n  risk-score: error\noverrides:\n- files: [detections/web]\n  rules:\n    risk-score: off\n',
    );
    const { stdout } = await runProgram('validate', '-C', root, '--format', 'json');
    const codes = new Set(JSON.parse(stdout).diagnostics.map((d: { code: string }) => d.code));
    expect(codes).toEqual(new Set(['fixed-score', 'product-set']));
  });
  it('an unknown rule in detc.yml is an error there', async () => {
    const root = scratch();
    writeFileSync(join(root, 'detc.yml'), 'rules:\n  unique-ids: error\n');
    const { stdout } = await runProgram('validate', '-C', root, '--format', 'json');
    expect(JSON.parse(stdout).diagnostics).toMatchObject([
      {
        file: 'detc.yml',
        line: 2,
        column: 3,
        message: 'unknown rule "unique-ids"',
        help: 'did you mean "unique-id"?',
      },
    ]);
  });
  it('a comment above excepts a line, or the whole text that begins there', async () => {
    const root = scratch(warning, [longUrls, '  risk_score', '  # detc-ignore risk-score\n  risk_score']);
    expect((await runProgram('validate', '-C', root)).stdout).toContain('nothing found');
    const other = scratch(warning, [longUrls, '  risk_score', '  # detc-ignore unique-id\n  risk_score']);
    expect((await runProgram('validate', '-C', other)).stdout).toContain('warning[risk-score]');
  });
});

it('output is the same on every run', async () => {
  const root = scratch(error, warning, ['macros/sysmon.yml', 'name: sysmon', 'name: [']);
  const first = await runProgram('validate', '-C', root, '--format', 'json');
  expect(await runProgram('validate', '-C', root, '--format', 'json')).toEqual(first);
});
