// JSON texts: a parser that keeps numbers as written and key order, with any key safe, and the writer.

/** A number as it stood in the text, so that long identifiers keep their digits. */
export class JsonNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Objects are maps, so that no key can reach a prototype. */
export type JsonValue = string | boolean | null | JsonNumber | JsonValue[] | Map<string, JsonValue>;

/** Where objects and arrays stood in the text, when asked for. */
export type JsonSpans = WeakMap<object, readonly [number, number]>;

const maxDepth = 400;

class JsonFault extends Error {}

/** Parses a text; `undefined` when it is no JSON, nests too deep, or has something after the value. */
export function parseJson(text: string, spans?: JsonSpans): JsonValue | undefined {
  const parser = new JsonParser(text, spans);
  try {
    return parser.document();
  } catch (error) {
    if (error instanceof JsonFault) return undefined;
    throw error;
  }
}

/**
 * The same of a text that may be cut off or go on behind the value: what stands before the first fault is kept, as spath
 * and automatic extraction do. `undefined` where nothing does.
 */
export function parseJsonStart(text: string, spans?: JsonSpans): JsonValue | undefined {
  try {
    return new JsonParser(text, spans, true).start();
  } catch (error) {
    if (error instanceof JsonFault) return undefined;
    throw error;
  }
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class JsonParser {
  private readonly text: string;
  private readonly spans: JsonSpans | undefined;
  private readonly forgiving: boolean;
  private at = 0;

  constructor(text: string, spans: JsonSpans | undefined, forgiving = false) {
    this.text = text;
    this.spans = spans;
    this.forgiving = forgiving;
  }

  start(): JsonValue {
    return this.value(0);
  }

  document(): JsonValue {
    const value = this.value(0);
    this.blanks();
    if (this.at < this.text.length) throw new JsonFault();
    return value;
  }

  private blanks(): void {
    for (;;) {
      const c = this.text.charCodeAt(this.at);
      if (c === 32 || c === 10 || c === 13 || c === 9) this.at++;
      else return;
    }
  }

  private value(depth: number): JsonValue {
    this.blanks();
    if (depth > maxDepth) throw new JsonFault();
    switch (this.text.charCodeAt(this.at)) {
      case 123:
        return this.object(depth);
      case 91:
        return this.array(depth);
      case 34:
        return this.string();
      case 116:
        return this.word('true', true);
      case 102:
        return this.word('false', false);
      case 110:
        return this.word('null', null);
      default: {
        numberPattern.lastIndex = this.at;
        const match = numberPattern.exec(this.text);
        if (match === null) throw new JsonFault();
        this.at += match[0].length;
        // Where the text was cut digits may be missing.
        if (this.forgiving && depth > 0 && this.at === this.text.length) throw new JsonFault();
        return new JsonNumber(match[0]);
      }
    }
  }

  private word<T>(text: string, value: T): T {
    if (!this.text.startsWith(text, this.at)) throw new JsonFault();
    this.at += text.length;
    return value;
  }

  private string(): string {
    const text = this.text;
    const start = this.at + 1;
    let i = start;
    let escaped = false;
    for (;;) {
      const c = text.charCodeAt(i);
      if (c === 34) break;
      if (c < 32 || Number.isNaN(c)) throw new JsonFault();
      if (c === 92) {
        escaped = true;
        i++;
      }
      i++;
    }
    this.at = i + 1;
    if (!escaped) return text.slice(start, i);
    try {
      return JSON.parse(text.slice(start - 1, i + 1)) as string;
    } catch {
      throw new JsonFault();
    }
  }

  private object(depth: number): Map<string, JsonValue> {
    const out = new Map<string, JsonValue>();
    this.items(out, 125, () => {
      this.blanks();
      if (this.text.charCodeAt(this.at) !== 34) throw new JsonFault();
      const key = this.string();
      this.blanks();
      if (this.text.charCodeAt(this.at++) !== 58) throw new JsonFault();
      out.set(key, this.value(depth + 1));
    });
    return out;
  }

  private array(depth: number): JsonValue[] {
    const out: JsonValue[] = [];
    this.items(out, 93, () => out.push(this.value(depth + 1)));
    return out;
  }

  /** Reads items parted by commas up to a closing bracket. */
  private items(out: JsonValue & object, closing: number, item: () => void): void {
    const start = this.at++;
    try {
      this.blanks();
      if (this.text.charCodeAt(this.at) === closing) this.at++;
      else {
        for (;;) {
          item();
          this.blanks();
          const c = this.text.charCodeAt(this.at++);
          if (c === closing) break;
          if (c !== 44) throw new JsonFault();
        }
      }
    } catch (error) {
      if (!this.forgiving || !(error instanceof JsonFault)) throw error;
      // Nothing behind the fault is read.
      this.at = this.text.length;
    }
    this.spans?.set(out, [start, this.at]);
  }
}

/** Writes a value without blanks. */
export function stringifyJson(value: JsonValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(stringifyJson).join(',')}]`;
  let out = '';
  for (const [key, item] of value)
    out += `${out === '' ? '' : ','}${JSON.stringify(key)}:${stringifyJson(item)}`;
  return `{${out}}`;
}

/** A deep copy whose parts may be changed. */
export function cloneJson(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(cloneJson);
  if (value instanceof Map)
    return new Map(Array.from(value, ([key, item]) => [key, cloneJson(item)] as const));
  return value;
}
