// What watching answers from what has not changed is what a fresh look finds: random edits, one after the other.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ContentCache } from '../../../src/content/load.js';
import { validateRepository } from '../../../src/validate.js';

const source = join(import.meta.dirname, '../../data/repository');
const today = '2026-11-25';

const settings = [
  'rules:\n  non-ascii: warn\n  fixed-score: error\n',
  'rules:\n  hardcoded-index: warn\n',
  'extends: escu\n',
  'external:\n  macros: [somewhere, ctime(1)]\n  lookups: [known_tools]\n',
  'overrides:\n  - files: [detections/**]\n    rules: {output-field: off, drilldown-count: error}\n',
  'rules: [broken\n',
  'app:\n  label: A label that is so long that names of stanzas become too long with it, whatever they are\n',
];

/** What may become of the text of a file. */
const edits: readonly ((text: string, at: number) => string)[] = [
  (text) => `${text}# a comment\n`,
  (text) => `# a comment above\n${text}`,
  (text) => `${text}"broken: [\n`,
  (text, at) => text.slice(0, at % text.length) + text.slice((at % text.length) + 1),
  (text, at) => {
    const lines = text.split('\n');
    lines.splice(at % lines.length, 1);
    return lines.join('\n');
  },
  (text) => text.replace(/^name: (.*)$/m, 'name: $1 again'),
  (text) => text.replace(/^id: ./m, 'id: f'),
  (text) => text.replace(/^definition: (.*)$/m, 'definition: $1 other=1'),
  (text) => text.replace(/^definition: (.*)$/m, "definition: 'eval x=lenn(y)'"),
  (text) => text.replace(/^definition: (.*)$/m, "definition: '| stats count by other'"),
  (text) => text.replace(/^description: /m, 'description: Say, '),
  (text) => text.replace('| ', '| stats count by nothing | '),
  (text) => text.replace(/`(\w+)/, '`$1x'),
  (text) => text.replace(/^type: .*$/m, 'type: Hunting'),
  (text) => text.replace(/enabled: (?:true|false)/, 'enabled: false'),
  (text) => text.replace(/^([\w ]+),/, '$1s,'),
];

const files = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();

type Step = readonly [what: number, which: number, at: number];

/** Changes something in the repository. */
function apply(root: string, [what, which, at]: Step): void {
  const all = files(root);
  const file = all[which % all.length];
  if (file === undefined) return;
  const path = join(root, file);
  const write = (to: string, text: string): void => {
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
  };
  switch (what % 10) {
    case 0:
      return rmSync(path);
    case 1:
      return renameSync(path, path.replace(/(\.\w+)$/, '_moved$1'));
    case 2:
      return write(path.replace(/(\.\w+)$/, '_copy$1'), readFileSync(path, 'utf8'));
    case 3:
      return write(join(root, 'detc.yml'), settings[at % settings.length]!);
    case 4:
      // As it was.
      return existsSync(join(source, file)) ? cpSync(join(source, file), path) : rmSync(path);
    default: {
      const text = readFileSync(path, 'utf8');
      if (text !== '') write(path, edits[at % edits.length]!(text, at));
    }
  }
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.tuple(fc.nat({ max: 1000 }), fc.nat({ max: 1000 }), fc.nat({ max: 5000 })),
  { minLength: 5, maxLength: 25 },
);

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
