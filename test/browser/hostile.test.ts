// Hostile content in a browser: no page of any flavor runs or shows foreign markup.
import { Liquid } from 'liquidjs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Repository } from '../../src/content/model.js';
import { renderDocs } from '../../src/docs/render-docs.js';
import { hostile, payloads } from '../unit/docs/hostile.js';
import { browserPath, launch, openPage, place } from './browser.js';

type Markdown = new (options: object) => { render(text: string): string };
const module: string = 'markdown-it';
const { default: MarkdownIt } = (await import(module)) as { default: Markdown };
const renderer = Object.assign(new MarkdownIt({ html: true }), { validateLink: () => true });

/** All payloads in one repository. */
function merged(): Repository {
  const all = payloads.map((payload, n) => hostile(payload, n));
  return {
    ...all[0]!,
    detections: all.flatMap((each) => each.detections),
    stories: all.flatMap((each) => each.stories),
    macros: all.flatMap((each) => each.macros),
    lookups: all.flatMap((each) => each.lookups),
    dataSources: all.flatMap((each) => each.dataSources),
  };
}

const inspect = `({
  hacked: window.hacked,
  scripts: [...document.scripts].filter((s) => !/\\/assets\\/[\\w-]+\\.js$/.test(s.src)).length,
  frames: document.querySelectorAll('iframe, object, embed, main img, main svg, main style, base').length,
  handlers: [...document.querySelectorAll('*')].filter((e) => e.getAttributeNames().some((n) => n.startsWith('on') || n === 'style' && e.id !== 'expansion')).length,
  links: [...document.querySelectorAll('[href], [src], [action]')].filter((e) => /^\\s*(javascript|data:text)/i.test(e.getAttribute('href') ?? e.getAttribute('src') ?? e.getAttribute('action') ?? '')).length,
  main: document.querySelectorAll('body > main').length,
})`;
const clean = { hacked: undefined, scripts: 0, frames: 0, handlers: 0, links: 0, main: 1 };

describe.skipIf(browserPath === undefined)('hostile content', { timeout: 180_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  }, 60_000);
  afterAll(() => browser?.close());

  test('site: every page is whole and runs nothing of the content', async () => {
    const files = await renderDocs(merged(), { flavor: 'site' });
    const base = place(files);
    const { page, complaints } = await openPage(browser, base);
    for (const { path } of files.filter((file) => file.path.endsWith('.html'))) {
      await page.goto(base + encodeURI(path));
      expect(await page.evaluate(inspect), path).toEqual(clean);
    }
    await page.goto(`${base}search.html?q=${encodeURIComponent('<script>window.hacked=1</script>')}`);
    await page.waitForSelector('[data-search-hits] li');
    expect(await page.evaluate(inspect)).toEqual(clean);
    await page.goto(`${base}attack.html#T1059`);
    await page.waitForSelector('[data-chosen] li');
    expect(await page.evaluate(inspect)).toEqual(clean);
    expect(complaints).toEqual([]);
  });

  test.each(['jekyll', 'markdown'] as const)(
    '%s: a renderer that lets HTML through runs nothing',
    async (flavor) => {
      const base = place([]);
      const { page, complaints } = await openPage(browser, base);
      const liquid = new Liquid();
      for (const [n, payload] of payloads.entries())
        for (const { path, content } of await renderDocs(hostile(payload, n), { flavor })) {
          if (!/^_posts|^_stories|^detections|^stories|macros/.test(path)) continue;
          const text = String(content).replace(/^---\n[\s\S]*?\n---\n/, '');
          const body = renderer.render(flavor === 'jekyll' ? liquid.parseAndRenderSync(text) : text);
          await page.setContent(`<!doctype html><main>${body}</main>`);
          expect(await page.evaluate(inspect), `${payload} in ${path}`).toEqual(clean);
        }
      expect(complaints).toEqual([]);
    },
  );
});
