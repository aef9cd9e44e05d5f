// Tables that the build makes from the content: its data sources, and what has been deprecated or removed.
import type { DeprecationEntry, Repository } from '../content/model.js';
import { attackVersionOf, loadAttack } from '../output/attack.js';
import { baselineStanza, detectionStanza, responseTaskStanza, sortedTexts } from '../output/names.js';
import type { GeneratedLookup } from './knowledge-objects.js';

/** The tables of the repository. */
export function generatedLookups(repository: Repository): GeneratedLookup[] {
  const lookups: GeneratedLookup[] = [
    {
      name: 'data_sources',
      description: 'A lookup file that contains the data source objects for detections.',
      caseSensitiveMatch: false,
      csv: dataSourcesTable(repository),
    },
  ];
  const deprecated = deprecationTable(repository);
  if (deprecated !== undefined)
    lookups.push({
      name: 'deprecation_info',
      description:
        'A lookup file that contains information about content that has been deprecated or removed from the app.',
      csv: deprecated,
    });
  return lookups;
}

/** CSV as RFC 4180 has it: CRLF, quotes where a cell needs them. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** ATT&CK techniques for the lookup `mitre_enrichment`, as an app's own template brings them. */
export function techniquesTable(repository: Repository): string {
  const { techniques } = loadAttack(attackVersionOf(repository));
  return csvText([
    ['mitre_id', 'technique', 'tactics', 'groups'],
    ...[...techniques.values()].map(({ id, name, tactics, groups }) => [
      id,
      name,
      tactics.join('|'),
      groups.join('|'),
    ]),
  ]);
}

function dataSourcesTable({ dataSources }: Repository): string {
  const rows = dataSources.map((source) => {
    const [ta] = source.supportedTA;
    return [
      source.name,
      source.id ?? '',
      source.author ?? '',
      source.source,
      source.sourcetype,
      source.separator ?? '',
      ta?.name ?? '',
      ta?.version ?? '',
      ta?.url ?? '',
      source.description,
    ];
  });
  return csvText([
    [
      'name',
      'id',
      'author',
      'source',
      'sourcetype',
      'separator',
      'supported_TA_name',
      'supported_TA_version',
      'supported_TA_url',
      'description',
    ],
    ...rows,
  ]);
}

type Kind = 'Detection' | 'Baseline' | 'Investigation' | 'Story';
const sections: Readonly<Record<DeprecationEntry['section'], Kind>> = {
  detections: 'Detection',
  baselines: 'Baseline',
  investigations: 'Investigation',
  stories: 'Story',
};

/** What was deprecated or removed, or nothing when the repository keeps no account of it. */
function deprecationTable(repository: Repository): string | undefined {
  const entries = deprecated(repository);
  if (!repository.app.enforceDeprecationMapping && !entries.some((entry) => entry.inline)) return undefined;
  const { label } = repository.app;
  const links = new Map<string, string>();
  for (const { name, id, folder } of repository.detections)
    if (id !== undefined) links.set(name, `https://research.splunk.com/${folder.split('/').at(-1)}/${id}`);
  for (const { name } of repository.stories)
    links.set(name, `https://research.splunk.com/stories/${name.toLowerCase().replaceAll(' ', '_')}`);
  const stanza: Readonly<Record<Kind, (name: string) => string>> = {
    Detection: (name) => detectionStanza(label, name),
    Baseline: (name) => baselineStanza(label, name),
    Investigation: (name) => responseTaskStanza(label, name),
    Story: (name) => name,
  };
  return csvText([
    [
      'Name',
      'Content Type',
      'Removed in Version',
      'Reason',
      'Replacement Content',
      'Replacement Content Link',
    ],
    ...entries.map(({ name, kind, info }) => {
      const replacements = sortedTexts(info.replacementContent);
      return [
        stanza[kind](name),
        kind,
        info.removedInVersion,
        info.reason,
        replacements.join('\n') || 'No Replacement Content Available',
        replacements.flatMap((other) => links.get(other) ?? []).join('\n') || 'No Content Link Available',
      ];
    }),
  ]);
}

interface Deprecated {
  readonly name: string;
  readonly kind: Kind;
  readonly info: DeprecationEntry['info'];
  /** Written in the content itself and not in a mapping file. */
  readonly inline: boolean;
}

/**
 * What is said of content in the mapping files and in the content itself, each name once: stories, baselines,
 * investigations and detections in their order, then what is gone.
 */
function deprecated(repository: Repository): Deprecated[] {
  const mapped = new Map<string, Deprecated>();
  for (const { content, section, info } of repository.deprecations)
    if (!mapped.has(content))
      mapped.set(content, { name: content, kind: sections[section], info, inline: false });
  const found = new Map<string, Deprecated>();
  for (const one of [
    ...repository.stories,
    ...repository.baselines,
    ...repository.investigations,
    ...repository.detections,
    ...repository.removed,
  ]) {
    const inMapping = mapped.get(one.name);
    if (found.has(one.name)) continue;
    if (inMapping !== undefined) found.set(one.name, inMapping);
    else if (one.deprecation !== undefined)
      found.set(one.name, {
        name: one.name,
        kind: kinds[one.kind === 'removed' ? one.of : one.kind],
        info: one.deprecation,
        inline: true,
      });
  }
  for (const [name, entry] of mapped) if (!found.has(name)) found.set(name, entry);
  return [...found.values()];
}

const kinds = {
  detection: 'Detection',
  baseline: 'Baseline',
  investigation: 'Investigation',
  story: 'Story',
} as const satisfies Record<string, Kind>;
