// The backtracking matcher: runs a program over a text within a budget of steps.
import { type CharSet, has, otherCase } from './charset.js';
import { assertionKinds, op, type Program, wordSet } from './program.js';

/** Frames of the backtracking stack, three numbers each: kind or target, then two operands. */
const frameRestore = -1; // register, old value
const frameGreedy = -2; // followed by a second frame: pc, lowest position | current position
const maxStack = 12_000_000;

/** Outcome when the budget ran out. */
export const exhausted = Symbol('exhausted');

/** Runs programs; one per regex, reused for every text. */
export class Machine {
  private readonly program: Program;
  private registers: Int32Array;
  private stack = new Int32Array(3 * 256);
  /** Steps that the last run took. */
  steps = 0;

  constructor(program: Program) {
    this.program = program;
    this.registers = new Int32Array(program.registers);
  }

  /**
   * Finds the first match at or after `from`. Returns the registers (start and end of group n at 2n and 2n+1, -1 for
   * unset), null, or `exhausted`.
   */
  run(text: string, from: number, budget: number): Int32Array | null | typeof exhausted {
    const { first, anchored } = this.program;
    this.steps = 0;
    let position = from;
    const length = text.length;
    for (;;) {
      if (first !== undefined) {
        while (
          position < length &&
          !has(first, text.charCodeAt(position)) &&
          !isHigh(text.charCodeAt(position))
        ) {
          position++;
        }
        this.steps += 1;
        if (position >= length) return null;
      }
      const found = this.attempt(text, position, from, budget);
      if (found !== false) return found === true ? this.registers : found;
      if (anchored || position >= length) return null;
      position += isPair(text, position) ? 2 : 1;
    }
  }

