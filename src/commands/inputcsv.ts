// The inputcsv command.
import { appended, lookupRows } from '../plan/sources.js';
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { clause, searchExpression, string } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Reads the rows of a CSV file. */
export const inputcsv = defineCommand({
  name: 'inputcsv',
  summary: 'Reads the rows of a CSV file.',
  source: 'Search Reference: inputcsv',
  type: 'generating',
  mayFollow: (args) => args.options.append ?? false,
  grammar: form(
    { file: string, where: clause('WHERE', searchExpression()) },
    {
      options: {
        dispatch: booleanOption,
        append: booleanOption,
        strict: booleanOption,
        start: integerOption,
        max: integerOption,
        events: booleanOption,
      },
    },
  ),
  uses: (args) => ({ lookups: [{ name: args.file }] }),
  fields: () => anyFields,
  plan: (args, input, context) =>
    appended(input, lookupRows(args.file, args.options, args.where, context), args.options.append),
  withoutEffect: {
    dispatch: 'a file is found by its name',
    events: 'rows are the same as events and as results',
  },
  examples: [
    {
      title: 'rows of a file',
      spl: '| inputcsv hosts.csv where owner=ann',
      lookups: { 'hosts.csv': 'host,owner\na,ann\nb,bob\n' },
      output: [{ host: 'a', owner: 'ann' }],
    },
  ],
});
