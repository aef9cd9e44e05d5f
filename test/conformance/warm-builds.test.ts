// Builds after edits of every kind of file of a whole repository: what they write and print is what a build without a
// cache writes and prints, byte for byte.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { build } from '../../src/build.js';
import { formatText } from '../../src/diagnostic/report/text.js';
import { hasShared, sharedFolder } from './corpus.js';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

/** Edits of a text; each takes a number so that none is like the one before. */
const edits: Readonly<Record<string, (text: string, round: number) => string>> = {
  comment: (text, round) => `# ${round}\n${text}`,
  description: (text, round) => text.replace(/^description: */m, (key) => `${key}Edit ${round}. `),
  name: (text, round) => text.replace(/^name: *(.*\w)/m, `name: $1 ${round}`),
  date: (text, round) => text.replace(/^date: .*/m, `date: '2024-01-${10 + round}'`),
  status: (text) => text.replace(/^status: .*/m, 'status: experimental'),
  search: (text, round) => text.replace(/( \| *`\w+_filter`)/, ` | eval edit=${round}$1`),
  fields: (text, round) => text.replace(/\bby (\w)/, `by edit_${round} $1`),
  stories: (text) => text.replace(/^( *analytic_story:\n *- ).*/m, '$1Windows Drivers'),
  techniques: (text) => text.replace(/T1\d\d\d(?:\.\d+)?/, 'T1003'),
  definition: (text, round) => text.replace(/^definition: */m, (key) => `${key}edit=${round} `),
  fault: (text) => text.replace(/^version: .*/m, 'version: many'),
  damage: (text) => text.slice(0, text.length >> 1),
};

describe.skipIf(!hasShared)('a build after an edit is like one without a cache', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'detc-warm-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** What a build finds, prints and writes. */
  async function outcome(root: string, out: string) {
    const { source, ...result } = await build({ root, out, keepGoing: true, only: ['app', 'api'] });
    const printed = formatText(result.diagnostics, { source, colors: false });
    const files: Record<string, string> = {};
    for (const entry of existsSync(out) ? readdirSync(out, { recursive: true, withFileTypes: true }) : []) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || path.includes('/.detc/')) continue;
      files[path.slice(out.length)] = createHash('sha1').update(readFileSync(path)).digest('hex');
    }
    return { ...result, printed, files };
  }

  test.each(['2022', '5.x'])('of %s', async (corpus) => {
    const root = join(folder, corpus);
    const out = `${root}-dist`;
    cpSync(join(sharedFolder, 'corpus', corpus), root, { recursive: true });
    spawnSync('chmod', ['-R', 'u+w', root]);
    await outcome(root, out);
    let seed = 7;
    const random = <T>(of: readonly T[]): T => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return of[Math.floor((seed / 2 ** 32) * of.length)]!;
    };
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:ya?ml|csv|json|conf)$/.test(path))
      .sort();
    const kinds = [...new Set(files.map((path) => path.split('/')[0]!))];
    for (let round = 0; round < 9; round++) {
      const done: string[] = [];
      // Two single edits for each of several at once.
      for (let count = round % 3 === 2 ? 6 : 1; count > 0; count--) {
        const kind = random(kinds);
        const file = random(files.filter((path) => path.split('/')[0] === kind));
        const edit = random([...Object.keys(edits), 'move', 'remove']);
        const path = join(root, file);
        done.push(`${edit} ${file}`);
        try {
          if (edit === 'remove') rmSync(path);
          else if (edit === 'move') renameSync(path, join(dirname(path), `a_${round}_moved.yml`));
          else writeFileSync(path, edits[edit]!(readFileSync(path, 'utf8'), round));
        } catch {
          // An earlier round has moved or removed it.
        }
      }
      const warm = await outcome(root, out);
      const fresh = `${root}-fresh-${round}`;
      expect(warm, done.join(', ')).toEqual(await outcome(root, fresh));
      rmSync(fresh, { recursive: true, force: true });
      expect(await outcome(root, out), `${done.join(', ')}, once more`).toEqual(warm);
    }
  });

  test('of 4.x, where one detection after the other says something else', async () => {
    const root = join(folder, '4.x');
    const out = `${root}-dist`;
    cpSync(join(sharedFolder, 'corpus', '4.x'), root, { recursive: true });
    spawnSync('chmod', ['-R', 'u+w', root]);
    await outcome(root, out);
    // The first one has noted the state of files that had only just been written.
    await outcome(root, out);
    const files = readdirSync(join(root, 'detections'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yml'))
      .sort();
    for (const [round, kinds] of [['description'], ['search'], ['comment', 'date'], ['fields']].entries()) {
      for (const [at, kind] of kinds.entries()) {
        const path = join(root, 'detections', files[(round * 397 + at * 31 + 11) % files.length]!);
        writeFileSync(path, edits[kind]!(readFileSync(path, 'utf8'), round));
        await outcome(root, out);
      }
      const fresh = `${root}-fresh-${round}`;
      expect(await outcome(root, out), kinds.join()).toEqual(await outcome(root, fresh));
      rmSync(fresh, { recursive: true });
    }
  });
});