  private attempt(
    text: string,
    start: number,
    searchStart: number,
    budget: number,
  ): boolean | typeof exhausted {
    const { code, sets, lists } = this.program;
    const registers = this.registers;
    registers.fill(-1);
    let stack = this.stack;
    let height = 0;
    let pc = 0;
    let at = start;
    let steps = this.steps;
    const length = text.length;

    const push = (a: number, b: number, c: number): void => {
      if (height + 3 > stack.length) {
        const larger = new Int32Array(stack.length * 2);
        larger.set(stack);
        stack = larger;
        this.stack = larger;
      }
      stack[height] = a;
      stack[height + 1] = b;
      stack[height + 2] = c;
      height += 3;
    };
    const setRegister = (register: number, value: number): void => {
      push(frameRestore, register, registers[register] as number);
      registers[register] = value;
    };

    for (;;) {
      if (++steps > budget || height > maxStack) {
        this.steps = steps;
        return exhausted;
      }
      let ok = true;
      switch (code[pc]) {
        case op.match:
          this.steps = steps;
          return true;
        case op.char: {
          const c = code[pc + 1] as number;
          if (at < length && codeAt(text, at) === c) {
            at += c > 0xffff ? 2 : 1;
            pc += 2;
          } else ok = false;
          break;
        }
        case op.fold: {
          const c = at < length ? codeAt(text, at) : -1;
          if (c === code[pc + 1] || c === code[pc + 2]) {
            at += c > 0xffff ? 2 : 1;
            pc += 3;
          } else ok = false;
          break;
        }
        case op.set: {
          const c = at < length ? codeAt(text, at) : -1;
          if (c >= 0 && has(sets[code[pc + 1] as number] as CharSet, c)) {
            at += c > 0xffff ? 2 : 1;
            pc += 2;
          } else ok = false;
          break;
        }
        case op.any:
        case op.anyLine: {
          const c = at < length ? codeAt(text, at) : -1;
          if (c >= 0 && (c !== 10 || code[pc] === op.any)) {
            at += c > 0xffff ? 2 : 1;
            pc += 1;
          } else ok = false;
          break;
        }
        case op.split:
          push(code[pc + 2] as number, at, 0);
          pc = code[pc + 1] as number;
          break;
        case op.jump:
          pc = code[pc + 1] as number;
          break;
        case op.save:
          setRegister(code[pc + 1] as number, at);
          pc += 2;
          break;
        case op.saveGroup: {
          setRegister(code[pc + 1] as number, registers[code[pc + 3] as number] as number);
          setRegister(code[pc + 2] as number, at);
          pc += 4;
          break;
        }
        case op.greedy:
        case op.possessive:
        case op.lazy: {
          const kind = code[pc];
          const set = sets[code[pc + 1] as number] as CharSet;
          const min = code[pc + 2] as number;
          const max = code[pc + 3] as number;
          const most = kind === op.lazy ? min : max < 0 ? length + 1 : max;
          let count = 0;
          let floor = at;
          while (count < most && at < length) {
            const c = codeAt(text, at);
            if (!has(set, c)) break;
            at += c > 0xffff ? 2 : 1;
            if (++count === min) floor = at;
          }
          steps += count;
          if (count < min) {
            ok = false;
            break;
          }
          pc += 4;
          if (kind === op.greedy && at > floor) {
            push(pc, floor, at);
            push(frameGreedy, 0, 0);
          } else if (kind === op.lazy && (max < 0 || max > min)) {
            push(pc, at, max < 0 ? -1 : max - min);
            push(frameGreedy, 1, code[pc - 3] as number);
          }
          break;
        }
        case op.assert:
          if (holds(text, at, code[pc + 1] as number, searchStart)) pc += 2;
          else ok = false;
          break;
        case op.mark:
          setRegister(code[pc + 1] as number, 0);
          // height after the undo frame, so that it survives the cut
          registers[code[pc + 1] as number] = height;
          pc += 2;
          break;
        case op.cut:
          height = keepRestores(stack, registers[code[pc + 1] as number] as number, height);
          pc += 2;
          break;
        case op.failCut: {
          const mark = registers[code[pc + 1] as number] as number;
          while (height > mark) {
            height -= 3;
            if (stack[height] === frameRestore)
              registers[stack[height + 1] as number] = stack[height + 2] as number;
            else if (stack[height] === frameGreedy) height -= 3;
          }
          ok = false;
          break;
        }
        case op.keepAt:
          setRegister(code[pc + 1] as number, at);
          pc += 2;
          break;
        case op.backTo:
          at = registers[code[pc + 1] as number] as number;
          pc += 2;
          break;
        case op.step: {
          let count = code[pc + 1] as number;
          while (count > 0 && at > 0) {
            at -= at > 1 && isPair(text, at - 2) ? 2 : 1;
            count--;
          }
          if (count > 0) ok = false;
          else pc += 2;
          break;
        }
        case op.atMark:
          if (at === registers[code[pc + 1] as number]) pc += 2;
          else ok = false;
          break;
        case op.reference: {
          const end = matchReference(
            text,
            at,
            lists[code[pc + 1] as number] as readonly number[],
            registers,
            code[pc + 2] === 1,
          );
          if (end < 0) ok = false;
          else {
            steps += end - at;
            at = end;
            pc += 3;
          }
          break;
        }
        case op.zero:
          setRegister(code[pc + 1] as number, 0);
          pc += 2;
          break;
        case op.loopGreedy:
        case op.loopLazy: {
          const counter = code[pc + 1] as number;
          const count = registers[counter] as number;
          const min = code[pc + 2] as number;
          const max = code[pc + 3] as number;
          const body = code[pc + 4] as number;
          const keeper = code[pc + 5] as number;
          const exit = pc + 6;
          if (max >= 0 && count >= max) {
            pc = exit;
            break;
          }
          if (count >= min && code[pc] === op.loopLazy) {
            // tried later: one more round, from the state as it is now
            push(body, at, -1 - counter);
            if (keeper >= 0) {
              push(frameGreedy, 2, keeper);
            }
            pc = exit;
            break;
          }
          if (count >= min) push(exit, at, 0);
          setRegister(counter, count + 1);
          if (keeper >= 0) setRegister(keeper, at);
          pc = body;
          break;
        }
        case op.progress:
          if (registers[code[pc + 1] as number] === at) pc = code[pc + 2] as number;
          else pc += 3;
          break;
        case op.ifGroup: {
          const groups = lists[code[pc + 1] as number] as readonly number[];
          if (groups.some((group) => (registers[group * 2 + 1] as number) >= 0)) pc += 3;
          else pc = code[pc + 2] as number;
          break;
        }
        case op.newline: {
          const c = at < length ? text.charCodeAt(at) : -1;
          if (c === 13 && text.charCodeAt(at + 1) === 10) at += 2;
          else if ((c >= 10 && c <= 13) || c === 0x85 || c === 0x2028 || c === 0x2029) at += 1;
          else ok = false;
          pc += 1;
          break;
        }
        default:
          ok = false;
      }
      if (ok) continue;

      // back to the last choice
      let resumed = false;
      while (height > 0) {
        height -= 3;
        const target = stack[height] as number;
        if (target === frameRestore) {
          registers[stack[height + 1] as number] = stack[height + 2] as number;
          continue;
        }
        if (target === frameGreedy) {
          const mode = stack[height + 1] as number;
          if (mode === 0) {
            const floor = stack[height - 2] as number;
            let current = stack[height - 1] as number;
            current -= current > 1 && isPair(text, current - 2) ? 2 : 1;
            pc = stack[height - 3] as number;
            at = current;
            if (current > floor) {
              stack[height - 1] = current;
              height += 3;
            } else height -= 3;
            resumed = true;
            break;
          }
          if (mode === 1) {
            const current = stack[height - 2] as number;
            const left = stack[height - 1] as number;
            const c = current < length && left !== 0 ? codeAt(text, current) : -1;
            if (c < 0 || !has(sets[stack[height + 2] as number] as CharSet, c)) {
              height -= 3;
              continue;
            }
            at = current + (c > 0xffff ? 2 : 1);
            pc = stack[height - 3] as number;
            stack[height - 2] = at;
            if (left > 0) stack[height - 1] = left - 1;
            height += 3;
            resumed = true;
            break;
          }
          // a lazy loop with a position keeper
          const keeper = stack[height + 2] as number;
          height -= 3;
          pc = stack[height] as number;
          at = stack[height + 1] as number;
          const counter = -1 - (stack[height + 2] as number);
          setRegister(counter, (registers[counter] as number) + 1);
          setRegister(keeper, at);
          resumed = true;
          break;
        }
        pc = target;
        at = stack[height + 1] as number;
        const extra = stack[height + 2] as number;
        if (extra < 0) setRegister(-1 - extra, (registers[-1 - extra] as number) + 1);
        resumed = true;
        break;
      }
      if (!resumed) {
        this.steps = steps;
        return false;
      }
    }
  }
}

