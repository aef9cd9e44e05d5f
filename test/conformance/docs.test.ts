// The pages of the 2022 repository against the published ones: equal but for what online services added.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRepository } from '../../src/content/load.js';
import { renderDocs } from '../../src/docs/render-docs.js';
import { deadLinks } from '../unit/docs/links.js';

const shared = join(import.meta.dirname, '../../../shared');
const published = join(shared, 'expected/2022/docs');
const corpus = (version: string) => join(shared, 'corpus', version);

/** Leaves out CVE rows and data source lines, which came from online services, and the order of macros. */
function comparable(page: string): string {
  return page
    .replace(/^\| \[CVE-.*\n/gm, '')
    .replace(/- \*\*Datasource\*\*: .*/g, '')
    .replace(/(?<=uses the following Macros:\n)(?:\* .*\n)+/, (list) => list.split('\n').sort().join('\n'));
}

/** Written by an earlier generator for a product whose detections had left the repository; never renewed. */
function isLeftOver(page: string): boolean {
  return page.includes('Note that risk score is calculated base on the following formula');
}

describe.skipIf(!existsSync(published))('published pages of June 2022', () => {
  test('every page is equal', async () => {
    const { content } = loadRepository(corpus('2022'));
    const files = new Map(
      (await renderDocs(content, { flavor: 'jekyll' })).map((file) => [file.path, String(file.content)]),
    );
    let compared = 0;
    for (const folder of ['_posts', '_stories'])
      for (const name of readdirSync(join(published, folder))) {
        const path = `${folder}/${name}`;
        const page = readFileSync(join(published, path), 'utf8');
        if (isLeftOver(page)) continue;
        expect(files.has(path), path).toBe(true);
        expect(comparable(files.get(path)!), path).toBe(comparable(page));
        compared++;
      }
    expect(compared).toBe(537);
  });

  test.each([
    ['the 2022 repository', corpus('2022')],
    ['our own', join(import.meta.dirname, '../..')],
  ])('the seed page of %s is equal but for the order of macros', async (_, root) => {
    const { content } = loadRepository(root);
    const files = await renderDocs(content, { flavor: 'jekyll' });
    const path = '_posts/2022-06-16-windows_msiexec_with_network_connections.md';
    const page = String(files.find((file) => file.path === path)?.content);
    const seed = readFileSync(join(shared, 'seed/page.md'), 'utf8');
    expect(comparable(page)).toBe(comparable(seed));
    expect(page.match(/(?<=^\* \[)\w+(?=\]\(https:[^)]*\/macros\/)/gm)).toEqual([
      'security_content_summariesonly',
      'process_msiexec',
      'security_content_ctime',
    ]);
  });
});

describe.skipIf(!existsSync(corpus('4.x')))('whole repositories', () => {
  test.each(['2022', '4.x', '5.x'])('no dead link in the Markdown of %s', async (version) => {
    const { content } = loadRepository(corpus(version));
    expect(deadLinks(await renderDocs(content, { flavor: 'markdown' }))).toEqual([]);
  });
});
