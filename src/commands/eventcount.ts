// The eventcount command.
import { textNode } from '../plan/expressions.js';
import { eventsOfIndexes } from '../plan/indexes.js';
import type { Operator } from '../plan/operator.js';
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { booleanOption, indexesOption } from '../syntax/grammar-values.js';
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
        index: indexesOption,
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
    const isSplit = args.options.summarize === false;
    const counted: Operator = {
      op: 'aggregate',
      input: eventsOfIndexes(input, args.options.index),
      aggregations: [{ function: 'count', as: 'count' }],
      by: isSplit ? ['index'] : [],
      rowForNone: true,
    };
    if (!isSplit) return counted;
    // "When you specify summarize=false, the command returns four fields: count, index, provider, and server"
    const fields = [
      { name: 'provider', value: textNode('local') },
      { name: 'server', value: textNode('localhost') },
    ];
    return { op: 'extend', input: counted, fields };
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
    {
      title: 'the indexes by themselves; internal ones are named with an underscore only',
      spl: '| eventcount summarize=false index=* index=_a*',
      input: [{ index: 'web' }, { index: '_audit' }, { index: '_internal' }],
      output: [
        { index: '_audit', count: 1, provider: 'local', server: 'localhost' },
        { index: 'web', count: 1, provider: 'local', server: 'localhost' },
      ],
    },
  ],
});
