// The top command.

import { namesOf } from '../plan/aggregation.js';
import type { Operator } from '../plan/operator.js';
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { byClause, fieldList, optionalInteger } from '../syntax/grammar-parts.js';
import { booleanOption, fieldOption, integerOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Finds the most frequent values. */
export const topCommand = defineCommand({
  name: 'top',
  summary: 'Finds the most frequent values.',
  source: 'Search Reference: top',
  type: 'transforming',
  grammar: form(
    { count: optionalInteger, fields: fieldList({ stops: ['BY'] }), by: byClause() },
    {
      options: {
        limit: integerOption,
        countfield: fieldOption,
        percentfield: fieldOption,
        showcount: booleanOption,
        showperc: booleanOption,
        useother: booleanOption,
        otherstr: textOption,
      },
    },
  ),
  reads: (args) => [...args.fields, ...(args.by ?? [])],
  fields: (args) => {
    const { showcount, showperc, countfield, percentfield } = args.options;
    return closedFields([
      ...(args.by ?? []).map((name) => name.name),
      ...args.fields.map((name) => name.name),
      ...(showcount === false ? [] : [countfield ?? 'count']),
      ...(showperc === false ? [] : [percentfield ?? 'percent']),
    ]);
  },
  plan: (args, input) => {
    const { options } = args;
    const by = namesOf(args.by);
    const fields = namesOf(args.fields);
    const countField = options.countfield ?? 'count';
    const counted: Operator = {
      op: 'aggregate',
      input,
      aggregations: [{ function: 'count', as: countField }],
      by: [...by, ...fields],
    };
    return {
      op: 'apply',
      kind: 'rows',
      function: 'top',
      input: counted,
      arguments: {
        fields,
        by,
        limit: options.limit ?? args.count ?? 10,
        ascending: false,
        countField,
        percentField: options.percentfield ?? 'percent',
        showCount: options.showcount ?? true,
        showPercent: options.showperc ?? true,
        useOther: options.useother ?? false,
        otherText: options.otherstr ?? 'OTHER',
      },
    };
  },
  examples: [
    {
      title: 'the most common',
      spl: '| top limit=1 user',
      input: [{ user: 'ann' }, { user: 'ann' }, { user: 'bob' }],
      output: [{ user: 'ann', count: 2, percent: '66.666667' }],
    },
  ],
});
