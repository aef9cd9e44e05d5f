// Windows that move for aggregates of which values cannot be subtracted: the ends of a window, its extremes, its set.
import { formatScalar, toNumber } from '../runtime/number.js';
import type { Sliding } from '../runtime/run.js';
import type { FieldValue, Scalar } from '../runtime/value.js';
import { addDistinct } from './distinct.js';

/** A list that grows at its end and shrinks at both, each step in constant time on average. */
class Queue<T> {
  private items: T[] = [];
  private begin = 0;

  get first(): T | undefined {
    return this.items[this.begin];
  }
  get last(): T | undefined {
    return this.items.length > this.begin ? this.items.at(-1) : undefined;
  }
  push(item: T): void {
    this.items.push(item);
  }
  pop(): void {
    this.items.pop();
  }
  shift(): void {
    this.begin++;
    if (this.begin > 32 && this.begin * 2 > this.items.length) {
      this.items = this.items.slice(this.begin);
      this.begin = 0;
    }
  }
}

/** The first or the last value of a window. */
export class SlidingEnd implements Sliding {
  private readonly values = new Queue<FieldValue>();
  private readonly isLast: boolean;

  constructor(isLast: boolean) {
    this.isLast = isLast;
  }

  add(value: FieldValue): void {
    if (value !== null && value !== false) this.values.push(value);
  }

  remove(value: FieldValue): boolean {
    if (value !== null && value !== false) this.values.shift();
    return true;
  }

  finish(): FieldValue {
    return (this.isLast ? this.values.last : this.values.first) ?? null;
  }
}

interface Numbered<T> {
  readonly value: T;
  /** Which value of the window's it came with, counted from the beginning. */
  readonly turn: number;
}

/** The values of a window that are or may become its largest (or smallest), in that order. */
class Candidates<T> {
  private readonly queue = new Queue<Numbered<T>>();
  private readonly isBetter: (a: T, b: T) => boolean;

  constructor(isBetter: (a: T, b: T) => boolean) {
    this.isBetter = isBetter;
  }

  get best(): T | undefined {
    return this.queue.first?.value;
  }

  add(value: T, turn: number): void {
    // What came before and is no better leaves the window first, so it never counts again.
    for (let last = this.queue.last; last !== undefined; last = this.queue.last) {
      if (this.isBetter(last.value, value)) break;
      this.queue.pop();
    }
    this.queue.push({ value, turn });
  }

  dropUpTo(turn: number): void {
    for (let first = this.queue.first; first !== undefined && first.turn <= turn; first = this.queue.first)
      this.queue.shift();
  }
}

const less = <T extends number | string>(a: T, b: T): boolean => a < b;
const more = <T extends number | string>(a: T, b: T): boolean => a > b;

/** The smallest or largest value of a window, or what lies between its numbers; ordered as `Extreme` does. */
export class SlidingExtreme implements Sliding {
  private readonly lowest = new Candidates<number>(less);
  private readonly highest = new Candidates<number>(more);
  private readonly text: Candidates<string>;
  private readonly result: 'min' | 'max' | 'range';
  private added = 0;
  private removed = 0;

  constructor(result: 'min' | 'max' | 'range') {
    this.result = result;
    this.text = new Candidates<string>(result === 'min' ? less : more);
  }

  add(value: FieldValue): void {
    this.added++;
    if (typeof value === 'object' && value !== null) for (const item of value) this.one(item);
    else if (value !== null && value !== false)
      this.one(typeof value === 'boolean' ? formatScalar(value) : value);
  }

  private one(value: Scalar): void {
    const number = toNumber(value);
    if (Number.isNaN(number)) {
      this.text.add(value as string, this.added);
      return;
    }
    if (this.result !== 'max') this.lowest.add(number, this.added);
    if (this.result !== 'min') this.highest.add(number, this.added);
  }

  remove(): boolean {
    this.removed++;
    for (const candidates of [this.lowest, this.highest, this.text]) candidates.dropUpTo(this.removed);
    return true;
  }

  finish(): FieldValue {
    const [low, high] = [this.lowest.best, this.highest.best];
    switch (this.result) {
      case 'min':
        return low ?? this.text.best ?? null;
      case 'max':
        return this.text.best ?? high ?? null;
      case 'range':
        return low === undefined || high === undefined ? null : high - low;
    }
  }
}

/** How many distinct values a window has. */
export class SlidingDistinct implements Sliding {
  private readonly counts = new Map<string, number>();

  add(value: FieldValue): void {
    for (const text of textsOf(value)) this.counts.set(text, (this.counts.get(text) ?? 0) + 1);
  }

  remove(value: FieldValue): boolean {
    for (const text of textsOf(value)) {
      const left = (this.counts.get(text) ?? 0) - 1;
      if (left > 0) this.counts.set(text, left);
      else this.counts.delete(text);
    }
    return true;
  }

  finish(): FieldValue {
    return this.counts.size;
  }
}

/** The texts by which dc tells values apart. */
function textsOf(value: FieldValue): Iterable<string> {
  return typeof value === 'string' ? [value] : addDistinct(new Set(), value);
}
