// JSON for other tools: the content as data, the ATT&CK coverage as a Navigator layer, and badges that count it.
import { createHash } from 'node:crypto';
import type {
  Baseline,
  ContentObject,
  Detection,
  Lookup,
  Macro,
  Repository,
  Story,
} from '../content/model.js';
import { type AttackFacts, attackVersionOf, loadAttack, techniqueOf } from '../output/attack.js';
import { authorParts } from '../output/describe.js';
import { mappingsOf, severityOf } from '../output/detection-facts.js';
import { type Fragment, type FragmentStore, fragmentMark, noStore, splice } from '../output/fragments.js';
import { baselineStanza, detectionStanza, responseTaskStanza, sortedTexts } from '../output/names.js';
import type { OutputFile } from '../output/output-file.js';
import { type CalledNames, calledNames, dataModelsOf, killChainPhases } from '../output/search-facts.js';
import { type AppContext, appContext, type ContextOptions } from './app-context.js';
import { xmlText } from './investigations.js';
import { render } from './templates.js';

/** What is kept of a block of detections beside its data. */
interface Note {
  readonly called: CalledNames;
  /** How many have a test with data. */
  readonly tested: number;
}

/** Renders the files; paths are relative to the output folder. */
export function renderApi(repository: Repository, options: ContextOptions = {}): OutputFile[] {
  const store = options.store ?? noStore;
  const context = appContext(repository, { ...options, store: noStore });
  const facts = loadAttack(attackVersionOf(repository));
  const detectionFragments = detectionFragmentsOf(context, facts, store);
  const { detections } = context.repository;
  const tested = detectionFragments.reduce((sum, { note }) => sum + (note as Note).tested, 0);
  const file = (name: string, text: string): OutputFile => ({
    path: `api/${name}`,
    content: Buffer.from(text),
  });
  const list = (kind: string, objects: readonly object[]) => file(`${kind}_v2.json`, listText(kind, objects));
  return [
    spliced('detections', detectionFragments),
    spliced('stories', storyFragments(context, facts, store)),
    list('macros', context.repository.macros.map(macroData)),
    list('lookups', context.repository.lookups.map(lookupData)),
    list('baselines', context.repository.baselines.map(baselineData)),
    list('deployments', deploymentsData(context.repository)),
    list(
      'response_tasks',
      context.responseTasks.map((task) => ({ ...common(task), search: task.search })),
    ),
    file(
      'version_v2.json',
      `${JSON.stringify({ version: { name: `v${repository.app.version}`, published_at: `${context.date}T00:00:00Z` } })}\n`,
    ),
    file('coverage.json', `${JSON.stringify(navigatorLayer(context.repository), null, 1)}\n`),
    ...badges(detections, tested).map(({ name, view }) => file(`${name}.svg`, render('badge.svg', view))),
  ];
}

/** What a block of detections gives to the API: path and fragment. */
export function renderApiBlock(
  repository: Repository,
  options: ContextOptions,
): (readonly [path: string, fragment: Fragment])[] {
  const context = appContext(repository, { ...options, store: noStore });
  const facts = loadAttack(attackVersionOf(repository));
  return detectionFragmentsOf(context, facts, options.store ?? noStore).map((fragment) => [
    detectionsPath,
    fragment,
  ]);
}

const detectionsPath = 'api/detections_v2.json';

/** What every fragment depends on. */
const dependsOf = ({ repository, is2022 }: AppContext): string =>
  createHash('sha1')
    .update(`${attackVersionOf(repository)} ${is2022} ${deploymentsText(repository)}`)
    .digest('base64url');

