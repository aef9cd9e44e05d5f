// The documentation of a repository as files: one flavor of pages from the views and templates.
import type { Repository } from '../content/model.js';
import { lastResultsFile } from '../output/last-results.js';
import type { OutputFile } from '../output/output-file.js';
import { catalogueOf } from './catalogue.js';
import { renderJekyll } from './jekyll.js';
import { renderMarkdown } from './markdown.js';
import { renderSite } from './site/render-site.js';
import { loadTemplates } from './templates.js';

export const docsFlavors = ['jekyll', 'markdown', 'site'] as const;
export type DocsFlavor = (typeof docsFlavors)[number];

export interface DocsOptions {
  readonly flavor: DocsFlavor;
  /** For the site: report of `detc test --reporter json`; default: what `detc test` noted in the repository. */
  readonly results?: string;
}

/**
 * Renders the pages of a flavor; paths are relative to the flavor's own folder. Throws a DiagnosticError for a
 * template of the repository that cannot be rendered.
 */
export async function renderDocs(repository: Repository, options: DocsOptions): Promise<OutputFile[]> {
  const catalogue = catalogueOf(repository);
  const render = loadTemplates(options.flavor, repository.root);
  switch (options.flavor) {
    case 'jekyll':
      return renderJekyll(catalogue, render);
    case 'markdown':
      return renderMarkdown(catalogue, render);
    case 'site':
      return renderSite(catalogue, render, {
        results: options.results ?? lastResultsFile(repository.root),
      });
  }
}
