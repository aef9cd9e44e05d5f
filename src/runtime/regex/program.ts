// Compiles a tree into instructions for the backtracking matcher.
import { analyse, isNullable } from './analyse.js';
import { type CharSet, charSet, complement, otherCase, wordRanges } from './charset.js';
import { type RegexNode, RegexSyntaxError, type RegexTree } from './tree.js';

/** Operation codes; operands follow in the same array. */
export const op = {
  match: 0,
  char: 1, // code
  fold: 2, // code, other case
  set: 3, // set index
  any: 4,
  anyLine: 5,
  split: 6, // first choice, second choice
  jump: 7, // target
  save: 8, // register
  greedy: 9, // set index, min, max (-1 without end)
  lazy: 10, // set index, min, max
  possessive: 11, // set index, min, max
  assert: 12, // kind index
  mark: 13, // register: remembers the height of the stack
  cut: 14, // register: forgets choices made since mark
  keepAt: 15, // register: remembers the position
  backTo: 16, // register: returns to the remembered position
  failCut: 17, // register: forgets choices since mark and fails
  step: 18, // number of characters to go back
  atMark: 19, // register: fails unless at the remembered position
  reference: 20, // list index, caseless
  zero: 21, // register: counter to zero
  loopGreedy: 22, // counter, min, max, body, position register (-1 none)
  loopLazy: 23, // same
  ifGroup: 24, // list index, else target
  newline: 25,
  fail: 26,
  progress: 27, // position register, exit: leaves a loop whose round matched nothing
  saveGroup: 28, // start register, end register, register that kept the start
} as const;

export const assertionKinds = [
  'start',
  'end',
  'end-or-newline',
  'line-start',
  'line-end',
  'word-boundary',
  'not-word-boundary',
  'search-start',
] as const;

export interface Program {
  readonly code: Int32Array;
  readonly sets: readonly CharSet[];
  /** Group numbers of references and conditions. */
  readonly lists: readonly (readonly number[])[];
  readonly registers: number;
  readonly groupCount: number;
  /** Characters a match can begin with; undefined when it may be empty. */
  readonly first: CharSet | undefined;
  readonly anchored: boolean;
  /** Whether a match can only begin at the start of a line, after a leading `.*`. */
  readonly lineAnchored: boolean;
}

export const wordSet: CharSet = charSet(wordRanges);
const everySet = charSet([0, 0x10ffff]);
const lineSet = charSet(complement([10, 10]));
const maxCode = 200_000;

/** Compiles a tree. Throws RegexSyntaxError for a look-behind without fixed length. */
export function compileProgram(tree: RegexTree): Program {
  const { anchor } = analyse(tree);
  const compiler = new Compiler(tree.groupCount);
  compiler.emit(op.save, 0);
  compiler.node(tree.root);
  compiler.emit(op.save, 1, op.match);
  return {
    code: Int32Array.from(compiler.code),
    sets: compiler.sets,
    lists: compiler.lists,
    registers: compiler.registers,
    groupCount: tree.groupCount,
    first: firstSet(tree.root),
    anchored: anchor === 'start',
    lineAnchored: anchor === 'line',
  };
}

function firstSet(root: RegexNode): CharSet | undefined {
  if (isNullable(root)) return undefined;
  let node: RegexNode | undefined = root;
  while (node !== undefined) {
    if (node.kind === 'sequence') node = node.items[0];
    else if (node.kind === 'capture' || node.kind === 'atomic') node = node.body;
    else if (node.kind === 'repeat' && node.min > 0) node = node.body;
    else break;
  }
  if (node?.kind === 'char' || node?.kind === 'set') return new Compiler(0).setOf(node);
  return undefined;
}

class Compiler {
  readonly code: number[] = [];
  readonly sets: CharSet[] = [];
  readonly lists: (readonly number[])[] = [];
  registers: number;

  constructor(groupCount: number) {
    this.registers = (groupCount + 1) * 2;
  }

  emit(...values: number[]): number {
    if (this.code.length > maxCode) throw new RegexSyntaxError('regular expression is too large', 0);
    this.code.push(...values);
    return this.code.length;
  }

