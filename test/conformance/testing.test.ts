// `detc test` over the repositories beside the checkout: every test is planned, what has data runs, nothing crashes.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
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

/** Datasets that a repository is given; each is read anew. */
const mostDatasets = 300;
const largest = 800_000;

/** Real logs that stand in for datasets: of the same source type, and Windows events for all of Windows. */
function standIns(): (sourcetype: string, turn: number) => string | undefined {
  const byType = new Map<string, string>();
  const index = join(shared!, 'logs/index.json');
  if (existsSync(index))
    for (const { file, at, sourcetype, bytes } of JSON.parse(readFileSync(index, 'utf8')) as {
      file: string;
      at?: string;
      sourcetype: string;
      bytes: number;
    }[]) {
      const path = join(shared!, 'logs', at ?? file);
      if (bytes <= largest && existsSync(path)) byType.set(sourcetype.toLowerCase(), path);
    }
  const windows = join(shared!, 'sigma/logs/evtx_attack_samples');
  const samples = existsSync(windows)
    ? readdirSync(windows)
        .map((name) => join(windows, name))
        .filter((path) => statSync(path).size < 100_000)
    : [];
  return (sourcetype, turn) =>
    /wineventlog|sysmon/i.test(sourcetype)
      ? samples[turn % Math.max(1, samples.length)]
      : byType.get(sourcetype.toLowerCase());
}

const prefix = 'https://media.githubusercontent.com/media/splunk/attack_data/master';

describe.skipIf(shared === undefined)('repositories of others', () => {
  test.each(corpora)(
    '%s: tests are planned, those without data are skipped with the reason',
    async (name) => {
      const { content } = loadRepository(join(shared!, 'corpus', name));
      const folder = mkdtempSync(join(tmpdir(), 'detc-root-'));
      const standIn = standIns();
      const seen = new Set<string>();
      for (const { tests } of content.detections)
        for (const { attackData } of tests)
          for (const { data, sourcetype = '' } of attackData) {
            if (seen.size >= mostDatasets || seen.has(data) || !data.startsWith(prefix)) continue;
            const log = standIn(sourcetype, seen.size);
            if (log === undefined) continue;
            const target = join(folder, data.slice(prefix.length));
            mkdirSync(dirname(target), { recursive: true });
            cpSync(log, target);
            seen.add(data);
          }
      const mapped = seen.size;
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
      if (mapped > 10) expect(ran).toBeGreaterThan(mapped);
      rmSync(folder, { recursive: true });
    },
  );
});