function detectionFragmentsOf(context: AppContext, facts: AttackFacts, store: FragmentStore): Fragment[] {
  const { macros, lookups } = context.repository;
  const macrosOf = finder(macros);
  const lookupsOf = finder(lookups);
  const depends = dependsOf(context);
  const called = ({ macros: names, lookups: tables }: CalledNames): ContentObject[] => [
    ...macrosOf(names),
    ...lookupsOf(tables),
  ];
  return context.detectionBlocks.map((block) =>
    store.fragment(
      detectionsPath,
      block,
      (note) => [depends, ...called((note as Note).called).map((one) => store.identity(one))].join(' '),
      (part) => {
        const data = part.map((detection) => {
          const names = calledNames(detection.search);
          const objects = { macros: macrosOf(names.macros), lookups: lookupsOf(names.lookups) };
          return { names, text: JSON.stringify(detectionData(detection, context, facts, objects)) };
        });
        const note: Note = {
          called: {
            macros: [...new Set(data.flatMap(({ names }) => names.macros))],
            lookups: [...new Set(data.flatMap(({ names }) => names.lookups))],
          },
          tested: part.filter(({ tests }) => tests.some(({ attackData }) => attackData.length > 0)).length,
        };
        return { text: data.map(({ text }) => text).join(',\n'), note };
      },
    ),
  );
}

/** What the finding of a detection depends on besides itself. */
const deploymentsText = ({ deployments, schedules }: Repository): string =>
  JSON.stringify([deployments, schedules], (key, value: unknown) => (key === 'at' ? undefined : value));

/** The same list, of objects that are fragments. */
const spliced = (kind: string, objects: readonly Fragment[]): OutputFile => {
  const path = `api/${kind}_v2.json`;
  const text = `{${JSON.stringify(kind)}: [\n${objects.map(() => fragmentMark).join(',\n')}\n]}\n`;
  return splice(path, text, objects);
};

/** One object a line: small, and a change of one object is a change of one line. */
const listText = (kind: string, objects: readonly object[]) =>
  `{${JSON.stringify(kind)}: [\n${objects.map((object) => JSON.stringify(object)).join(',\n')}\n]}\n`;

type Named = Pick<
  Detection,
  'name' | 'author' | 'modificationDate' | 'version' | 'id' | 'description' | 'references'
>;

const common = (content: Named) => ({
  name: content.name,
  author: content.author,
  date: content.modificationDate,
  version: content.version,
  id: content.id,
  description: content.description,
  references: content.references,
});

const enrichments = (ids: readonly string[], facts: AttackFacts) =>
  ids.map((id) => {
    const technique = techniqueOf(facts, id);
    return {
      mitre_attack_id: id,
      mitre_attack_technique: technique.name,
      mitre_attack_tactics: technique.tactics,
      mitre_attack_groups: technique.groups,
    };
  });

const tacticsOf = (ids: readonly string[], facts: AttackFacts) => [
  ...new Set(ids.flatMap((id) => techniqueOf(facts, id).tactics)),
];

const sourceOf = (detection: Detection) => detection.folder.split('/').at(-1) ?? '';

/** Finds objects by name, in the order in which the repository has them. */
function finder<T extends { readonly name: string }>(all: readonly T[]): (names: readonly string[]) => T[] {
  const places = new Map<string, number[]>();
  for (const [place, { name }] of all.entries()) {
    const same = places.get(name);
    if (same) same.push(place);
    else places.set(name, [place]);
  }
  return (names) =>
    [...new Set(names)]
      .flatMap((name) => places.get(name) ?? [])
      .sort((a, b) => a - b)
      .map((place) => all[place]!);
}

