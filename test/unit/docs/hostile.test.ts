// Hostile content in Markdown: read by Liquid and by a renderer that lets HTML through, no page has foreign markup.
import { Liquid } from 'liquidjs';
import { describe, expect, test } from 'vitest';
import { yamlScalar } from '../../../src/docs/escape.js';
import { renderDocs } from '../../../src/docs/render-docs.js';
import { hostile, payloads } from './hostile.js';

type Markdown = new (options: object) => { render(text: string): string };
const module: string = 'markdown-it';
const { default: MarkdownIt } = (await import(module)) as { default: Markdown };
/** The most trusting renderer there is: HTML and any link are let through. */
const renderer = Object.assign(new MarkdownIt({ html: true }), { validateLink: () => true });

const foreign =
  /<(?:script|img|svg|style|iframe|body|main)\b|<!--|<!\[CDATA|<[a-z][^<>]*?\s(?:on\w+|style)=|<[a-z][^<>]*(?:href|src)="(?:&lt;|\s)*javascript:/i;

/** Splits off front matter; its own lines only. */
function bodyOf(page: string): string {
  return page.startsWith('---\n') ? page.slice(page.indexOf('\n---\n', 4) + 5) : page;
}

const liquid = new Liquid();
const secrets = { site: { secret: 'LEAK' }, page: { title: 'LEAK' } };

describe('hostile content', () => {
  test.each(payloads.map((payload, n) => ({ payload, n })))('jekyll: $payload', async ({ payload, n }) => {
    for (const { path, content } of await renderDocs(hostile(payload, n), { flavor: 'jekyll' })) {
      const page = String(content);
      if (!path.endsWith('.md')) continue;
      const read = liquid.parseAndRenderSync(bodyOf(page), secrets);
      expect(read, path).not.toContain('LEAK');
      expect(renderer.render(read), path).not.toMatch(foreign);
      const frontMatter = page.startsWith('---\n') ? page.slice(4, page.indexOf('\n---\n', 4)) : '';
      expect(frontMatter, path).not.toMatch(
        /^(?!title|excerpt|"$|, |categories|last_modified_at|toc|toc_label|tags|layout|author_profile|permalink|classes|sidebar|collection|taxonomy| |$)/m,
      );
      expect(frontMatter, path).not.toMatch(foreign);
    }
  });

  test.each(payloads.map((payload, n) => ({ payload, n })))('markdown: $payload', async ({ payload, n }) => {
    for (const { path, content } of await renderDocs(hostile(payload, n), { flavor: 'markdown' }))
      expect(renderer.render(String(content)), path).not.toMatch(foreign);
  });

  test.each(payloads.map((payload, n) => ({ payload, n })))(
    'sections stay: $payload',
    async ({ payload, n }) => {
      const files = await renderDocs(hostile(payload, n), { flavor: 'markdown' });
      const page = files.find((file) => file.path.startsWith('detections/'))!;
      const rendered = renderer.render(String(page.content));
      for (const heading of [
        'Search',
        'Risk',
        'How to implement',
        'Known false positives',
        'Tests',
        'References',
      ])
        expect(rendered).toContain(`<h2>${heading}</h2>`);
      expect(rendered.match(/<table>/g)?.length).toBeGreaterThanOrEqual(8);
    },
  );

  test.each([
    ['plain words', 'Endpoint', 'Endpoint'],
    ['a word that YAML reads as a value', 'yes', '"yes"'],
    ['a number', '42', '"42"'],
    ['a colon and a quote', 'a: "b"', '"a: \\"b\\""'],
    ['a comment', 'a # b', '"a # b"'],
    ['lines', 'a\nb: c', '"a b: c"'],
    ['a tag', '<b>', '"&lt;b>"'],
    ['nothing', '', '""'],
  ])('front matter: %s', (_, text, expected) => {
    expect(yamlScalar(text)).toBe(expected);
  });
});
