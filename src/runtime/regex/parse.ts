// Reads a PCRE pattern into a tree; refuses what PCRE refuses, with the offset.
import { readCharacterEscape, readClass, readProperty, typeEscape } from './parse-class.js';
import { type RegexNode, RegexSyntaxError, type RegexTree } from './tree.js';

interface Flags {
  i: boolean;
  m: boolean;
  s: boolean;
  x: boolean;
  U: boolean;
  J: boolean;
}

const maxRepeat = 65535;
const maxDepth = 200;

/** Parses a pattern. `flags` are the letters `imsxU`, as inline flags would set them. Throws RegexSyntaxError. */
export function parseRegex(pattern: string, flags = ''): RegexTree {
  return new Parser(pattern, flags).parse();
}

class Parser {
  private at = 0;
  private groupCount = 0;
  private depth = 0;
  private branchReset = false;
  private readonly text: string;
  private flags: Flags;
  private readonly names: { name: string; index: number }[] = [];
  private readonly pending: { name: string; groups: number[]; offset: number }[] = [];
  private readonly numbered: { group: number; offset: number }[] = [];

  constructor(text: string, flags: string) {
    this.text = text;
    const on = (letter: string) => flags.includes(letter);
    this.flags = { i: on('i'), m: on('m'), s: on('s'), x: on('x'), U: on('U'), J: on('J') };
  }

  parse(): RegexTree {
    // leading option verbs such as (*UTF8) change nothing here
    for (;;) {
      const verb =
        /^\(\*(?:UTF8?|UTF16|UCP|CR|LF|CRLF|ANYCRLF|ANY|NO_AUTO_POSSESS|NO_START_OPT|LIMIT_\w+=\d+)\)/.exec(
          this.text.slice(this.at, this.at + 40),
        );
      if (verb === null) break;
      this.at += verb[0].length;
    }
    const root = this.alternation();
    if (this.at < this.text.length) throw this.error('unmatched closing parenthesis', this.at);
    for (const { name, groups, offset } of this.pending) {
      for (const entry of this.names) if (entry.name === name) groups.push(entry.index);
      if (groups.length === 0) throw this.error('reference to non-existent subpattern', offset);
    }
    for (const { group, offset } of this.numbered) {
      if (group > this.groupCount) throw this.error('reference to non-existent subpattern', offset);
    }
    return { root, groupCount: this.groupCount, names: this.names, branchReset: this.branchReset };
  }

  private error(message: string, offset: number): RegexSyntaxError {
    return new RegexSyntaxError(message, offset);
  }

  private alternation(): RegexNode {
    const branches = [this.sequence()];
    while (this.text[this.at] === '|') {
      this.at++;
      branches.push(this.sequence());
    }
    return branches.length === 1 ? (branches[0] as RegexNode) : { kind: 'alternation', branches };
  }

  private sequence(): RegexNode {
    const items: RegexNode[] = [];
    for (;;) {
      this.skipIgnored();
      const c = this.text[this.at];
      if (c === undefined || c === '|' || c === ')') break;
      if (this.text.startsWith('\\Q', this.at)) {
        this.quoted(items);
        continue;
      }
      if (this.text.startsWith('\\E', this.at)) {
        this.at += 2;
        continue;
      }
      const atom = this.atom();
      if (atom !== null) items.push(this.quantified(atom));
    }
    return items.length === 1 ? (items[0] as RegexNode) : { kind: 'sequence', items };
  }

  /** Blanks and comments under (?x), and (?#…) anywhere. */
  private skipIgnored(): void {
    for (;;) {
      const c = this.text[this.at];
      if (this.flags.x && c !== undefined && /[\t-\r ]/.test(c)) this.at++;
      else if (this.flags.x && c === '#') {
        const end = this.text.indexOf('\n', this.at);
        this.at = end < 0 ? this.text.length : end + 1;
      } else if (this.text.startsWith('(?#', this.at)) {
        const end = this.text.indexOf(')', this.at);
        if (end < 0) throw this.error('missing ) after (?# comment', this.at);
        this.at = end + 1;
      } else return;
    }
  }

