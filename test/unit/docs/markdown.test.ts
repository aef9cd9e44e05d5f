// The markdown flavor: whole pages of a small repository and the links between them.
import { describe, expect, test } from 'vitest';
import { renderDocs } from '../../../src/docs/render-docs.js';
import { expectGolden } from './golden.js';
import { deadLinks } from './links.js';
import { detection, macro, repository, sample, story } from './sample.js';

const render = (content: Parameters<typeof repository>[0]) =>
  renderDocs(repository(content), { flavor: 'markdown' });

describe('markdown', () => {
  test('the pages of the sample repository', async () => {
    expectGolden('docs/markdown', await renderDocs(sample, { flavor: 'markdown' }));
  });

  test('no link is dead', async () => {
    expect(deadLinks(await renderDocs(sample, { flavor: 'markdown' }))).toEqual([]);
  });

  test('no link is dead when names need escaping', async () => {
    const name = 'A_b *c* [d](e) `f` | g: "h" <i> & 100% #1';
    const files = await render({
      detections: [
        detection(name, {
          dataSources: [name, 'Ünïcode Söurce', '__proto__'],
          search: '`__proto__` | `mäcro`',
          tags: { ...detection('x').tags, analyticStories: [name, 'constructor'] },
        }),
      ],
      stories: [story(name), story('constructor')],
      macros: [macro('__proto__', 'index=a'), macro('mäcro', 'index=b')],
    });
    expect(deadLinks(files)).toEqual([]);
    expect(files.length).toBe(11);
  });

  test('an empty repository has its start page and indexes', async () => {
    const files = await render({});
    expect(files.map((file) => file.path)).toContain('README.md');
    expect(deadLinks(files)).toEqual([]);
  });

  test.each([
    ['a pipe in a fence', '| a | b', '```spl\n| a\n| b\n```'],
    ['a comment of backticks', 'a ```why``` | b', '````spl\na ```why```\n| b\n````'],
    ['pipes in quotes and macros', '`m(a|b)` "x|y" | c', '```spl\n`m(a|b)` "x|y"\n| c\n```'],
    ['a subsearch', 'a [search b | c] | d', '```spl\na [search b\n    | c]\n| d\n```'],
    ['lines of the author', 'a\n  | b', '```spl\na\n  | b\n```'],
    ['a quote without end', 'a | b "c', '```spl\na\n| b "c\n```'],
  ])('search with %s', async (_, search, expected) => {
    const files = await render({ detections: [detection('D', { search })] });
    const page = files.find((file) => file.path === 'detections/endpoint/d.md');
    expect(page?.content).toContain(expected);
  });
});
