// The commands that README.md and the guide show print what the pages say; UPDATE=1 rewrites the outputs.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { compileCli } from './compiled.js';
import { runPage } from './shown-commands.js';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });
const root = join(import.meta.dirname, '..');
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs/guide'), { recursive: true, encoding: 'utf8' }).map(
    (name) => `docs/guide/${name}`,
  ),
]
  .filter((name) => name.endsWith('.md') && readFileSync(join(root, name), 'utf8').includes('```console'))
  .sort();

let program: Awaited<ReturnType<typeof compileCli>>;
beforeAll(async () => {
  program = await compileCli();
});
afterAll(() => rmSync(program.folder, { recursive: true }));

describe('shown commands', () => {
  test.each(pages)('%s', async (page) => {
    const update = (process.env['UPDATE'] ?? '') !== '';
    expect(await runPage(join(root, page), program.folder, update)).toEqual([]);
  });
});