  private quoted(items: RegexNode[]): void {
    this.at += 2;
    const close = this.text.indexOf('\\E', this.at);
    const end = close < 0 ? this.text.length : close;
    while (this.at < end) {
      const node = this.literal();
      if (this.at >= end) {
        this.at = close < 0 ? end : end + 2;
        items.push(this.quantified(node));
        return;
      }
      items.push(node);
    }
    this.at = close < 0 ? end : end + 2;
  }

  private literal(): RegexNode {
    const code = this.text.codePointAt(this.at) as number;
    this.at += code > 0xffff ? 2 : 1;
    return { kind: 'char', code, caseless: this.flags.i };
  }

  private quantified(atom: RegexNode): RegexNode {
    let node = atom;
    for (;;) {
      this.skipIgnored();
      const start = this.at;
      const c = this.text[start];
      let min: number;
      let max: number;
      if (c === '*') [min, max, this.at] = [0, Number.POSITIVE_INFINITY, start + 1];
      else if (c === '+') [min, max, this.at] = [1, Number.POSITIVE_INFINITY, start + 1];
      else if (c === '?') [min, max, this.at] = [0, 1, start + 1];
      else if (c === '{') {
        const match = /^\{(\d{1,7})(?:(,)(\d{0,7}))?\}/.exec(this.text.slice(start, start + 20));
        if (match === null) return node;
        min = Number(match[1]);
        max = match[2] === undefined ? min : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
        if (min > maxRepeat || (max !== Number.POSITIVE_INFINITY && max > maxRepeat)) {
          throw this.error('number too big in {} quantifier', start);
        }
        if (max < min) throw this.error('numbers out of order in {} quantifier', start);
        this.at = start + match[0].length;
      } else return node;
      let mode: 'greedy' | 'lazy' | 'possessive' = this.flags.U ? 'lazy' : 'greedy';
      if (this.text[this.at] === '+') {
        mode = 'possessive';
        this.at++;
      } else if (this.text[this.at] === '?') {
        mode = this.flags.U ? 'greedy' : 'lazy';
        this.at++;
      }
      if (node.kind === 'assertion' || node.kind === 'keep') {
        // PCRE lets an assertion repeat; once is as good as often
        node = min === 0 ? { kind: 'sequence', items: [] } : node;
      } else node = { kind: 'repeat', body: node, min, max, mode };
    }
  }

  private atom(): RegexNode | null {
    const c = this.text[this.at] as string;
    const offset = this.at;
    switch (c) {
      case '(':
        return this.group();
      case '[': {
        const set = readClass(this.text, this.at + 1);
        this.at = set.end;
        const { ranges, properties, negate } = set;
        return { kind: 'set', ranges, properties, negate, caseless: this.flags.i };
      }
      case '.':
        this.at++;
        return { kind: 'any', all: this.flags.s };
      case '^':
        this.at++;
        return { kind: 'assertion', what: this.flags.m ? 'line-start' : 'start' };
      case '$':
        this.at++;
        return { kind: 'assertion', what: this.flags.m ? 'line-end' : 'end-or-newline' };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        throw this.error('quantifier does not follow a repeatable item', offset);
      default:
        return this.literal();
    }
  }

  private escape(): RegexNode {
    const start = this.at;
    const letter = this.text[start + 1];
    if (letter === undefined) throw this.error('\\ at end of pattern', start);
    this.at = start + 2;
    const type = typeEscape(letter);
    if (type !== undefined) return { kind: 'set', ...type, negate: false, caseless: false };
    switch (letter) {
      case 'p':
      case 'P': {
        const property = readProperty(this.text, this.at, letter === 'P');
        this.at = property.end;
        return { kind: 'set', ...property.value, negate: false, caseless: false };
      }
      case 'N':
        return { kind: 'any', all: false };
      case 'R':
        return { kind: 'newline' };
      case 'A':
        return { kind: 'assertion', what: 'start' };
      case 'z':
        return { kind: 'assertion', what: 'end' };
      case 'Z':
        return { kind: 'assertion', what: 'end-or-newline' };
      case 'b':
        return { kind: 'assertion', what: 'word-boundary' };
      case 'B':
        return { kind: 'assertion', what: 'not-word-boundary' };
      case 'G':
        return { kind: 'assertion', what: 'search-start' };
      case 'K':
        return { kind: 'keep' };
      case 'g':
        return this.gReference(start);
      case 'k':
        return this.namedReference(start);
    }
    if (letter >= '1' && letter <= '9') {
      const digits = (/^\d+/.exec(this.text.slice(start + 1, start + 6)) as RegExpExecArray)[0];
      const group = Number(digits);
      if (group < 10 || group <= this.groupCount) {
        this.at = start + 1 + digits.length;
        return this.reference(group, start);
      }
      const octal = /^[0-7]{1,3}/.exec(this.text.slice(start + 1, start + 4));
      if (octal === null) throw this.error('reference to non-existent subpattern', start);
      this.at = start + 1 + octal[0].length;
      return { kind: 'char', code: Number.parseInt(octal[0], 8), caseless: this.flags.i };
    }
    const character = readCharacterEscape(this.text, start + 1, false);
    if (character === undefined) {
      throw this.error(`unrecognized character follows \\ ("\\${letter}")`, start);
    }
    this.at = character.end;
    return { kind: 'char', code: character.code, caseless: this.flags.i };
  }

