// Searches as highlighted HTML; macros become links that carry their expansion.
import { html } from '../escape.js';

/** What a macro call leads to: where it is described and the text that it stands for. */
export interface MacroTarget {
  readonly href: string;
  readonly expansion: string;
}

const pattern = new RegExp(
  [
    '(?<comment>```[\\s\\S]*?```)',
    '(?<string>"(?:[^"\\\\]|\\\\[\\s\\S])*")',
    '(?<macro>`[^`]+`)',
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
  let out = '';
  let end = 0;
  for (const match of search.matchAll(pattern)) {
    out += html(search.slice(end, match.index));
    end = match.index + match[0].length;
    const group = match.groups!;
    if (group['macro'] !== undefined) out += macroHtml(group['macro'], macroAt(group['macro']));
    else if (group['pipe'] !== undefined)
      out += `${mark('pipe', group['pipe'])}${mark('command', group['command'])}`;
    else if (group['subsearch'] !== undefined)
      out += `${html(group['subsearch'])}${mark('command', group['first'])}`;
    else {
      const kind = ['comment', 'string', 'operator', 'call', 'option', 'number', 'token'].find(
        (name) => group[name] !== undefined,
      )!;
      out += mark(kind, match[0]);
    }
  }
  return out + html(search.slice(end));
}

function mark(kind: string, text: string | undefined): string {
  return text === undefined || text === '' ? '' : `<span class="spl-${kind}">${html(text)}</span>`;
}

function macroHtml(call: string, target: MacroTarget | undefined): string {
  if (!target) return mark('macro', call);
  return `<a class="spl-macro" href="${html(target.href)}" data-expansion="${html(target.expansion)}">${html(call)}</a>`;
}
