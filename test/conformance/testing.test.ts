// `detc test` over the repositories beside the checkout: every test is planned, what has data runs, nothing crashes.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRepository } from '../../src/content/load.js';
import { runTests } from '../../src/testing/run-tests.js';

const shared = [process.env['DETC_SHARED'], '../shared', '../../shared']
  .filter((folder) => folder !== undefined)
  .map((folder) => resolve(import.meta.dirname, '../..', folder))
  .find((folder) => existsSync(join(folder, 'corpus')));
if (shared === undefined) process.stderr.write('testing: SKIPPED, no corpus in ../shared (or DETC_SHARED)\n');

const corpora =
  shared === undefined
    ? []
    : readdirSync(join(shared, 'corpus')).filter((name) =>
        statSync(join(shared, 'corpus', name)).isDirectory(),
      );

/** Real logs that stand in for datasets: Sysmon events for every dataset named after Sysmon. */
function sysmonLog(): string | undefined {
  for (const folder of ['logs', 'sigma/logs']) {
    const root = join(shared!, folder);
    if (!existsSync(root)) continue;
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      if (entry.isFile() && /sysmon|wineventlog/i.test(file) && statSync(file).size < 3e6) return file;
    }
  }
  return undefined;
}

const prefix = 'https://media.githubusercontent.com/media/splunk/attack_data/master';

describe.skipIf(shared === undefined)('repositories of others', () => {
  test.each(corpora)(
    '%s: tests are planned, those without data are skipped with the reason',
    async (name) => {
      const { content } = loadRepository(join(shared!, 'corpus', name));
      const folder = mkdtempSync(join(tmpdir(), 'detc-root-'));
      const log = sysmonLog();
      let mapped = 0;
      const wanted = new Set(
        content.detections.flatMap(({ tests }) =>
          tests.flatMap(({ attackData }) => attackData.map(({ data }) => data)),
        ),
      );
      for (const url of wanted) {
        if (log === undefined || !url.startsWith(prefix) || !/sysmon/i.test(url) || mapped >= 20) continue;
        const target = join(folder, url.slice(prefix.length));
        mkdirSync(dirname(target), { recursive: true });
        cpSync(log, target);
        mapped++;
      }
      const run = await runTests(content, content.detections, {
        offline: true,
        cache: false,
        jobs: 0,
        dataCache: folder,
        dataRoots: [{ prefix, folder }],
      });
      const asked = content.detections.reduce((sum, { tests }) => sum + Math.max(1, tests.length), 0);
      expect(run.tests).toHaveLength(asked);
      const faults = run.tests.filter(
        ({ status, reason }) => status === 'error' && reason?.startsWith('bug'),
      );
      expect(faults.map(({ detection, reason }) => `${detection}: ${reason}`)).toEqual([]);
      for (const { status, reason } of run.tests) if (status === 'skipped') expect(reason).not.toBe('');
      const ran = run.tests.filter(({ status }) => status !== 'skipped').length;
      process.stderr.write(
        `${name}: ${asked} tests, ${ran} ran on ${mapped} datasets, ${run.summary.passed} passed, ${run.summary.errors} errors, ${run.summary.skipped} skipped\n`,
      );
      if (mapped > 0) expect(ran).toBeGreaterThan(0);
    },
  );
});
