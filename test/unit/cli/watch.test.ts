// `detc validate --watch` as a process: a file is saved, broken, moved and mended, and each time the answer follows.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { compileCli } from '../../compiled.js';

const base = join(import.meta.dirname, '../../data/repository');
const repository = mkdtempSync(join(tmpdir(), 'detc-watch-'));
let compiled: Awaited<ReturnType<typeof compileCli>>;
let child: ChildProcess;
let output = '';

beforeAll(async () => {
  cpSync(base, repository, { recursive: true });
  compiled = await compileCli();
  child = spawn(process.execPath, [compiled.cli, 'validate', '-C', repository, '--watch'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
}, 120_000);
afterAll(() => {
  child?.kill();
  rmSync(repository, { recursive: true });
  if (compiled !== undefined) rmSync(compiled.folder, { recursive: true });
});

/** Does something, and waits until what was printed since the last answer holds a text. */
async function answer(wanted: string, act: () => void = () => {}): Promise<void> {
  act();
  while (!output.includes(wanted)) await new Promise((done) => setTimeout(done, 10));
  output = '';
}

it('answers every change of the repository', async () => {
  const file = join(repository, 'detections/web/long_urls.yml');
  const original = readFileSync(file, 'utf8');
  await answer('nothing found');
  await answer('long_urls.yml:6:7: error[schema]: type must be one of', () =>
    writeFileSync(file, original.replace('type: Hunting', 'type: Hunt')),
  );
  await answer('unknown command "tstat"', () => writeFileSync(file, original.replace('| tstats', '| tstat')));
  await answer('nothing found', () => writeFileSync(file, original));
  // Editors that save beside the file and rename.
  await answer('unknown function "lenn"', () => {
    writeFileSync(`${file}~`, original.replace('len(', 'lenn('));
    renameSync(`${file}~`, file);
  });
  await answer('nothing found', () => writeFileSync(file, original));
  // A folder that was not there when watching began.
  const folder = join(repository, 'detections/new');
  await answer('is already used in', () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'long_urls.yml'), original);
  });
  await answer('nothing found', () => rmSync(folder, { recursive: true }));
}, 120_000);
