// Macro calls as written: their name and arguments.
import type { MacroCall } from './tree.js';

const callPattern = /`\s*([\w.:-]+)\s*(\(([\s\S]*)\))?\s*`$/;

/** Reads a macro call from its text, backticks included. */
export function readMacroCall(text: string, start: number): MacroCall {
  const match = callPattern.exec(text);
  const span = { start, end: start + text.length };
  if (match === null) return { kind: 'macro', name: text.replaceAll('`', '').trim(), span };
  return {
    kind: 'macro',
    name: match[1]!,
    ...(match[2] === undefined ? {} : { arguments: splitArguments(match[3]!) }),
    span,
  };
}

/** Cuts the arguments of a macro call at the commas outside of quotes and parentheses; `()` has none. */
export function splitArguments(text: string): string[] {
  if (text.trim() === '') return [];
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '\\') i++;
    else if (character === '"') {
      let end = i + 1;
      while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
      i = end;
    } else if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === ',' && depth <= 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}
