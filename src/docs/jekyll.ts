// Views of the jekyll flavor: posts, stories, list pages and navigation of a Minimal Mistakes site.
import { type Detection, emptyDataset } from '../content/model.js';
import type { Technique } from '../output/attack.js';
import { techniqueUrl } from '../output/attack.js';
import type { OutputFile } from '../output/output-file.js';
import type { Catalogue, DetectionEntry, StoryEntry } from './catalogue.js';
import { unique } from './catalogue.js';
import { addressLink, code, fenceFor, inline, prose, proseCell, webAddress, yamlScalar } from './escape.js';
import { cisControls, dataModels, killChainPhases, nistCategories } from './frameworks.js';
import { listPages } from './jekyll-lists.js';
import { slugOf } from './names.js';
import type { Render } from './templates.js';

/** Every file of the flavor, detections first. */
export function renderJekyll(catalogue: Catalogue, render: Render): OutputFile[] {
  const files: OutputFile[] = [];
  for (const entry of catalogue.detections)
    files.push({ path: postPath(entry), content: render('detection', detectionView(entry, catalogue)) });
  for (const entry of catalogue.stories)
    files.push({
      path: `_stories/${entry.slug}.md`,
      content: render('story', storyView(entry, catalogue)),
    });
  files.push(...listPages(catalogue, render));
  const { detections } = catalogue.repository;
  return detections.length > 0 && detections.every(isOf2022) ? files.map(inAscii) : files;
}

function isOf2022({ dialect }: Detection): boolean {
  return dialect === '2022';
}

/** The published pages of 2022 drop every character outside ASCII. */
function inAscii(file: OutputFile): OutputFile {
  const { path, content } = file;
  return { path, content: typeof content === 'string' ? content.replace(/[^\x00-\x7f]/g, '') : content };
}

/** `_posts/<date>-<slug>.md`; without a date Jekyll would not take it for a post. */
export function postPath(entry: DetectionEntry): string {
  return `_posts/${dateOf(entry.detection)}-${entry.slug}.md`;
}

/** Where Jekyll's `/:categories/:title/` puts a detection. */
export function detectionUrl(entry: DetectionEntry): string {
  return `/${entry.category}/${entry.slug}/`;
}

/** Where the tag archive lists a tag. */
export function tagUrl(tag: string): string {
  return `/tags/#${encodeURI(tag.toLowerCase().replace(/\s+/g, '-'))}`;
}

export function dateOf(content: {
  readonly modificationDate?: string;
  readonly creationDate?: string;
}): string {
  const date = content.modificationDate ?? content.creationDate ?? '';
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? date : '1970-01-01';
}

export function techniqueTags(techniques: readonly Technique[]): string {
  if (techniques.length === 0) return 'None';
  return techniques
    .map((technique) => `[${inline(technique.name, 'jekyll')}](${tagUrl(technique.name)})`)
    .join(', ');
}

