// Lays a search out for reading: one command per line, subsearches indented; nothing inside is changed.
import { scanStructure } from '../syntax/scan.js';

const special = /["`[\]|]|\\./gs;

/**
 * Breaks a search before each pipe that separates commands. A search whose author broke it into lines already stays as
 * written.
 */
export function layOutSearch(search: string): string {
  const text = search.trim();
  if (!text.includes('|') || /\n\s*\|/.test(text)) return text;
  const { strings, calls, comments, brackets } = scanStructure(text);
  let laidOut = '';
  let start = 0;
  const closing: number[] = [];
  special.lastIndex = 0;
  for (let match = special.exec(text); match !== null; match = special.exec(text)) {
    const i = match.index;
    const character = match[0];
    if (character === '"' || character === '`') {
      special.lastIndex = strings.get(i) ?? calls.get(i) ?? comments.get(i) ?? i + 1;
    } else if (character === '[') {
      const close = brackets.get(i);
      if (close !== undefined) closing.push(close);
    } else if (character === ']') {
      if (i === closing.at(-1)) closing.pop();
    } else if (character === '|') {
      const before = text.slice(start, i).trimEnd();
      if (laidOut !== '' || before !== '') laidOut += `${before}\n${'    '.repeat(closing.length)}`;
      start = i;
    }
  }
  return laidOut + text.slice(start);
}
