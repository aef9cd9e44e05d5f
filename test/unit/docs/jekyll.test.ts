// The jekyll flavor: whole pages of a small repository, the links between them, and its templates' overrides.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DiagnosticError } from '../../../src/diagnostic/diagnostic.js';
import { renderDocs } from '../../../src/docs/render-docs.js';
import { expectGolden } from './golden.js';
import { detection, repository, sample } from './sample.js';

describe('jekyll', () => {
  test('the pages of the sample repository', async () => {
    expectGolden('docs/jekyll', await renderDocs(sample, { flavor: 'jekyll' }));
  });

  test('macros stand in the order of first use, the filter macro apart', async () => {
    const [page] = await renderDocs(sample, { flavor: 'jekyll' });
    const section = /#### Macros\n[^\n]*\n([\s\S]*?)\n\n/.exec(String(page!.content))?.[1];
    expect(section?.match(/(?<=^\* \[)[^\]]*/gm)).toEqual([
      'summariesonly',
      'process_office',
      'drop_dm_object_name',
    ]);
    expect(page!.content).toContain('**office_product_spawning_shell_filter** is a empty macro');
  });

  test('every link into the site leads to a page of it', async () => {
    const files = await renderDocs(sample, { flavor: 'jekyll' });
    const known = new Set(files.map((file) => addressOf(file.path, String(file.content))));
    const dead = files.flatMap((file) =>
      [...String(file.content).matchAll(/\]\((\/[^)#]*)/g)]
        .map((match) => match[1]!.replace(/\/?$/, '/'))
        .filter((address) => !known.has(address))
        .map((address) => `${file.path}: ${address}`),
    );
    // The story that the sample names but does not have is linked as the published pages do.
    expect(dead.filter((link) => !link.includes('/stories/no_such_story/'))).toEqual([]);
  });

  test('two names of one slug get two pages', async () => {
    const files = await renderDocs(repository({ detections: [detection('A.B'), detection('A/B')] }), {
      flavor: 'jekyll',
    });
    expect(files.slice(0, 2).map((file) => file.path)).toEqual([
      '_posts/2025-03-04-a_b.md',
      '_posts/2025-03-04-a_b-2.md',
    ]);
  });

  test("a repository's own template replaces ours, the others stay", async () => {
    const root = mkdtempSync(join(tmpdir(), 'detc-docs-'));
    mkdirSync(join(root, 'templates/jekyll'), { recursive: true });
    writeFileSync(join(root, 'templates/jekyll/story.hbs'), 'own {{title}}\n');
    const files = await renderDocs({ ...sample, root }, { flavor: 'jekyll' });
    expect(files.find((file) => file.path === '_stories/macro_malware.md')?.content).toBe(
      'own "Macro Malware"\n',
    );
    expect(String(files[0]!.content)).toContain('#### Search');
  });

  test('a template that names an unknown value is an error in that template', async () => {
    const root = mkdtempSync(join(tmpdir(), 'detc-docs-'));
    mkdirSync(join(root, 'templates/jekyll'), { recursive: true });
    writeFileSync(join(root, 'templates/jekyll/story.hbs'), 'one\n{{nosuch}}\n');
    const error = await renderDocs({ ...sample, root }, { flavor: 'jekyll' }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(DiagnosticError);
    expect((error as DiagnosticError).diagnostics[0]).toMatchObject({
      file: 'templates/jekyll/story.hbs',
      line: 2,
      message: 'the view has no value "nosuch"',
    });
  });
});

/** Address of a page in the built site, after the permalinks of the layout. */
function addressOf(path: string, text: string): string {
  const post = /^_posts\/\d{4}-\d\d-\d\d-(.*)\.md$/.exec(path)?.[1];
  if (post !== undefined) return `/${/categories:\n {2}- (.*)/.exec(text)![1]!.toLowerCase()}/${post}/`;
  const story = /^_stories\/(.*)\.md$/.exec(path)?.[1];
  if (story !== undefined) return `/stories/${story}/`;
  return /^permalink: (.*)$/m.exec(text)?.[1] ?? path;
}