  private reference(group: number, offset: number): RegexNode {
    this.numbered.push({ group, offset });
    return { kind: 'reference', groups: [group], caseless: this.flags.i };
  }

  private named(name: string, offset: number): RegexNode {
    const groups: number[] = [];
    this.pending.push({ name, groups, offset });
    return { kind: 'reference', groups, caseless: this.flags.i };
  }

  private gReference(start: number): RegexNode {
    const rest = this.text.slice(this.at, this.at + 140);
    const match = /^(?:\{([+-]?)(\d+)\}|\{(\w+)\}|([+-]?)(\d+))/.exec(rest);
    if (match === null) {
      if (/^[<']/.test(rest)) throw this.error('recursive patterns are not supported', start);
      throw this.error('a numbered reference must follow \\g', start);
    }
    this.at += match[0].length;
    if (match[3] !== undefined) return this.named(match[3], start);
    const sign = match[1] ?? match[4] ?? '';
    const number = Number(match[2] ?? match[5]);
    const group =
      sign === '-' ? this.groupCount + 1 - number : sign === '+' ? this.groupCount + number : number;
    if (group < 1) throw this.error('reference to non-existent subpattern', start);
    return this.reference(group, start);
  }

  private namedReference(start: number): RegexNode {
    const match = /^(?:<(\w+)>|'(\w+)'|\{(\w+)\})/.exec(this.text.slice(this.at, this.at + 140));
    if (match === null) throw this.error("\\k is not followed by a name in <>, '' or {}", start);
    this.at += match[0].length;
    return this.named((match[1] ?? match[2] ?? match[3]) as string, start);
  }

  private group(): RegexNode | null {
    const start = this.at;
    if (++this.depth > maxDepth) throw this.error('parentheses are too deeply nested', start);
    const saved = { ...this.flags };
    const node = this.groupBody(start);
    this.depth--;
    // an option setting such as (?i) lasts to the end of the enclosing group
    if (node !== null) this.flags = saved;
    return node;
  }

  private groupBody(start: number): RegexNode | null {
    const rest = this.text.slice(start + 1, start + 150);
    if (rest[0] === '*') return this.verb(start);
    if (rest[0] !== '?') {
      this.at = start + 1;
      return this.capture(start);
    }
    const name = /^\?(?:P?<([^>=!)][^>)]*)>|'([^')]*)')/.exec(rest);
    if (name !== null) {
      this.at = start + 1 + name[0].length;
      return this.capture(start, (name[1] ?? name[2]) as string);
    }
    const simple = /^\?(?:<=|<!|[:>=!|])/.exec(rest);
    if (simple !== null) {
      this.at = start + 1 + simple[0].length;
      switch (simple[0]) {
        case '?:':
          return this.close(this.alternation(), start);
        case '?>':
          return { kind: 'atomic', body: this.close(this.alternation(), start) };
        case '?|':
          return this.resetBranches(start);
        default: {
          const negative = simple[0].endsWith('!');
          const ahead = !simple[0].includes('<');
          return { kind: 'look', ahead, negative, body: this.close(this.alternation(), start) };
        }
      }
    }
    if (rest.startsWith('?P=')) {
      const reference = /^\?P=(\w+)\)/.exec(rest);
      if (reference === null) throw this.error('syntax error in subpattern name', start);
      this.at = start + 1 + reference[0].length;
      return this.named(reference[1] as string, start);
    }
    if (/^\?(?:R\)|[+-]?\d+\)|&|P>|0\))/.test(rest))
      throw this.error('recursive patterns are not supported', start);
    if (rest.startsWith('?C')) throw this.error('callouts are not supported', start);
    if (rest.startsWith('?(')) return this.conditional(start);
    return this.options(start, rest);
  }

  private verb(start: number): RegexNode {
    const match = /^\(\*(FAIL|F)\)/.exec(this.text.slice(start, start + 10));
    if (match === null) throw this.error('backtracking control verbs are not supported', start);
    this.at = start + match[0].length;
    return { kind: 'fail' };
  }

  private close(node: RegexNode, start: number): RegexNode {
    if (this.text[this.at] !== ')') throw this.error('missing closing parenthesis', start);
    this.at++;
    return node;
  }

  private capture(start: number, name?: string): RegexNode {
    const index = ++this.groupCount;
    if (name !== undefined) {
      if (!/^[A-Za-z_]\w*$/.test(name)) {
        throw this.error(
          /^\d/.test(name)
            ? 'subpattern name must start with a non-digit'
            : 'subpattern name may only have letters, digits and underscores',
          start,
        );
      }
      if (name.length > 128) throw this.error('subpattern name is too long', start);
      const twin = this.names.find((entry) => entry.name === name);
      if (twin !== undefined && twin.index !== index && !this.flags.J) {
        throw this.error(`two named subpatterns have the same name ("${name}")`, start);
      }
      if (twin === undefined || twin.index !== index) this.names.push({ name, index });
    }
    return { kind: 'capture', index, body: this.close(this.alternation(), start) };
  }

  private resetBranches(start: number): RegexNode {
    this.branchReset = true;
    const first = this.groupCount;
    let highest = first;
    const branches = [this.sequence()];
    highest = Math.max(highest, this.groupCount);
    while (this.text[this.at] === '|') {
      this.at++;
      this.groupCount = first;
      branches.push(this.sequence());
      highest = Math.max(highest, this.groupCount);
    }
    this.groupCount = highest;
    return this.close({ kind: 'alternation', branches }, start);
  }

  private conditional(start: number): RegexNode {
    const match = /^\(\?\((?:(\d+)|<(\w+)>|'(\w+)'|(\w+))\)/.exec(this.text.slice(start, start + 150));
    if (match === null)
      throw this.error('only a group may be the condition of a conditional subpattern', start);
    this.at = start + match[0].length;
    const groups: number[] = [];
    const name = match[2] ?? match[3] ?? match[4];
    if (name === undefined) {
      groups.push(Number(match[1]));
      this.numbered.push({ group: Number(match[1]), offset: start });
    } else if (name === 'R' || name === 'DEFINE') {
      throw this.error('recursive patterns are not supported', start);
    } else this.pending.push({ name, groups, offset: start });
    const yes = this.sequence();
    let no: RegexNode = { kind: 'sequence', items: [] };
    if (this.text[this.at] === '|') {
      this.at++;
      no = this.sequence();
    }
    if (this.text[this.at] === '|')
      throw this.error('conditional subpattern contains more than two branches', start);
    return this.close({ kind: 'conditional', groups, yes, no }, start);
  }

  /** `(?i)`, `(?i-s)`, `(?^)`, `(?i:…)`. Null for a setting without a body. */
  private options(start: number, rest: string): RegexNode | null {
    const match = /^\?(\^?)([imsxnUJ]*)(?:-([imsxnUJ]*))?([:)])/.exec(rest);
    if (match === null) {
      const known = /^\?[<'P]/.test(rest);
      throw this.error(
        known ? 'syntax error in subpattern name' : 'unrecognized character after (? or (?-',
        start + 2,
      );
    }
    this.at = start + 1 + match[0].length;
    const set = (letters: string, on: boolean) => {
      for (const letter of letters) if (letter in this.flags) this.flags[letter as keyof Flags] = on;
    };
    if (match[1] === '^') set('imsx', false);
    set(match[2] as string, true);
    set(match[3] ?? '', false);
    if (match[4] === ')') return null;
    return this.close(this.alternation(), start);
  }
}
