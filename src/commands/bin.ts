// The bin command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { asClause, field } from '../syntax/grammar-parts.js';
import { alignTimeOption, integerOption, numberOption, spanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';
import { checkBins } from './shared/check-bins.js';

/** Puts numbers or times into ranges of equal size. */
export const bin = defineCommand({
  name: 'bin',
  aliases: ['bucket', 'discretize'],
  summary: 'Puts numbers or times into ranges of equal size.',
  source: 'Search Reference: bin',
  type: 'streaming',
  grammar: form(
    { field, as: asClause },
    {
      options: {
        bins: integerOption,
        minspan: spanOption,
        span: spanOption,
        start: numberOption,
        end: numberOption,
        aligntime: alignTimeOption,
      },
    },
  ),
  check(args, { command, report }) {
    checkBins(args.options.bins, command.span, 'bin', report);
  },
  reads: (args) => [args.field],
  fields: (args, input) => (args.as === undefined ? input : addFields(input, [args.as.name])),
  plan: (args, input) => {
    const { span, bins, minspan, start, end, aligntime } = args.options;
    const source = args.field.name;
    const target = args.as?.name ?? source;
    const isTime = source === '_time' || source === '_indextime';
    if (span !== undefined)
      return {
        op: 'apply',
        kind: 'values',
        function: 'bin',
        input,
        arguments: {
          span: { ...span },
          isTime,
          ...(aligntime === undefined ? {} : { alignTime: aligntime }),
        },
        reads: [source],
        writes: [target],
      };
    return {
      op: 'apply',
      kind: 'rows',
      function: 'bin',
      input,
      arguments: {
        field: source,
        as: target,
        bins: bins ?? 100,
        isTime,
        ...(minspan === undefined ? {} : { minspan: { ...minspan } }),
        ...(start === undefined ? {} : { start }),
        ...(end === undefined ? {} : { end }),
        ...(aligntime === undefined ? {} : { alignTime: aligntime }),
      },
    };
  },
  examples: [
    {
      title: 'hours',
      spl: '| bin _time span=1h',
      input: [{ _time: 3700 }, { _time: 7300 }],
      output: [{ _time: 3600 }, { _time: 7200 }],
    },
    {
      title: 'ranges of ten',
      spl: '| bin n span=10',
      input: [{ n: 7 }, { n: 10 }],
      output: [{ n: '0-10' }, { n: '10-20' }],
    },
  ],
});
