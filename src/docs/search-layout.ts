// Lays a search out for reading: one command per line, subsearches indented; nothing inside is changed.

/**
 * Breaks a search before each pipe that separates commands. A search whose author broke it into lines already stays as
 * written. Quotes, macros, comments and brackets are followed; where they do not pair up nothing more is broken.
 */
export function layOutSearch(search: string): string {
  const text = search.trim();
  if (/\n\s*\|/.test(text)) return text;
  let laidOut = '';
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"' || c === '`') {
      const end = endOfQuote(text, i);
      if (end < 0) break;
      i = end;
    } else if (c === '[') depth++;
    else if (c === ']') depth = Math.max(0, depth - 1);
    else if (c === '|') {
      const before = text.slice(start, i).trimEnd();
      if (laidOut !== '' || before !== '') laidOut += `${before}\n${'    '.repeat(depth)}`;
      start = i;
    }
  }
  return laidOut + text.slice(start);
}

/** Index of the last character of a quoted stretch that begins at `start`, or -1 when it does not end. */
function endOfQuote(text: string, start: number): number {
  if (text.startsWith('```', start)) {
    const end = text.indexOf('```', start + 3);
    return end < 0 ? -1 : end + 2;
  }
  const quote = text[start]!;
  for (let i = start + 1; i < text.length; i++) {
    if (quote === '"' && text[i] === '\\') i++;
    else if (text[i] === quote) return i;
  }
  return -1;
}
