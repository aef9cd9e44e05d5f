// One fault after the other planted into files of the reference repositories: each is reported once, at its place, with
// its value, and nothing is reported that was not there before. A round plants one fault into each of many files.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../src/content/kinds.js';
import { ContentCache } from '../../src/content/load.js';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.js';
import { validateRepository } from '../../src/validate.js';
import { randomNumbers } from '../unit/syntax/mutations.js';
import { corpora, hasShared, sharedFolder } from './corpus.js';
import { faultsOf, type PlantedFault } from './faults-in-content.js';

if (!hasShared) console.warn(`SKIPPED: no reference data at ${sharedFolder}`);

const rounds = 4;
const filesOfKind = 10;
const today = '2026-11-25';

const keyOf = (d: Diagnostic): string => `${d.file} ${d.code} ${d.message}`;
const shown = (d: Diagnostic): string => `${d.line}:${d.column} ${d.severity}[${d.code}] ${d.message}`;

/** What is wrong with the answer to a fault; undefined when it is right. */
function judge({ place, names }: PlantedFault, found: readonly Diagnostic[]): string | undefined {
  const [first] = found;
  if (place === undefined) return found.length === 0 ? undefined : `reported: ${found.map(shown).join('; ')}`;
  if (first === undefined) return 'not reported';
  const all = found.map(shown).join('; ');
  if (found.length > 1) return `reported as several: ${all}`;
  if (first.line !== place.line || first.column !== place.column)
    return `expected at ${place.line}:${place.column}: ${all}`;
  return names === undefined || first.message.includes(names) ? undefined : `"${names}" is not named: ${all}`;
}

/** Whether a diagnostic is of a name that a planted fault has taken away. */
function isMissed({ code, message }: Diagnostic, lost: readonly (string | undefined)[]): boolean {
  return /^(?:unknown-|orphan-)/.test(code) && lost.includes(/"([^"]+)"/.exec(message)?.[1]);
}

/** Files by kind, some of each. */
function sample(files: readonly string[], random: (below: number) => number): string[] {
  const byKind = new Map<string, string[]>();
  for (const file of files) {
    const folder = kindOf(file)?.folder;
    if (folder !== undefined) byKind.set(folder, [...(byKind.get(folder) ?? []), file]);
  }
  return [...byKind.values()].flatMap((all) =>
    all.length <= filesOfKind ? all : Array.from({ length: filesOfKind }, () => all[random(all.length)]!),
  );
}

describe.runIf(hasShared)('faults planted into', () => {
  it.each(corpora.filter((corpus) => existsSync(join(sharedFolder, 'corpus', corpus))))('%s', (corpus) => {
    const root = mkdtempSync(join(tmpdir(), 'detc-planted-'));
    try {
      cpSync(join(sharedFolder, 'corpus', corpus), root, { recursive: true });
      const random = randomNumbers(3);
      const cache = new ContentCache();
      const before = validateRepository(root, { cache, today });
      const known = new Set(before.diagnostics.map(keyOf));
      const clean = new Set(before.documents.keys());
      for (const { file, severity } of before.diagnostics) if (severity === 'error') clean.delete(file);
      const faults = new Map(
        sample([...clean], random).map((file) => {
          const text = readFileSync(join(root, file), 'utf8');
          return [file, { text, faults: [...faultsOf(file, text, random)] }] as const;
        }),
      );
      const wrong: string[] = [];
      let planted = 0;
      for (let round = 0; round < rounds; round++) {
        const now = new Map<string, PlantedFault>();
        for (const [file, { faults: possible }] of faults) {
          const fault = possible[random(possible.length)];
          if (fault === undefined) continue;
          writeFileSync(join(root, file), fault.bytes);
          now.set(file, fault);
        }
        planted += now.size;
        const { diagnostics } = validateRepository(root, { cache, today });
        const lost = [...now.values()].map((fault) => fault.lost).filter((name) => name !== undefined);
        const fresh = diagnostics.filter((d) => !known.has(keyOf(d)) && !isMissed(d, lost));
        for (const [file, fault] of now) {
          const reason = judge(
            fault,
            fresh.filter((d) => d.file === file),
          );
          if (reason !== undefined) wrong.push(`${fault.what} in ${file}: ${reason}`);
        }
        for (const diagnostic of fresh)
          if (!now.has(diagnostic.file)) wrong.push(`elsewhere, ${diagnostic.file}: ${shown(diagnostic)}`);
      }
      expect(planted).toBeGreaterThan(rounds * (corpus === 'escu6' ? 5 : 50));
      expect(wrong).toEqual([]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
