// Searches made at random from what the records of commands, functions and aggregates say of how they are written.
import type { Language } from '../../../src/language.js';

type Random = (below: number) => number;

/** A part of a usage text in the notation of the Search Reference. */
type Usage =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'optional' | 'choice'; readonly of: readonly (readonly Usage[])[] }
  | { readonly kind: 'repeated'; readonly unit: readonly Usage[]; readonly separator: string }
  | { readonly kind: 'blank' };

/** Reads a usage text: `[…]` may be left out, `(… | …)` is one of several, `…, ...` goes on. */
export function readUsage(text: string): readonly Usage[] {
  let at = 0;
  const alternatives = (close: string): Usage[][] => {
    const all: Usage[][] = [];
    let items: Usage[] = [];
    while (at < text.length && text[at] !== close) {
      const character = text[at]!;
      if (character === '|') {
        at++;
        all.push(items);
        items = [];
      } else if (/\s/.test(character)) {
        at++;
        items.push({ kind: 'blank' });
      } else if (/^,? ?\.\.\./.test(text.slice(at))) {
        const [written] = /^,? ?\.\.\./.exec(text.slice(at))!;
        at += written.length;
        repeat(items, written.startsWith(',') ? ', ' : ' ');
      } else if (character === '[') {
        at++;
        items.push({ kind: 'optional', of: alternatives(']') });
        at++;
      } else if (character === '(' && isChoice(text.slice(at))) {
        at++;
        items.push({ kind: 'choice', of: alternatives(')') });
        at++;
      } else if (character === '(') {
        at++;
        const [inner = []] = alternatives(')');
        at++;
        items.push({ kind: 'word', text: '(' }, ...inner, { kind: 'word', text: ')' });
      } else if (character === '<') {
        const end = text.indexOf('>', at);
        items.push({ kind: 'value', name: text.slice(at + 1, end) });
        at = end + 1;
      } else {
        const [word] = /^[^\s[\]()<>|.,]+|^./.exec(text.slice(at))!;
        at += word.length;
        items.push({ kind: 'word', text: word });
      }
    }
    all.push(items);
    return all;
  };
  return alternatives('')[0]!;
}

/** Whether the parentheses that a text begins with hold alternatives; others are written. */
function isChoice(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '(' || character === '[') depth++;
    if ((character === ')' || character === ']') && --depth === 0) return false;
    if (character === '|' && depth === 1) return true;
  }
  return false;
}

/** Makes the last of some parts a repeated one: a value with what is glued to it and what may follow, such as `[AS …]`. */
function repeat(items: Usage[], separator: string): void {
  while (items.at(-1)?.kind === 'blank') items.pop();
  let from = items.length - 1;
  if (items[from]?.kind === 'optional') from -= 2;
  while (from > 0 && items[from - 1]!.kind !== 'blank') from--;
  const unit = items.splice(Math.max(0, from));
  items.push({ kind: 'repeated', unit, separator });
}

const fields = 'user src_ip a.b Processes.user c{}.d _time x:y "b c" "a\\"b" "by" \'single quoted\' d* *_x *';
const fieldNames: readonly string[] = [
  ...(fields.match(/"(?:[^"\\]|\\.)*"|'[^']*'|\S+/g) ?? []),
  '`a_field`',
  '"é 😀"',
];
const strings = [
  'word',
  'a-b.c',
  '*.exe',
  '"two words"',
  '"a | b [c] `d` (e"',
  '"say \\"hi\\""',
  '"C:\\\\Windows\\\\*"',
  '"tab\\tand [^\\\\]+"',
  '""',
  '"```"',
];
const regexes = [
  '"(?<name>[^\\"]+)"',
  '"(?i)^a|b\\\\(c$"',
  '"\\d+\\s(?P<n>\\w+) [x|y]"',
  '"s/a b/c\\/d/g"',
  '"y/abc/xyz/"',
  'field="(?<z>.)"',
];
const operators = '+ - * / % . = == != < <= > >= AND OR XOR LIKE like and or'.split(' ');

/** Makes texts of SPL; the same ones for the same sequence of numbers. */
export class UsageTexts {
  readonly #random: Random;
  readonly #language: Language;
  readonly #usages = new Map<string, readonly Usage[]>();
  /** How deep searches may still nest. */
  #depth = 2;

