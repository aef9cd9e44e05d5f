// Faults planted into the searches of the reference repositories are reported in the file, where they are, before all else.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ContentCache } from '../../src/content/load.js';
import type { Detection } from '../../src/content/model.js';
import type { Diagnostic, Place, Span } from '../../src/diagnostic/diagnostic.js';
import { languageWith } from '../../src/external-names.js';
import { type Validation, validateRepository } from '../../src/validate.js';
import { randomNumbers } from '../unit/syntax/mutations.js';
import { corpora, hasShared, sharedFolder } from './corpus.js';
import { type SearchFault, searchFaults } from './faults-in-searches.js';

if (!hasShared) console.warn(`SKIPPED: no reference data at ${sharedFolder}`);

/** Faults of a kind in one repository, and files that have one at a time. */
const faultsOfKind = 120;
const filesOfRound = 400;
const today = '2026-11-25';

interface Planted {
  readonly fault: SearchFault;
  readonly detection: Detection;
  readonly text: string;
  readonly place: Place;
}

interface Tally {
  planted: number;
  /** A warning or an error is new. */
  found: number;
  isError: number;
  /** One of the new ones covers the place. */
  atPlace: number;
  /** The first of the file does. */
  first: number;
  /** It suggests what was there. */
  hinted: number;
}

const keyOf = (d: Diagnostic): string => `${d.code} ${d.message}`;
const shown = (d: Diagnostic | undefined): string =>
  d === undefined ? '-' : `${d.line}:${d.column} ${d.severity}[${d.code}] ${d.message} (${d.help ?? ''})`;

/** The file with the fault; undefined where the change of the text is not that of the value. */
function plant(detection: Detection, text: string, fault: SearchFault): Planted | undefined {
  const span = (at: Span): Place => detection.at.span(fault.path, at);
  const lines = text.split('\n');
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, column - 1);
  const { start, end } = fault.span;
  const isInsertion = start === end;
  const from = isInsertion ? span({ start: start - 1, end: start }) : span(fault.span);
  const begin = isInsertion ? offset(from.endLine, from.endColumn) : offset(from.line, from.column);
  const stop = isInsertion ? begin : offset(from.endLine, from.endColumn);
  // Values that are written otherwise than they read, such as with escapes.
  const value = fault.path.reduce<unknown>(
    (inner, part) => (inner as Readonly<Record<string, unknown>>)[part],
    detection,
  );
  if (text.slice(begin, stop) !== String(value).slice(start, end)) return undefined;
  const before = text.slice(0, begin).split('\n');
  const line = before.length;
  const column = before.at(-1)!.length + 1;
  // Where something lacks, what comes next is the first that can be seen to be wrong.
  const next = stop + (fault.written === '' ? /^\s*/.exec(text.slice(stop))![0].length : 0);
  const behind = (text.slice(0, begin) + fault.written + text.slice(stop, next)).split('\n');
  return {
    fault,
    detection,
    text: text.slice(0, begin) + fault.written + text.slice(stop),
    place: {
      file: detection.file,
      line,
      column,
      endLine: behind.length,
      endColumn: behind.at(-1)!.length + 1,
    },
  };
}

/** Whether a diagnostic covers the place or touches it. */
function covers(d: Place, place: Place): boolean {
  const before = d.line < place.endLine || (d.line === place.endLine && d.column <= place.endColumn + 1);
  const after = d.endLine > place.line || (d.endLine === place.line && d.endColumn >= place.column - 1);
  return before && after;
}

/**
 * What must be reached of kinds, in percent: found, at the place, first, with the right hint. A field of
 * events that is made of words which other fields have may be one, and the bracket that ends a subsearch may lack at many places: that it
 * is never closed is told where it is opened.
 */
const least: readonly (readonly [
  kind: RegExp,
  found: number,
  atPlace: number,
  first: number,
  hinted: number,
])[] = [
  [/^letter of an? (?:command|function|aggregate)/, 99.5, 99.5, 99, 99],
  [/^letter of an option/, 99.5, 99.5, 99.5, 90],
  [/^letter of/, 98, 98, 94, 96],
  [/^argument of a (?:function|macro)/, 99.5, 99.5, 99, 100],
  [/^argument of a command/, 92, 92, 92, 100],
  [/^bracket of a regex/, 97, 97, 97, 100],
  [/^closing \]/, 99.5, 0, 0, 100],
  [/^(?:opening|closing) single quote/, 99.5, 94, 94, 100],
  [/^(?:opening|closing) (?:quote|\[)/, 99.5, 93, 92, 100],
  [/^(?:opening|closing) (?:\(|\)|backtick)/, 99.5, 97, 96, 100],
  [/^pipe/, 94, 92, 90, 100],
  [/^(?:risk object|message token|throttling field)/, 99, 99, 45, 100],
  [/^drilldown token/, 99, 99, 95, 100],
  [/^reader renamed/, 94, 94, 80, 100],
  [/^by field renamed by a letter/, 91, 88, 86, 100],
  [/^by field renamed/, 97, 96, 84, 100],
  [/^eval field renamed/, 80, 70, 62, 100],
];

