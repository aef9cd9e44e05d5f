// The backtracking matcher: runs a program over a text within a budget of steps.
import { type CharSet, has } from './charset.js';
import {
  codeAt,
  frameRestore,
  holds,
  isHigh,
  isPair,
  keepRestores,
  matchReference,
} from './machine-tests.js';
import type { Program } from './program.js';

/** Frames of the backtracking stack, three numbers each: kind or target, then two operands. */
const frameGreedy = -2; // followed by a second frame: pc, lowest position | current position
const maxStack = 12_000_000;

/** Outcome when the budget ran out. */
export const exhausted = Symbol('exhausted');

/**
 * Runs programs; one per regex, reused for every text. The cases carry the numbers of `op` as literals, so that V8
 * jumps by table.
 */
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
    const { first, anchored, lineAnchored } = this.program;
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
      if (lineAnchored && from === 0) {
        position = text.indexOf('\n', position) + 1;
        if (position === 0) return null;
      } else position += isPair(text, position) ? 2 : 1;
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

    for (;;) {
      if (++steps > budget || height > maxStack) {
        this.steps = steps;
        return exhausted;
      }
      // room for all that one step can push
      if (height + 16 > stack.length) {
        const larger = new Int32Array(stack.length * 2);
        larger.set(stack);
        stack = larger;
        this.stack = larger;
      }
      let ok = true;
      switch (code[pc]) {
        case 0: // match
          this.steps = steps;
          return true;
        case 1: {
          // char

          const c = code[pc + 1] as number;
          if (at < length && codeAt(text, at) === c) {
            at += c > 0xffff ? 2 : 1;
            pc += 2;
          } else ok = false;
          break;
        }
        case 2: {
          // fold

          const c = at < length ? codeAt(text, at) : -1;
          if (c === code[pc + 1] || c === code[pc + 2]) {
            at += c > 0xffff ? 2 : 1;
            pc += 3;
          } else ok = false;
          break;
        }
        case 3: {
          // set

          const c = at < length ? codeAt(text, at) : -1;
          if (c >= 0 && has(sets[code[pc + 1] as number] as CharSet, c)) {
            at += c > 0xffff ? 2 : 1;
            pc += 2;
          } else ok = false;
          break;
        }
        case 4: // any
        case 5: {
          // anyLine

          const c = at < length ? codeAt(text, at) : -1;
          if (c >= 0 && (c !== 10 || code[pc] === 4)) {
            at += c > 0xffff ? 2 : 1;
            pc += 1;
          } else ok = false;
          break;
        }
        case 6: // split
          {
            stack[height++] = code[pc + 2] as number;
            stack[height++] = at;
            stack[height++] = 0;
          }

          pc = code[pc + 1] as number;
          break;
        case 7: // jump
          pc = code[pc + 1] as number;
          break;
        case 8: // save
          {
            const target = code[pc + 1] as number;
            const value = at;
            stack[height++] = frameRestore;
            stack[height++] = target;
            stack[height++] = registers[target] as number;
            registers[target] = value;
          }

          pc += 2;
          break;
        case 28: {
          // saveGroup

          {
            const target = code[pc + 1] as number;
            const value = registers[code[pc + 3] as number] as number;
            stack[height++] = frameRestore;
            stack[height++] = target;
            stack[height++] = registers[target] as number;
            registers[target] = value;
          }

          {
            const target = code[pc + 2] as number;
            const value = at;
            stack[height++] = frameRestore;
            stack[height++] = target;
            stack[height++] = registers[target] as number;
            registers[target] = value;
          }

          pc += 4;
          break;
        }
        case 9: // greedy
        case 11: // possessive
        case 10: {
          // lazy

          const kind = code[pc];
          const set = sets[code[pc + 1] as number] as CharSet;
          const min = code[pc + 2] as number;
          const max = code[pc + 3] as number;
          const most = kind === 10 ? min : max < 0 ? length + 1 : max;
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
          if (kind === 9 && at > floor) {
            stack[height++] = pc;
            stack[height++] = floor;
            stack[height++] = at;
            stack[height++] = frameGreedy;
            stack[height++] = 0;
            stack[height++] = 0;
          } else if (kind === 10 && (max < 0 || max > min)) {
            stack[height++] = pc;
            stack[height++] = at;
            stack[height++] = max < 0 ? -1 : max - min;
            stack[height++] = frameGreedy;
            stack[height++] = 1;
            stack[height++] = code[pc - 3] as number;
          }
          break;
        }
        case 12: // assert
          if (holds(text, at, code[pc + 1] as number, searchStart)) pc += 2;
          else ok = false;
          break;
        case 13: // mark
          {
            const target = code[pc + 1] as number;
            const value = 0;
            stack[height++] = frameRestore;
            stack[height++] = target;
            stack[height++] = registers[target] as number;
            registers[target] = value;
          }

          // height after the undo frame, so that it survives the cut
          registers[code[pc + 1] as number] = height;
          pc += 2;
          break;
        case 14: // cut
          height = keepRestores(stack, registers[code[pc + 1] as number] as number, height);
          pc += 2;
          break;
        case 17: {
          // failCut

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
        case 15: // keepAt
          {
            const target = code[pc + 1] as number;
            const value = at;
            stack[height++] = frameRestore;
            stack[height++] = target;
            stack[height++] = registers[target] as number;
            registers[target] = value;
          }

          pc += 2;
          break;
        case 16: // backTo
          at = registers[code[pc + 1] as number] as number;
          pc += 2;
          break;
        case 18: {
          // step

          let count = code[pc + 1] as number;
          while (count > 0 && at > 0) {
            at -= at > 1 && isPair(text, at - 2) ? 2 : 1;
            count--;
          }
          if (count > 0) ok = false;
          else pc += 2;
          break;
        }
        case 19: // atMark
          if (at === registers[code[pc + 1] as number]) pc += 2;
          else ok = false;
          break;
        case 20: {
          // reference

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
        case 21: // zero
          {
            const target = code[pc + 1] as number;
            const value = 0;
            stack[height++] = frameRestore;
            stack[height++] = target;
            stack[height++] = registers[target] as number;
            registers[target] = value;
          }

          pc += 2;
          break;
        case 22: // loopGreedy
        case 23: {
          // loopLazy

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
          if (count >= min && code[pc] === 23) {
            stack[height++] = body;
            stack[height++] = at;
            stack[height++] = -1 - counter;

            if (keeper >= 0) {
              stack[height++] = frameGreedy;
              stack[height++] = 2;
              stack[height++] = keeper;
            }
            pc = exit;
            break;
          }
          if (count >= min) {
            stack[height++] = exit;
            stack[height++] = at;
            stack[height++] = 0;
          }

          {
            const target = counter;
            const value = count + 1;
            stack[height++] = frameRestore;
            stack[height++] = target;
            stack[height++] = registers[target] as number;
            registers[target] = value;
          }

          if (keeper >= 0) {
            const target = keeper;
            const value = at;
            stack[height++] = frameRestore;
            stack[height++] = target;
            stack[height++] = registers[target] as number;
            registers[target] = value;
          }

          pc = body;
          break;
        }
        case 27: // progress
          if (registers[code[pc + 1] as number] === at) pc = code[pc + 2] as number;
          else pc += 3;
          break;
        case 24: {
          // ifGroup

          const groups = lists[code[pc + 1] as number] as readonly number[];
          if (groups.some((group) => (registers[group * 2 + 1] as number) >= 0)) pc += 3;
          else pc = code[pc + 2] as number;
          break;
        }
        case 25: {
          // newline

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
          {
            const target = counter;
            const value = (registers[counter] as number) + 1;
            stack[height++] = frameRestore;
            stack[height++] = target;
            stack[height++] = registers[target] as number;
            registers[target] = value;
          }

          {
            const target = keeper;
            const value = at;
            stack[height++] = frameRestore;
            stack[height++] = target;
            stack[height++] = registers[target] as number;
            registers[target] = value;
          }

          resumed = true;
          break;
        }
        pc = target;
        at = stack[height + 1] as number;
        const extra = stack[height + 2] as number;
        if (extra < 0) {
          const target = -1 - extra;
          const value = (registers[-1 - extra] as number) + 1;
          stack[height++] = frameRestore;
          stack[height++] = target;
          stack[height++] = registers[target] as number;
          registers[target] = value;
        }

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
