// Ctrl-C while the program works: it ends by the signal, which a shell reports as 130, and leaves no file cut short.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileCli } from '../../compiled.js';
import { smallRepository } from '../testing/small-repository.js';

let compiled: Awaited<ReturnType<typeof compileCli>>;
const home = mkdtempSync(join(tmpdir(), 'detc-interrupt-'));
const { root, detection } = smallRepository();
detection('Evil Process', { search: 'sourcetype=_json process=evil.exe' });
const report = join(root, 'reports/report.json');

beforeAll(async () => {
  compiled = await compileCli();
}, 120_000);
afterAll(() => {
  for (const folder of [home, root, compiled?.folder])
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

/** More than a pipe holds: once it is written, the program reads. */
const events = '{"time":"2026-03-01T10:00:00Z","user":"ann"}\n'.repeat(20_000);

describe.skipIf(process.platform === 'win32')('an interrupt', () => {
  it.each([
    ['run', ['run', 'user=* | stats count', '--data', '-', '--sourcetype', '_json']],
    ['validate --watch', ['validate', '--watch', '-C', root]],
    [
      'test --watch',
      ['test', '--watch', '--offline', '-C', root, '--reporter', 'default', '--reporter', `json=${report}`],
    ],
  ])(
    'ends %s',
    async (_, args) => {
      const child = spawn(process.execPath, [compiled.cli, ...args], {
        env: { ...process.env, XDG_CACHE_HOME: home, TMPDIR: home },
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const begun =
        args[0] === 'run'
          ? new Promise((done) => child.stdin.write(events, done))
          : once(child.stdout, 'data');
      child.stdin.on('error', () => {});
      await begun;
      child.kill('SIGINT');
      expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
      const left = [home, root].flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' }),
      );
      expect(left.filter((name) => /\.part$|detc-events-/.test(name))).toEqual([]);
      if (args[0] === 'test') {
        const text = left.includes('reports/report.json') ? readFileSync(report, 'utf8') : '{}';
        expect(() => JSON.parse(text)).not.toThrow();
      }
    },
    30_000,
  );
});
