// The site in a browser: search, matrix, filters, keyboard, expansions, copying, phone width, accessibility, no network.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderDocs } from '../../src/docs/render-docs.js';
import { sample } from '../unit/docs/sample.js';
import { browserPath, launch, openPage, place, type WatchedPage } from './browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const detectionPage = 'detections/endpoint/office_product_spawning_shell.html';

describe.skipIf(browserPath === undefined)('site', { timeout: 180_000 }, () => {
  let browser: Browser;
  let base: string;
  const open = async (path: string, options = {}): Promise<WatchedPage> => {
    const watched = await openPage(browser, base, options);
    await watched.page.goto(base + path);
    return watched;
  };

  beforeAll(async () => {
    base = place(await renderDocs(sample, { flavor: 'site', results: longReport() }));
    browser = await launch();
  }, 60_000);
  afterAll(() => browser?.close());

  test('the search finds a detection by a word of its SPL, with the keyboard alone', async () => {
    const { page, complaints } = await open('index.html');
    await page.keyboard.press('/');
    await page.keyboard.type('isnull');
    await page.waitForSelector('#find-results [role=option]');
    expect(await page.textContent('#find-results [role=option] span')).toBe('Office Product Spawning Shell');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(base + detectionPage);
    expect(complaints).toEqual([]);
  });

  test('the page of the search lists what is found', async () => {
    const { page, complaints } = await open('search.html?q=ConsoleLogin');
    await page.waitForSelector('[data-search-hits] li');
    expect(await page.textContent('[data-search-hits] a')).toBe('Rare Login - Hunting');
    expect(await page.textContent('[data-search-tally]')).toContain('1 found');
    expect(complaints).toEqual([]);
  });

  test('the matrix shades by coverage and a click lists the detections', async () => {
    const { page, complaints } = await open('attack.html');
    const button = page.locator('[data-technique=T1059]').first();
    expect(await button.getAttribute('class')).toBe('s1');
    expect(await page.locator('[data-technique=T1595]').first().getAttribute('class')).toBe('s0');
    await button.click();
    expect(await page.textContent('[data-chosen] h2')).toBe('T1059 Command and Scripting Interpreter');
    expect(await page.locator('[data-chosen] li').allTextContents()).toEqual([
      'Office Product Spawning Shell TTP',
    ]);
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-chosen]').isVisible()).toBe(false);
    expect(await page.evaluate('document.activeElement?.getAttribute("data-technique")')).toBe('T1059');
    await page.selectOption('[data-matrix-filter] [name=type]', 'Hunting');
    expect(await button.getAttribute('class')).toBe('s0');
    await page.check('[name=covered]');
    expect(await button.isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  test.each([1440, 1024, 390])(
    'words of the matrix break only where a hyphen may stand, %i wide',
    async (width) => {
      const { page } = await open('attack.html', { viewport: { width, height: 800 } });
      expect(await page.evaluate(brokenWords)).toEqual([]);
    },
  );

  test('arrow keys move between techniques, which are one stop of Tab', async () => {
    const { page, complaints } = await open('attack.html');
    const at = () =>
      page.evaluate(
        '[document.activeElement?.closest("section")?.querySelector("h2")?.firstChild?.textContent.trim().replaceAll("\u00ad", ""), document.activeElement?.textContent.replaceAll("\u00ad", "").replace(/^\\d+/, "")]',
      );
    await page.focus('[data-matrix]');
    await page.keyboard.press('Tab');
    expect(await at()).toEqual(['Reconnaissance', 'Active Scanning']);
    await page.keyboard.press('ArrowDown');
    expect(await at()).toEqual(['Reconnaissance', 'Gather Victim Host Information']);
    await page.keyboard.press('ArrowRight');
    expect(await at()).toEqual(['Resource Development', 'Acquire Infrastructure']);
    await page.keyboard.press('Home');
    expect(await at()).toEqual(['Resource Development', 'Acquire Access']);
    await page.keyboard.press('ArrowUp');
    expect(await at()).toEqual(['Resource Development', 'Acquire Access']);
    await page.keyboard.press('Enter');
    expect(await page.textContent('[data-chosen] h2')).toContain('Acquire Access');
    await page.keyboard.press('Escape');
    expect(await at()).toEqual(['Resource Development', 'Acquire Access']);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    expect(await at()).toEqual(['Resource Development', 'Acquire Access']);
    expect(complaints).toEqual([]);
  });

  test('an address that names no technique chooses none', async () => {
    const { page, complaints } = await open('attack.html#%');
    expect(await page.locator('[data-chosen]').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  test('paper is white whatever the screen is', async () => {
    const { page } = await open(detectionPage, { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('.site-head').isVisible()).toBe(false);
    expect(await page.locator('#spl').isVisible()).toBe(true);
  });

  test('a technique of a detection leads to its place in the matrix', async () => {
    const { page } = await open(detectionPage);
    await page.click('.techniques a >> nth=0');
    await page.waitForSelector('[data-chosen]:not([hidden])');
    expect(await page.textContent('[data-chosen] h2')).toBe('T1059.001 PowerShell');
  });

  test('lists are filtered by what the address and the form say', async () => {
    const { page, complaints } = await open('detections.html?type=Hunting');
    const shown = () => page.locator('table.list tbody tr:visible td:first-child').allTextContents();
    expect(await shown()).toEqual(['Rare Login - Hunting']);
    expect(await page.textContent('[data-tally]')).toBe('1');
    await page.click('button[type=reset]');
    await page.fill('[name=name]', 'correl');
    expect(await shown()).toEqual(['Correlated Risk']);
    expect(complaints).toEqual([]);
  });

  test('a number of the data source matrix leads to its detections', async () => {
    const { page } = await open('data-sources.html');
    await page.click('tr:has-text("Sysmon EventID 1") td a >> nth=1');
    await page.waitForURL(/detections\.html\?source=/);
    expect(await page.locator('table.list tbody tr:visible').count()).toBe(1);
  });

  test('every macro of a search shows its expansion on hover and focus and leads to its description', async () => {
    const { page, complaints } = await open(detectionPage);
    expect(await page.locator('#spl .spl-macro').count()).toBe(4);
    expect(await page.locator('#spl a.spl-macro[data-expansion]').count()).toBe(4);
    await page.hover('#spl a.spl-macro >> text=process_office');
    expect(await page.textContent('.tip')).toBe(
      '(Processes.parent_process_name IN ("winword.exe", "excel.exe"))',
    );
    await page.focus('#spl a.spl-macro >> text=drop_dm_object_name');
    expect(await page.textContent('.tip')).toBe('rename Processes.* as *');
    await page.keyboard.press('Escape');
    expect(await page.locator('.tip').isVisible()).toBe(false);
    await page.click('#spl a.spl-macro >> text=process_office');
    expect(page.url()).toBe(`${base}macros.html#process_office`);
    await page.waitForSelector('#process_office', { state: 'visible' });
    expect(complaints).toEqual([]);
  });

  test('the search is copied as it can be run', async () => {
    const { page } = await open(detectionPage, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.click('[data-copy=spl]');
    await page.waitForSelector('text=Copied');
    const copied = await page.evaluate('navigator.clipboard.readText()');
    const words = (text: string) => text.replace(/\s+/g, ' ').trim();
    expect(words(String(copied))).toBe(words(sample.detections[0]!.search));
  });

  test('the colours can be switched and stay', async () => {
    const { page } = await open('index.html', { colorScheme: 'light' });
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.click('[data-theme-toggle]');
    const dark = await background();
    expect(dark).not.toBe(light);
    await page.goto(base + detectionPage);
    expect(await background()).toBe(dark);
  });

  test('Tab begins with a link past the navigation', async () => {
    const { page } = await open(detectionPage);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement?.id')).toBe('main');
  });

  const pages = [
    'index.html',
    'detections.html',
    'stories.html',
    'attack.html',
    'data-sources.html',
    'macros.html',
    'lookups.html',
    'search.html',
    detectionPage,
    'stories/macro_malware.html',
  ];

  test('every page fits a phone', async () => {
    const { page, complaints } = await open('index.html', { viewport: { width: 360, height: 740 } });
    for (const path of pages) {
      await page.goto(base + path);
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBe(360);
    }
    expect(complaints).toEqual([]);
  });

  test.each([360, 700, 900, 1280])(
    'a link to a section shows its heading below the header, %i wide',
    async (width) => {
      const { page } = await open(detectionPage, { viewport: { width, height: 740 } });
      const tops = await page.evaluate(`[...document.querySelectorAll('main h2[id]')].map((heading) => {
      location.hash = '';
      location.hash = heading.id;
      return heading.getBoundingClientRect().top - document.querySelector('.site-head').getBoundingClientRect().bottom;
    })`);
      expect((tops as number[]).length).toBeGreaterThan(3);
      for (const top of tops as number[]) expect(top).toBeGreaterThanOrEqual(0);
    },
  );

  test.each(['light', 'dark'] as const)('axe finds nothing on any page, %s', async (colorScheme) => {
    const { page } = await open('index.html', { colorScheme });
    for (const path of pages) {
      await page.goto(base + path);
      if (path === 'attack.html') await page.locator('[data-technique=T1059]').first().click();
      await page.evaluate(axe);
      const { violations } = (await page.evaluate('axe.run({ preload: false })')) as {
        violations: AxeViolation[];
      };
      const found = violations.map(({ impact, id, nodes }) => `${impact} ${id}: ${nodes[0]?.html}`);
      expect(found, path).toEqual([]);
    }
  });
});

/** A report whose test gives a long address as its reason. */
function longReport(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'detc-report-')), 'results.json');
  const reason = `download failed: https://data.example/${'attack_techniques/'.repeat(12)}windows-sysmon.log`;
  const tests = sample.detections.flatMap((detection) =>
    detection.tests.map(({ name }) => ({ file: detection.file, test: name, status: 'failed', reason })),
  );
  writeFileSync(file, JSON.stringify({ tests }));
  return file;
}

/** Pieces of words, cut at soft hyphens and other places to break, that stand on two lines all the same. */
const brokenWords = `[...document.querySelectorAll('.matrix h2, .matrix button span')].flatMap((element) => {
  const text = element.firstChild;
  return [...text.data.matchAll(/[^\\s\u00ad\u200b-]+/g)].flatMap((piece) => {
    const lineOf = (at) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      // The hyphen of a soft one before is a box of its own.
      return [...range.getClientRects()].at(-1);
    };
    const box = element.closest('h2, button').getBoundingClientRect();
    const [first, last] = [lineOf(piece.index), lineOf(piece.index + piece[0].length - 1)];
    return first.top === last.top && last.right <= box.right + 1 ? [] : piece[0];
  });
})`;

interface AxeViolation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}
