// The transaction command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { booleanOption, conditionOption, integerOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Groups events into transactions. */
export const transaction = defineCommand({
  name: 'transaction',
  summary: 'Groups events into transactions.',
  source: 'Search Reference: transaction',
  type: 'dataset processing',
  grammar: form(
    { fields: fieldList({ minimum: 0 }) },
    {
      options: {
        name: textOption,
        maxspan: textOption,
        maxpause: textOption,
        maxevents: integerOption,
        startswith: conditionOption,
        endswith: conditionOption,
        connected: booleanOption,
        unifyends: booleanOption,
        keeporphans: booleanOption,
        keepevicted: booleanOption,
        maxopentxn: integerOption,
        maxopenevents: integerOption,
        delim: textOption,
        mvlist: textOption,
        mvraw: booleanOption,
        nullstr: textOption,
      },
    },
  ),
  reads: (args) => args.fields,
  fields: (_, input) =>
    addFields(input, ['duration', 'eventcount', 'closed_txn', 'field_match_sum', 'linecount']),
});
