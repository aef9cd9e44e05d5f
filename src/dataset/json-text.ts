// Cuts members out of the text of a JSON object without changing how they are written.

/** A member of an object: its name, decoded, and where its value stands in the text. */
export interface TextMember {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const isSpace = (code: number) => code <= 32;

function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === 34) return at + 1;
  }
  return text.length;
}

function valueEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      at = stringEnd(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (code === 44 || isSpace(code))) return at;
  }
  return text.length;
}

function unquote(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}

/** Lists the members of the object that `text` is; a broken object gives those before the fault. */
export function membersOf(text: string): TextMember[] {
  const members: TextMember[] = [];
  let at = text.indexOf('{') + 1;
  while (at > 0 && at < text.length) {
    while (isSpace(text.charCodeAt(at)) || text.charCodeAt(at) === 44) at++;
    if (text.charCodeAt(at) !== 34) return members;
    const nameEnd = stringEnd(text, at);
    const name = unquote(text.slice(at, nameEnd));
    at = nameEnd;
    while (isSpace(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== 58) return members;
    at++;
    while (isSpace(text.charCodeAt(at))) at++;
    const end = valueEnd(text, at);
    members.push({ name, start: at, end });
    at = end;
  }
  return members;
}

/** Returns a value's text as an event shows it: a string without its quotes, anything else as written. */
export function valueText(text: string, member: TextMember): string {
  const value = text.slice(member.start, member.end);
  return value.startsWith('"') ? unquote(value) : value;
}

/** Whether some number is larger than JavaScript can hold. */
function overflows(value: unknown): boolean {
  // Not by recursion: a record may be nested as deep as it likes.
  const rest = [value];
  for (let next = rest.pop(); rest.length > 0 || next !== undefined; next = rest.pop()) {
    if (typeof next === 'number' && !Number.isFinite(next)) return true;
    if (typeof next === 'object' && next !== null)
      for (const inner of Object.values(next)) if (inner !== null) rest.push(inner);
  }
  return false;
}

const STRING_OR_NUMBER = /"(?:[^"\\]|\\[\s\S])*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses JSON. A number that is larger than JavaScript can hold is a text, as it is written: Splunk takes values of JSON
 * as they stand there.
 *
 * @throws SyntaxError where the text is no JSON
 */
export function parseValue(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!overflows(value)) return value;
  return JSON.parse(
    text.replace(STRING_OR_NUMBER, (found) =>
      found.startsWith('"') || Number.isFinite(Number(found)) ? found : `"${found}"`,
    ),
  );
}

/** Parses a JSON object; null when the text is anything else. */
export function parseObject(text: string): ReadonlyMap<string, unknown> | null {
  try {
    const value = parseValue(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return new Map(Object.entries(value));
  } catch {
    return null;
  }
}

/** Parses a JSON object as `parseObject` does; numbers that JavaScript cannot hold are texts, as they are written. */
export function exactMembers(text: string): ReadonlyMap<string, unknown> | null {
  const members = parseObject(text);
  if (members === null) return null;
  const isInexact = (value: unknown): boolean => typeof value === 'number' && !Number.isSafeInteger(value);
  if (![...members.values()].some(isInexact)) return members;
  const exact = new Map(members);
  for (const member of membersOf(text))
    if (typeof exact.get(member.name) === 'number') exact.set(member.name, valueText(text, member));
  return exact;
}
