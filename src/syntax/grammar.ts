// How a command's arguments are read and written: one description gives the parser, the printer and the usage text.
import type { OptionReader, Parser } from './parser.js';

/** Reads arguments of shape `A` from the text and prints them so that reading gives the same again. */
export interface Grammar<A> {
  /** Throws a syntax fault (caught by the pipeline parser, which resumes at the next pipe). */
  parse(parser: Parser): A;
  print(value: A): string;
  /** What may be written, in the notation of the Search Reference. */
  readonly usage: string;
  /** The options it takes, by name in lower case; absent when it takes none. */
  readonly options?: Readonly<Record<string, OptionValue<unknown>>>;
}

/** The value of an option: `parse` stands just behind the `=`. */
export interface OptionValue<T> {
  parse(parser: Parser, name: string): T;
  print(value: T): string;
  readonly usage: string;
  /** Of options that may be written several times: what was read before with what was read now. */
  add?(before: T, next: T): T;
}

/** One positional part of a command. `parse` returns undefined when an optional part is left out. */
export interface Part<T> {
  parse(parser: Parser): T;
  /** Never called for undefined. */
  print(value: T): string;
  readonly usage: string;
}

type ValueOf<P> = P extends Part<infer T> ? T : never;
type OptionOf<O> = O extends OptionValue<infer T> ? T : never;

/** Arguments as a form reads them: its parts by name, and the options that were written. */
export type FormArguments<P, O> = { readonly [K in keyof P]: ValueOf<P[K]> } & {
  readonly options: { readonly [K in keyof O]?: OptionOf<O[K]> };
};

interface FormSettings<O> {
  /** By name in lower case. They may stand before, between and after the parts. */
  readonly options?: O;
  /** Names printed behind the parts instead of before them. */
  readonly trailing?: readonly (keyof O & string)[];
  /** Words before `=` may also belong to the parts, as the names of rangemap do. */
  readonly open?: boolean;
}

const noParts: Readonly<Record<string, Part<unknown>>> = {};

/** A sequence of parts with options standing anywhere between them: the shape of nearly every command. */
export function form<
  const P extends Readonly<Record<string, Part<unknown>>>,
  const O extends Readonly<Record<string, OptionValue<unknown>>> = Record<never, never>,
>(parts: P, settings: FormSettings<O> = {}): Grammar<FormArguments<P, O>> {
  const table = settings.options;
  const trailing: ReadonlySet<string> = new Set(settings.trailing ?? []);
  const names = Object.keys(table ?? {});
  const partList = Object.entries(parts);

  const printOptions = (
    values: Readonly<Record<string, unknown>>,
    wanted: (name: string) => boolean,
  ): string[] =>
    names
      .filter((name) => wanted(name) && values[name] !== undefined)
      .map((name) => `${name}=${table![name]!.print(values[name])}`);

  return {
    ...(table === undefined ? {} : { options: table }),
    usage: [
      ...names.filter((name) => !trailing.has(name)).map((name) => `[${name}=${table![name]!.usage}]`),
      ...partList.map(([, part]) => part.usage),
      ...names.filter((name) => trailing.has(name)).map((name) => `[${name}=${table![name]!.usage}]`),
    ]
      .filter(Boolean)
      .join(' '),
    parse(parser) {
      const options: Record<string, unknown> = {};
      const before = parser.options;
      parser.options =
        table === undefined ? undefined : optionReader(table, names, options, settings.open ?? false);
      const result: Record<string, unknown> = {};
      for (const [name, part] of partList) {
        parser.takeOptions();
        result[name] = part.parse(parser);
      }
      parser.takeOptions();
      parser.expectEnd();
      parser.options = before;
      result['options'] = options;
      return result as FormArguments<P, O>;
    },
    print(value) {
      const options = value.options as Readonly<Record<string, unknown>>;
      const texts = printOptions(options, (name) => !trailing.has(name));
      for (const [name, part] of partList) {
        const partValue = (value as Readonly<Record<string, unknown>>)[name];
        if (partValue !== undefined) texts.push(part.print(partValue));
      }
      texts.push(...printOptions(options, (name) => trailing.has(name)));
      return texts.filter(Boolean).join(' ');
    },
  };
}

/** A command without arguments. */
export const nothing: Grammar<FormArguments<typeof noParts, Record<never, never>>> = form({});

function optionReader(
  table: Readonly<Record<string, OptionValue<unknown>>>,
  names: readonly string[],
  values: Record<string, unknown>,
  isOpen: boolean,
): OptionReader {
  return {
    names,
    isOpen,
    take(parser: Parser): boolean {
      parser.skip();
      const start = parser.position;
      const name = parser.takeOption();
      if (name === undefined || !Object.hasOwn(table, name)) {
        parser.position = start;
        return false;
      }
      const option = table[name]!;
      const value = option.parse(parser, name);
      values[name] =
        option.add === undefined || values[name] === undefined ? value : option.add(values[name], value);
      parser.accept(',');
      return true;
    },
  };
}

/** A part read by one grammar or another, whichever the text decides; the value keeps which. */
export function choose<A, B>(
  isFirst: (parser: Parser) => boolean,
  first: Grammar<A>,
  second: Grammar<B>,
  isFirstValue: (value: A | B) => boolean,
): Grammar<A | B> {
  return {
    options: { ...first.options, ...second.options },
    usage: `${first.usage} | ${second.usage}`,
    parse: (parser) => (isFirst(parser) ? first.parse(parser) : second.parse(parser)),
    print: (value) => (isFirstValue(value) ? first.print(value as A) : second.print(value as B)),
  };
}

/** Everything up to the next pipe, as written: for commands whose arguments only their own app can read. */
export const text: Grammar<{ readonly text: string }> = {
  usage: '<arguments>',
  parse(parser) {
    parser.skip();
    const written = parser.text.slice(parser.position, parser.end).trim();
    parser.position = parser.end;
    return { text: written };
  },
  print: (value) => value.text,
};

/**
 * Like `text`, of commands that cannot do without arguments; `what` says which come first, and `needed` finds the one
 * that may stand anywhere.
 */
export function requiredText(what: string, needed?: RegExp): typeof text {
  return {
    ...text,
    parse(parser) {
      if (parser.atEnd()) parser.fail(`expected ${what}, found ${parser.found()}`);
      parser.skip();
      const start = parser.position;
      const value = text.parse(parser);
      if (needed !== undefined && !needed.test(value.text) && !/[`$<]/.test(value.text))
        parser.fail(`expected ${what} among the arguments`, { start, end: start + value.text.length });
      return value;
    },
  };
}

/**
 * Like `requiredText`, of commands whose options can be judged though nothing else of their arguments is read.
 */
export function checkedText(
  what: string | undefined,
  options: Readonly<Record<string, OptionValue<unknown>>>,
): typeof text {
  const names = Object.keys(options);
  const plain = what === undefined ? text : requiredText(what);
  return {
    ...plain,
    options,
    usage: [plain.usage, ...names.map((name) => `[${name}=${options[name]!.usage}]`)].join(' '),
    parse(parser) {
      const begin = parser.position;
      while (!parser.atEnd()) {
        const name = parser.takeOption();
        if (name !== undefined) {
          // A macro of another app, a token or a template may stand for any value.
          if (Object.hasOwn(options, name) && !/[`$<]/.test(parser.peek() ?? ''))
            options[name]!.parse(parser, name);
        } else if (parser.atString()) parser.string();
        else if (!parser.passes(bareWord)) parser.position++;
      }
      parser.position = begin;
      return plain.parse(parser);
    },
  };
}

const bareWord = /[^\s"=]+/y;
