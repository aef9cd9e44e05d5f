// The search command.

import { withoutInternal } from '../plan/indexes.js';
import { inOneTimeFormat } from '../plan/time-format.js';
import { form } from '../syntax/grammar.js';
import { searchExpression } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Finds events in indexes, or keeps the results that meet a search expression. */
export const searchCommand = defineCommand({
  name: 'search',
  summary: 'Finds events in indexes, or keeps the results that meet a search expression.',
  source: 'Search Reference: search',
  type: 'generating',
  mayFollow: () => true,
  grammar: form({ condition: searchExpression() }),
  fields: (_, input) => input,
  plan: ({ condition }, input, context) => {
    const subsearches = context.subsearches(condition);
    const timed = inOneTimeFormat(condition);
    const expression = input.op === 'scan' ? withoutInternal(timed) : timed;
    return { op: 'filter', input, predicate: { kind: 'search', expression, subsearches } };
  },
  examples: [
    {
      title: 'without case, with wildcards',
      spl: 'search user=AN*',
      input: [{ user: 'ann' }, { user: 'bob' }],
      output: [{ user: 'ann' }],
    },
  ],
});