  constructor(language: Language, random: Random) {
    this.#language = language;
    this.#random = random;
    for (const [name, { name: own, usage }] of language.commands)
      this.#usages.set(name, readUsage(usage.slice(own.length)));
  }

  #pick<T>(all: readonly T[]): T {
    return all[this.#random(all.length)]!;
  }

  #maybe(percent: number): boolean {
    return this.#random(100) < percent;
  }

  /** A pipeline whose last command is the given one. */
  search(name: string): string {
    const generates = this.#language.commands.get(name)?.type === 'generating' && name !== 'search';
    const head = generates
      ? `| ${this.command(name)}`
      : `${this.#pick(['', 'search ', '| search '])}${this.#condition(2)} | ${this.command(name)}`;
    return this.#maybe(30) ? `${head} ${this.#pick(['|', '\n|', '``` note ``` |'])} ${this.#filler()}` : head;
  }

  #filler(): string {
    return this.#pick([
      'stats count',
      '`filter_macro`',
      '`with(a, "b, c")` | head 1',
      'table a, b ``` what "is" shown | here ```',
    ]);
  }

  /** One command with arguments, options in any order. */
  command(name: string): string {
    const written = this.#maybe(5) ? name.toUpperCase() : name;
    const parts = this.#usages.get(name) ?? [];
    return `${written}${this.#write(parts, 35)}`;
  }

  #subsearch(): string {
    if (this.#depth === 0) return '[ search a=1 ]';
    this.#depth--;
    const all = [...this.#usages.keys()];
    const text = this.#maybe(60)
      ? `[ search ${this.#condition(1)} ]`
      : `[${this.#pick([' ', ''])}${this.search(this.#pick(all))} ]`;
    this.#depth++;
    return text;
  }

  #write(parts: readonly Usage[], percent: number): string {
    return parts.map((part) => this.#part(part, percent)).join('');
  }

  #part(part: Usage, percent: number): string {
    switch (part.kind) {
      case 'blank':
        return this.#pick([' ', ' ', ' ', '  ', '\n', this.#maybe(3) ? ' ``` c ``` ' : ' ']);
      case 'word':
        return /^[A-Z]{2,}$/.test(part.text) && this.#maybe(40) ? part.text.toLowerCase() : part.text;
      case 'optional':
        return this.#maybe(percent) ? this.#write(trimmed(this.#pick(part.of)), percent) : '';
      case 'choice':
        return this.#write(trimmed(this.#pick(part.of)), percent);
      case 'repeated':
        return Array.from({ length: 1 + this.#random(3) }, () => this.#write(part.unit, percent)).join(
          part.separator,
        );
      default:
        return this.#value(part.name);
    }
  }

  #value(name: string): string {
    switch (name) {
      case 'int':
      case 'period':
        return String(this.#pick([0, 1, 2, 5, 10, 100]));
      case 'num':
      case 'number':
        return this.#pick(['0', '1', '0.5', '10', '2.75']);
      case 'bool':
        return this.#pick(['true', 'false', 't', 'f', '0', '1', 'TRUE', 'yes']);
      case 'span':
        return this.#pick(['5m', '1h', '1d', '1d@d', '10', '2log10', '1mon', '0.5']);
      case 'time':
        return this.#pick(['@d', '@d+3h', '-1d', '1500000000']);
      case 'field':
        return this.#pick(fieldNames);
      case 'field-list':
        return Array.from({ length: 1 + this.#random(3) }, () => this.#pick(fieldNames)).join(
          this.#pick([' ', ', ', ',']),
        );
      case 'expression':
        return this.#expression(3);
      case 'search-expression':
      case 'search':
        return this.#condition(2);
      case 'aggregation':
        return this.#aggregation();
      case 'subsearch':
        return this.#subsearch();
      case 'regex':
        return this.#pick(regexes);
      case 'string':
      case 'text':
      case 'row-prefix':
        return this.#pick(strings);
      case 'saved-search':
        return this.#pick(['"My saved search"', 'saved']);
      case 'function':
        return this.#pick(['ctime', 'num', 'none', 'auto', 'dur2sec', 'memk']);
      case 'model':
        return this.#pick(['Endpoint', 'Web', 'Network_Traffic']);
      case 'dataset':
        return this.#pick(['Processes', 'All_Traffic']);
      case 'type':
        return this.#pick(['datamodel', 'lookup', 'savedsearch']);
      case 'arguments':
        return this.#pick(['a', 'a b="c d" e=1', 'index=x prefix="y" examples="z"', '/services/x count=1']);
      default:
        return name.includes('/') ? this.#pick(['10/31/2023', '-5', '10/31/2023:10:00:00']) : 'name';
    }
  }

  #aggregation(): string {
    const name = this.#pick([...this.#language.aggregates.keys()]);
    const field = this.#pick(fieldNames);
    return this.#pick([
      'count',
      `${name}(${field})`,
      `${name}(${field})`,
      `count(eval(${this.#expression(1)}))`,
      `sum(eval(${this.#expression(2)}))`,
      `p95(${field})`,
      `perc99.5(${field})`,
      `sparkline(count, 1h)`,
      `sparkline(avg(${field}), 5m)`,
      'c',
      `\`an_aggregate(${field})\``,
      `${name.toUpperCase()} (${field})`,
    ]);
  }

  #expression(depth: number): string {
    const leaf = (): string =>
      this.#pick([
        this.#pick(fieldNames.filter((name) => !name.includes('"') && !name.includes('*'))),
        "'a b.c{}'",
        "'it\\'s'",
        this.#pick(strings.filter((text) => text.startsWith('"'))),
        this.#pick(['0', '1', '2.50', '.5', '1e3', '-3', '1000000000000000000000', '007']),
        'true()',
        'null',
        '`a_value(1, "x")`',
        '$token$',
        this.#depth > 0 && this.#maybe(10) ? `[ search ${this.#condition(1)} | return $a ]` : 'x',
      ]);
    if (depth === 0) return leaf();
    const inner = (): string => this.#expression(depth - 1);
    return this.#pick([
      leaf,
      () => `${inner()} ${this.#pick(operators)} ${inner()}`,
      () => `${inner()}${this.#pick(['+', '*', '.', '=', '<'])}${inner()}`,
      () => `(${inner()})`,
      () => `${this.#pick(['NOT', 'not', '-', '+'])} ${inner()}`,
      () => `${inner()} ${this.#pick(['IN', 'in'])} (${leaf()}, ${leaf()})`,
      () => `${this.#pick(['if', 'case', 'coalesce', 'IF'])}(${inner()}, ${inner()}, ${inner()}, ${leaf()})`,
      () => {
        const name = this.#pick([...this.#language.functions.keys()]);
        const most = Math.min(3, this.#language.functions.get(name)?.parameters.max ?? 3);
        return `${name}(${Array.from({ length: this.#random(most + 1) }, inner).join(', ')})`;
      },
    ])();
  }

  #condition(depth: number): string {
    const value = (): string =>
      this.#pick([...strings, '1', '-5', 'a*b', '$token$', '`a_value`', '#x', 'a=b']);
    const name = (): string =>
      this.#pick(fieldNames.filter((field) => !field.includes('`') && !field.includes('*')));
    const leaf = (): string =>
      this.#pick([
        `${name()}${this.#pick(['=', '!=', '<', '<=', '>', '>=', ' = ', ' != '])}${value()}`,
        `${name()} IN (${value()}, ${value()})`,
        `${name()} in(${value()} ${value()})`,
        `${name()}=*`,
        `CASE(${this.#pick(['Error', '"A b"'])})`,
        `TERM(10.0.0.1)`,
        `${name()}=CASE(Abc)`,
        value().replace('a=b', 'plain'),
        `earliest=${this.#pick(['-1d', '-1d@d', '"10/31/2023:00:00:00"'])}`,
        'index=main',
        '`a_macro(x, "y, z")`',
        'tag=process',
        'src::10.0.0.1',
        this.#depth > 0 && this.#maybe(20) ? this.#subsearch() : '"phrase of words"',
      ]);
    if (depth === 0) return leaf();
    const inner = (): string => this.#condition(depth - 1);
    return this.#pick([
      leaf,
      () => `${inner()} ${inner()}`,
      () => `${inner()} AND ${inner()}`,
      () => `${inner()} OR ${inner()} ${inner()}`,
      () => `NOT ${inner()}`,
      () => `(${inner()})`,
      () => `(${inner()} OR ${inner()}) ${inner()}`,
    ])();
  }
}

function trimmed(items: readonly Usage[]): readonly Usage[] {
  const from = items.findIndex(({ kind }) => kind !== 'blank');
  const to = items.findLastIndex(({ kind }) => kind !== 'blank');
  return from < 0 ? [] : items.slice(from, to + 1);
}
