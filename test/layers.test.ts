// Every import inside src/ follows the table of ARCHITECTURE.md.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Reads the table: room → what it may import. */
function table(): Map<string, ReadonlySet<string>> {
  const rows = new Map<string, ReadonlySet<string>>();
  for (const line of readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').split('\n')) {
    const match = /^\| `(\w+)` \|[^|]*\|([^|]*)\|$/.exec(line);
    if (match)
      rows.set(
        match[1]!,
        new Set(
          match[2]!
            .split(',')
            .map((word) => word.trim())
            .filter(Boolean),
        ),
      );
  }
  return rows;
}

/** Lists the offences of one file, `from` being its path under src/. */
function offences(from: string, text: string, rows: Map<string, ReadonlySet<string>>): string[] {
  const room = from.includes('/') ? from.split('/')[0]! : '';
  if (room === '') return [];
  const allowed = rows.get(room);
  if (!allowed) return [`src/${room}/ is not in the table of ARCHITECTURE.md`];
  const found: string[] = [];
  for (const [, path] of text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"]*?from\s+'(\.[^']+)'|import\('(\.[^']+)'\)/g,
  )) {
    if (!path) continue;
    const target = posix.normalize(posix.join(dirname(from), path)).replace(/\.js$/, '.ts');
    const other = target.includes('/') ? target.split('/')[0]! : target;
    if (other !== room && !allowed.has(other) && !allowed.has('everything'))
      found.push(`src/${from} imports ${other}`);
  }
  return found;
}

describe('layers', () => {
  test('every import follows the table', () => {
    const rows = table();
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((f) =>
      f.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(5);
    expect(files.flatMap((f) => offences(f, readFileSync(join(root, 'src', f), 'utf8'), rows))).toEqual([]);
  });

  test('an import against the direction is reported', () => {
    expect(offences('functions/bad.ts', "import { x } from '../commands/head.js';", table())).toEqual([
      'src/functions/bad.ts imports commands',
    ]);
  });
});
