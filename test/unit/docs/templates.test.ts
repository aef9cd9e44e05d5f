// What a repository adds to its pages or replaces: every fault in it is a diagnostic at its place, and no code runs.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DiagnosticError } from '../../../src/diagnostic/diagnostic.js';
import { type DocsFlavor, renderDocs } from '../../../src/docs/render-docs.js';
import { sample } from './sample.js';

function inFolder(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'detc-templates-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { ...sample, root };
}

/** `file:line: message; help` of the fault that one file makes. */
async function faultOf(path: string, text: string, others: Readonly<Record<string, string>> = {}) {
  const flavor = path.split('/')[1] as DocsFlavor;
  const error = await renderDocs(inFolder({ [path]: text, ...others }), { flavor }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(DiagnosticError);
  const [first] = (error as DiagnosticError).diagnostics;
  return `${first?.file}:${first?.line}: ${first?.message}${first?.help ? `; ${first.help}` : ''}`;
}

describe('templates of a repository', () => {
  test.each([
    ['an unknown value', 'a\n{{nosuch}}', ':2: the view has no value "nosuch"'],
    [
      'an unknown value below one',
      '{{#each detections}}\n{{nosuch}}{{/each}}',
      ':2: the view has no value "nosuch"',
    ],
    ['a block without its end', 'a\n{{#if title}}', ':2: the template cannot be read: '],
    ['a wrong end', '{{#if title}}\n{{/each}}', ":1: the template cannot be read: if doesn't match each"],
    ['an unknown helper', 'a\n{{shout title}}', ':2: there is no helper "shout"; templates have the helpers'],
    [
      'an unknown partial',
      'a\n{{> nosuch}}',
      ':2: there is no partial "nosuch"; write it to templates/markdown/_nosuch.hbs',
    ],
    ['a way to code', '{{constructor.constructor}}', ':1: the view has no value "constructor"'],
  ])('%s', async (_, text, expected) => {
    expect(await faultOf('templates/markdown/story.hbs', text)).toContain(
      `templates/markdown/story.hbs${expected}`,
    );
  });

  test('a fault of a partial is in its file', async () => {
    expect(
      await faultOf('templates/markdown/story.hbs', 'a\n\n\n{{> part}}', {
        'templates/markdown/_part.hbs': 'b\n{{nosuch}}',
      }),
    ).toBe('templates/markdown/_part.hbs:2: the view has no value "nosuch"');
    expect(
      await faultOf('templates/markdown/story.hbs', '{{> a}}', { 'templates/markdown/_a.hbs': '{{> a}}' }),
    ).toContain('the template calls itself without end');
  });

  test('a partial of its own is used', async () => {
    const files = await renderDocs(
      inFolder({
        'templates/markdown/story.hbs': '{{> part}}',
        'templates/markdown/_part.hbs': 'own {{title}}\n',
      }),
      { flavor: 'markdown' },
    );
    expect(files.find(({ path }) => path === 'stories/macro_malware.md')?.content).toBe(
      'own Macro Malware\n',
    );
  });

  test('a template that no page is made with is told', async () => {
    expect(await faultOf('templates/markdown/detecton.hbs', '')).toBe(
      'templates/markdown/detecton.hbs:1: no page is made with a template "detecton.hbs"; did you mean "detection.hbs"?',
    );
  });
});

describe('pages of a repository', () => {
  test.each([
    ['YAML without end', '---\na: 1\ntitle: "a\n---\n', ':'],
    ['another key', '---\ntitle: a\nlayout: x\n---\n', ':3: a page takes no "layout"'],
    ['a list', '---\n- a\n---\n', ':2: front matter is a mapping'],
    ['code', '---js\n{ title: globalThis.hacked = 1 }\n---\n', ':1: front matter is YAML'],
  ])('front matter: %s', async (_, text, expected) => {
    expect(await faultOf('templates/site/pages/a.md', text)).toContain(
      `templates/site/pages/a.md${expected}`,
    );
    expect('hacked' in globalThis).toBe(false);
  });

  test('a page where one of ours is', async () => {
    expect(await faultOf('templates/site/pages/Attack.md', '# x\n')).toBe(
      'templates/site/pages/Attack.md:1: the site has a page "Attack.html" already; name this file otherwise',
    );
  });

  test('pages link to each other, have anchors and are no templates', async () => {
    const files = await renderDocs(
      inFolder({
        'templates/site/pages/on call.md':
          '\ufeff---\r\ntitle: "On call: who"\r\n---\r\n## Who\r\n\r\n[b](more/b.md#x) {{ x }} {% y %}\r\n',
        'templates/site/pages/more/b.md': '---\n---\n## X\n\n<script>1</script>\n',
        'templates/site/pages/rule.md': 'a\n\n---\n\nb\n',
      }),
      { flavor: 'site' },
    );
    const page = (path: string) => String(files.find((file) => file.path === path)?.content);
    expect(page('on call.html')).toContain(
      '<h2 id="who">Who</h2>\n<p><a href="more/b.html#x">b</a> {{ x }} {% y %}</p>',
    );
    expect(page('on call.html')).toContain('<title>On call: who · ');
    expect(page('index.html')).toContain('<a href="on%20call.html">On call: who</a>');
    expect(page('more/b.html')).toContain('<h2 id="x">X</h2>\n<p>&lt;script&gt;');
    expect(page('rule.html')).toContain('<p>a</p>\n<hr>\n<p>b</p>');
  });
});
