// The guide as a site: links between its files, anchors of its headings, and the guide of this repository itself.
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderGuide } from '../../../src/docs/site/guide.js';
import { deadHtmlLinks } from './html-links.js';

const options = { title: 'Guide', version: '1.0.0' };

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'detc-guide-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe('guide', () => {
  test('files become pages, links to them lead there, headings have anchors', async () => {
    const files = await renderGuide(
      folderOf({
        'README.md': '# Welcome\n\n[Start](start.md) and [`stats`](spl/commands.md#the-stats-command)\n',
        'start.md': '# Start\n\n## A `b` & c\n\n## A b & c\n\n[home](README.md)\n',
        'spl/commands.md': '# Commands\n\n## The stats command\n\n[up](../start.md#a-b--c)\n',
      }),
      options,
    );
    expect(deadHtmlLinks(files)).toEqual([]);
    const start = String(files.find((file) => file.path === 'start.html')?.content);
    expect(start).toContain('<h2 id="a-b--c">A <code>b</code> &amp; c</h2>');
    expect(start).toContain('<h2 id="a-b--c-1">');
    expect(start).toContain('<title>Start · Guide</title>');
  });

  test('a folder without a README.md begins with a list', async () => {
    const files = await renderGuide(folderOf({ 'rules.md': '# Rules\n' }), options);
    expect(String(files.find((file) => file.path === 'index.html')?.content)).toContain(
      '<a href="rules.html">Rules</a>',
    );
    expect(deadHtmlLinks(files)).toEqual([]);
  });

  const own = join(import.meta.dirname, '../../../docs/guide');
  test.skipIf(!existsSync(own))('no link of our own guide is dead', async () => {
    expect(deadHtmlLinks(await renderGuide(own, options))).toEqual([]);
  });

  test.skipIf(!existsSync(own))('every section that the search finds is where it says', async () => {
    const files = await renderGuide(own, options);
    const contentOf = (path: string) => String(files.find((file) => file.path === path)?.content);
    const holder: { detcSearch?: { index: string } } = {};
    new Function('window', contentOf('assets/search-index.js'))(holder);
    const { storedFields } = JSON.parse(holder.detcSearch!.index) as {
      storedFields: Record<string, { title: string; url: string }>;
    };
    const sections = Object.values(storedFields);
    expect(sections.map(({ title }) => title)).toContain('streamstats');
    const dead = sections.filter(({ url }) => {
      const [path = '', anchor] = url.split('#');
      return anchor !== undefined && !contentOf(path).includes(`id="${decodeURIComponent(anchor)}"`);
    });
    expect(dead).toEqual([]);
  });
});
