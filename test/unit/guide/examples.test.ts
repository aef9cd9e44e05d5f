// The examples of the guide that are not run: YAML is YAML, and TypeScript compiles.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const guide = join(root, 'docs/guide');

/** Blocks of a language of every page, as `page:line` with their text. */
function blocksOf(language: string): { place: string; text: string }[] {
  const found: { place: string; text: string }[] = [];
  for (const page of readdirSync(guide, { recursive: true, encoding: 'utf8' })) {
    if (!page.endsWith('.md')) continue;
    const text = readFileSync(join(guide, page), 'utf8');
    for (const match of text.matchAll(/^( *)(`{3,})(\w+)[^\n`]*\n([\s\S]*?)^ *\2$/gm))
      if (match[3] === language) {
        const inside = match[4]!.replaceAll(new RegExp(`^${match[1]}`, 'gm'), '');
        found.push({ place: `${page}:${text.slice(0, match.index).split('\n').length}`, text: inside });
      }
  }
  return found;
}

describe('examples of the guide', () => {
  test.each(blocksOf('yaml'))('YAML at $place', ({ text }) => {
    expect(load(text)).toBeTypeOf('object');
  });

  test('TypeScript compiles', { timeout: 180_000 }, () => {
    const blocks = blocksOf('ts');
    expect(blocks.length).toBeGreaterThan(2);
    mkdirSync(join(root, 'dist'), { recursive: true });
    const folder = mkdtempSync(join(root, 'dist', 'examples-'));
    try {
      for (const [n, { place, text }] of blocks.entries())
        writeFileSync(join(folder, `example-${n}.ts`), `// ${place}\n${text}\nexport {};\n`);
      // What the reader has, and what a build writes.
      writeFileSync(
        join(folder, 'example.d.ts'),
        `declare module '*/windows_rundll32_without_arguments.js' {
          export const detection: { name: string };
          export function run(events: Iterable<object>): Promise<object[]>;
        }
        declare const events: Iterable<Record<string, string>>;`,
      );
      const paths = { detc: [join(root, 'src/index.ts')], 'detc/vitest': [join(root, 'src/vitest.ts')] };
      const compilerOptions = { noEmit: true, skipLibCheck: true, paths };
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: ['*.ts'] }),
      );
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      const said = (() => {
        try {
          return execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
        } catch (error) {
          return String((error as { stdout?: unknown }).stdout);
        }
      })();
      expect(said).toBe('');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
