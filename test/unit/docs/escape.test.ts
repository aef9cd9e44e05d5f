// Escaping for GitHub-flavoured Markdown: what a renderer shows is the text itself, whatever its characters are.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeSpan, inline, prose, proseWithoutHeadings } from '../../../src/docs/escape.js';

type Markdown = new (options: object) => { render(text: string): string };
const module: string = 'markdown-it';
const { default: MarkdownIt } = (await import(module)) as { default: Markdown };
const renderer = new MarkdownIt({ html: true });

/** What a reader sees of a page: its text without tags, blanks collapsed as a browser does. */
function shown(page: string): string {
  return renderer
    .render(page)
    .replace(/<\/?(?:h1|ul|li|table|thead|tbody|tr|th|td|p|code|a)(?: href="[^"]*")?>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}

const places: Readonly<Record<string, (text: string) => string>> = {
  'a heading': (text) => `# ${text}\n`,
  'a list': (text) => `* ${text}\n`,
  'a cell': (text) => `| a |\n| --- |\n| ${text} |\n`,
  'a link': (text) => `* [${text}](x.md)\n`,
};
const spare = { 'a cell': 'a ' } as Readonly<Record<string, string>>;

const plain = (text: string): string =>
  text
    .replace(/[\u202e\x1b]/g, '\ufffd')
    .replace(/\s+/g, ' ')
    .trim();
const word = fc.constantFrom(
  ...[
    'a',
    'b_c',
    '_',
    '__',
    '*',
    '**',
    '`',
    '``',
    '```',
    '~',
    '~~',
    '|',
    '\\',
    '\\\\',
    '<',
    '>',
    '<b>',
    '</a>',
  ],
  ...[
    '<!--',
    '&',
    '&amp;',
    '&#35;',
    '[',
    ']',
    '](',
    '](x)',
    '!',
    '![',
    '(',
    ')',
    '{',
    '}',
    '{{',
    '#',
    '##',
    '-',
  ],
  ...[
    '---',
    '+',
    '=',
    '==',
    '1.',
    '12)',
    ':',
    '"',
    "'",
    ' ',
    ' ',
    ' ',
    'é',
    '\u202e',
    '\u001b',
    'Ж',
    '日本',
    'http://x.y/z',
    '\n',
    '\t',
    ';',
  ],
);
const text = fc
  .array(word, { minLength: 1, maxLength: 8 })
  .map((words) => words.join(''))
  .filter((joined) => joined.trim() !== '');

describe('text as GitHub-flavoured Markdown', () => {
  test.each(Object.keys(places))('in %s every character stands for itself', (place) => {
    fc.assert(
      fc.property(text, (written) => {
        expect(shown(places[place]!(inline(written, 'markdown')))).toBe(
          (spare[place] ?? '') + plain(written),
        );
      }),
      { numRuns: 3000 },
    );
  });

  test('code in a cell is the code', () => {
    fc.assert(
      fc.property(text, (written) => {
        expect(shown(places['a cell']!(codeSpan(written, 'markdown')))).toBe(`a ${plain(written)}`);
      }),
      { numRuns: 3000 },
    );
  });

  test('no code is nothing', () => {
    expect(codeSpan('', 'markdown')).toBe('');
    expect(codeSpan(' \n', 'jekyll')).toBe('');
  });
});

describe('prose as GitHub-flavoured Markdown', () => {
  test.each([
    ['a registry path', 'the path "*\\shell\\open\\command\\*" and HKCR\\* too'],
    ['a folder', 'below C:\\Windows\\* and %TEMP%\\_x\\ only'],
    ['a share', 'from \\\\server\\share\\ and ..\\x'],
    ['a placeholder', 'in %USER%\\Local\\Temp\\<random folder>\\ path'],
    ['wildcards', 'any *.exe, /setup/*.action or *lsass*.dmp, then *.dll'],
  ])('%s is shown as it is', (_, written) => {
    expect(shown(prose(written, 'markdown'))).toBe(written);
  });

  test.each([
    ['emphasis', 'replace *this* and **that**.', '<p>replace <em>this</em> and <strong>that</strong>.</p>\n'],
    ['an escape', 'a \\*b\\* process\\_name', '<p>a *b* process_name</p>\n'],
    ['code', 'a `C:\\*` b', '<p>a <code>C:\\*</code> b</p>\n'],
    ['a list', '* a\n* b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n'],
    ['a strong path', '**C:\\Windows** x', '<p><strong>C:\\Windows</strong> x</p>\n'],
  ])('%s stays', (_, written, expected) => {
    expect(renderer.render(prose(written, 'markdown'))).toBe(expected);
  });
});

describe('prose on a page that links to its headings', () => {
  test.each([
    '# ctime',
    'text\n\n## ctime\nmore',
    'ctime\n===',
    'ctime\n ---',
    '> # ctime',
    '- # ctime',
    '#\ntext',
  ])('%j makes no heading', (text) => {
    expect(renderer.render(prose(text, 'markdown'))).toMatch(/<h\d>/);
    expect(renderer.render(proseWithoutHeadings(text, 'markdown'))).not.toMatch(/<h\d>/);
  });

  test.each(['uses #1 and #tag', 'a - b\n- item', '| a |\n| --- |\n| b |'])('%j stays', (text) => {
    expect(proseWithoutHeadings(text, 'markdown')).toBe(prose(text, 'markdown'));
  });
});
