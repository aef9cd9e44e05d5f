// The rangemap command.
import { addFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { fieldOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** One `name=low-high`; both ends belong to the range. */
export interface NamedRange {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

const rangePattern = /([A-Za-z_][\w.-]*)\s*=\s*"?(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)"?/y;

const ranges: Part<readonly NamedRange[]> = {
  usage: '<name>=<number>-<number> ...',
  parse(parser) {
    const list: NamedRange[] = [];
    for (;;) {
      parser.takeOptions();
      if (parser.atEnd()) return list;
      const match = parser.match(rangePattern);
      if (match === undefined)
        return parser.fail(`expected a range such as "low=0-10", found ${parser.found()}`);
      list.push({ name: match[1]!, low: Number(match[2]), high: Number(match[3]) });
      parser.accept(',');
    }
  },
  print: (list) => list.map((range) => `${range.name}=${range.low}-${range.high}`).join(' '),
};

/** Names the range that a number lies in. */
export const rangemap = defineCommand({
  name: 'rangemap',
  summary: 'Names the range that a number lies in.',
  source: 'Search Reference: rangemap',
  type: 'streaming',
  grammar: form({ ranges }, { options: { field: fieldOption, default: textOption }, open: true }),
  check(args, { command, report }) {
    if (args.options.field === undefined)
      report({
        severity: 'error',
        code: 'syntax',
        message: '"rangemap" needs a field',
        span: command.nameSpan,
        help: 'write rangemap field=<field> <name>=<low>-<high>',
      });
    for (const { name, low, high } of args.ranges)
      if (low > high)
        report({
          severity: 'error',
          code: 'invalid-argument',
          message: `the range "${name}" ends before it begins: ${low}-${high}`,
          span: command.span,
        });
  },
  fields: (_, input) => addFields(input, ['range']),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'values',
    function: 'rangemap',
    input,
    arguments: {
      ranges: args.ranges.map((range) => ({ ...range })),
      default: args.options.default ?? 'None',
    },
    reads: [args.options.field ?? 'count'],
    writes: ['range'],
  }),
  examples: [
    {
      title: 'names for ranges',
      spl: '| rangemap field=n low=0-9 high=10-99',
      input: [{ n: 5 }, { n: 50 }],
      output: [
        { n: 5, range: 'low' },
        { n: 50, range: 'high' },
      ],
    },
  ],
});
