// The eventcount command.
import { comparisonNode } from '../plan/expressions.js';
import type { Operator } from '../plan/operator.js';
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { booleanOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Counts the events of indexes. */
export const eventcount = defineCommand({
  name: 'eventcount',
  summary: 'Counts the events of indexes.',
  source: 'Search Reference: eventcount',
  type: 'generating',
  grammar: form(
    {},
    {
      options: {
        index: textOption,
        summarize: booleanOption,
        report_size: booleanOption,
        list_vix: booleanOption,
        list_federated_remote: booleanOption,
      },
    },
  ),
  fields: () => anyFields,
  plan: (args, input, context) => {
    if (args.options.report_size) context.refuse('the size of an index is not known here');
    const by = args.options.summarize === false ? ['index'] : [];
    const index = args.options.index;
    const condition: Operator =
      index === undefined || index === '*'
        ? input
        : {
            op: 'filter',
            input,
            predicate: { kind: 'search', expression: comparisonNode('index', index), subsearches: new Map() },
          };
    return {
      op: 'aggregate',
      input: condition,
      aggregations: [{ function: 'count', as: 'count' }],
      by,
      rowForNone: true,
    };
  },
  withoutEffect: {
    list_vix: 'there are no virtual indexes',
    list_federated_remote: 'there are no remote indexes',
  },
  examples: [
    {
      title: 'events there are',
      spl: '| eventcount',
      input: [{ a: 1 }, { a: 2 }],
      output: [{ count: 2 }],
    },
  ],
});
