// Names of pages and anchors: whatever names content has, files and links are valid and different.
import { describe, expect, test } from 'vitest';
import { anchorGiver, slugOf } from '../../../src/docs/names.js';
import { docsFlavors, renderDocs } from '../../../src/docs/render-docs.js';
import { deadHtmlLinks } from './html-links.js';
import { deadLinks } from './links.js';
import { dataSource, detection, lookup, macro, noTags, repository, story } from './sample.js';

describe('page names', () => {
  test.each([
    ['Office Program - Shell', 'office_program_-_shell'],
    ['../../x', 'x'],
    ['_hidden', 'hidden'],
    ['CON', 'con_'],
    ['Ünïcode', 'n_code'],
  ])('%s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  test('a name without a letter of ASCII has its own', () => {
    expect(slugOf('検出')).toMatch(/^page-[0-9a-f]{8}$/);
    expect(slugOf('検出')).not.toBe(slugOf('検知'));
  });

  test('a long name fits a file system, and those that begin alike differ', () => {
    const [a, b] = [slugOf(`${'w'.repeat(400)}a`), slugOf(`${'w'.repeat(400)}b`)];
    expect(a.length).toBeLessThanOrEqual(150);
    expect(a).not.toBe(b);
  });

  test('repeated headings are numbered as GitHub does', () => {
    const anchorFor = anchorGiver('Macros');
    expect(['a b', 'A-B', 'a.b', 'a b-1', 'macros', 'A B'].map(anchorFor)).toEqual([
      'a-b',
      'a-b-1',
      'ab',
      'a-b-1-1',
      'macros-1',
      'a-b-2',
    ]);
  });

  // Names that differ in letters which names of files and anchors do not have.
  const alike = ['X y', 'x Y', 'x-y', 'x.y', 'xy', '検出', '検知', 'x y-2', 'CON', '__proto__'];
  const content = repository({
    app: { ...repository({}).app, title: 'Detections' },
    detections: alike.flatMap((name, n) =>
      ['endpoint', 'cloud'].map((folder) =>
        detection(name, {
          folder,
          dataSources: alike,
          search: `\`${alike[n % 5]}\` | lookup ${alike[n % 5]} a | \`x_filter\``,
          tags: { ...noTags, analyticStories: [name] },
        }),
      ),
    ),
    stories: alike.map((name) => story(name)),
    macros: ['Macros', ...alike].map((name) => macro(name, 'index=a')),
    lookups: ['lookups', ...alike].map((name) => lookup(name)),
    dataSources: ['Detections by data source', ...alike].map((name) => dataSource(name)),
  });

  test.each(docsFlavors)('%s: names that are alike have pages and anchors of their own', async (flavor) => {
    const files = await renderDocs(content, { flavor });
    const paths = files.map(({ path }) => path.toLowerCase());
    expect(new Set(paths).size).toBe(paths.length);
    if (flavor === 'markdown') expect(deadLinks(files)).toEqual([]);
    if (flavor === 'site') expect(deadHtmlLinks(files)).toEqual([]);
    if (flavor !== 'markdown') return;
    const page = String(files.find(({ path }) => path === 'detections/endpoint/x_y.md')?.content);
    expect(page.match(/indexes\/data-sources\.md#[^)]*/g)).toHaveLength(alike.length);
    expect(new Set(page.match(/indexes\/data-sources\.md#[^)]*/g)).size).toBe(alike.length);
    expect(files.find(({ path }) => path === 'README.md')?.content).toContain('[Detections](#detections-1)');
  });
});
