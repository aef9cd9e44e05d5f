// The eval function searchmatch.
import { textOf } from '../runtime/multivalue.js';
import { defineFunction } from './function.js';

export const searchmatch = defineFunction({
  name: 'searchmatch',
  summary: 'Whether the event matches a search expression, as the search command would judge.',
  source: 'Comparison and Conditional functions',
  usage: 'searchmatch(<search_str>)',
  parameters: { min: 1, max: 1 },
  returns: 'boolean',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (context, search) => {
    const text = textOf(search);
    return text !== null && context.searchMatches?.(text) === true;
  },
  pure: false,
  examples: [],
});