function detectionData(
  detection: Detection,
  { deployment }: AppContext,
  facts: AttackFacts,
  called: { readonly macros: readonly Macro[]; readonly lookups: readonly Lookup[] },
) {
  const { tags, risk } = detection;
  const { notable } = deployment(detection).alertAction;
  const mappings = mappingsOf(detection);
  // Named one by one: to spread these into the object takes longer than to write its JSON.
  return {
    name: detection.name,
    author: detection.author,
    date: detection.modificationDate,
    version: detection.version,
    id: detection.id,
    description: detection.description,
    references: detection.references,
    tags: {
      analytic_story: sortedTexts(tags.analyticStories),
      asset_type: tags.assetType,
      cis20: mappings['cis20'],
      kill_chain_phases: killChainPhases(tacticsOf(tags.mitreAttackIds, facts)),
      nist: mappings['nist'],
      security_domain: tags.securityDomain,
      mitre_attack_id: tags.mitreAttackIds,
      mitre_attack_enrichments: enrichments(tags.mitreAttackIds, facts),
    },
    type: detection.type,
    status: detection.status,
    search: detection.search,
    how_to_implement: detection.howToImplement,
    known_false_positives: detection.knownFalsePositives,
    datamodel: dataModelsOf(detection.search),
    data_source: detection.dataSources,
    source: sourceOf(detection),
    nes_fields: notable?.nesFields.join(','),
    rba: risk && {
      message: risk.message,
      risk_objects: risk.riskObjects,
      threat_objects: risk.threatObjects,
      risk_score: risk.score,
    },
    risk_severity: risk && severityOf(detection),
    macros: called.macros.map(macroData),
    lookups: called.lookups.map(lookupData),
  };
}

/** The stories, each with what belongs to it. */
function storyFragments(context: AppContext, facts: AttackFacts, store: FragmentStore): Fragment[] {
  const { repository, responseTasks, storyBlocks } = context;
  const depends = dependsOf(context);
  const detectionsOf = byStory(repository.detections);
  const baselinesOf = byStory(repository.baselines);
  const tasksOf = byStory(responseTasks);
  const { label } = repository.app;
  return storyBlocks.map((block) => {
    const members = block.flatMap((story) => [
      story.name,
      ...[...detectionsOf(story), ...baselinesOf(story), ...tasksOf(story)].map((one) => store.identity(one)),
    ]);
    const dataOf = (story: Story) => {
      const detections = detectionsOf(story);
      return {
        ...storyData(story, detections, facts),
        detection_names: detections.map(({ name }) => detectionStanza(label, name)),
        investigation_names: tasksOf(story).map((task) => responseTaskStanza(label, task.name)),
        baseline_names: baselinesOf(story).map((baseline) => baselineStanza(label, baseline.name)),
        ...authorOf(story),
        detections: detections.map((detection) => ({
          name: detection.name,
          source: sourceOf(detection),
          type: detection.type,
          tags: { mitre_attack_enrichments: enrichments(detection.tags.mitreAttackIds, facts) },
        })),
      };
    };
    return store.fragment(
      'api/stories_v2.json',
      block,
      () => [depends, label, ...members].join(' '),
      (part) => ({ text: part.map((story) => JSON.stringify(dataOf(story))).join(',\n') }),
    );
  });
}

/** Finds the objects of a story. */
function byStory<T extends { readonly tags: Detection['tags'] }>(all: readonly T[]) {
  const found = new Map<string, T[]>();
  for (const one of all)
    for (const story of new Set(one.tags.analyticStories)) {
      const list = found.get(story);
      if (list) list.push(one);
      else found.set(story, [one]);
    }
  return (story: Story): readonly T[] => found.get(story.name) ?? [];
}

function authorOf(story: Story) {
  const { name, company } = authorParts(story.author ?? '');
  return { author_company: company, author_name: name };
}

function storyData(story: Story, detections: readonly Detection[], facts: AttackFacts) {
  const ids = [...new Set(detections.flatMap((detection) => detection.tags.mitreAttackIds))];
  const tactics = tacticsOf(ids, facts);
  return {
    ...common(story),
    narrative: story.narrative,
    tags: {
      category: story.categories,
      product: story.products,
      usecase: story.usecase,
      mitre_attack_enrichments: enrichments(ids, facts),
      mitre_attack_tactics: sortedTexts(tactics),
      datamodels: sortedTexts([...new Set(detections.flatMap(({ search }) => dataModelsOf(search)))]),
      kill_chain_phases: killChainPhases(tactics),
    },
  };
}

const macroData = (macro: Macro) => ({
  name: macro.name,
  definition: macro.definition,
  description: macro.description,
  arguments: macro.arguments.length > 0 ? macro.arguments : undefined,
});

