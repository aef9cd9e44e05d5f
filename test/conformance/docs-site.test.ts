// The site of the 4.x repository: built in time, every link alive, searched and looked at in a browser.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRepository } from '../../src/content/load.js';
import { renderDocs } from '../../src/docs/render-docs.js';
import { browserPath, launch, openPage, place } from '../browser/browser.js';
import { deadHtmlLinks } from '../unit/docs/html-links.js';

const corpus = join(import.meta.dirname, '../../../shared/corpus/4.x');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!existsSync(corpus))('site of the 4.x repository', () => {
  test('is built in under a minute and its links are alive', async () => {
    const { content } = loadRepository(corpus);
    const start = performance.now();
    const files = await renderDocs(content, { flavor: 'site' });
    expect(performance.now() - start).toBeLessThan(60_000);
    expect(files.filter((file) => file.path.startsWith('detections/')).length).toBe(
      content.detections.length,
    );
    expect(deadHtmlLinks(files)).toEqual([]);
  });

  test.skipIf(browserPath === undefined)('works in a browser', async () => {
    const { content } = loadRepository(corpus);
    const base = place(await renderDocs(content, { flavor: 'site' }));
    const browser = await launch();
    try {
      const { page, complaints } = await openPage(browser, base);
      page.setDefaultTimeout(60_000);
      await page.goto(`${base}index.html`);
      await page.keyboard.press('/');
      await page.keyboard.type('All_Traffic.dest_port msiexec');
      await page.waitForSelector('#find-results :text("Windows MSIExec With Network Connections")');
      await page.goto(`${base}attack.html`);
      await page.locator('[data-technique=T1218]').first().click();
      expect(await page.locator('[data-chosen] a').allTextContents()).toContain(
        'Windows MSIExec With Network Connections',
      );
      expect(complaints).toEqual([]);
      for (const path of [
        'index.html',
        'attack.html',
        'data-sources.html',
        'stories.html',
        'detections/endpoint/windows_msiexec_with_network_connections.html',
        'stories/cobalt_strike.html',
      ]) {
        await page.goto(base + path);
        await page.evaluate(axe);
        const { violations } = (await page.evaluate('axe.run({ preload: false })')) as {
          violations: { impact: string; id: string }[];
        };
        expect(
          violations.filter((each) => /serious|critical/.test(each.impact)),
          path,
        ).toEqual([]);
      }
    } finally {
      await browser.close();
    }
  });
});
