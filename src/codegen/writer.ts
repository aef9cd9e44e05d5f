// Collects generated text: indentation, fresh names, constants at the top, and which runtime functions are used.
import { fieldIdentifier } from './quote.js';

/** Whether TypeScript with types or JavaScript without is written. Everything else is the same. */
export type Language = 'typescript' | 'javascript';

const builtinTypes = new Set([
  'Map',
  'Set',
  'Promise',
  'Iterable',
  'AsyncIterable',
  'Record',
  'Array',
  'ReturnType',
]);

export class Writer {
  readonly language: Language;
  /** Runtime functions that the text calls. */
  readonly imports = new Set<string>();
  /** Runtime types that the text names. */
  readonly types = new Set<string>();
  /** Which part of the search a line computes, by its text, for the lines that are known. */
  readonly origins = new Map<string, () => string>();
  private readonly constants = new Map<string, string>();
  private readonly names = new Map<string, number>();
  private lines: string[] = [];
  /** How far lines are indented. */
  depth = 1;

  constructor(language: Language) {
    this.language = language;
  }

  /** A type annotation, empty in JavaScript. */
  type(text: string): string {
    if (this.language === 'javascript') return '';
    this.note(text);
    return `: ${text}`;
  }

  /** Type arguments, empty in JavaScript. */
  typeArguments(text: string): string {
    if (this.language === 'javascript') return '';
    this.note(text);
    return `<${text}>`;
  }

  private note(text: string): void {
    for (const match of text.matchAll(/\b[A-Z]\w*/g)) {
      if (!builtinTypes.has(match[0])) this.types.add(match[0]);
    }
  }

  /** Names a runtime function and remembers that it is used. */
  use(name: string): string {
    this.imports.add(name);
    return name;
  }

  /** A name not used before. */
  fresh(prefix: string): string {
    const count = (this.names.get(prefix) ?? 0) + 1;
    this.names.set(prefix, count);
    return `${prefix}${count}`;
  }

  /** A variable name for a field. */
  freshField(field: string): string {
    const base = fieldIdentifier(field);
    const count = (this.names.get(base) ?? 0) + 1;
    this.names.set(base, count);
    return count === 1 ? base : `${base}$${count}`;
  }

  /** A constant of the module; the same text gives the same constant. */
  constant(prefix: string, text: string): string {
    const known = this.constants.get(text);
    if (known !== undefined) return known;
    const name = this.fresh(prefix);
    this.constants.set(text, name);
    return name;
  }

  /** Writes a line; `origin` tells the part of the search that it computes. */
  line(text: string, origin?: () => string): void {
    this.lines.push('  '.repeat(this.depth) + text);
    if (origin !== undefined) this.origins.set(text, origin);
  }

  /** Lines written aside. */
  text(lines: string): void {
    this.lines.push(lines);
  }

  /** Writes `head {`, what `body` writes, and `}`. */
  block(head: string, body: () => void, tail = '}'): void {
    this.line(`${head} {`);
    this.depth++;
    body();
    this.depth--;
    this.line(tail);
  }

  /** What `body` writes, apart from the text written so far. */
  aside(body: () => void, depth = 1): string {
    const lines = this.lines;
    const before = this.depth;
    this.lines = [];
    this.depth = depth;
    body();
    const text = this.lines.join('\n');
    this.lines = lines;
    this.depth = before;
    return text;
  }

  /** What `body` returns; all that it writes and declares is taken back. */
  forget<T>(body: () => T): T {
    const saved = {
      constants: new Map(this.constants),
      names: new Map(this.names),
      imports: new Set(this.imports),
    };
    const types = new Set(this.types);
    let result: T | undefined;
    this.aside(() => {
      result = body();
    });
    restore(this.constants, saved.constants);
    restore(this.names, saved.names);
    for (const name of [...this.imports]) if (!saved.imports.has(name)) this.imports.delete(name);
    for (const name of [...this.types]) if (!types.has(name)) this.types.delete(name);
    return result as T;
  }

  constantLines(): string[] {
    return [...this.constants].map(([text, name]) => `const ${name} = ${text};`);
  }
}

function restore<V>(map: Map<string, V>, saved: ReadonlyMap<string, V>): void {
  map.clear();
  for (const [name, value] of saved) map.set(name, value);
}
