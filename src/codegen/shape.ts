// What a row is while code is generated: a row object that shows through, and fields held in local variables.
import { nameFilter, removalFilter, visibleFields, wildcardParts } from '../runtime/pattern.js';
import { literal, quote } from './quote.js';
import type { Writer } from './writer.js';

/** A row object in generated code. */
export interface Base {
  readonly variable: string;
  /** Variables already loaded from it, by field. */
  readonly loads: Map<string, string>;
  /** Made by the search and seen by nobody else, so it may be changed in place. */
  readonly owned: boolean;
  /** What is asked of the source. */
  readonly asked: Asked;
}
export interface Asked {
  readonly fields: Set<string>;
  /** The row is used as a whole. */
  whole: boolean;
  /** The text of a row that has no raw text, which is made of all its fields. */
  text: boolean;
}

export function newBase(
  variable: string,
  owned: boolean,
  asked: Asked = { fields: new Set(), whole: false, text: false },
): Base {
  return { variable, loads: new Map(), owned, asked };
}

/** A value whose code is written where it is first read. */
export class Deferred {
  private code: string | undefined;
  private readonly write: () => string;
  constructor(write: () => string) {
    this.write = write;
  }
  read(): string {
    this.code ??= this.write();
    return this.code;
  }
}

/** Code for a field, a value yet to be written, or null for a field taken away. */
export type Local = string | Deferred | null;

interface Step {
  readonly mode: 'keep' | 'remove';
  readonly patterns: readonly string[];
}

const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** The fields of a row at one point of the generated loop. Immutable, but for what its base remembers to be loaded. */
export class Shape {
  readonly base: Base | null;
  /** Which fields of the base show through: all steps let them pass. */
  private readonly steps: readonly Step[];
  /** Fields in variables, in order; null for a field taken away. */
  readonly overlay: ReadonlyMap<string, Local>;

  constructor(
    base: Base | null,
    overlay: ReadonlyMap<string, Local> = new Map(),
    steps: readonly Step[] = [],
  ) {
    this.base = base;
    this.overlay = overlay;
    this.steps = steps;
  }

  /** Whether every field is known by name. */
  get closed(): boolean {
    return this.base === null;
  }

  /** Code for the value of a field, loading it from the base row by a statement where needed. */
  read(writer: Writer, name: string): string {
    const local = this.overlay.get(name);
    if (local instanceof Deferred) return local.read();
    if (local !== undefined) return local ?? 'null';
    const base = this.base;
    if (base === null || !this.passes(name)) return 'null';
    const loaded = base.loads.get(name);
    if (loaded !== undefined) return loaded;
    const variable = writer.freshField(name);
    const code = inherited.has(name)
      ? `${writer.use('read')}(${base.variable}, ${quote(name)})`
      : `${writer.use('load')}(${base.variable}[${quote(name)}])`;
    writer.line(`const ${variable} = ${code};`);
    base.loads.set(name, variable);
    base.asked.fields.add(name);
    return variable;
  }

  /** A field as it is held: not written yet where it is deferred, null where it is known to be absent. */
  local(writer: Writer, name: string): Local {
    const local = this.overlay.get(name);
    if (local !== undefined) return local;
    const code = this.read(writer, name);
    return code === 'null' ? null : code;
  }

  /** The same fields, for a nested block: what is loaded there is not known outside it. */
  isolated(): Shape {
    const base = this.base === null ? null : { ...this.base, loads: new Map(this.base.loads), owned: false };
    return new Shape(base, this.overlay, this.steps);
  }

  private passes(name: string): boolean {
    return visibleFields(this.steps)(name);
  }

  with(fields: ReadonlyMap<string, Local> | readonly (readonly [string, Local])[]): Shape {
    const overlay = new Map(this.overlay);
    for (const [name, code] of fields) {
      if (code === null && this.base === null) overlay.delete(name);
      else overlay.set(name, code);
    }
    return new Shape(this.base, overlay, this.steps);
  }

  /** Only the fields that a list of names and wildcards names; in the order of the list when all are names. */
  keep(writer: Writer, patterns: readonly string[]): Shape {
    if (patterns.every((pattern) => !pattern.includes('*'))) {
      const overlay = new Map<string, Local>();
      for (const name of patterns) {
        overlay.set(name, this.local(writer, name) ?? 'null');
      }
      return new Shape(null, overlay);
    }
    const keeps = nameFilter(patterns);
    const overlay = new Map([...this.overlay].filter(([name]) => keeps(name)));
    return new Shape(this.base, overlay, [...this.steps, { mode: 'keep', patterns }]);
  }

  remove(patterns: readonly string[]): Shape {
    const drops = removalFilter(patterns);
    const overlay = new Map([...this.overlay].filter(([name]) => !drops(name)));
    if (this.base === null) return new Shape(null, overlay);
    return new Shape(this.base, overlay, [...this.steps, { mode: 'remove', patterns }]);
  }

  /** Names in variables that match a pattern. */
  matching(pattern: string): string[] {
    return [...this.overlay]
      .filter(([name, code]) => code !== null && wildcardParts(pattern, name) !== null)
      .map(([name]) => name);
  }

  /**
   * A variable holding the row as an object, with at least the fields of `need`. With `owned` it is a fresh one that
   * may be changed.
   */
  materialise(writer: Writer, need: ReadonlySet<string> | 'all', owned: boolean): Base {
    const base = this.base;
    const plain = this.overlay.size === 0 && this.steps.length === 0;
    if (base !== null && plain && (!owned || base.owned)) {
      // Whoever gets the row reads of it what was asked for; only a need for everything makes the source give all.
      if (need === 'all') base.asked.whole = true;
      else for (const name of need) base.asked.fields.add(name);
      return owned ? { ...base, loads: new Map() } : base;
    }
    const names =
      base === null ? [...this.overlay.keys()].filter((n) => need === 'all' || need.has(n)) : need;
    if (names !== 'all') {
      const codes = [...names].map((name) => [name, this.read(writer, name)] as const);
      const variable = writer.fresh('row');
      writer.line(`const ${variable} = ${writer.use('createRow')}();`);
      for (const [name, code] of codes) {
        if (code !== 'null') writer.line(`${variable}[${quote(name)}] = ${code};`);
      }
      return newBase(variable, true);
    }
    const source = base as Base;
    source.asked.whole = true;
    const variable = writer.fresh('row');
    const filter =
      this.steps.length === 0
        ? ''
        : `, ${writer.constant('visible', `${writer.use('visibleFields')}(${literal(this.steps)})`)}`;
    writer.line(`const ${variable} = ${writer.use('copyRow')}(${source.variable}${filter});`);
    for (const name of this.overlay.keys())
      writer.line(`${variable}[${quote(name)}] = ${this.read(writer, name)};`);
    return newBase(variable, true);
  }
}
