// Escaping of content for each place a page puts it: prose, inline text, table cells, code, links, front matter.
//
// Content is hostile until escaped. Prose is Markdown by convention (code spans, emphasis, lists), so its Markdown is
// kept and only what could run or attach itself to the page is disarmed: HTML, Liquid, kramdown attribute lists and
// links that are not plain web links.

/** What a page is read by. `jekyll` is Liquid followed by kramdown, `markdown` any CommonMark or GFM renderer. */
export type Target = 'jekyll' | 'markdown';

/** Start of something that HTML takes for a tag, an end tag, a comment or a declaration. */
const tagStart = /<(?=[A-Za-z/!?])/g;
const edgeUnderscores = /(?<![A-Za-z0-9_])_+|_+(?![A-Za-z0-9_])/g;
/** An underscore that may open emphasis with one after it that may close it. */
const emphasis = /(?<![A-Za-z0-9])_+[^\s_](?:.*[^\s_])?_+(?![A-Za-z0-9])/;
const liquidStart = /\{(?=[{%])/g;

/** Characters that a page cannot show: controls, and marks that turn the direction of the text around them. */
const unseen = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** The text with the sign for an unknown character in place of each that cannot be seen, so that it is noticed. */
export function visible(text: string): string {
  return text.search(unseen) < 0 ? text : text.replace(unseen, '\ufffd');
}

/** What a renderer takes for the beginning of a heading, quote, list or line when a block begins with it. */
const blockStart = /^(?:[#>+=-]|_(?=[\s_]*_[\s_]*$)|\d{1,9}(?=[.)](?:\s|$)))/;

/** Makes Liquid print the braces that would begin its own markup: it reads `{{ "{" }}` as an output of that text. */
export function escapeLiquid(text: string): string {
  return text.includes('{') ? text.replace(liquidStart, '{{ "$&" }}') : text;
}

/**
 * Whether code spans of a text pair up the same way in every renderer: on each line an even number of single
 * backticks and none beside a backslash. Only then may `<` stay as it is between them.
 */
function hasPlainCodeSpans(text: string): boolean {
  if (!text.includes('`')) return false;
  return text.split('\n').every((line) => {
    if (/\\`|``|`\\/.test(line)) return false;
    return (line.match(/`/g)?.length ?? 0) % 2 === 0 && !/^(?: {4}|\t)/.test(line);
  });
}

function escapeTags(text: string): string {
  return text.includes('<') ? text.replace(tagStart, '&lt;') : text;
}

function escapeProseSpan(text: string, target: Target): string {
  // A link may lead to the web only; its destination has to stand there in plain letters.
  let safe = text
    .replace(/\]\((?!https?:\/\/)/g, ']\\(')
    .replace(/^([ \t>*+-]*)\[([^\]\n]*)\]:/gm, '$1\\[$2]:');
  if (target === 'jekyll') safe = safe.replace(/\{:/g, '\\{:');
  return safe;
}

/** A token that Splunk fills in, `$dest$`; GitHub would set it as a formula. */
const token = /\$([A-Za-z_][\w.]*)\$/g;

/** Shows tokens as code; where backticks are about already, their dollars are escaped instead. */
function tokens(text: string): string {
  if (!text.includes('$')) return text;
  return text.includes('`')
    ? text.replace(/(`[^`\n]*`)|\$/g, (_, code?: string) => code ?? '\\$')
    : text.replace(token, (found) => '`' + found + '`').replaceAll('$$', '\\$\\$');
}

/** A code span, or a word. */
const wordOrCode = /(`[^`\n]*`)|[^\s`]+/g;
/** What only a path of Windows has: a backslash before a letter, or behind a drive, a variable or a registry hive. */
const windowsPath = /\\[A-Za-z0-9]|(?:^|\W)(?:HK\w+|[A-Za-z]:|%\w+%)\\/;

/** Paths and wildcards as they are: Markdown would take `\*` for an escaped star, and two stars for emphasis. */
export function paths(text: string): string {
  if (!/[*\\]/.test(text)) return text;
  return text.replace(wordOrCode, (word: string, code?: string) => {
    if (code !== undefined || !/[*\\]/.test(word)) return word;
    const isPath = windowsPath.test(word);
    return word.replace(/\\?\*|\\(?=[!-)+-/:-@[-_{-~])/g, (mark, at: number) => {
      if (mark === '\\') return isPath ? '\\\\' : mark;
      if (mark === '\\*') return isPath ? '\\\\\\*' : mark;
      return word[at - 1] === '/' || /^\\|^\.[A-Za-z]/.test(word.slice(at + 1)) ? '\\*' : mark;
    });
  });
}

/** Prose of an author: Markdown stays Markdown, everything that could be markup of the page is disarmed. */
export function prose(text: string, target: Target): string {
  let safe = visible(text);
  if (target === 'markdown') safe = paths(safe);
  if (safe.includes('<')) {
    safe = hasPlainCodeSpans(safe)
      ? safe.replace(/(`[^`\n]*`)|<(?=[A-Za-z/!?])/g, (_, code?: string) => code ?? '&lt;')
      : escapeTags(safe);
  }
  if (/[[{]/.test(safe)) safe = escapeProseSpan(safe, target);
  safe = disarmFences(safe);
  return target === 'jekyll' ? escapeLiquid(safe) : tokens(safe);
}

/** Prose on a page that links to its headings: its own headings, which could take an anchor from one, are plain lines. */
export function proseWithoutHeadings(text: string, target: Target): string {
  return prose(text, target).replace(
    /^( {0,3}(?:>[ >]*|[*+-] +)?)(?=#{1,6}(?:\s|$)|(?:=+|-+)[ \t]*$)/gm,
    '$1\\',
  );
}

/** An unclosed fence or comment would swallow the rest of the page. */
function disarmFences(text: string): string {
  const fences = text.match(/^ {0,3}(?:`{3,}|~{3,})/gm);
  return fences && fences.length % 2 === 1 ? text.replace(/^( {0,3})(?=`{3,}|~{3,})/gm, '$1\\') : text;
}

/** Most names: words whose characters mean nothing to any renderer, with no blank at either end. */
const plainWords = /^[A-Za-z](?:[A-Za-z0-9 .,:;()/'"%?!-]*[A-Za-z0-9.,:;()/'"%?!-])?$/;

/** A name or other plain text inside a line: every character stands for itself. */
export function inline(text: string, target: Target): string {
  if (plainWords.test(text)) return text;
  let safe = visible(/[\r\n]/.test(text) ? text.replace(/\s*[\r\n]+\s*/g, ' ') : text);
  if (target === 'markdown') safe = safe.trim();
  const isBlock = blockStart.test(safe) || safe.endsWith('#');
  if (/[\\`*[\]<|~&_{]/.test(safe)) {
    safe = safe
      .replace(/[\\`*[\]|]/g, '\\$&')
      .replace(/&(?=#?\w+;)/g, '&amp;')
      .replace(tagStart, '&lt;');
    if (safe.indexOf('~') !== safe.lastIndexOf('~')) safe = safe.replaceAll('~', '\\~');
    if (emphasis.test(safe)) safe = safe.replace(edgeUnderscores, (run) => '\\_'.repeat(run.length));
    if (target === 'jekyll') safe = escapeLiquid(safe.replace(/\{:/g, '\\{:'));
  }
  if (isBlock)
    safe = safe
      .replace(blockStart, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
      .replace(/(?<!\\)#$/, '\\#');
  return target === 'markdown' && safe.includes('$') ? inlineTokens(safe) : safe;
}

function inlineTokens(text: string): string {
  // Inside a code span a backslash is itself, so a token that was escaped is shown by its plain name.
  return text
    .replace(/\$([A-Za-z_](?:[\w.]|\\_)*)\$/g, (found) => '`' + found.replaceAll('\\_', '_') + '`')
    .replaceAll('$$', '\\$\\$');
}

/** Prose inside a table cell: on one line, with its pipes escaped (also in code spans, as GFM asks). */
export function proseCell(text: string, target: Target): string {
  return prose(text, target)
    .trim()
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/(?<!\\)\|/g, '\\|');
}

/**
 * Code inside a line of a table, whatever the text is. kramdown has no code span for a text with blanks or backticks at
 * its ends, so it is given an element; elsewhere nothing of HTML is needed.
 */
export function codeSpan(text: string, target: Target): string {
  const line = visible(text.replace(/\s*[\r\n]+\s*/g, ' '));
  if (line.trim() === '') return '';
  if (target === 'jekyll')
    return escapeLiquid(
      `<code>${html(line).replace(/[|`*_~$[\]\\!]/g, (c) => `&#${c.charCodeAt(0)};`)}</code>`,
    );
  const run = '`'.repeat(longestRun(line, '`') + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${run}${pad}${line.replace(/\|/g, '\\|')}${pad}${run}`;
}

/** Length of the longest run of one character. */
export function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const c of text) {
    run = c === character ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

/** The fence for a block of code: longer than any run of backticks in it. */
export function fenceFor(code: string): string {
  return code.includes('```') ? '`'.repeat(longestRun(code, '`') + 1) : '```';
}

/** The text of a code block. */
export function code(text: string, target: Target): string {
  return target === 'jekyll' ? escapeLiquid(text) : text;
}

/** Most addresses: nothing in them has to be written as its code. */
const plainAddress = /^https?:\/\/[\w./?=&#:%~+,;@!-]+$/i;

/** Destination of a link when a text is a plain web address, else `undefined`. */
export function webAddress(text: string): string | undefined {
  if (plainAddress.test(text)) return text;
  const trimmed = text.trim();
  if (!/^https?:\/\/[^\s]+$/i.test(trimmed)) return undefined;
  const awkward = hasBalancedParentheses(trimmed)
    ? /[<>"'`{}|\\^\x00-\x1f\x7f]/g
    : /[<>()"'`{}|\\^\x00-\x1f\x7f]/g;
  return trimmed.replace(awkward, (c) => `%${hex(c)}`);
}

/** Markdown takes parentheses in a destination as they are when they pair up. */
function hasBalancedParentheses(text: string): boolean {
  let depth = 0;
  for (const c of text) {
    if (c === '(') depth++;
    else if (c === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
}

/** An address as a link that shows itself; plain text when it is no web address. */
export function addressLink(text: string, target: Target): string {
  const address = webAddress(text);
  return address === undefined ? inline(text, target) : `[${inline(text.trim(), target)}](${address})`;
}

const plainScalar = /^[A-Za-z/][\w .,&()/+-]*$/;
const wordsOfYaml = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

/**
 * A YAML scalar. `style: 'double'` always quotes. Tags, links and attribute lists are disarmed as well, for themes print
 * front matter as Markdown without escaping it.
 */
export function yamlScalar(text: string, style: 'plain' | 'double' = 'plain'): string {
  const safe = escapeTags(text.replace(/\p{Surrogate}/gu, '\ufffd'))
    .replace(/[\x7f-\x9f\u2028\u2029\ufeff]/g, ' ')
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/\](?=[([:])/g, '] ')
    .replace(/\{(?=:)/g, '{ ');
  if (style === 'plain' && plainScalar.test(safe) && !wordsOfYaml.test(safe) && !/\s$/.test(safe))
    return safe;
  return JSON.stringify(safe);
}

/** Escapes a text for HTML, attribute values in either quotes included. */
export function html(text: string): string {
  return htmlCode(visible(text));
}

/** The same for code, whose characters all stay. */
export function htmlCode(text: string): string {
  return /[&<>"']/.test(text)
    ? text.replace(/[&<>"']/g, (c) =>
        c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '"' ? '&quot;' : '&#39;',
      )
    : text;
}
