// The site flavor: every page, its scripts and its search index, put together by the generator.
import type { OutputFile } from '../../output/output-file.js';
import { builtinMacros } from '../../syntax/builtin-macros.js';
import { macroTable } from '../../syntax/macros.js';
import type { Catalogue } from '../catalogue.js';
import { detectionPath, storyPath } from '../detection-page.js';
import { html } from '../escape.js';
import type { Render } from '../templates.js';
import { assets, indexScript, scriptJson } from './assets.js';
import { type CustomPage, readCustomPages, takenPage } from './custom-pages.js';
import type { SiteContext } from './detection-view.js';
import { detectionView } from './detection-view.js';
import type { SitePage } from './generator.js';
import { loadGenerator } from './generator.js';
import { readHistory } from './history.js';
import {
  detectionData,
  detectionsView,
  homeView,
  lookupsView,
  macrosView,
  searchDocuments,
  storiesView,
  storyView,
} from './list-views.js';
import { articleOf } from './markdown-pages.js';
import { rootOf } from './markup.js';
import { attackView, dataSourceView } from './matrix.js';
import { relatedFinder } from './related.js';
import { readResults } from './results.js';

export interface SiteOptions {
  /** Report of `detc test --reporter json` with the last local results. */
  readonly results: string;
}

/** Renders the whole site; paths are relative to its folder and every link in it is relative. */
export async function renderSite(
  catalogue: Catalogue,
  render: Render,
  options: SiteOptions,
): Promise<OutputFile[]> {
  const { root } = catalogue.repository;
  const generator = await loadGenerator(root);
  const history = await readHistory(root);
  const context: SiteContext = {
    catalogue,
    macros: macroTable(
      builtinMacros,
      catalogue.repository.macros.map(({ name, arguments: parameters, definition, isEval }) => ({
        name,
        arguments: parameters,
        definition,
        isEval,
      })),
    ),
    prose: generator.prose,
    history: (file) => history.get(file) ?? [],
    results: readResults(options.results),
    related: relatedFinder(catalogue),
  };
  const pages: SitePage[] = [];
  const add = (path: string, title: string, section: string, template: string, view: object): void => {
    pages.push({ path, body: render(template, view), data: { title, section } });
  };
  add('index.html', catalogue.settings.title, 'home', 'home', homeView(catalogue));
  add('detections.html', 'Detections', 'detections', 'detections', detectionsView(catalogue));
  add('stories.html', 'Analytic stories', 'stories', 'stories', storiesView(catalogue));
  add('attack.html', 'ATT&CK matrix', 'attack', 'attack', attackView(catalogue));
  add('data-sources.html', 'Data sources', 'data-sources', 'data-sources', dataSourceView(catalogue));
  add('macros.html', 'Macros', 'macros', 'macros', macrosView(context));
  add('lookups.html', 'Lookups', 'lookups', 'lookups', lookupsView(catalogue, context.prose));
  add('search.html', 'Search', 'search', 'search', {});
  for (const entry of catalogue.detections)
    add(
      `${detectionPath(entry)}.html`,
      entry.detection.name,
      'detections',
      'detection',
      detectionView(entry, context),
    );
  for (const entry of catalogue.stories)
    add(`${storyPath(entry)}.html`, entry.story.name, 'stories', 'story', storyView(entry, context));

  const custom = readCustomPages(root);
  const taken = new Set(pages.map(({ path }) => path.toLowerCase()));
  for (const page of custom) {
    if (taken.has(page.path.toLowerCase()) || page.path.startsWith('assets/')) throw takenPage(page);
    pages.push({
      path: page.path,
      body: articleOf(generator.page(page.text)),
      data: { title: page.title, section: '' },
    });
  }
  const layout = (data: Readonly<Record<string, unknown>>, body: string): string =>
    render('layout', layoutView(data, body, catalogue, custom));
  return [
    ...(await generator.build(pages, layout)),
    ...assets(root),
    { path: 'assets/minisearch.js', content: generator.searchLibrary },
    { path: 'assets/search-index.js', content: indexScript(generator.index(searchDocuments(catalogue))) },
    {
      path: 'assets/data.js',
      content: `window.detcDetections = ${scriptJson(detectionData(catalogue))};\n`,
    },
  ];
}

function layoutView(
  data: Readonly<Record<string, unknown>>,
  body: string,
  catalogue: Catalogue,
  custom: readonly CustomPage[],
): object {
  const path = String((data['page'] as { url?: string } | undefined)?.url ?? '/').replace(/^\//, '');
  const root = rootOf(path);
  const section = String(data['section'] ?? '');
  const title = String(data['title'] ?? catalogue.settings.title);
  const links = [
    ['detections', 'Detections'],
    ['stories', 'Stories'],
    ['attack', 'ATT&CK'],
    ['data-sources', 'Data sources'],
    ['macros', 'Macros'],
    ['lookups', 'Lookups'],
  ] as const;
  return {
    root,
    body,
    title: html(title === catalogue.settings.title ? title : `${title} · ${catalogue.settings.title}`),
    siteTitle: html(catalogue.settings.title),
    version: html(catalogue.repository.app.version),
    searchHint: 'Search names, SPL, techniques',
    links: [
      ...links.map(([name, label]) => ({
        href: `${root}${name}.html`,
        label: html(label),
        current: section === name ? ' aria-current="page"' : '',
      })),
      ...custom
        .filter((page) => !page.path.includes('/'))
        .map((page) => ({
          href: `${root}${encodeURIComponent(page.path)}`,
          label: html(page.title),
          current: path === page.path ? ' aria-current="page"' : '',
        })),
    ],
    mainClass: section === '' ? 'prose' : section === 'attack' ? 'wide' : '',
  };
}
