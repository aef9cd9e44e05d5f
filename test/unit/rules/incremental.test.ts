// What watching answers from what has not changed is what a fresh look finds: random edits, one after the other.
import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ContentCache } from '../../../src/content/load.js';
import { validateRepository } from '../../../src/validate.js';
import { apply, source, steps } from './random-edits.js';

const today = '2026-11-25';

it('is the same as of a fresh look', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const root = mkdtempSync(join(tmpdir(), 'detc-incremental-'));
      try {
        cpSync(source, root, { recursive: true });
        const cache = new ContentCache();
        validateRepository(root, { cache, today });
        for (const step of sequence) {
          apply(root, step);
          const { diagnostics } = validateRepository(root, { cache, today });
          expect(diagnostics).toEqual(validateRepository(root, { today }).diagnostics);
        }
      } finally {
        rmSync(root, { recursive: true });
      }
    }),
    { numRuns: 10 },
  );
}, 120_000);

it('follows the lines of a macro that a fault in a search points into', () => {
  const root = mkdtempSync(join(tmpdir(), 'detc-incremental-'));
  try {
    cpSync(source, root, { recursive: true });
    const cache = new ContentCache();
    let time = 1_000_000;
    const change = (file: string, edit: (text: string) => string): void => {
      const path = join(root, file);
      writeFileSync(path, edit(readFileSync(path, 'utf8')));
      // Long ago, so that a file is not read again for having been changed just now.
      utimesSync(path, ++time, time);
    };
    const noted = (): (number | undefined)[] =>
      validateRepository(root, { cache, today }).diagnostics.flatMap(({ notes }) =>
        (notes ?? []).map(({ place }) => place?.line),
      );
    change('detections/web/long_urls.yml', (text) =>
      text.replace('| `long_urls_filter`', '| `ctime(url)` | `long_urls_filter`'),
    );
    change('macros/ctime.yml', (text) => text.replace(/convert .*/, 'where len(nothing) > 1'));
    expect(noted()).toEqual([8]);
    change('macros/ctime.yml', (text) => `# above\n${text}`);
    expect(noted()).toEqual([9]);
  } finally {
    rmSync(root, { recursive: true });
  }
});

it('knows what a definition wrote in each of the searches that share a command', () => {
  const root = mkdtempSync(join(tmpdir(), 'detc-incremental-'));
  try {
    cpSync(source, root, { recursive: true });
    const inDefinition =
      'index=_internal user=1 src=2 and words that reach beyond the command in the other search';
    writeFileSync(join(root, 'macros/big.yml'), `name: big\ndefinition: ${inDefinition}\ndescription: d\n`);
    const shared = '| search user=1 search src=2';
    for (const [file, search] of [
      ['detections/endpoint/rundll32_without_arguments.yml', `index=_internal user=1 ${shared}`],
      ['detections/web/long_urls.yml', `\`big\` ${shared}`],
    ] as const) {
      const path = join(root, file);
      const text = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        text.replace(/^search:.*\n(?: .*\n)*/m, () => `search: '${search}'\n`),
      );
    }
    const cached = validateRepository(root, { cache: new ContentCache(), today }).diagnostics;
    expect(cached.filter(({ code }) => code === 'missing-pipe')).toHaveLength(2);
    expect(cached).toEqual(validateRepository(root, { today }).diagnostics);
  } finally {
    rmSync(root, { recursive: true });
  }
});
