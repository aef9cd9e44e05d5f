// JSON as Splunk apps carry it in .conf values: keys sorted, ASCII only, safe inside HTML.

/** A number that is written with a fraction even when it is whole (`1746144000.0`), as epoch times are. */
export class Fractional {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

export type Json =
  | null
  | boolean
  | number
  | string
  | Fractional
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** Returns text on one line with `", "` and `": "`, keys in code-unit order; members that are undefined are left out. */
export function confJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value === 'string') return quoted(value, htmlUnsafe);
  if (value instanceof Fractional) return fractional(value.value);
  if (isList(value)) return `[${value.map(confJson).join(', ')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${quoted(key, htmlUnsafe)}: ${confJson(member)}`);
  }
  return `{${members.join(', ')}}`;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Characters that JSON need not escape, but that end an attribute, a tag or an entity where the value is shown. */
const htmlUnsafe = /["\\<>&'\u0000-\u001f\u007f-\uffff]/;
const jsonUnsafe = /["\\\u0000-\u001f\u007f-\uffff]/;
const named: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};
const every = new Map([htmlUnsafe, jsonUnsafe].map((unsafe) => [unsafe, new RegExp(unsafe.source, 'g')]));

function quoted(text: string, unsafe: RegExp): string {
  if (!unsafe.test(text)) return `"${text}"`;
  return `"${text.replace(every.get(unsafe)!, escaped)}"`;
}

function escaped(character: string): string {
  // DEL is the one character of the range that Python's json, whose form other tools expect, leaves alone.
  if (character === '\x7f') return character;
  return named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function fractional(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? `${value}.0` : String(value);
}

const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{}:,]/g;

/**
 * Lays JSON text out anew with four blanks of indent, members in their order, numbers as written (no digit is lost to
 * a double), strings in ASCII.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function indentJson(text: string): string {
  JSON.parse(text);
  let out = '';
  let depth = 0;
  let previous = '';
  const line = () => `\n${'    '.repeat(depth)}`;
  for (const [word] of text.matchAll(token)) {
    if (word === '}' || word === ']') {
      depth -= 1;
      out += previous === '{' || previous === '[' ? word : line() + word;
    } else {
      if (previous === '{' || previous === '[' || previous === ',') out += line();
      out += word[0] === '"' ? quoted(JSON.parse(word) as string, jsonUnsafe) : word === ':' ? ': ' : word;
      if (word === '{' || word === '[') depth += 1;
    }
    previous = word;
  }
  return out;
}
