// The regex command.

import type { Span } from '../diagnostic/diagnostic.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { printText, takeText } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';
import { checkPattern } from './shared/check-pattern.js';

/** `field=pattern`, `field!=pattern`, or a pattern alone, which `_raw` is tested with. */
export interface RegexTest {
  readonly field?: string;
  readonly negated: boolean;
  readonly pattern: string;
  readonly patternSpan: Span;
}

const before = /(?:"([^"\s]+)"|([^\s"=!|]+))\s*(!=|=)\s*/y;

const test: Part<RegexTest> = {
  usage: '[<field>(= | !=)]<regex>',
  parse(parser) {
    parser.skip();
    const match = parser.match(before);
    parser.skip();
    const start = parser.position;
    const name = match?.[1] ?? match?.[2];
    const pattern = takeText(parser, name ?? 'regex');
    return {
      ...(name === undefined ? {} : { field: name }),
      negated: match?.[3] === '!=',
      pattern,
      patternSpan: parser.spanFrom(start),
    };
  },
  print(value) {
    const pattern = printText(value.pattern);
    if (value.field === undefined) return pattern;
    return `${value.field}${value.negated ? '!=' : '='}${pattern}`;
  },
};

/** Keeps the results that match, or do not match, a regular expression. */
export const regex = defineCommand({
  name: 'regex',
  summary: 'Keeps the results that match, or do not match, a regular expression.',
  source: 'Search Reference: regex',
  type: 'streaming',
  grammar: form({ test }),
  check(args, { report }) {
    checkPattern(args.test.pattern, args.test.patternSpan, report);
  },
  fields: (_, input) => input,
  plan: (args, input) => ({
    op: 'filter',
    input,
    predicate: {
      kind: 'regex',
      field: args.test.field ?? '_raw',
      pattern: args.test.pattern,
      negated: args.test.negated,
    },
  }),
  examples: [
    {
      title: 'rows that match',
      spl: '| regex user="^a"',
      input: [{ user: 'ann' }, { user: 'bob' }],
      output: [{ user: 'ann' }],
    },
  ],
});
