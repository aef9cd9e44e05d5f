// The ATT&CK matrix and the matrix of data sources: what is covered by how many detections.
import type { AttackFacts, Technique } from '../../output/attack.js';
import { tacticsInMatrixOrder } from '../../output/attack.js';
import type { Catalogue, DetectionEntry } from '../catalogue.js';
import { html } from '../escape.js';
import { compareNames } from '../names.js';
import { idAttribute } from './markup.js';

/** How strong a cell is shaded: 0 for nothing, 5 for the most. */
export function shade(count: number): number {
  if (count === 0) return 0;
  if (count === 1) return 1;
  if (count <= 3) return 2;
  if (count <= 8) return 3;
  return count <= 20 ? 4 : 5;
}

function familyOf(id: string): string {
  return id.split('.')[0]!;
}

/** How many letters of the matrix fit a line; longer words are hyphenated. */
const lineOfCell = 12;

/**
 * The text with soft hyphens in words that are longer than a column is wide, and breaks behind slashes: before a common
 * ending, else before the last consonant with its vowel that fits. Browsers that hyphenate by themselves have a
 * dictionary, which many lack.
 */
export function breakable(text: string): string {
  return text.replaceAll('/', '/\u200b').replace(/[A-Za-z]{13,}/g, hyphenated);
}

function hyphenated(word: string): string {
  if (word.length <= lineOfCell) return word;
  const ending = /(?<=[a-z]{4})(?:[tsc]ion|ture|ment|ness|sance|ence|able|ible|ware)s?$/.exec(word);
  const syllables = [...word.slice(0, lineOfCell).matchAll(/(?<=[a-z]{3})[bcdfgjklmnprstvz][aeiou]/g)];
  const fitting = ending && ending.index <= lineOfCell ? ending : (syllables.at(-1) ?? { index: lineOfCell });
  return `${word.slice(0, fitting.index)}\u00ad${hyphenated(word.slice(fitting.index))}`;
}

/** Columns of the ATT&CK matrix: every technique of each tactic, counted with its sub-techniques. */
export function attackView(catalogue: Catalogue): object {
  const { attack, detections } = catalogue;
  const byFamily = new Map<string, Set<DetectionEntry>>();
  for (const entry of detections)
    for (const technique of entry.techniques) {
      const family = familyOf(technique.id);
      const set = byFamily.get(family);
      if (set) set.add(entry);
      else byFamily.set(family, new Set([entry]));
    }
  const techniques = parentsOf(attack);
  const tactics = tacticsInMatrixOrder.map((tactic) => {
    const cells = techniques
      .filter((technique) => technique.tactics.includes(tactic))
      .sort((a, b) => compareNames(a.name, b.name))
      .map((technique) => {
        const count = byFamily.get(technique.id)?.size ?? 0;
        return { id: technique.id, name: html(breakable(technique.name)), count, shade: shade(count) };
      });
    return {
      tactic: html(breakable(tactic)),
      covered: cells.filter((cell) => cell.count > 0).length,
      total: cells.length,
      cells,
    };
  });
  const covered = techniques.filter((technique) => byFamily.has(technique.id)).length;
  return { version: attack.version, tactics, covered, total: techniques.length };
}

function parentsOf(attack: AttackFacts): Technique[] {
  return [...attack.techniques.values()].filter((technique) => !technique.id.includes('.'));
}

/** Data sources that are described or that a detection names, each once. */
export function sourceNames(catalogue: Catalogue): string[] {
  const used = catalogue.detections.flatMap((entry) => entry.dataSources);
  return [...new Set([...catalogue.dataSources, ...used].map((source) => source.name))];
}

/** Rows of the data source matrix: detections of each tactic that need the source. */
export function dataSourceView(catalogue: Catalogue): object {
  const rows = new Map<string, DetectionEntry[]>(sourceNames(catalogue).map((name) => [name, []]));
  for (const entry of catalogue.detections)
    for (const { name } of entry.dataSources) rows.get(name)?.push(entry);
  const described = new Map(catalogue.dataSources.map((source) => [source.name, source]));
  return {
    count: rows.size,
    tactics: tacticsInMatrixOrder.map(html),
    sources: [...rows]
      .sort(([a, x], [b, y]) => y.length - x.length || compareNames(a, b))
      .map(([name, entries]) => {
        const source = described.get(name);
        return {
          idAttribute: idAttribute(catalogue.sourceAnchors.get(name)),
          name: html(name),
          href: `detections.html?source=${encodeURIComponent(name)}`,
          count: entries.length,
          sourcetype: html(source?.sourcetype ?? ''),
          addOns: html((source?.supportedTA ?? []).map((add) => add.name).join(', ')),
          cells: tacticsInMatrixOrder.map((tactic) => {
            const count = entries.filter((entry) => entry.tactics.includes(tactic)).length;
            return {
              count: count === 0 ? '' : count,
              shade: shade(count),
              label: html(`${name}, ${tactic}: ${count}`),
              href: `detections.html?source=${encodeURIComponent(name)}&amp;tactic=${encodeURIComponent(tactic)}`,
            };
          }),
        };
      }),
  };
}
