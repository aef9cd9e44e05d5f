// The values that options take: words, numbers, booleans, spans of time, fields and subsearches.

import { parseExpression, printExpression } from './expression.js';
import type { OptionValue } from './grammar.js';
import type { Parser } from './parser.js';
import { decodeString, encodeString } from './parser.js';
import { printSearchExpression } from './print-search.js';
import { parseSearchExpression } from './search-expression.js';
import type { BinSpan, Expression, SearchExpression, TimeUnit } from './tree.js';

const wordPattern = /(?:[^\s,|[\]"()`]|\\")(?:[^\s,|[\]"()`]|\\"|\([^\s|()"]*\))*/y;

/** Takes a string or word as the value of an option; macro calls stay in it as written. */
export function takeText(parser: Parser, name: string): string {
  if (parser.atString()) return parser.string();
  parser.skip();
  const start = parser.position;
  for (;;) {
    if (parser.atMacroHere()) parser.macro();
    else if (!parser.passes(wordPattern)) break;
  }
  if (parser.position === start && !parser.accept(','))
    parser.fail(`expected a value after "${name}=", found ${parser.found()}`);
  return decodeString(parser.text.slice(start, parser.position));
}

/** Prints a text so that `takeText` and `word` of the parser read it back. */
export function printText(value: string): string {
  return /^(?:[^\s,|[\]"()`=\\<>!]+|`[^`]*`)$/.test(value) ? value : `"${encodeString(value)}"`;
}

function textValue(usage: string): OptionValue<string> {
  return { usage, parse: takeText, print: printText };
}

/** A text: a word or a string in quotes. */
export const textOption = textValue('<string>');

/** Names of indexes, of an option that may be written several times; an `OR` between them is heard of and without effect. */
export const indexesOption: OptionValue<readonly string[]> = {
  usage: '<string>',
  parse(parser: Parser, name: string) {
    const names = [takeText(parser, name)];
    parser.match(/\s+OR(?=\s+index\s*=)/y);
    return names;
  },
  print: (names) => names.map(printText).join(' index='),
  add: (before, next) => [...before, ...next],
};

/** Names with commas between them, in quotes or not; `true` and the like stand alone. */
export const listOption: OptionValue<readonly string[]> = {
  usage: '<field-list>',
  parse(parser: Parser, name: string) {
    const isQuoted = parser.atString();
    const names = takeText(parser, name)
      .split(/[\s,]+/)
      .filter((item) => item !== '');
    const isAlone = isQuoted || /^(?:t|true|1|f|false|0)$/i.test(names[0] ?? '');
    while (!isAlone && parser.passes(furtherName)) names.push(takeText(parser, name));
    return names;
  },
  print: (names) => printText(names.join(',')),
};
/** A comma before a name that is no option. */
const furtherName = /\s*,\s*(?=[\w.]+(?:[\s,|]|$))/y;

/** The name of a field. */
export const fieldOption = textValue('<field>');

/** A whole number, perhaps negative. */
export const integerOption: OptionValue<number> = {
  usage: '<int>',
  parse(parser: Parser, name: string) {
    const start = startOf(parser);
    const text = takeText(parser, name);
    if (!/^[-+]?\d+$/.test(text))
      parser.fail(`expected a whole number after "${name}=", found "${text}"`, parser.spanFrom(start));
    return Number(text);
  },
  print: (value) => String(value),
};

const integerFrom = (least: number, what: string): OptionValue<number> => ({
  ...integerOption,
  parse(parser: Parser, name: string) {
    const start = startOf(parser);
    const count = integerOption.parse(parser, name);
    if (count < least)
      parser.fail(
        `expected ${what} of ${least} or more after "${name}=", found ${count}`,
        parser.spanFrom(start),
      );
    return count;
  },
});

/** A whole number of 0 or more. */
export const countOption = integerFrom(0, 'a count');

/** A whole number of 1 or more. */
export const positiveOption = integerFrom(1, 'a number');

/** A text of a certain form. */
export function formedOption(usage: string, form: RegExp, what: string): OptionValue<string> {
  return {
    usage,
    parse(parser: Parser, name: string) {
      const start = startOf(parser);
      const text = takeText(parser, name);
      if (!form.test(text) && !/[$<`]/.test(text))
        parser.fail(`expected ${what} after "${name}=", found "${text}"`, parser.spanFrom(start));
      return text;
    },
    print: printText,
  };
}

/** How many series a chart shows, and which: `10`, `top5`, `bottom5` (Search Reference, chart, "limit"). */
export const seriesLimitOption = formedOption(
  '(top | bottom)<int>',
  /^(?:top|bottom)?\s*\d+$/i,
  'a number of series such as "10" or "top5"',
);

/** The instant that buckets are counted from (Search Reference, bin, "aligntime"). */
export const alignTimeOption = formedOption(
  '(earliest | latest | <time>)',
  /^(?:earliest|latest|\d+(?:\.\d+)?|(?:now(?:\(\))?)?(?:[-+]\d*[a-z]+|@[a-z]+\d?)*)$/i,
  'earliest, latest or a time such as "@d+3h"',
);

/** A number. */
export const numberOption: OptionValue<number> = {
  usage: '<num>',
  parse(parser: Parser, name: string) {
    const start = startOf(parser);
    const text = takeText(parser, name);
    if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text))
      parser.fail(`expected a number after "${name}=", found "${text}"`, parser.spanFrom(start));
    return Number(text);
  },
  print: (value) => String(value),
};

const truths: ReadonlyMap<string, boolean> = new Map([
  ['t', true],
  ['true', true],
  ['1', true],
  ['yes', true],
  ['y', true],
  ['f', false],
  ['false', false],
  ['0', false],
  ['no', false],
  ['n', false],
]);

/** Reads true or false in any of Splunk's spellings; undefined where a word is none. */
export const readTruth = (text: string): boolean | undefined => truths.get(text.toLowerCase());

/** True or false in any of Splunk's spellings. */
export const booleanOption: OptionValue<boolean> = {
  usage: '<bool>',
  parse(parser: Parser, name: string) {
    const start = startOf(parser);
    const text = takeText(parser, name);
    const value = readTruth(text);
    if (value === undefined)
      parser.fail(`expected true or false after "${name}=", found "${text}"`, parser.spanFrom(start));
    return value;
  },
  print: (value) => (value ? 'true' : 'false'),
};

/** One of a few words, in any case; the value is in lower case. */
export function choiceOption<const W extends string>(...words: readonly W[]): OptionValue<W> {
  return {
    usage: `(${words.join(' | ')})`,
    parse(parser: Parser, name: string) {
      const start = startOf(parser);
      const text = takeText(parser, name).toLowerCase();
      const word = words.find((candidate) => candidate === text);
      if (word === undefined)
        parser.fail(
          `expected ${words.map((w) => `"${w}"`).join(' or ')} after "${name}=", found "${text}"`,
          parser.spanFrom(start),
        );
      return word;
    },
    print: (value) => value,
  };
}

function startOf(parser: Parser): number {
  parser.skip();
  return parser.position;
}

// Search Reference, "Time modifiers": abbreviations of units of time.
const units: ReadonlyMap<string, TimeUnit> = new Map<string, TimeUnit>(
  (
    [
      ['us', 'us'],
      ['ms', 'ms'],
      ['cs', 'cs'],
      ['ds', 'ds'],
      ['s', 's sec secs second seconds'],
      ['m', 'm min mins minute minutes'],
      ['h', 'h hr hrs hour hours'],
      ['d', 'd day days'],
      ['w', 'w week weeks'],
      ['mon', 'mon month months'],
      ['q', 'q qtr qtrs quarter quarters'],
      ['y', 'y yr yrs year years'],
    ] as const
  ).flatMap(([unit, names]) => names.split(' ').map((name): [string, TimeUnit] => [name, unit])),
);

/** Reads a span such as `5m`, `1d@d`, `10` or `2log10`; undefined if it is none. */
export function readSpan(text: string): BinSpan | undefined {
  const time = /^(\d+)?([a-z]+)(@\S*)?$/i.exec(text);
  const unit = time === null ? undefined : units.get(time[2]!.toLowerCase());
  if (time !== null && unit !== undefined)
    return {
      kind: 'time',
      count: time[1] === undefined ? 1 : Number(time[1]),
      unit,
      ...(time[3] === undefined ? {} : { snap: time[3] }),
    };
  const log = /^(\d+(?:\.\d+)?)?log(\d+(?:\.\d+)?)?$/i.exec(text);
  if (log !== null) return { kind: 'log', coefficient: Number(log[1] ?? 1), base: Number(log[2] ?? 10) };
  if (/^(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) && Number(text) > 0)
    return { kind: 'number', size: Number(text) };
  return undefined;
}

const partsOfSecond: Readonly<Record<string, number>> = { us: 1e6, ms: 1000, cs: 100, ds: 10 };

/**
 * What is wrong with a span: below a second it must divide it (bin, "Subsecond bin time spans"), the base of a
 * logarithmic one is above 1 and its coefficient from 1 up to the base (bin, "log-span").
 */
function spanFault(span: BinSpan): string | undefined {
  if (span.kind === 'log') {
    if (span.base <= 1) return 'needs a base above 1';
    if (span.coefficient < 1 || span.coefficient >= span.base)
      return `needs a coefficient from 1 up to its base, found ${span.coefficient}`;
  } else if (span.kind === 'time') {
    const parts = partsOfSecond[span.unit];
    if (span.count <= 0) return 'is no length of time';
    if (parts !== undefined && (span.count >= parts || parts % span.count !== 0))
      return 'must divide a second evenly';
  }
  return undefined;
}

/** Writes a span so that `readSpan` gives it back. */
export function printSpan(span: BinSpan): string {
  if (span.kind === 'time') return `${span.count}${span.unit}${span.snap ?? ''}`;
  return span.kind === 'number' ? String(span.size) : `${span.coefficient}log${span.base}`;
}

/** A span of time or numbers. */
export const spanOption: OptionValue<BinSpan> = {
  usage: '<span>',
  parse(parser: Parser, name: string) {
    const start = startOf(parser);
    const text = takeText(parser, name);
    const span = readSpan(text);
    const fault = span === undefined ? undefined : spanFault(span);
    if (fault !== undefined) parser.fail(`the span "${text}" ${fault}`, parser.spanFrom(start));
    if (span === undefined)
      parser.fail(
        `expected a span such as "5m" or "10" after "${name}=", found "${text}"`,
        parser.spanFrom(start),
      );
    return span;
  },
  print: printSpan,
};

/** A condition on an event: a text to search for, a search in parentheses or `eval(…)`. */
export type EventCondition =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'search'; readonly search: SearchExpression }
  | { readonly kind: 'eval'; readonly expression: Expression };

/** The value of `startswith` and `endswith` of transaction. */
export const conditionOption: OptionValue<EventCondition> = {
  usage: '(<string> | (<search>) | eval(<expression>))',
  parse(parser: Parser, name: string) {
    if (parser.takesKeyword('EVAL')) {
      parser.expect('(', ' after "eval"');
      const expression = parseExpression(parser);
      parser.expect(')', ' to close "eval("');
      return { kind: 'eval', expression };
    }
    if (parser.accept('(')) {
      const search = parseSearchExpression(parser);
      parser.expect(')', ' to close "("');
      return { kind: 'search', search };
    }
    return { kind: 'text', text: takeText(parser, name) };
  },
  print(value) {
    if (value.kind === 'eval') return `eval(${printExpression(value.expression)})`;
    return value.kind === 'search' ? `(${printSearchExpression(value.search)})` : printText(value.text);
  },
};
