// What a page about a detection says, before any markup: facts, tables and prose with links to other pages by name.
import { type Detection, type Drilldown, emptyDataset, type RiskObject } from '../content/model.js';
import type { Technique } from '../output/attack.js';
import { techniqueUrl } from '../output/attack.js';
import { builtinMacros } from '../syntax/builtin-macros.js';
import type { Catalogue, DetectionEntry } from './catalogue.js';
import { cisControls, dataModels, killChainPhases, nistCategories } from './frameworks.js';
import { layOutSearch } from './search-layout.js';
import type { DocsSettings } from './settings.js';

/** A text that may lead somewhere: to a page of ours (`to`, without its ending) or to the web (`url`). */
export interface Linked {
  readonly text: string;
  readonly to?: string;
  readonly anchor?: string;
  readonly url?: string;
}

/** A labelled row of facts. */
export interface Fact {
  readonly label: string;
  readonly values: readonly Linked[];
}

export interface DetectionPage {
  readonly title: string;
  /** Path of the page without its ending. */
  readonly path: string;
  /** A sentence for what is not in production, else empty. */
  readonly notice: string;
  readonly description: string;
  readonly explanation: string;
  readonly facts: readonly Fact[];
  readonly search: string;
  readonly macros: readonly MacroRow[];
  readonly lookups: readonly { readonly name: Linked; readonly kind: string; readonly description: string }[];
  readonly techniques: readonly { readonly technique: Technique; readonly link: Linked }[];
  readonly risk: {
    readonly message: string;
    readonly objects: readonly RiskObject[];
    readonly threats: readonly { readonly field: string; readonly type: string }[];
    readonly finding?: { readonly title: string; readonly entity: RiskObject };
  };
  readonly howToImplement: string;
  readonly knownFalsePositives: string;
  readonly drilldowns: readonly Drilldown[];
  readonly tests: readonly TestRow[];
  readonly references: readonly string[];
  readonly labels: readonly Fact[];
}

export interface MacroRow {
  readonly name: string;
  readonly link: Linked;
  /** Empty when the repository does not define it. */
  readonly definition: string;
  readonly note: string;
}

export interface TestRow {
  readonly name: string;
  readonly description: string;
  readonly isExperimental: boolean;
  readonly data: readonly {
    readonly address: string;
    readonly source: string;
    readonly sourcetype: string;
  }[];
}

/** A file of the repository, linked when it is known where the repository lies. */
export function sourceLink(file: string, settings: DocsSettings): Linked {
  const { isRepositoryKnown, repositoryUrl, branch } = settings;
  return isRepositoryKnown
    ? { text: file, url: `${repositoryUrl}/blob/${branch}/${encodeURI(file)}` }
    : { text: file };
}

/** Page of a detection, without its ending. */
export function detectionPath(entry: DetectionEntry): string {
  return `detections/${entry.category}/${entry.slug}`;
}

/** Page of a story, without its ending. */
export function storyPath(entry: { readonly slug: string }): string {
  return `stories/${entry.slug}`;
}

export function statusNotice(detection: Detection): string {
  if (detection.status === 'experimental')
    return 'Experimental: this detection has not been tested on real data and is not supported.';
  if (detection.status === 'deprecated') {
    const { deprecation } = detection;
    const until = deprecation ? ` It will be removed in version ${deprecation.removedInVersion}.` : '';
    return `Deprecated: this detection is no longer maintained.${until}`;
  }
  return detection.status === 'removed' ? 'Removed: this detection is no longer shipped.' : '';
}

/** Builds the page of one detection. */
export function detectionPage(entry: DetectionEntry, catalogue: Catalogue): DetectionPage {
  const { detection } = entry;
  const { tags, risk } = detection;
  return {
    title: detection.name,
    path: detectionPath(entry),
    notice: statusNotice(detection),
    description: detection.description,
    explanation:
      detection.explanation && detection.explanation !== detection.description ? detection.explanation : '',
    facts: facts(entry, catalogue),
    search: layOutSearch(detection.search),
    macros: macroRows(entry, catalogue),
    lookups: entry.lookups.map(({ name, lookup }) => ({
      name: { text: name, ...(lookup ? { to: 'lookups', anchor: catalogue.anchors.get(lookup) ?? '' } : {}) },
      kind: lookup?.lookupType ?? 'not in this repository',
      description: lookup?.description ?? '',
    })),
    techniques: entry.techniques.map((technique) => ({ technique, link: techniqueLink(technique) })),
    risk: {
      message: risk?.message ?? '',
      objects: risk?.riskObjects ?? [],
      threats: risk?.threatObjects ?? [],
      ...(detection.finding ? { finding: detection.finding } : {}),
    },
    howToImplement: detection.howToImplement,
    knownFalsePositives: detection.knownFalsePositives,
    drilldowns: detection.drilldowns,
    tests: testRows(detection),
    references: detection.references,
    labels: [
      { label: 'Kill chain', values: texts(killChainPhases(detection, entry.tactics)) },
      { label: 'NIST', values: texts(nistCategories(detection)) },
      { label: 'CIS', values: texts(cisControls(detection)) },
      { label: 'CVE', values: tags.cves.map(cveLink) },
      { label: 'Atomic tests', values: texts(tags.atomicGuids) },
    ].filter((fact) => fact.values.length > 0),
  };
}

