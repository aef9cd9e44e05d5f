// Writes a tree as the source of a JavaScript RegExp with the `u` flag that matches the same.
import { foldRanges, type Ranges } from './charset.js';
import type { RegexNode, RegexTree } from './tree.js';

/** The RegExp source, and whether it needs the `i` flag. */
export interface Translation {
  readonly source: string;
  readonly ignoreCase: boolean;
}

/** Translates a tree for which `analyse` says `native`. */
export function translate(tree: RegexTree): Translation {
  const cases = { caseless: 0, exact: 0 };
  countCases(tree.root, cases);
  const ignoreCase = cases.caseless > 0 && cases.exact === 0;
  return { source: write(tree.root, ignoreCase, 'alternation'), ignoreCase };
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127;
}

// Under the i flag everything folds, so it serves only when no letter asks for its exact case.
function countCases(node: RegexNode, cases: { caseless: number; exact: number }): void {
  switch (node.kind) {
    case 'char':
      if (isLetter(node.code)) cases[node.caseless ? 'caseless' : 'exact']++;
      return;
    case 'set': {
      const folded = foldRanges(node.ranges);
      const open = folded.length !== node.ranges.length || folded.some((code, i) => code !== node.ranges[i]);
      if (node.caseless) cases.caseless++;
      else if (open || node.properties.length > 0) cases.exact++;
      return;
    }
    case 'sequence':
      for (const item of node.items) countCases(item, cases);
      return;
    case 'alternation':
      for (const branch of node.branches) countCases(branch, cases);
      return;
    case 'capture':
    case 'repeat':
    case 'look':
    case 'atomic':
      countCases(node.body, cases);
      return;
    default:
  }
}

function write(node: RegexNode, i: boolean, place: 'alternation' | 'item' | 'atom'): string {
  switch (node.kind) {
    case 'char': {
      if (node.caseless && !i) {
        const ranges = foldRanges([node.code, node.code]);
        if (ranges.length > 2) return `[${writeRanges(ranges)}]`;
      }
      return writeChar(node.code);
    }
    case 'set': {
      if (
        node.ranges.length === 2 &&
        node.ranges[0] === 48 &&
        node.ranges[1] === 57 &&
        !node.properties.length
      ) {
        return node.negate ? '\\D' : '\\d';
      }
      const ranges = node.caseless && !i ? foldRanges(node.ranges) : node.ranges;
      return `[${node.negate ? '^' : ''}${writeRanges(ranges)}${node.properties.join('')}]`;
    }
    case 'any':
      return node.all ? '[^]' : '[^\\n]';
    case 'sequence': {
      const text = node.items.map((item) => write(item, i, 'item')).join('');
      return place === 'atom' ? `(?:${text})` : text;
    }
    case 'alternation': {
      const text = node.branches.map((branch) => write(branch, i, 'alternation')).join('|');
      return place === 'alternation' ? text : `(?:${text})`;
    }
    case 'capture':
      return `(${write(node.body, i, 'alternation')})`;
    case 'repeat': {
      const body = write(node.body, i, 'atom');
      const atom = node.body.kind === 'repeat' || node.body.kind === 'look' ? `(?:${body})` : body;
      const text = `${atom}${writeQuantifier(node.min, node.max)}${node.mode === 'lazy' ? '?' : ''}`;
      return place === 'atom' ? `(?:${text})` : text;
    }
    case 'look':
      return `(?${node.ahead ? '' : '<'}${node.negative ? '!' : '='}${write(node.body, i, 'alternation')})`;
    case 'assertion':
      return assertions[node.what] as string;
    case 'fail':
      return '[]';
    default:
      throw new Error(`no JavaScript form of ${node.kind}`);
  }
}

const assertions: Readonly<Record<string, string>> = {
  start: '^',
  end: '$',
  'end-or-newline': '(?=\\n?$)',
  // a multi-line ^ never matches after the newline that ends the text
  'line-start': '(?:^|(?<=\\n)(?!$))',
  'line-end': '(?=\\n|$)',
  'word-boundary': '\\b',
  'not-word-boundary': '\\B',
};

function writeQuantifier(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function writeRanges(ranges: Ranges): string {
  let text = '';
  for (let i = 0; i < ranges.length; i += 2) {
    const from = ranges[i] as number;
    const to = ranges[i + 1] as number;
    text += writeChar(from);
    if (to > from) text += `${to > from + 1 ? '-' : ''}${writeChar(to)}`;
  }
  return text;
}

function writeChar(code: number): string {
  if (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95
  ) {
    return String.fromCharCode(code);
  }
  if (code === 10) return '\\n';
  if (code < 32 || code > 126) return `\\u{${code.toString(16)}}`;
  const text = String.fromCharCode(code);
  return /[\\^$.*+?()[\]{}|/-]/.test(text) ? (text === '-' ? '\\x2d' : `\\${text}`) : text;
}
