// The top command.
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
});