function detectionView(entry: DetectionEntry, catalogue: Catalogue): object {
  const { detection, techniques } = entry;
  const { tags } = detection;
  const { repositoryUrl, branch } = catalogue.settings;
  const blob = `${repositoryUrl}/blob/${branch}`;
  const models = dataModels(detection);
  // The published layout knows no data sources; dialects that ask for them have a line of their own.
  const sources = /^(?:2022|4\.x)$/.test(detection.dialect) ? [] : entry.dataSources;
  return {
    title: yamlScalar(detection.name, 'double'),
    category: yamlScalar(categoryTitle(entry.category)),
    date: dateOf(detection),
    tags: [
      ...techniques.map((technique) => technique.name),
      ...techniques.flatMap((technique) => technique.tactics),
      ...tags.products,
      ...tags.cves,
      ...models,
    ].map((tag) => yamlScalar(tag)),
    isExperimental: detection.status === 'experimental',
    description: prose(detection.description, 'jekyll'),
    type: inline(detection.type, 'jekyll'),
    products: tags.products.map((product) => inline(product, 'jekyll')).join(', '),
    dataModels: models.map(dataModelLink).join(', '),
    dataSources: sources.map((use) => inline(use.name, 'jekyll')).join(', '),
    author: inline(detection.author ?? '', 'jekyll'),
    id: inline(detection.id ?? '', 'jekyll'),
    version: detection.version ?? '',
    techniques: techniques.map((technique) => techniqueView(technique)),
    killChainPhases: killChainPhases(detection, entry.tactics).map((phase) => inline(phase, 'jekyll')),
    nist: nistCategories(detection).map((item) => inline(item, 'jekyll')),
    cis20: cisControls(detection).map((item) => inline(item, 'jekyll')),
    cves: tags.cves.map((cve) => ({ link: cveLink(cve) })),
    fence: fenceFor(detection.search),
    search: code(searchLines(detection.search), 'jekyll'),
    macros: entry.macros
      .filter((use) => use.macro !== undefined)
      .map(({ name }) => ({
        name: inline(name, 'jekyll'),
        url: `${blob}/macros/${encodeURIComponent(name)}.yml`,
      })),
    filterMacro: inline(filterMacroOf(entry), 'jekyll'),
    lookups: lookupLinks(entry, catalogue),
    requiredFields: tags.requiredFields.map((field) => inline(field, 'jekyll')),
    howToImplement: prose(detection.howToImplement, 'jekyll'),
    knownFalsePositives: prose(detection.knownFalsePositives, 'jekyll'),
    stories: detection.tags.analyticStories.map((name) => ({
      link: `[${inline(name, 'jekyll')}](/stories/${storySlug(entry, name)})`,
    })),
    ...riskView(entry),
    references: detection.references.map((reference) => addressLink(reference, 'jekyll')),
    datasets: datasetsOf(entry).map((dataset) =>
      dataset === emptyDataset ? `[${emptyDataset}](${emptyDataset})` : addressLink(dataset, 'jekyll'),
    ),
    sourceUrl: `${repositoryUrl}/tree/${branch}/${encodeURI(sourceFile(detection))}`,
  };
}

function storySlug({ stories }: DetectionEntry, name: string): string {
  return stories.find((story) => story.name === name)?.entry?.slug ?? slugOf(name);
}

/** The published pages of 2022 derive the file from the name; later ones link where it lies. */
function sourceFile(detection: Detection): string {
  if (detection.dialect !== '2022') return detection.file;
  return `detections/${detection.folder}/${slugOf(detection.name).replaceAll('-', '_')}.yml`;
}

/** The published pages of 2022 name the filter macro after the page, whatever the search calls it. */
function filterMacroOf({ detection, slug, filterMacro }: DetectionEntry): string {
  if (detection.dialect === '2022') return `${slug}_filter`;
  return filterMacro ?? `${detection.stem}_filter`;
}

/** The published pages of 2022 list a lookup for each use by its name, and a table file for every lookup. */
function lookupLinks(entry: DetectionEntry, { settings }: Catalogue): object[] {
  const asPublished = entry.detection.dialect === '2022';
  const { repositoryUrl, branch } = settings;
  const uses = asPublished ? entry.lookupUses.filter((use) => use.name === use.lookup?.name) : entry.lookups;
  return uses.flatMap(({ lookup }) => {
    if (!lookup) return [];
    const table = asPublished
      ? `lookups/${lookup.name}.csv`
      : lookup.lookupType === 'csv'
        ? lookup.filename
        : undefined;
    return {
      name: inline(lookup.name, 'jekyll'),
      url: `${repositoryUrl}/blob/${branch}/lookups/${encodeURIComponent(lookup.name)}.yml`,
      dataUrl: table === undefined ? '' : `${repositoryUrl}/tree/${branch}/${encodeURI(table)}`,
    };
  });
}

