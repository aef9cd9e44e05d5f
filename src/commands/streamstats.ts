// The streamstats command.
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
  reads: (args) => args.by ?? [],
  fields: (args, input) => addFields(input, aggregationNames(args.aggregations)),
});
