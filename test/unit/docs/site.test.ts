// The site flavor: its links, highlighted searches, results, history, and what a repository adds or replaces.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Repository } from '../../../src/content/model.js';
import { renderDocs } from '../../../src/docs/render-docs.js';
import { highlightSearch } from '../../../src/docs/site/highlight.js';
import { deadHtmlLinks } from './html-links.js';
import { sample } from './sample.js';

const shell = 'detections/endpoint/office_product_spawning_shell.html';

async function render(content: Repository, results?: string) {
  const options = results === undefined ? {} : { results };
  const files = await renderDocs(content, { flavor: 'site', ...options });
  const page = (path: string) => String(files.find((file) => file.path === path)?.content);
  return { files, page };
}

/** The sample in a folder of its own with some files. */
function inFolder(files: Readonly<Record<string, string>>): Repository {
  const root = mkdtempSync(join(tmpdir(), 'detc-site-test-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { ...sample, root };
}

describe('site', () => {
  test('no link is dead and nothing is asked of the network', async () => {
    const { files } = await render(sample);
    expect(deadHtmlLinks(files)).toEqual([]);
    for (const { path, content } of files)
      expect(String(content), path).not.toMatch(/<(?:script|link|img)[^>]*(?:src|href)="https?:/);
  });

  test('a page per detection and story, the lists and the matrices', async () => {
    const { files } = await render(sample);
    expect(
      files
        .map((file) => file.path)
        .filter((path) => path.endsWith('.html'))
        .sort(),
    ).toEqual([
      'attack.html',
      'data-sources.html',
      'detections.html',
      'detections/cloud/rare_login_-_hunting.html',
      'detections/deprecated/old_detection.html',
      'detections/endpoint/correlated_risk.html',
      shell,
      'index.html',
      'lookups.html',
      'macros.html',
      'search.html',
      'stories.html',
      'stories/cloud_accounts.html',
      'stories/macro_malware.html',
    ]);
  });

  test('a test shows the result of the last local run', async () => {
    const content = inFolder({
      'results.json': JSON.stringify({
        tests: [
          {
            file: sample.detections[0]!.file,
            test: 'True Positive Test',
            status: 'failed',
            rows: 0,
            expected: 'at least 1',
            durationMs: 12.4,
            reason: 'no row left after <where>',
          },
        ],
      }),
    });
    const { page } = await render(content, join(content.root, 'results.json'));
    expect(page(shell)).toContain(
      'result-failed">failed</span> <small>last local run: 0 rows, expected at least 1, 12 ms',
    );
    expect(page(shell)).toContain('no row left after &lt;where&gt;');
  });

  test('a test that was left out shows why, and no rows', async () => {
    const file = sample.detections[0]!.file;
    const skipped = { file, test: 'True Positive Test', status: 'skipped', rows: 0, expected: 'at least 1' };
    const content = inFolder({
      'results.json': JSON.stringify({ tests: [{ ...skipped, durationMs: 0, reason: 'download failed' }] }),
    });
    const { page } = await render(content, join(content.root, 'results.json'));
    expect(page(shell)).toContain('result-skipped">skipped</span> <small>last local run</small>');
    expect(page(shell)).toContain('<p class="reason reason-skipped">download failed</p>');
  });

  test('home and the page of data sources count the same', async () => {
    const unused = { ...sample.dataSources[0]!, name: 'Never Used', file: 'data_sources/never_used.yml' };
    const { page } = await render({ ...sample, dataSources: [...sample.dataSources, unused] });
    const [, count] = /data-tally>(\d+)</.exec(page('data-sources.html')) ?? [];
    expect(page('index.html')).toContain(`<strong>${count}</strong> data sources`);
  });

  test('a report that is none is no fault', async () => {
    const content = inFolder({ 'results.json': '{"tests": [1, null, {}]' });
    const { page } = await render(content, join(content.root, 'results.json'));
    expect(page(shell)).toContain('True Positive Test');
  });

  test('a detection shows its git history', async () => {
    const content = inFolder({ [sample.detections[0]!.file]: 'name: x\n' });
    const git = (...args: string[]) => execFileSync('git', ['-C', content.root, ...args]);
    git('init', '-q');
    git('add', '.');
    git(
      '-c',
      'user.name=Ada <b>',
      '-c',
      'user.email=ada@example.com',
      'commit',
      '-q',
      '-m',
      'first & <i>only</i>',
    );
    const { page } = await render(content);
    expect(page(shell)).toContain('<td>first &amp; &lt;i&gt;only&lt;/i&gt;</td>');
    expect(page('detections/cloud/rare_login_-_hunting.html')).not.toContain('id="history"');
  });

  test('a repository adds pages, replaces templates and styles', async () => {
    const { page } = await render(
      inFolder({
        'templates/site/pages/triage.md': '---\ntitle: "On call"\n---\n# Triage\n\n{{ not a template }}\n',
        'templates/site/lookups.hbs': '<p>own lookups</p>',
        'templates/site/assets/site.css': 'body { color: red }',
      }),
    );
    expect(page('triage.html')).toContain('<h1 id="triage">Triage</h1>\n<p>{{ not a template }}</p>');
    expect(page('index.html')).toContain('<a href="triage.html">On call</a>');
    expect(page('lookups.html')).toContain('<p>own lookups</p>');
    expect(page('assets/site.css')).toBe('body { color: red }');
  });

  test.each([
    [
      'commands',
      'a | stats count',
      'a <span class="spl-pipe">| </span><span class="spl-command">stats</span> count',
    ],
    [
      'strings',
      'x="a|b<c"',
      '<span class="spl-option">x</span>=<span class="spl-string">&quot;a|b&lt;c&quot;</span>',
    ],
    [
      'calls and numbers',
      'len(x)>3',
      '<span class="spl-call">len</span>(x)&gt;<span class="spl-number">3</span>',
    ],
    ['an unknown macro', '`m(1)`', '<span class="spl-macro">`m(1)`</span>'],
    ['a comment', 'a ```<b>```', 'a <span class="spl-comment">```&lt;b&gt;```</span>'],
    ['markup in a place of its own', '<script>', '&lt;script&gt;'],
    ['a quote without end', 'a "b', 'a &quot;b'],
  ])('highlights %s', (_, search, expected) => {
    expect(highlightSearch(search)).toBe(expected);
  });

  test('highlighting keeps every character', () => {
    const { search } = sample.detections[0]!;
    const shown = highlightSearch(search).replace(/<[^>]*>/g, '');
    expect(shown.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<')).toBe(search);
  });
});
