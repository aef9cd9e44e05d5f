// The streamstats command.

import { namesOf, plannedAggregations } from '../plan/aggregation.js';
import { aggregationArguments } from '../plan/chart.js';
import { spanSeconds } from '../runtime/time-bin.js';
import { aggregationNames } from '../syntax/field-flow.js';
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { aggregations, byClause } from '../syntax/grammar-parts.js';
import { parenthesisedOption } from '../syntax/grammar-special.js';
import { booleanOption, integerOption, spanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Adds running statistics to every result, in the order of the results. */
export const streamstats = defineCommand({
  name: 'streamstats',
  summary: 'Adds running statistics to every result, in the order of the results.',
  source: 'Search Reference: streamstats',
  type: 'streaming',
  grammar: form(
    { aggregations: aggregations(), by: byClause() },
    {
      options: {
        reset_on_change: booleanOption,
        reset_before: parenthesisedOption,
        reset_after: parenthesisedOption,
        current: booleanOption,
        window: integerOption,
        time_window: spanOption,
        global: booleanOption,
        allnum: booleanOption,
      },
    },
  ),
  check(args, { command, report }) {
    const { window = 0 } = args.options;
    if (window < 0)
      report({
        severity: 'error',
        code: 'invalid-argument',
        message: `"streamstats" takes a window of 0 or more events, found ${window}`,
        span: command.span,
      });
    // Search Reference, streamstats, "window": the most is 10000, where limits.conf says no other
    else if (window > 10_000)
      report({
        severity: 'warning',
        code: 'invalid-argument',
        message: `"streamstats" takes a window of 10000 events at most, found ${window}`,
        span: command.span,
      });
  },
  reads: (args) => args.by ?? [],
  fields: (args, input) => addFields(input, aggregationNames(args.aggregations)),
  plan: (args, input, context) => {
    const { options } = args;
    const planned = plannedAggregations(args.aggregations, context);
    const { aggregations: list, expressions } = aggregationArguments(planned, options.allnum);
    const window = options.time_window;
    if (window !== undefined && window.kind !== 'time')
      context.refuse('time_window needs a span of time such as 5m', undefined, 'argument-type');
    const by = namesOf(args.by);
    const settings = {
      aggregations: list,
      by,
      current: options.current ?? true,
      window: options.window ?? 0,
      global: options.global ?? true,
      ...(window?.kind === 'time' ? { timeWindow: spanSeconds(window) } : {}),
      resetOnChange: options.reset_on_change ?? false,
    };
    const outputs = planned.map((item) => item.as);
    const looksAtRows =
      window !== undefined ||
      options.reset_before !== undefined ||
      options.reset_after !== undefined ||
      planned.some((item) => item.expression !== undefined || item.field?.includes('*'));
    if (!looksAtRows && new Set(outputs).size === outputs.length)
      return {
        op: 'apply',
        kind: 'values',
        function: 'streamstats',
        input,
        arguments: settings,
        // A count of rows takes nothing; any field stands for it, so that values keep their places.
        reads: ['_time', ...by, ...planned.map((item) => item.field ?? '_time'), ...outputs],
        writes: outputs,
      };
    return {
      op: 'apply',
      kind: 'row',
      function: 'streamstats',
      input,
      arguments: settings,
      expressions: {
        ...expressions,
        ...(options.reset_before === undefined ? {} : { resetBefore: { value: options.reset_before } }),
        ...(options.reset_after === undefined ? {} : { resetAfter: { value: options.reset_after } }),
      },
    };
  },
  examples: [
    {
      title: 'a number for each row',
      spl: '| streamstats count AS n',
      input: [{ user: 'ann' }, { user: 'bob' }],
      output: [
        { user: 'ann', n: 1 },
        { user: 'bob', n: 2 },
      ],
    },
  ],
});
