// Replacement texts of replace() and rex mode=sed: group references as backslash and digit.

interface Groups {
  readonly [group: number]: string | undefined;
}

/** A parsed replacement. */
export class Replacement {
  private readonly parts: readonly (string | number)[];
  private readonly forNative = new Map<number, string>();

  constructor(parts: readonly (string | number)[]) {
    this.parts = parts;
  }

  /** The text for one match; groups that took no part are empty. */
  expand(match: Groups): string {
    let out = '';
    for (const part of this.parts) out += typeof part === 'string' ? part : (match[part] ?? '');
    return out;
  }

  /** The same as a JavaScript replacement pattern for a RegExp with `groupCount` groups. */
  native(groupCount: number): string {
    let text = this.forNative.get(groupCount);
    if (text === undefined) {
      text = this.parts
        .map((part) => {
          if (typeof part === 'string') return part.replaceAll('$', '$$$$');
          if (part === 0) return '$&';
          return part <= groupCount ? `$0${part}` : '';
        })
        .join('');
      this.forNative.set(groupCount, text);
    }
    return text;
  }
}

const cache = new Map<string, Replacement>();

/** Parses a replacement: `\0`–`\9` groups, `\n` newline, `\t` tab, `\\` backslash; any other backslash stands for itself. */
export function parseTemplate(text: string): Replacement {
  let found = cache.get(text);
  if (found !== undefined) return found;
  const parts: (string | number)[] = [];
  let literal = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const next = text[i + 1];
    if (c !== '\\' || next === undefined) {
      literal += c;
      continue;
    }
    if (next >= '0' && next <= '9') {
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push(Number(next));
    } else if (next === 'n') literal += '\n';
    else if (next === 't') literal += '\t';
    else if (next === '\\') literal += '\\';
    else {
      literal += c;
      continue;
    }
    i++;
  }
  if (literal !== '') parts.push(literal);
  found = new Replacement(parts);
  if (cache.size >= 2000) cache.clear();
  cache.set(text, found);
  return found;
}