  private register(): number {
    return this.registers++;
  }

  setOf(node: Extract<RegexNode, { kind: 'char' | 'set' | 'any' }>): CharSet {
    if (node.kind === 'any') return node.all ? everySet : lineSet;
    if (node.kind === 'char') {
      const other = node.caseless ? otherCase(node.code) : node.code;
      const low = Math.min(node.code, other);
      const high = Math.max(node.code, other);
      return charSet(low === high ? [low, low] : [low, low, high, high]);
    }
    let ranges = node.ranges;
    if (node.caseless) {
      const folded: number[] = [...ranges];
      for (let i = 0; i < ranges.length; i += 2) {
        const from = ranges[i] as number;
        for (let code = from; code <= Math.min(ranges[i + 1] as number, from + 1500); code++) {
          const other = otherCase(code);
          if (other !== code) folded.push(other, other);
        }
      }
      ranges = sortPairs(folded);
    }
    const property =
      node.properties.length > 0 ? new RegExp(`[${node.properties.join('')}]`, 'u') : undefined;
    return charSet(ranges, property, node.negate);
  }

  private addSet(set: CharSet): number {
    this.sets.push(set);
    return this.sets.length - 1;
  }

  node(node: RegexNode): void {
    switch (node.kind) {
      case 'char': {
        const other = node.caseless ? otherCase(node.code) : node.code;
        if (other === node.code) this.emit(op.char, node.code);
        else this.emit(op.fold, node.code, other);
        return;
      }
      case 'set':
        this.emit(op.set, this.addSet(this.setOf(node)));
        return;
      case 'any':
        this.emit(node.all ? op.any : op.anyLine);
        return;
      case 'newline':
        this.emit(op.newline);
        return;
      case 'fail':
        this.emit(op.fail);
        return;
      case 'sequence':
        for (const item of node.items) this.node(item);
        return;
      case 'alternation':
        this.alternation(node.branches);
        return;
      case 'capture': {
        // the start is kept aside and stored with the end, so that a group in progress still has its last value
        const start = this.register();
        this.emit(op.keepAt, start);
        this.node(node.body);
        this.emit(op.saveGroup, node.index * 2, node.index * 2 + 1, start);
        return;
      }
      case 'atomic': {
        const mark = this.register();
        this.emit(op.mark, mark);
        this.node(node.body);
        this.emit(op.cut, mark);
        return;
      }
      case 'look':
        this.look(node);
        return;
      case 'repeat':
        this.repeat(node);
        return;
      case 'reference':
        this.lists.push(node.groups);
        this.emit(op.reference, this.lists.length - 1, node.caseless ? 1 : 0);
        return;
      case 'assertion':
        this.emit(op.assert, assertionKinds.indexOf(node.what));
        return;
      case 'keep':
        this.emit(op.save, 0);
        return;
      case 'conditional': {
        this.lists.push(node.groups);
        const at = this.emit(op.ifGroup, this.lists.length - 1, 0);
        this.node(node.yes);
        const jump = this.emit(op.jump, 0);
        this.code[at - 1] = this.code.length;
        this.node(node.no);
        this.code[jump - 1] = this.code.length;
        return;
      }
    }
  }

  private alternation(branches: readonly RegexNode[]): void {
    const jumps: number[] = [];
    branches.forEach((branch, i) => {
      if (i === branches.length - 1) {
        this.node(branch);
        return;
      }
      const split = this.emit(op.split, 0, 0);
      this.code[split - 2] = split;
      this.node(branch);
      jumps.push(this.emit(op.jump, 0));
      this.code[split - 1] = this.code.length;
    });
    for (const jump of jumps) this.code[jump - 1] = this.code.length;
  }