function techniqueView(technique: Technique): object {
  const url = techniqueUrl(technique.id);
  const id = inline(technique.id, 'jekyll');
  return {
    link: url === undefined ? id : `[${id}](${url})`,
    name: inline(technique.name, 'jekyll'),
    quotedName: yamlScalar(technique.name, 'double').slice(1, -1),
    tactics: technique.tactics.join(', '),
  };
}

/** Older dialects have one score with impact and confidence; later ones a score for each risk object. */
function riskView({ detection }: DetectionEntry): { scores: object[]; riskObjects: object[] } {
  const { risk, tags } = detection;
  if (tags.impact !== undefined || tags.confidence !== undefined || tags.riskScore !== undefined)
    return {
      scores: [
        {
          score: pythonFloat(tags.riskScore ?? risk?.score ?? 0),
          impact: tags.impact ?? '',
          confidence: tags.confidence ?? '',
          message: proseCell(risk?.message ?? '', 'jekyll'),
        },
      ],
      riskObjects: [],
    };
  return {
    scores: [],
    riskObjects: (risk?.riskObjects ?? []).map((object) => ({
      field: inline(object.field, 'jekyll'),
      type: inline(object.type, 'jekyll'),
      score: object.score,
      message: proseCell(object.message ?? risk?.message ?? '', 'jekyll'),
    })),
  };
}

/** The published pages print the score as a Python float. */
function pythonFloat(score: number): string {
  return Number.isInteger(score) ? `${score}.0` : String(score);
}

/** Each command on a line of its own; the published pages break before every pipe. */
function searchLines(search: string): string {
  return search.replaceAll('|', '\n|');
}

export function dataModelLink(model: string): string {
  const page = model.replace(/[^A-Za-z0-9]/g, '');
  return `[${inline(model, 'jekyll')}](https://docs.splunk.com/Documentation/CIM/latest/User/${page})`;
}

function cveLink(cve: string): string {
  const address = webAddress(`https://nvd.nist.gov/vuln/detail/${cve}`);
  return address === undefined ? inline(cve, 'jekyll') : `[${inline(cve, 'jekyll')}](${address})`;
}

export function datasetsOf({ detection }: DetectionEntry): readonly string[] {
  if (detection.tags.datasets.length > 0) return detection.tags.datasets;
  return unique(detection.tests.flatMap((test) => test.attackData.map((data) => data.data)));
}

/** `endpoint` → `Endpoint`. */
export function categoryTitle(category: string): string {
  return category.slice(0, 1).toUpperCase() + category.slice(1);
}

function storyView(entry: StoryEntry, catalogue: Catalogue): object {
  const { story, detections } = entry;
  const { repositoryUrl, branch } = catalogue.settings;
  const models = unique(detections.flatMap(({ detection }) => dataModels(detection))).sort();
  const phases = unique(
    detections.flatMap(({ detection, tactics }) => killChainPhases(detection, tactics)),
  ).sort();
  return {
    title: yamlScalar(story.name, 'double'),
    date: dateOf(story),
    tags: [...story.products, ...models, ...phases].map((tag) => yamlScalar(tag)),
    description: prose(story.description, 'jekyll'),
    products: story.products.map((product) => inline(product, 'jekyll')).join(', '),
    dataModels: models.map(dataModelLink).join(', '),
    author: inline(story.author ?? '', 'jekyll'),
    id: inline(story.id ?? '', 'jekyll'),
    narrative: prose(story.narrative, 'jekyll'),
    detections: detections.map((detection) => ({
      link: `[${inline(detection.detection.name, 'jekyll')}](${detectionUrl(detection)})`,
      techniques: techniqueTags(detection.techniques),
      type: inline(detection.detection.type, 'jekyll'),
    })),
    references: story.references.map((reference) => addressLink(reference, 'jekyll')),
    sourceUrl: `${repositoryUrl}/tree/${branch}/stories/${entry.slug}.yml`,
    version: story.version ?? '',
  };
}
