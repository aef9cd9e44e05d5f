// Parts that a few commands share: sort keys, column splits and conditions.
import { parseExpression, printExpression } from './expression.js';
import type { Part } from './grammar.js';
import { byWords, expectField, printField, takeField } from './grammar-parts.js';
import { integerOption, spanOption } from './grammar-values.js';
import { decodeString, type Parser } from './parser.js';
import { parseFragment, parsePipelineText } from './pipeline.js';
import type { BinSpan, Expression, FieldName, Pipeline } from './tree.js';

/** How sort compares the values of a key. */
export type SortType = 'auto' | 'str' | 'ip' | 'num';

/** One key of sort or of `sortby`. */
export interface SortKey {
  readonly descending: boolean;
  /** Given as `num(x)` and so on; undefined is `auto`. */
  readonly type?: SortType;
  readonly field: FieldName;
}

/** Words behind the keys, which turn the order of all or keep it. */
export const sortDirections = ['D', 'DESC', 'ASC'] as const;

const typedKey = /(auto|str|ip|num)\s*\(/iy;

const signs = /([-+])(\s*)/y;

/**
 * Keys of sort, each with its sign; up to the end. A sign that a blank follows holds for every key behind it that has
 * no sign of its own (searchbnf.conf: sort-command).
 */
export const sortKeys: Part<readonly SortKey[]> = {
  usage: '[-|+]<field>, ...',
  parse(parser) {
    const keys: SortKey[] = [];
    let isDescending = false;
    let isListed = true;
    for (;;) {
      parser.takeOptions();
      if (parser.atEnd()) break;
      // The last word alone can be the one that turns the order round; before it and behind a comma it is a field.
      if (!isListed && isLastWord(parser, sortDirections)) break;
      const sign = parser.match(signs);
      const descending: boolean = sign === undefined ? isDescending : sign[1] === '-';
      if (sign?.[2] !== '') isDescending = descending;
      const key = takeSortKey(parser, descending);
      if (key === undefined) break;
      keys.push(key);
      isListed = parser.accept(',');
    }
    if (keys.length === 0) parser.fail(`expected a field, found ${parser.found()}`);
    return keys;
  },
  print: (keys) => keys.map(printSortKey).join(', '),
};

/** Whether one of the keywords comes next and nothing behind it. */
function isLastWord(parser: Parser, keywords: readonly string[]): boolean {
  const start = parser.position;
  const isLast = parser.oneOf(keywords) !== undefined && parser.atEnd();
  parser.position = start;
  return isLast;
}

function takeSortKey(parser: Parser, descending: boolean): SortKey | undefined {
  const type = parser.match(typedKey)?.[1]?.toLowerCase() as SortType | undefined;
  if (type !== undefined) {
    const field = expectField(parser);
    parser.expect(')', ` to close "${type}("`);
    return { descending, type, field };
  }
  const field = takeField(parser);
  return field === undefined ? undefined : { descending, field };
}

function printSortKey(key: SortKey): string {
  const name = printField(key.field);
  return `${key.descending ? '-' : '+'}${key.type === undefined ? name : `${key.type}(${name})`}`;
}

/** A condition in `where` of chart and timechart: `max > 10`, `sum in top5`. */
export interface SeriesFilter {
  readonly aggregate: string;
  readonly test:
    | {
        readonly kind: 'rank';
        readonly from: 'top' | 'bottom';
        readonly count: number;
        readonly negated: boolean;
      }
    | {
        readonly kind: 'comparison';
        readonly operator: '<' | '>' | '<=' | '>=' | '=' | '!=';
        readonly value: number;
      };
}

const aggregateName = /[A-Za-z_]\w*(?:\([^()|"]*\))?/y;
const rankPattern = /(notin|not\s+in|in)\s+(top|bottom)(\d+)/iy;
const comparisonPattern = /(<=|>=|!=|<|>|=)\s*(-?\d+(?:\.\d+)?)/y;

/** The `where` of chart and timechart, or nothing. */
export const seriesFilter: Part<SeriesFilter | undefined> = {
  usage: '[WHERE <aggregate> (<comparison> | IN topN)]',
  parse(parser: Parser) {
    if (!parser.takesKeyword('WHERE')) return undefined;
    parser.skip();
    const aggregate = parser.take(aggregateName);
    if (aggregate === undefined)
      return parser.fail(`expected an aggregate after "WHERE", found ${parser.found()}`);
    parser.skip();
    const rank = parser.match(rankPattern);
    if (rank !== undefined)
      return {
        aggregate,
        test: {
          kind: 'rank',
          from: rank[2]!.toLowerCase() as 'top' | 'bottom',
          count: Number(rank[3]),
          negated: rank[1]!.toLowerCase() !== 'in',
        },
      };
    const comparison = parser.match(comparisonPattern);
    if (comparison === undefined)
      return parser.fail(
        `expected a comparison or "in topN" after "WHERE ${aggregate}", found ${parser.found()}`,
      );
    return {
      aggregate,
      test: {
        kind: 'comparison',
        operator: comparison[1] as '<' | '>' | '<=' | '>=' | '=' | '!=',
        value: Number(comparison[2]),
      },
    };
  },
  print(filter) {
    const { aggregate, test } = filter!;
    return test.kind === 'rank'
      ? `WHERE ${aggregate} ${test.negated ? 'NOT IN' : 'IN'} ${test.from}${test.count}`
      : `WHERE ${aggregate}${test.operator}${test.value}`;
  },
};

/** Bins of the values of a field that is split by. */
export interface SplitBins {
  readonly span?: BinSpan;
  readonly bins?: number;
  readonly minspan?: BinSpan;
  readonly start?: number;
  readonly end?: number;
  readonly aligntime?: string;
}
/** A field of the BY of chart and timechart; `bin` is written behind it. */
export type SplitField = FieldName & { readonly bin?: SplitBins };

/**
 * The BY of chart and timechart, or nothing: `span` and `bins` behind a field belong to it
 * (Search Reference, timechart, "Split-by fields").
 */
export function splitClause(...stops: readonly string[]): Part<readonly SplitField[] | undefined> {
  return {
    usage: '[BY <field> [span=<span>] [bins=<int>] ...]',
    parse(parser) {
      if (parser.oneOf(byWords) === undefined) return undefined;
      const fields: SplitField[] = [];
      for (;;) {
        const last = fields.at(-1);
        const option = parser.peekOption();
        if (last !== undefined && (option === 'span' || option === 'bins')) {
          parser.takeOption();
          const value =
            option === 'span'
              ? { span: spanOption.parse(parser, option) }
              : { bins: integerOption.parse(parser, option) };
          fields[fields.length - 1] = { ...last, bin: { ...last.bin, ...value } };
          parser.accept(',');
          continue;
        }
        if (parser.options?.take(parser)) continue;
        if (parser.atEnd() || parser.peekOneOf(stops) !== undefined) break;
        if (last !== undefined && parser.atKeyword('AS'))
          parser.fail(
            `"${parser.command}" gives what it splits by no other name`,
            undefined,
            'write rename behind it',
          );
        const field = takeField(parser);
        if (field === undefined) break;
        fields.push(field);
        while (parser.accept(',')) {
          // commas too many are ignored, as Splunk does
        }
      }
      if (fields.length === 0) parser.fail(`expected a field, found ${parser.found()}`);
      return fields;
    },
    print: (fields) => `BY ${fields!.map(printSplit).join(', ')}`,
  };
}

function printSplit(field: SplitField): string {
  const { span, bins } = field.bin ?? {};
  return [
    printField(field),
    ...(span === undefined ? [] : [`span=${spanOption.print(span)}`]),
    ...(bins === undefined ? [] : [`bins=${integerOption.print(bins)}`]),
  ].join(' ');
}

const gluedText = /(?:\\"|[^\s"|])+/y;

/**
 * An expression in parentheses, as the value of an option such as `reset_before`. The Search Reference also writes it
 * in pieces of strings: `"("match(test,\\"yes\\")")"`.
 */
export const parenthesisedOption = {
  usage: '(<expression>)',
  parse(parser: Parser, name: string): Expression {
    parser.skip();
    const start = parser.position;
    if (parser.accept('(')) {
      const condition = parseExpression(parser);
      parser.expect(')', ` to close "${name}=("`);
      return condition;
    }
    let text = '';
    while (parser.position < parser.end) {
      if (parser.atStringHere()) text += parser.string();
      else {
        const piece = parser.take(gluedText);
        if (piece === undefined) break;
        text += decodeString(piece);
      }
    }
    const { value } = parseFragment(text, parser.language, parseExpression);
    return value ?? parser.fail(`expected "(" after "${name}=", found "${text}"`, parser.spanFrom(start));
  },
  print: (value: Expression): string => `(${printExpression(value)})`,
};

/** A subsearch that is run again and again with text filled in: the text is what counts, the tree is how it reads now. */
export interface Template {
  readonly text: string;
  readonly pipeline: Pipeline;
}

/** A subsearch whose text holds `<<FIELD>>` or `$field$`. */
export const template: Part<Template> = {
  usage: '<subsearch>',
  parse(parser) {
    if (!parser.atSubsearch()) parser.fail(`expected a subsearch in brackets, found ${parser.found()}`);
    const start = parser.position;
    const pipeline = parser.subsearch();
    const text = parser.text
      .slice(start + 1, parser.position)
      .replace(/\]$/, '')
      .trim();
    return { text, pipeline };
  },
  print: (value) => `[ ${value.text} ]`,
};

/** Reads the text of a template after it has been filled in. */
export const parseTemplate = parsePipelineText;