  private look(node: Extract<RegexNode, { kind: 'look' }>): void {
    const mark = this.register();
    const position = this.register();
    this.emit(op.keepAt, position);
    let split = 0;
    if (node.negative) {
      this.emit(op.mark, mark);
      split = this.emit(op.split, 0, 0);
      this.code[split - 2] = split;
    } else this.emit(op.mark, mark);
    if (node.ahead) this.node(node.body);
    else this.behind(node.body, position);
    if (node.negative) {
      this.emit(op.failCut, mark);
      this.code[split - 1] = this.code.length;
    } else this.emit(op.cut, mark, op.backTo, position);
  }

  private behind(body: RegexNode, position: number): void {
    const branches = body.kind === 'alternation' ? body.branches : [body];
    const choices: { length: number; branch: RegexNode }[] = [];
    for (const branch of branches) {
      const [min, max] = lengthOf(branch);
      if (max - min > 255) throw new RegexSyntaxError('lookbehind assertion is not fixed length', 0);
      for (let length = min; length <= max; length++) choices.push({ length, branch });
    }
    const jumps: number[] = [];
    choices.forEach(({ length, branch }, i) => {
      let split = 0;
      if (i < choices.length - 1) {
        split = this.emit(op.split, 0, 0);
        this.code[split - 2] = split;
      }
      this.emit(op.step, length);
      this.node(branch);
      this.emit(op.atMark, position);
      if (split > 0) {
        jumps.push(this.emit(op.jump, 0));
        this.code[split - 1] = this.code.length;
      }
    });
    for (const jump of jumps) this.code[jump - 1] = this.code.length;
  }

  private repeat(node: Extract<RegexNode, { kind: 'repeat' }>): void {
    const max = node.max === Number.POSITIVE_INFINITY ? -1 : node.max;
    const { body, min } = node;
    if (body.kind === 'char' || body.kind === 'set' || body.kind === 'any') {
      const set = this.addSet(this.setOf(body));
      this.emit(op[node.mode], set, min, max);
      return;
    }
    if (node.mode === 'possessive') {
      const mark = this.register();
      this.emit(op.mark, mark);
      this.repeat({ ...node, mode: 'greedy' });
      this.emit(op.cut, mark);
      return;
    }
    if (max === 0) return;
    const counter = this.register();
    const position = isNullable(body) ? this.register() : -1;
    this.emit(op.zero, counter);
    const loop = this.code.length;
    // the loop instruction falls through to the exit and jumps into the body
    const at = this.emit(node.mode === 'lazy' ? op.loopLazy : op.loopGreedy, counter, min, max, 0, position);
    const skip = this.emit(op.jump, 0);
    this.code[at - 2] = this.code.length;
    this.node(body);
    if (position >= 0) {
      const check = this.emit(op.progress, position, 0);
      this.emit(op.jump, loop);
      this.code[check - 1] = this.code.length;
    } else this.emit(op.jump, loop);
    this.code[skip - 1] = this.code.length;
  }
}

function sortPairs(flat: readonly number[]): number[] {
  const pairs: [number, number][] = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i] as number, flat[i + 1] as number]);
  pairs.sort((a, b) => a[0] - b[0]);
  return pairs.flat();
}

/** Shortest and longest length of what a node matches, in characters. */
function lengthOf(node: RegexNode): [number, number] {
  switch (node.kind) {
    case 'char':
    case 'set':
    case 'any':
      return [1, 1];
    case 'newline':
      return [1, 2];
    case 'sequence':
      return node.items.reduce<[number, number]>(
        ([min, max], item) => {
          const [a, b] = lengthOf(item);
          return [min + a, max + b];
        },
        [0, 0],
      );
    case 'alternation':
    case 'conditional': {
      const lengths = (node.kind === 'alternation' ? node.branches : [node.yes, node.no]).map(lengthOf);
      return [Math.min(...lengths.map((l) => l[0])), Math.max(...lengths.map((l) => l[1]))];
    }
    case 'capture':
    case 'atomic':
      return lengthOf(node.body);
    case 'repeat': {
      const [min, max] = lengthOf(node.body);
      return [min * node.min, max === 0 ? 0 : max * node.max];
    }
    case 'reference':
      return [0, Number.POSITIVE_INFINITY];
    default:
      return [0, 0];
  }
}