function isHigh(c: number): boolean {
  return c >= 0xd800 && c <= 0xdbff;
}

function isPair(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  if (c < 0xd800 || c > 0xdbff) return false;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}

function codeAt(text: string, at: number): number {
  const c = text.charCodeAt(at);
  return c >= 0xd800 && c <= 0xdbff ? (text.codePointAt(at) as number) : c;
}

/** Drops the choices above `mark` but keeps what undoes registers. */
function keepRestores(stack: Int32Array, mark: number, height: number): number {
  let to = mark;
  for (let i = mark; i < height; i += 3) {
    // a greedy frame is the second of two; its first holds a target, never frameRestore
    if (stack[i] !== frameRestore) continue;
    stack[to] = frameRestore;
    stack[to + 1] = stack[i + 1] as number;
    stack[to + 2] = stack[i + 2] as number;
    to += 3;
  }
  return to;
}

function isWordAt(text: string, at: number): boolean {
  return at >= 0 && at < text.length && has(wordSet, text.charCodeAt(at));
}

function holds(text: string, at: number, kind: number, searchStart: number): boolean {
  switch (assertionKinds[kind]) {
    case 'start':
      return at === 0;
    case 'end':
      return at === text.length;
    case 'end-or-newline':
      return at === text.length || (at === text.length - 1 && text.charCodeAt(at) === 10);
    case 'line-start':
      return at === 0 || (text.charCodeAt(at - 1) === 10 && at < text.length);
    case 'line-end':
      return at === text.length || text.charCodeAt(at) === 10;
    case 'word-boundary':
      return isWordAt(text, at - 1) !== isWordAt(text, at);
    case 'not-word-boundary':
      return isWordAt(text, at - 1) === isWordAt(text, at);
    default:
      return at === searchStart;
  }
}

/** End of what a reference matches at a place, or -1; a reference to an unset group fails. */
function matchReference(
  text: string,
  at: number,
  groups: readonly number[],
  registers: Int32Array,
  caseless: boolean,
): number {
  for (const group of groups) {
    const start = registers[group * 2] as number;
    const end = registers[group * 2 + 1] as number;
    if (end < 0) continue;
    const length = end - start;
    if (at + length > text.length) return -1;
    for (let i = 0; i < length; i++) {
      const a = text.charCodeAt(start + i);
      const b = text.charCodeAt(at + i);
      if (a !== b && !(caseless && otherCase(a) === b)) return -1;
    }
    return at + length;
  }
  return -1;
}
