// A folder of Markdown files as a site of its own: the guide of detc, by the generator and layout of the content's site.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { OutputFile } from '../../output/output-file.js';
import { html } from '../escape.js';
import { anchorGiver, compareNames } from '../names.js';
import { loadTemplates } from '../templates.js';
import { assets, indexScript } from './assets.js';
import { gistOf } from './detection-view.js';
import type { SearchDocument, SitePage } from './generator.js';
import { loadGenerator } from './generator.js';
import { articleOf, pagePath } from './markdown-pages.js';
import { rootOf } from './markup.js';

export interface GuideOptions {
  readonly title: string;
  readonly version: string;
}

interface GuidePage {
  /** Path with `/` and the ending `.html`; README.md becomes index.html. */
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

/** Renders every Markdown file below a folder; links between them lead from page to page. */
export async function renderGuide(folder: string, options: GuideOptions): Promise<OutputFile[]> {
  const generator = await loadGenerator(folder);
  const render = loadTemplates('site', folder);
  const guide = withIndex(readGuide(folder), options.title);
  const order = inOrder(guide);
  const pages = guide.map((page): SitePage => {
    const article = articleOf(generator.page(page.text));
    const body = `<div class="guide-page">\n${contents(order, page)}\n<article class="prose guide">\n${article}</article>\n</div>`;
    return { path: page.path, body, data: { title: page.title, section: page.path } };
  });
  const layout = (data: Readonly<Record<string, unknown>>, body: string): string => {
    const path = String(data['section']);
    const root = rootOf(path);
    return render('layout', {
      root,
      body,
      title: html(data['title'] === options.title ? options.title : `${data['title']} · ${options.title}`),
      siteTitle: html(options.title),
      version: html(options.version),
      links: [],
      searchHint: 'Search the guide',
      mainClass: '',
    });
  };
  const documents = guide.flatMap(sectionsOf).map((section, id) => ({ id, ...section }));
  return [
    ...(await generator.build([...pages, searchPage(render('search', {}))], layout)),
    ...assets(folder),
    { path: 'assets/minisearch.js', content: generator.searchLibrary },
    { path: 'assets/search-index.js', content: indexScript(generator.index(documents)) },
  ];
}

/** What the search finds: the beginning of a page, and each of its sections under its anchor. */
function sectionsOf(page: GuidePage): Omit<SearchDocument, 'id'>[] {
  const anchors = anchorGiver();
  const sections: { title: string; url: string; lines: string[] }[] = [];
  let inCode = false;
  for (const line of page.text.split('\n')) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) inCode = !inCode;
    const heading = inCode ? null : /^(#{1,6}) (.+)$/.exec(line);
    if (heading !== null) {
      const title = heading[2]!.replace(/[`*]/g, '');
      const anchor = anchors(title);
      if (heading[1] === '#') sections.push({ title: page.title, url: page.path, lines: [] });
      else if (heading[1] === '##')
        sections.push({ title, url: `${page.path}#${encodeURIComponent(anchor)}`, lines: [] });
    }
    if (sections.length === 0) sections.push({ title: page.title, url: page.path, lines: [] });
    sections.at(-1)!.lines.push(line);
  }
  return sections.map(({ title, url, lines }) => ({
    title,
    url,
    kind: title === page.title ? 'Guide' : page.title,
    text: lines.join('\n'),
    search: '',
    labels: '',
    gist: gistOf(openingOf(lines.join('\n')), 180),
  }));
}

/** The first paragraph of a page, without the marks of Markdown. */
function openingOf(text: string): string {
  const paragraph = text.split(/\n{2,}/).find((part) => /^[^#`|<*-]/.test(part)) ?? '';
  return paragraph.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
}

/** The pages in the order in which the first of them names them; then those that it does not name. */
function inOrder(guide: readonly GuidePage[]): readonly GuidePage[] {
  const start = guide.find((page) => page.path === 'index.html')?.text ?? '';
  const named = [...start.matchAll(/\]\(([^)#\s]+\.md)/g)].map(([, path = '']) => pagePath(path));
  const place = ({ path }: GuidePage): number =>
    path === 'index.html' ? -1 : named.includes(path) ? named.indexOf(path) : named.length;
  return guide.toSorted((a, b) => place(a) - place(b));
}

/** The list of all pages, for the side of one. */
function contents(order: readonly GuidePage[], page: GuidePage): string {
  const items = order.map(({ path, title }) => {
    const current = path === page.path ? ' aria-current="page"' : '';
    return `<li><a href="${html(rootOf(page.path) + path)}"${current}>${html(title)}</a></li>`;
  });
  return `<nav class="guide-nav" aria-label="Guide">\n<ul>\n${items.join('\n')}\n</ul>\n</nav>`;
}

function searchPage(body: string): SitePage {
  return { path: 'search.html', body, data: { title: 'Search', section: 'search.html' } };
}

function readGuide(folder: string): GuidePage[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.md'))
    .sort(compareNames)
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      const title = /^# (.+)$/m.exec(text)?.[1] ?? posix.basename(name, '.md');
      return {
        path: pagePath(name),
        title: title.replaceAll('`', ''),
        text: text.replace(/^<!--.*-->\n/gm, ''),
      };
    });
}

/** A folder without a README.md gets a list of its pages. */
function withIndex(guide: readonly GuidePage[], title: string): readonly GuidePage[] {
  if (guide.some((page) => page.path === 'index.html')) return guide;
  const list = guide.map((page) => `* [${page.title}](${page.path.replace(/\.html$/, '.md')})`);
  return [{ path: 'index.html', title, text: `# ${title}\n\n${list.join('\n')}\n` }, ...guide];
}
