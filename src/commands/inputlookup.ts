// The inputlookup command.
import { appended, lookupRows } from '../plan/sources.js';
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { clause, searchExpression, string } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption } from '../syntax/grammar-values.js';
import type { FieldName, SearchExpression } from '../syntax/tree.js';
import { defineCommand } from './command.js';

/** The columns that a condition on the rows of a table names. */
function comparedFields(condition: SearchExpression): FieldName[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.operands.flatMap(comparedFields);
    case 'not':
      return comparedFields(condition.operand);
    case 'comparison':
    case 'in':
      return [condition.field];
    default:
      return [];
  }
}

/** Reads the rows of a lookup table. */
export const inputlookup = defineCommand({
  name: 'inputlookup',
  summary: 'Reads the rows of a lookup table.',
  source: 'Search Reference: inputlookup',
  type: 'generating',
  mayFollow: (args) => args.options.append ?? false,
  grammar: form(
    { lookup: string, where: clause('WHERE', searchExpression()) },
    { options: { append: booleanOption, strict: booleanOption, start: integerOption, max: integerOption } },
  ),
  uses: (args) => ({
    lookups: [{ name: args.lookup, columns: args.where === undefined ? [] : comparedFields(args.where) }],
  }),
  fields: () => anyFields,
  plan: (args, input, context) =>
    appended(input, lookupRows(args.lookup, args.options, args.where, context), args.options.append),
  examples: [
    {
      title: 'rows of a table',
      spl: '| inputlookup hosts where owner=ann',
      lookups: { hosts: 'host,owner\na,ann\nb,bob\n' },
      output: [{ host: 'a', owner: 'ann' }],
    },
  ],
});
