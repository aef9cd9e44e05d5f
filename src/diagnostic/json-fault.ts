// Where a text that should be JSON ceases to be.
import type { Place } from './diagnostic.js';

const token =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)))/y;

/** What may come next: a value, a value or the end of a list, a key, a key or the end of a mapping, a colon, what follows a value. */
type State = 'value' | 'item' | 'key' | 'member' | 'colon' | 'after';

/** Offset of the first thing that no JSON text has there; undefined for JSON. */
export function jsonFault(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let state: State = 'value';
  let at = 0;
  while (!(state === 'after' && open.length === 0)) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) return skipBlanks(text, at);
    const [whole, mark, string, plain] = match;
    const next = step(state, mark ?? (string === undefined ? 'plain' : 'string'), open);
    if (next === undefined) return at + whole.length - (mark ?? string ?? plain ?? '').length;
    state = next;
    at += whole.length;
  }
  const rest = skipBlanks(text, at);
  return rest < text.length ? rest : undefined;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text[at]!)) at++;
  return at;
}

function step(state: State, found: string, open: ('{' | '[')[]): State | undefined {
  const inside = open.at(-1);
  if (state === 'colon') return found === ':' ? 'value' : undefined;
  if (state === 'after' && found === ',')
    return inside === '{' ? 'key' : inside === '[' ? 'value' : undefined;
  const ends =
    (found === '}' && inside === '{' && (state === 'after' || state === 'member')) ||
    (found === ']' && inside === '[' && (state === 'after' || state === 'item'));
  if (ends) {
    open.pop();
    return 'after';
  }
  if (state === 'after') return undefined;
  if (state === 'key' || state === 'member') return found === 'string' ? 'colon' : undefined;
  if (found === 'string' || found === 'plain') return 'after';
  if (found !== '{' && found !== '[') return undefined;
  open.push(found);
  return found === '{' ? 'member' : 'item';
}

/** Place of an offset of a text. */
export function placeInText(file: string, text: string, offset: number, length = 0): Place {
  const line = text.slice(0, offset).split('\n').length;
  const column = offset - text.lastIndexOf('\n', offset - 1);
  return { file, line, column, endLine: line, endColumn: column + length };
}
