// Searches as highlighted HTML; macros become links that carry their expansion.
import { scanStructure } from '../../syntax/scan.js';
import { html, htmlCode, visible } from '../escape.js';

/** What a macro call leads to: where it is described and the text that it stands for. */
export interface MacroTarget {
  /** Left out when no page describes it. */
  readonly href?: string;
  readonly expansion: string;
}

/** What stands outside of strings, macro calls and comments. */
const pattern = new RegExp(
  [
    '(?<pipe>\\|\\s*)(?<command>[A-Za-z][\\w-]*)?',
    '(?<subsearch>\\[\\s*)(?<first>[a-z][\\w-]*(?=[\\s|\\]]))?',
    '(?<operator>\\b(?:AND|OR|NOT|BY|AS|IN|OUTPUT|OUTPUTNEW|WHERE|FROM|LIKE|XOR|by|as|where|from|output|outputnew)\\b)',
    '(?<call>\\b[A-Za-z_]\\w*(?=\\())',
    '(?<option>\\b[A-Za-z_][\\w.]*(?=\\s?(?:=(?!=)|!=)))',
    '(?<number>(?<![\\w.$-])\\d+(?:\\.\\d+)?(?![\\w.]))',
    '(?<token>\\$[\\w.]+\\$)',
  ].join('|'),
  'g',
);

/** Highlights a search. Whatever is not recognised stays plain; nothing is ever dropped. */
export function highlightSearch(
  search: string,
  macroAt: (call: string) => MacroTarget | undefined = () => undefined,
): string {
  const { strings, unclosed, calls, comments } = scanStructure(search);
  const quoted = [
    ...[...strings]
      .filter(([start]) => !unclosed.has(start))
      .map(([start, end]) => ({ start, end, kind: 'string' })),
    ...[...calls].map(([start, end]) => ({ start, end, kind: 'macro' })),
    ...[...comments].map(([start, end]) => ({ start, end, kind: 'comment' })),
  ].sort((a, b) => a.start - b.start);
  let out = '';
  let end = 0;
  for (const part of quoted) {
    if (part.start < end) continue;
    out += highlightWords(search.slice(end, part.start));
    const text = search.slice(part.start, part.end);
    out += part.kind === 'macro' ? macroHtml(text, macroAt(text)) : mark(part.kind, text);
    end = part.end;
  }
  return out + highlightWords(search.slice(end));
}

function highlightWords(text: string): string {
  let out = '';
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    out += coded(text.slice(end, match.index));
    end = match.index + match[0].length;
    const group = match.groups!;
    if (group['pipe'] !== undefined)
      out += `${mark('pipe', group['pipe'])}${mark('command', group['command'])}`;
    else if (group['subsearch'] !== undefined)
      out += `${coded(group['subsearch'])}${mark('command', group['first'])}`;
    else {
      const kind = ['operator', 'call', 'option', 'number', 'token'].find(
        (name) => group[name] !== undefined,
      )!;
      out += mark(kind, match[0]);
    }
  }
  return out + coded(text.slice(end));
}

function mark(kind: string, text: string | undefined): string {
  return text === undefined || text === '' ? '' : `<span class="spl-${kind}">${coded(text)}</span>`;
}

function macroHtml(call: string, target: MacroTarget | undefined): string {
  if (!target) return mark('macro', call);
  const expansion = `class="spl-macro" data-expansion="${html(target.expansion)}"`;
  return target.href === undefined
    ? `<span ${expansion} tabindex="0">${coded(call)}</span>`
    : `<a ${expansion} href="${html(target.href)}">${coded(call)}</a>`;
}

/** Code that is copied as it is, while what cannot be seen in it is shown by its number. */
function coded(text: string): string {
  if (visible(text) === text) return htmlCode(text);
  return [...text]
    .map((character) => {
      if (visible(character) === character) return htmlCode(character);
      const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
      return `<span class="unseen" data-code="U+${code}"><span hidden>${character}</span></span>`;
    })
    .join('');
}
