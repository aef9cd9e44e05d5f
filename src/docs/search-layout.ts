// Lays a search out for reading: one command per line, subsearches indented; nothing inside is changed.
import { scanStructure } from '../syntax/scan.js';

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
  for (let i = 0; i < text.length; i++) {
    const end = strings.get(i) ?? calls.get(i) ?? comments.get(i);
    if (end !== undefined) {
      i = end - 1;
      continue;
    }
    const close = brackets.get(i);
    if (close !== undefined) closing.push(close);
    else if (i === closing.at(-1)) closing.pop();
    else if (text[i] === '\\') i++;
    else if (text[i] === '|') {
      const before = text.slice(start, i).trimEnd();
      if (laidOut !== '' || before !== '') laidOut += `${before}\n${'    '.repeat(closing.length)}`;
      start = i;
    }
  }
  return laidOut + text.slice(start);
}
