// The autoregress command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { asClause, field } from '../syntax/grammar-parts.js';
import { textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Copies earlier values of a field into the result. */
export const autoregress = defineCommand({
  name: 'autoregress',
  summary: 'Copies earlier values of a field into the result.',
  source: 'Search Reference: autoregress',
  type: 'streaming',
  grammar: form({ field, as: asClause }, { options: { p: textOption } }),
  reads: (args) => [args.field],
  fields: (args, input) => ({
    ...addFields(input, args.as === undefined ? [] : [args.as.name]),
    closed: false,
  }),
});
