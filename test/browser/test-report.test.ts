// The HTML report of `detc test` in a browser: a failing funnel is seen, hostile text does nothing, keys work.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { htmlReport } from '../../src/testing/report/html.js';
import { summarise, type TestResult } from '../../src/testing/result.js';
import { browserPath, launch, openPage, place } from './browser.js';

const passed: TestResult = {
  detection: 'Quiet One',
  id: '',
  file: 'detections/quiet_one.yml',
  test: 'Fires',
  status: 'passed',
  rows: 1,
  expected: 'at least 1',
  durationMs: 3,
  stages: [{ command: 'search a=b', rowsIn: 2, rowsOut: 1 }],
  techniques: ['T1218.007'],
};
const attack = '"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
const failed: TestResult = {
  ...passed,
  detection: `Loud One ${attack}`,
  file: `detections/${attack}.yml`,
  status: 'failed',
  rows: 0,
  reason: `expected at least 1 row, found 0 ${attack}`,
  stages: [
    { command: 'search EventCode=1', rowsIn: 812, rowsOut: 40 },
    { command: `where process_name="msiexec.exe" ${attack}`, rowsIn: 40, rowsOut: 0 },
  ],
  explanation: {
    command: attack,
    events: 812,
    absentFields: [attack],
    clauses: [{ clause: attack, met: 0, near: [{ value: attack, count: 3 }] }],
  },
  sample: [{ [attack]: attack, long: 'x'.repeat(5000) }],
};
const tests = [passed, failed];
const html = htmlReport(
  { tests, summary: summarise(tests, 12) },
  { tactics: new Map([['T1218.007', ['Defense Evasion']]]), names: new Map([['T1218.007', attack]]) },
);

describe.skipIf(browserPath === undefined)('the report of tests', { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  }, 60_000);
  afterAll(() => browser?.close());

  test.each(['light', 'dark'] as const)(
    'a failing funnel is seen and nothing runs (%s)',
    async (colorScheme) => {
      const base = place([{ path: 'report.html', content: html }]);
      const { page, complaints } = await openPage(browser, base, {
        colorScheme,
        viewport: { width: 800, height: 700 },
      });
      await page.goto(`${base}report.html`);
      expect(await page.locator('details.failed .ended').isVisible()).toBe(true);
      expect(await page.locator('details.failed .ended').textContent()).toContain('msiexec.exe');
      expect(await page.locator('details.passed').isVisible()).toBe(false);
      expect(await page.evaluate('[window.hacked, document.images.length, document.scripts.length]')).toEqual(
        [undefined, 0, 1],
      );
      // Wide tables scroll in their own box.
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect(complaints).toEqual([]);
    },
  );

  test('on a phone a command has the whole width', async () => {
    const base = place([{ path: 'report.html', content: html }]);
    const { page } = await openPage(browser, base, { viewport: { width: 375, height: 700 } });
    await page.goto(`${base}report.html`);
    const funnel = await page.locator('details.failed .funnel').boundingBox();
    const command = await page.locator('details.failed .ended td:last-child').boundingBox();
    expect(command!.width).toBeGreaterThan(funnel!.width * 0.95);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  test('the list is filtered and tests are opened with the keyboard alone', async () => {
    const base = place([{ path: 'report.html', content: html }]);
    const { page } = await openPage(browser, base);
    await page.goto(`${base}report.html`);
    for (let tries = 0; tries < 3; tries++) await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.dataset.status')).toBe('passed');
    await page.keyboard.press('Enter');
    const quiet = page.locator('details.passed');
    expect(await quiet.isVisible()).toBe(true);
    expect(await page.locator('button.passed').getAttribute('aria-pressed')).toBe('true');
    await quiet.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await quiet.locator('.funnel').isVisible()).toBe(true);
  });
});