describe.runIf(hasShared)('faults planted into the searches of', () => {
  test.each(corpora)('%s are reported first, where they are', (corpus) => {
    const root = mkdtempSync(join(tmpdir(), 'detc-searches-'));
    const wrong: string[] = [];
    try {
      cpSync(join(sharedFolder, 'corpus', corpus), root, { recursive: true });
      const random = randomNumbers(11);
      const cache = new ContentCache();
      const clean = validateRepository(root, { cache, today });
      const known = byFile(clean);
      const tallies = new Map<string, Tally>();
      for (const round of rounds(clean, random)) {
        for (const { detection, text } of round) writeFileSync(join(root, detection.file), text);
        const found = byFile(validateRepository(root, { cache, today }));
        for (const planted of round) {
          const { detection, fault } = planted;
          const tally = tallies.get(fault.kind) ?? {
            planted: 0,
            found: 0,
            isError: 0,
            atPlace: 0,
            first: 0,
            hinted: 0,
          };
          tallies.set(fault.kind, tally);
          const reason = count(
            planted,
            found.get(detection.file) ?? [],
            known.get(detection.file) ?? [],
            tally,
          );
          if (reason !== undefined)
            wrong.push(
              `${fault.kind}\t${detection.file}\t${planted.place.line}:${planted.place.column}\t${detection.search.slice(fault.span.start - 30, fault.span.end + 20).replaceAll('\n', ' ')}\t${fault.written}\t${reason}`,
            );
        }
        for (const { detection } of round)
          writeFileSync(join(root, detection.file), clean.documents.get(detection.file)!.text);
      }
      const share = (part: number, of: number): number => Math.round((1000 * part) / of) / 10;
      const table = [...tallies].sort().map(([kind, t]) => ({
        kind,
        planted: t.planted,
        found: share(t.found, t.planted),
        error: share(t.isError, t.planted),
        atPlace: share(t.atPlace, t.planted),
        first: share(t.first, t.planted),
        hinted: share(t.hinted, t.planted),
      }));
      console.table(table);
      if (process.env['DETC_WRONG'] !== undefined)
        writeFileSync(`${process.env['DETC_WRONG']}-${corpus}.txt`, `${wrong.sort().join('\n')}\n`);
      for (const row of table) {
        if (row.planted < 50) continue;
        const [, found = 0, atPlace = 0, first = 0, hinted = 0] =
          least.find(([kind]) => kind.test(row.kind)) ?? [];
        expect(row.found, `${row.kind} found`).toBeGreaterThanOrEqual(found);
        expect(row.atPlace, `${row.kind} at its place`).toBeGreaterThanOrEqual(atPlace);
        expect(row.first, `${row.kind} first`).toBeGreaterThanOrEqual(first);
        expect(row.hinted, `${row.kind} with a hint`).toBeGreaterThanOrEqual(hinted);
      }
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

/** Counts one fault; returns what is wrong with its report. */
function count(
  { place, fault }: Planted,
  found: readonly Diagnostic[],
  before: readonly Diagnostic[],
  tally: Tally,
): string | undefined {
  const known = new Set(before.map(keyOf));
  const fresh = found.filter((d) => !known.has(keyOf(d)));
  const there = fresh.filter((d) => d.severity !== 'info' && covers(d, place));
  tally.planted++;
  if (fresh.some((d) => d.severity !== 'info')) tally.found++;
  if (there.some((d) => d.severity === 'error')) tally.isError++;
  if (there.length > 0) tally.atPlace++;
  const isFirst = there[0] !== undefined && there[0] === found[0];
  if (isFirst) tally.first++;
  const isHinted =
    fault.meant === undefined ||
    there.some(({ help }) => help?.includes(`"${fault.meant}`) || help?.includes(`.${fault.meant}"`));
  if (isHinted) tally.hinted++;
  return isFirst && isHinted
    ? undefined
    : `${there.length === 0 ? 'MISSED' : isFirst ? 'HINT' : 'LATER'} ${(fresh.length === 0 ? found.slice(0, 1) : fresh.slice(0, 2)).map(shown).join(' ; ')}`;
}

function byFile({ diagnostics }: Validation): ReadonlyMap<string, Diagnostic[]> {
  const files = new Map<string, Diagnostic[]>();
  for (const d of diagnostics) files.set(d.file, [...(files.get(d.file) ?? []), d]);
  return files;
}

/** The faults in sets that hold each file once. */
function rounds({ content, documents }: Validation, random: (below: number) => number): Planted[][] {
  const language = languageWith(content.settings.external);
  const counts = new Map<string, number>();
  const sets: Planted[][] = [];
  const detections = content.detections.filter(
    ({ status }) => status !== 'deprecated' && status !== 'removed',
  );
  // In a random order, so that each kind has its faults in all folders.
  const order = detections.map((d) => [random(1 << 30), d] as const).sort(([a], [b]) => a - b);
  for (const [, detection] of order) {
    const { text } = documents.get(detection.file)!;
    let set = random(8);
    for (const fault of searchFaults(detection, content, language, random)) {
      const soFar = counts.get(fault.kind) ?? 0;
      if (soFar >= faultsOfKind) continue;
      const planted = plant(detection, text, fault);
      if (planted === undefined) continue;
      counts.set(fault.kind, soFar + 1);
      // What several searches name is a name: a fault is to be alone with what it writes.
      const isThere = (other: Planted): boolean =>
        fault.written !== '' && other.fault.written === fault.written;
      while ((sets[set]?.length ?? 0) >= filesOfRound || sets[set]?.some(isThere)) set++;
      while (sets.length <= set) sets.push([]);
      sets[set]!.push(planted);
      set++;
    }
  }
  return sets;
}