const lookupData = (lookup: Lookup) => ({
  name: lookup.name,
  description: lookup.description,
  lookup_type: lookup.lookupType,
  filename: lookup.filename?.split('/').at(-1),
  collection: lookup.lookupType === 'kvstore' ? (lookup.collection ?? lookup.name) : undefined,
  fields_list: lookup.fields.length > 0 ? lookup.fields.join(', ') : undefined,
  default_match: lookup.defaultMatch,
  match_type: lookup.matchType,
  min_matches: lookup.minMatches,
  max_matches: lookup.maxMatches,
  case_sensitive_match: lookup.caseSensitiveMatch,
});

const baselineData = (baseline: Baseline) => ({
  ...common(baseline),
  type: baseline.type,
  datamodel: dataModelsOf(baseline.search),
  search: baseline.search,
  how_to_implement: baseline.howToImplement,
  known_false_positives: baseline.knownFalsePositives,
  tags: {
    analytic_story: sortedTexts(baseline.tags.analyticStories),
    detections: baseline.detections,
    product: baseline.tags.products,
    security_domain: baseline.tags.securityDomain,
  },
});

const deploymentsData = (repository: Repository) =>
  repository.deployments.map((deployment) => ({
    ...common(deployment),
    type: deployment.type,
    scheduling: {
      cron_schedule: deployment.scheduling.cronSchedule,
      earliest_time: deployment.scheduling.earliestTime,
      latest_time: deployment.scheduling.latestTime,
      schedule_window: deployment.scheduling.scheduleWindow,
    },
    rba: { enabled: deployment.alertAction.rbaEnabled },
  }));

/** How many detections each technique has, in the format of the ATT&CK Navigator (layer 4.5). */
function navigatorLayer(repository: Repository): object {
  const techniques = new Map<string, Detection[]>();
  for (const detection of repository.detections)
    for (const id of new Set(detection.tags.mitreAttackIds)) {
      const list = techniques.get(id);
      if (list) list.push(detection);
      else techniques.set(id, [detection]);
    }
  return {
    name: `${repository.app.title} coverage`,
    versions: { attack: attackVersionOf(repository), navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description: `Detections of ${repository.app.title} ${repository.app.version} by technique`,
    techniques: [...techniques]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([techniqueID, detections]) => ({
        techniqueID,
        score: detections.length,
        comment: detections.map(({ name }) => name).join('\n'),
        enabled: true,
      })),
    gradient: {
      colors: ['#ffffff', '#66b1ff', '#096ed7'],
      minValue: 0,
      maxValue: Math.max(1, ...[...techniques.values()].map(({ length }) => length)),
    },
    layout: { layout: 'side', showID: true, showName: true },
    showTacticRowBackground: true,
    tacticRowBackground: '#dddddd',
    selectTechniquesAcrossTactics: true,
  };
}

/** The number of detections, how many are in production, and how many can be tested. */
function badges(
  detections: readonly Detection[],
  tested: number,
): { readonly name: string; readonly view: object }[] {
  const share = (count: number) =>
    detections.length === 0 ? '–' : `${Math.round((count / detections.length) * 100)} %`;
  const production = detections.filter(({ status }) => status === 'production').length;
  const badge = (name: string, label: string, value: string) => ({
    name,
    view: { label: xmlText(label), value: xmlText(value), ...layout(label, value) },
  });
  return [
    badge('detection_count', 'detections', String(detections.length)),
    badge('detection_coverage', 'production', share(production)),
    badge('test_coverage', 'tested', share(tested)),
  ];
}

/** Widths for text of 11 pixels, about 6.6 a letter, with 6 of margin. */
function layout(label: string, value: string) {
  const left = Math.round(label.length * 6.6 + 12);
  const right = Math.round(value.length * 6.6 + 12);
  return { width: left + right, left, right, labelAt: left / 2, valueAt: left + right / 2 };
}
