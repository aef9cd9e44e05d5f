// The trendline command.
import { addFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { expectField, printField } from '../syntax/grammar-parts.js';
import type { FieldName } from '../syntax/tree.js';
import { defineCommand } from './command.js';

/** One moving average, such as `sma5(count) AS trend`. */
export interface Trend {
  readonly type: 'sma' | 'ema' | 'wma';
  readonly period: number;
  readonly field: FieldName;
  readonly as?: FieldName;
}

const trendPattern = /(sma|ema|wma)(\d+)\s*\(/iy;

const trends: Part<readonly Trend[]> = {
  usage: '(sma | ema | wma)<period>(<field>) [AS <field>] ...',
  parse(parser) {
    const list: Trend[] = [];
    do {
      parser.skip();
      const match = parser.match(trendPattern);
      if (match === undefined)
        return parser.fail(`expected a trend such as "sma5(<field>)", found ${parser.found()}`);
      const field = expectField(parser);
      parser.expect(')', ` to close "${match[0]}"`);
      const trend = { type: match[1]!.toLowerCase() as Trend['type'], period: Number(match[2]), field };
      list.push(parser.takesKeyword('AS') ? { ...trend, as: expectField(parser) } : trend);
      parser.accept(',');
    } while (!parser.atEnd());
    return list;
  },
  print: (list) =>
    list
      .map((item) => {
        const call = `${item.type}${item.period}(${printField(item.field)})`;
        return item.as === undefined ? call : `${call} AS ${printField(item.as)}`;
      })
      .join(', '),
};

/** Computes moving averages. */
export const trendline = defineCommand({
  name: 'trendline',
  summary: 'Computes moving averages.',
  source: 'Search Reference: trendline',
  type: 'streaming',
  grammar: form({ trends }),
  check(args, { report }) {
    // Search Reference, trendline: the period is a whole number from 2 to 10000
    for (const { type, period, field } of args.trends)
      if (period < 2 || period > 10_000)
        report({
          severity: 'error',
          code: 'invalid-argument',
          message: `the period of "${type}${period}" must lie between 2 and 10000`,
          span: field.span,
        });
  },
  reads: (args) => args.trends.map((item) => item.field),
  fields: (args, input) =>
    addFields(
      input,
      args.trends.map((item) => item.as?.name ?? `${item.type}${item.period}(${item.field.name})`),
    ),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'row',
    function: 'trendline',
    input,
    arguments: {
      trends: args.trends.map((item) => ({
        type: item.type,
        period: item.period,
        field: item.field.name,
        as: item.as?.name ?? `${item.type}${item.period}(${item.field.name})`,
      })),
    },
    reads: args.trends.map((item) => item.field.name),
  }),
  examples: [
    {
      title: 'the average of two rows',
      spl: '| trendline sma2(n) as mean',
      input: [{ n: 1 }, { n: 3 }, { n: 5 }],
      output: [{ n: 1 }, { n: 3, mean: 2 }, { n: 5, mean: 4 }],
    },
  ],
});
