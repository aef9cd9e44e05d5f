// 200 detections on one dataset beside one detection on it, and the bundled `detc test`. Run `npm run build` first.
// `node bench/testing.mjs [megabytes]`; a dataset is read and extracted once, whatever the number of its tests.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventFile } from './readers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const most = 4;

function detection(number) {
  const letter = 'abcdefghijklmnopqrstuvwxyz'[number % 26];
  const name = `Bench ${number}`;
  return `name: ${name}
id: 00000000-0000-4000-8000-${String(number).padStart(12, '0')}
version: 1
date: '2026-03-01'
author: A
status: production
type: Hunting
description: d
data_source: []
search: >-
  | tstats count min(_time) as firstTime from datamodel=Endpoint.Processes
  where Processes.process_name="*${letter}*.exe" Processes.process="*${number % 10}*" by Processes.dest
  Processes.process_name | rename Processes.* as * | where count > ${number % 7}
how_to_implement: h
known_false_positives: k
references: []
tags:
  analytic_story: [Bench]
  asset_type: Endpoint
  mitre_attack_id: [T1059]
  product: [Splunk Enterprise]
  security_domain: endpoint
tests:
- name: Found
  attack_data:
  - data: datasets/events.log
    source: XmlWinEventLog:Microsoft-Windows-Sysmon/Operational
    sourcetype: XmlWinEventLog
`;
}

/** Seconds of a run over `count` detections on the same file, every process anew. */
function timed(folder, count) {
  rmSync(join(folder, 'detections'), { recursive: true, force: true });
  mkdirSync(join(folder, 'detections', 'endpoint'), { recursive: true });
  for (let number = 0; number < count; number++)
    writeFileSync(join(folder, 'detections', 'endpoint', `bench_${number}.yml`), detection(number));
  const start = performance.now();
  let output;
  try {
    output = execFileSync(
      process.execPath,
      [
        join(root, 'dist/js/cli.js'),
        'test',
        '-C',
        folder,
        '--no-cache',
        '--offline',
        '--timeout',
        '600',
        '--reporter',
        'json',
      ],
      { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] },
    );
  } catch (error) {
    output = error.stdout;
  }
  const { summary } = JSON.parse(output);
  if (summary.errors + summary.skipped > 0) throw new Error(`not every test ran: ${JSON.stringify(summary)}`);
  return (performance.now() - start) / 1000;
}

/** Measures; returns the numbers. */
export async function run(megabytes = 100) {
  const folder = mkdtempSync(join(tmpdir(), 'detc-bench-tests-'));
  try {
    mkdirSync(join(folder, 'datasets'));
    cpSync(eventFile('xml', megabytes), join(folder, 'datasets', 'events.log'));
    writeFileSync(
      join(folder, 'detc.yml'),
      'app:\n  appid: bench\n  title: Bench\n  label: Bench\n  version: 1.0.0\n',
    );
    const one = timed(folder, 1);
    const many = timed(folder, 200);
    const size = statSync(join(folder, 'datasets', 'events.log')).size / 1e6;
    console.log(`testing: a dataset of ${size.toFixed(0)} MB`);
    console.log(`  1 detection      ${one.toFixed(1)} s`);
    console.log(
      `  200 detections   ${many.toFixed(1)} s, ${(many / one).toFixed(2)} times (at most ${most})`,
    );
    const start = performance.now();
    execFileSync(process.execPath, [join(root, 'dist/js/cli.js'), 'test', '-C', root, '--no-cache'], {
      stdio: 'ignore',
    });
    const bundled = (performance.now() - start) / 1000;
    console.log(`  bundled content  ${bundled.toFixed(1)} s (under 5 on two idle cores)`);
    return { one, many, ratio: many / one, bundled };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { ratio } = await run(Number(process.argv[2] ?? 100));
  if (ratio > most) process.exitCode = 1;
}
