// The extract command.

import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Extracts fields from pairs of names and values. */
export const extractCommand = defineCommand({
  name: 'extract',
  aliases: ['kv'],
  summary: 'Extracts fields from pairs of names and values.',
  source: 'Search Reference: extract',
  type: 'streaming',
  grammar: form(
    { stanzas: fieldList({ minimum: 0 }) },
    {
      options: {
        segment: booleanOption,
        auto: booleanOption,
        reload: booleanOption,
        limit: integerOption,
        maxchars: integerOption,
        mv_add: booleanOption,
        clean_keys: booleanOption,
        pairdelim: textOption,
        kvdelim: textOption,
        keep_empty_vals: booleanOption,
        autokv: booleanOption,
      },
    },
  ),
  fields: (_, input) => ({ ...input, closed: false, removed: new Set() }),
});
