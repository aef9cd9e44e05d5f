// The metasearch command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { searchExpression } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Finds events by their metadata alone. */
export const metasearch = defineCommand({
  name: 'metasearch',
  summary: 'Finds events by their metadata alone.',
  source: 'Search Reference: metasearch',
  type: 'generating',
  grammar: form({ condition: searchExpression() }),
  fields: () => anyFields,
  plan: ({ condition }, input, context) => ({
    op: 'filter',
    input,
    predicate: { kind: 'search', expression: condition, subsearches: context.subsearches(condition) },
  }),
});
