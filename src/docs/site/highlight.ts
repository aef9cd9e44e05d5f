// Searches as highlighted HTML; macros become links that carry their expansion.
import type { Macro } from '../../content/model.js';
import { html } from '../escape.js';

/** Answers where a macro is described and what it stands for. */
export interface MacroTarget {
  readonly macro: Macro;
  readonly href: string;
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
    '(?<option>\\b[A-Za-z_]\\w*(?==(?!=)))',
    '(?<number>(?<![\\w.$-])\\d+(?:\\.\\d+)?(?![\\w.]))',
    '(?<token>\\$[\\w.]+\\$)',
  ].join('|'),
  'g',
);

/** Highlights a search. Whatever is not recognised stays plain; nothing is ever dropped. */
export function highlightSearch(
  search: string,
  macroOf: (name: string) => MacroTarget | undefined = () => undefined,
): string {
  let out = '';
  let end = 0;
  for (const match of search.matchAll(pattern)) {
    out += html(search.slice(end, match.index));
    end = match.index + match[0].length;
    const group = match.groups!;
    if (group['macro'] !== undefined) out += macroHtml(group['macro'], macroOf);
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

function macroHtml(call: string, macroOf: (name: string) => MacroTarget | undefined): string {
  const name = /^`\s*([^\s(`]+)/.exec(call)?.[1];
  const target = name === undefined ? undefined : macroOf(name);
  if (!target) return mark('macro', call);
  const expansion = html(expandCall(call, target.macro));
  return `<a class="spl-macro" href="${html(target.href)}" data-expansion="${expansion}">${html(call)}</a>`;
}

/** The definition with the arguments of one call filled in; nested macros stay as they are. */
export function expandCall(call: string, macro: Macro): string {
  const inside = /\(([\s\S]*)\)\s*`$/.exec(call)?.[1];
  if (inside === undefined || macro.arguments.length === 0) return macro.definition;
  const values = splitArguments(inside);
  if (values.length !== macro.arguments.length) return macro.definition;
  const byName = new Map(macro.arguments.map((argument, i) => [argument, values[i]!]));
  return macro.definition.replace(/\$([\w.]+)\$/g, (token, name: string) => byName.get(name) ?? token);
}

function splitArguments(text: string): string[] {
  const values: string[] = [];
  let value = '';
  let depth = 0;
  let isQuoted = false;
  for (const c of text) {
    if (c === '"') isQuoted = !isQuoted;
    if (!isQuoted && (c === '(' || c === '[')) depth++;
    if (!isQuoted && (c === ')' || c === ']')) depth--;
    if (c === ',' && depth === 0 && !isQuoted) {
      values.push(value.trim());
      value = '';
    } else value += c;
  }
  values.push(value.trim());
  return values.map((each) => /^"(.*)"$/s.exec(each)?.[1] ?? each);
}
