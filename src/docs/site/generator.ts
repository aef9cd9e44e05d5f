// Finds the site generator at run time: Eleventy, markdown-it that comes with it, and the search library.
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DiagnosticError } from '../../diagnostic/diagnostic.js';
import type { OutputFile } from '../../output/output-file.js';
import { packageRoot } from '../../package-root.js';
import { paths, visible } from '../escape.js';

/** A page as the generator is given it: its finished body and what the layout needs. */
export interface SitePage {
  /** Path with its ending, below the site's folder. */
  readonly path: string;
  readonly body: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Generator {
  /** Puts every page into the layout. */
  build(
    pages: readonly SitePage[],
    layout: (data: Readonly<Record<string, unknown>>, body: string) => string,
  ): Promise<OutputFile[]>;
  /** Renders prose of an author: Markdown without HTML or images, and with links to the web only. */
  prose(text: string): string;
  /** Renders a page in Markdown, which may link to other pages. */
  page(text: string): string;
  /** Makes the full-text index of a list of documents, as a JSON text. */
  index(documents: readonly SearchDocument[]): string;
  /** The search library for the page. */
  readonly searchLibrary: string;
}

export interface SearchDocument {
  readonly id: number;
  readonly title: string;
  readonly url: string;
  readonly kind: string;
  readonly text: string;
  readonly search: string;
  readonly labels: string;
  /** What the list of hits says of it. */
  readonly gist: string;
}

/** Fields that are searched and kept; the page loads the index with the same. */
export const searchOptions = {
  fields: ['title', 'labels', 'search', 'text'],
  storeFields: ['title', 'url', 'kind', 'gist'],
};

interface MarkdownIt {
  render(text: string): string;
  disable(rules: string[]): MarkdownIt;
  validateLink(address: string): boolean;
}
interface EleventyConfig {
  addTemplate(path: string, content: unknown, data?: object): void;
  addGlobalData(name: string, data: unknown): void;
  setQuietMode(quiet: boolean): void;
  setUseGitIgnore(use: boolean): void;
}
type EleventyClass = new (
  input: string,
  output: string,
  options: { quietMode: boolean; configPath: boolean; config(config: EleventyConfig): void },
) => { toJSON(): Promise<{ outputPath: string; url: string; content: string }[]> };

/** Loads the generator from the package or from where the command runs; throws a DiagnosticError when it is not installed. */
export async function loadGenerator(repositoryRoot: string): Promise<Generator> {
  const eleventy = find('@11ty/eleventy', repositoryRoot);
  const minisearch = find('minisearch', repositoryRoot);
  const { Eleventy } = (await load(entryOf(eleventy))) as { Eleventy: EleventyClass };
  const markdownIt = (await load(entryOf(find('markdown-it', eleventy)))) as {
    default: new (options: object) => MarkdownIt;
  };
  const { default: MiniSearch } = (await load(entryOf(minisearch))) as {
    default: new (options: object) => { addAll(documents: readonly object[]): void };
  };
  // Images are left out, for a page never loads anything from elsewhere.
  const markdown = () => new markdownIt.default({ html: false, linkify: true }).disable(['image']);
  const ofPages = markdown();
  const ofContent = markdown();
  ofContent.validateLink = (address) => /^(?:https?:|mailto:)/i.test(address);
  return {
    prose: (text) => ofContent.render(paths(visible(text))),
    page: (text) => ofPages.render(text),
    index(documents) {
      const index = new MiniSearch(searchOptions);
      index.addAll(documents);
      return JSON.stringify(index);
    },
    searchLibrary: readFileSync(join(minisearch, 'dist/umd/index.js'), 'utf8'),
    build: (pages, layout) => build(Eleventy, pages, layout),
  };
}

/** The folder of an installed package, looked for from a folder, from our package and from where the command runs. */
function find(name: string, from: string): string {
  for (const start of [from, packageRoot(), process.cwd()])
    for (let folder = start; ; folder = dirname(folder)) {
      const found = join(folder, 'node_modules', name);
      if (existsSync(join(found, 'package.json'))) return realpathSync(found);
      if (folder === dirname(folder)) break;
    }
  throw new DiagnosticError([
    {
      file: 'detc.yml',
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
      severity: 'error',
      code: 'site-generator',
      message: `the site flavor needs the package "${name}", which is not installed`,
      help: 'run "npm install --save-dev @11ty/eleventy@3 minisearch@7"',
    },
  ]);
}

/** The file that `import` of a package loads, after the `exports` of its package.json. */
function entryOf(folder: string): string {
  const { exports, main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    exports?: unknown;
    main?: string;
  };
  let entry = exports;
  while (typeof entry === 'object' && entry !== null) {
    const conditions = entry as Record<string, unknown>;
    entry = conditions['.'] ?? conditions['import'] ?? conditions['default'];
  }
  return join(folder, typeof entry === 'string' ? entry : (main ?? 'index.js'));
}

function load(file: string): Promise<unknown> {
  return import(pathToFileURL(file).href);
}

async function build(
  Eleventy: EleventyClass,
  pages: readonly SitePage[],
  layout: (data: Readonly<Record<string, unknown>>, body: string) => string,
): Promise<OutputFile[]> {
  // Every page is a virtual template; the generator still wants a folder to look into.
  const folder = mkdtempSync(join(tmpdir(), 'detc-site-'));
  try {
    const output = relative(process.cwd(), `${folder}-out`);
    const eleventy = new Eleventy(relative(process.cwd(), folder), output, {
      quietMode: true,
      configPath: false,
      config(config) {
        config.setQuietMode(true);
        config.setUseGitIgnore(false);
        config.addTemplate(
          '_includes/layout.11ty.cjs',
          class {
            render(data: Readonly<Record<string, unknown>>): string {
              return layout(data, String(data['content']));
            }
          },
        );
        config.addGlobalData('layout', 'layout.11ty.cjs');
        for (const page of pages)
          config.addTemplate(
            `${page.path}.11ty.cjs`,
            class {
              data(): object {
                return { ...page.data, permalink: page.path };
              }
              render(): string {
                return page.body;
              }
            },
          );
      },
    });
    const built = await eleventy.toJSON();
    return built.map(({ outputPath, content }) => ({
      path: relative(output, outputPath).replaceAll('\\', '/'),
      content,
    }));
  } finally {
    if (existsSync(folder)) rmdirSync(folder);
  }
}
