// Globs over paths, for files of data, filters of tests and settings alike; matching takes no longer than both are long.

/** One unit of a glob: a letter, some letters, or how much of a path may stand here. */
type Token =
  | { readonly kind: 'letter'; readonly letter: string }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly [string, string][] }
  /** `?`, `*`: within a folder; `**`: anything; `**` and a slash: any folders, none too. */
  | { readonly kind: 'one' | 'within' | 'anything' | 'folders' };

/** More alternatives than this, or more braces, and braces stand for themselves. */
const mostAlternatives = 1000;

/** Whether a text is a glob, and not a plain path or name. */
export const isGlob = (text: string): boolean => /[*?[{]/.test(text);

/**
 * A test of whole paths with `/`: `*` and `?` stay within a folder, `**` crosses folders, `[ab]`, `[a-z]` and `[!a]` are
 * letters, `{a,b}` alternatives. What has no counterpart, a lone `{` or `[`, stands for itself.
 */
export function globMatcher(glob: string, ignoreCase = false): (path: string) => boolean {
  const isExpanded = glob.split('{', mostAlternatives + 2).length <= mostAlternatives + 1;
  const alternatives = ((isExpanded ? expandBraces(glob) : undefined) ?? [glob]).map((text) =>
    tokens(ignoreCase ? text.toLowerCase() : text),
  );
  return (path) => {
    const text = ignoreCase ? path.toLowerCase() : path;
    return alternatives.some((tokens) => matches(tokens, text));
  };
}

const known = new Map<string, (path: string) => boolean>();

/** Whether a path fits a glob of settings: one without a slash fits names in any folder, a folder all that is below it. */
export function matchesGlob(path: string, glob: string): boolean {
  let matcher = known.get(glob);
  if (matcher === undefined) {
    const clean = glob.replace(/^\.\//, '').replace(/\/$/, '');
    const whole = clean.includes('/') ? clean : `**/${clean}`;
    const [itself, below] = [globMatcher(whole), globMatcher(`${whole}/**`)];
    matcher = (text) => itself(text) || below(text);
    if (known.size > 1000) known.clear();
    known.set(glob, matcher);
  }
  return matcher(path);
}

/** The globs without braces that a glob stands for; undefined when they are too many. */
function expandBraces(glob: string): string[] | undefined {
  const open = glob.indexOf('{');
  if (open === -1) return [glob];
  const commas = [open];
  let depth = 0;
  let close = -1;
  for (let at = open; at < glob.length && close === -1; at++) {
    const character = glob[at];
    if (character === '{') depth++;
    else if (character === '}' && --depth === 0) close = at;
    else if (character === ',' && depth === 1) commas.push(at);
  }
  const rest = expandBraces(glob.slice(close === -1 ? open + 1 : close + 1));
  if (rest === undefined) return undefined;
  const head = glob.slice(0, open);
  if (close === -1) return rest.map((tail) => `${head}{${tail}`);
  const found: string[] = [];
  for (const [index, comma] of commas.entries()) {
    const inner = expandBraces(glob.slice(comma + 1, commas[index + 1] ?? close));
    if (inner === undefined || found.length + inner.length * rest.length > mostAlternatives) return undefined;
    for (const middle of inner) for (const tail of rest) found.push(head + middle + tail);
  }
  return found;
}

function tokens(glob: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < glob.length; at++) {
    const letter = glob[at]!;
    const end = letter === '[' ? glob.indexOf(']', at + 2) : -1;
    if (letter === '*') {
      let stars = 1;
      while (glob[at + 1] === '*') {
        stars++;
        at++;
      }
      if (stars > 1 && glob[at + 1] === '/') {
        at++;
        found.push({ kind: 'folders' });
      } else found.push({ kind: stars > 1 ? 'anything' : 'within' });
    } else if (letter === '?') found.push({ kind: 'one' });
    else if (end > 0) {
      found.push(letters(glob.slice(at + 1, end)));
      at = end;
    } else found.push({ kind: 'letter', letter });
  }
  return found;
}

/** The inside of `[…]`; a range that runs backwards has no letter in it. */
function letters(text: string): Token {
  const negated = /^[!^]/.test(text);
  const ranges: [string, string][] = [];
  for (let at = negated ? 1 : 0; at < text.length; at++) {
    const isRange = text[at + 1] === '-' && at + 2 < text.length;
    ranges.push([text[at]!, text[isRange ? at + 2 : at]!]);
    if (isRange) at += 2;
  }
  return { kind: 'class', negated, ranges };
}

/** Keeps after each token at which places of the text its end may stand. */
function matches(tokens: readonly Token[], text: string): boolean {
  let ends = new Uint8Array(text.length + 1);
  ends[0] = 1;
  for (const token of tokens) {
    const next = new Uint8Array(text.length + 1);
    let isOpen = false;
    for (let at = 0; at <= text.length; at++) {
      const letter = text[at - 1];
      switch (token.kind) {
        case 'within':
        case 'anything':
          if (token.kind === 'within' && letter === '/') isOpen = false;
          if (ends[at] === 1) isOpen = true;
          if (isOpen) next[at] = 1;
          break;
        case 'folders':
          // Whole folders, none of them empty: it ends where it began, or behind the slash of a folder that is open.
          if (ends[at] === 1 || (isOpen && letter === '/')) next[at] = 1;
          isOpen = letter !== undefined && letter !== '/' && (isOpen || next[at - 1] === 1);
          break;
        default:
          if (ends[at - 1] === 1 && letter !== undefined && isOne(token, letter)) next[at] = 1;
      }
    }
    ends = next;
  }
  return ends[text.length] === 1;
}

function isOne(token: Token, letter: string): boolean {
  if (token.kind === 'letter') return token.letter === letter;
  if (letter === '/') return false;
  if (token.kind !== 'class') return true;
  return token.ranges.some(([first, last]) => first <= letter && letter <= last) !== token.negated;
}