function facts(entry: DetectionEntry, catalogue: Catalogue): Fact[] {
  const { detection } = entry;
  const { tags } = detection;
  const one = (label: string, text: string | number | undefined): Fact => ({
    label,
    values: text === undefined || text === '' ? [] : [{ text: String(text) }],
  });
  return [
    one('Type', detection.type),
    one('Status', detection.status),
    one('Version', detection.version),
    one('Updated', detection.modificationDate),
    one('Created', detection.creationDate === detection.modificationDate ? '' : detection.creationDate),
    one('Author', detection.author),
    one('ID', detection.id),
    one('Security domain', tags.securityDomain),
    one('Asset type', tags.assetType),
    { label: 'Products', values: texts(tags.products) },
    { label: 'Data models', values: dataModels(detection).map(dataModelLink) },
    {
      label: 'Data sources',
      values: entry.dataSources.map(({ name }) => ({
        text: name,
        to: 'indexes/data-sources',
        anchor: catalogue.sourceAnchors.get(name) ?? '',
      })),
    },
    {
      label: 'Analytic stories',
      values: entry.stories.map(({ name, entry: story }) => ({
        text: name,
        ...(story ? { to: storyPath(story) } : {}),
      })),
    },
    {
      label: 'Source',
      values: [sourceLink(detection.file, catalogue.settings)],
    },
  ].filter((fact) => fact.values.length > 0);
}

/** Macros of other apps that we know, such as those of the Common Information Model. */
const builtins = new Map(builtinMacros.map((macro) => [macro.name, macro]));

function macroRows(entry: DetectionEntry, { anchors }: Catalogue): MacroRow[] {
  const rows = entry.macros.map(
    ({ name, macro }): MacroRow => ({
      name,
      link: { text: name, ...(macro ? { to: 'macros', anchor: anchors.get(macro) ?? '' } : {}) },
      definition: macro?.definition ?? builtins.get(name)?.definition ?? '',
      note: macro ? macro.description : 'Defined by another app.',
    }),
  );
  const { filterMacro } = entry;
  if (filterMacro !== undefined && !rows.some((row) => row.name === filterMacro))
    rows.push({
      name: filterMacro,
      link: { text: filterMacro },
      definition: 'search *',
      note: 'Empty by default; redefine it to filter out false positives without editing the search.',
    });
  return rows;
}

function testRows(detection: Detection): TestRow[] {
  const rows = detection.tests.map((test) => ({
    name: test.name,
    description: test.description ?? '',
    isExperimental: test.testType === 'experimental',
    data: test.attackData.map((data) => ({
      address: data.data,
      source: data.source ?? '',
      sourcetype: data.sourcetype ?? '',
    })),
  }));
  const addresses = detection.tags.datasets.filter((address) => address !== emptyDataset);
  if (rows.length > 0 || addresses.length === 0) return rows;
  const data = addresses.map((address) => ({ address, source: '', sourcetype: '' }));
  return [{ name: 'Datasets', description: '', isExperimental: false, data }];
}

function texts(list: readonly string[]): Linked[] {
  return list.map((text) => ({ text }));
}

export function techniqueLink(technique: Technique): Linked {
  const url = techniqueUrl(technique.id);
  return { text: technique.id, ...(url === undefined ? {} : { url }) };
}

export function dataModelLink(model: string): Linked {
  const page = model.replace(/[^A-Za-z0-9]/g, '');
  return { text: model, url: `https://docs.splunk.com/Documentation/CIM/latest/User/${page}` };
}

function cveLink(cve: string): Linked {
  return /^CVE-\d+-\d+$/.test(cve)
    ? { text: cve, url: `https://nvd.nist.gov/vuln/detail/${cve}` }
    : { text: cve };
}
