// The multikv command.

import { form } from '../syntax/grammar.js';
import { clause, fieldList } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Extracts fields from text in the shape of a table. */
export const multikv = defineCommand({
  name: 'multikv',
  summary: 'Extracts fields from text in the shape of a table.',
  source: 'Search Reference: multikv',
  type: 'streaming',
  grammar: form(
    {
      fields: clause('FIELDS', fieldList({ stops: ['FILTER'] })),
      filter: clause('FILTER', fieldList({ stops: ['FIELDS'] })),
    },
    {
      options: {
        conf: textOption,
        copyattrs: booleanOption,
        forceheader: integerOption,
        last_heading: textOption,
        multitable: booleanOption,
        noheader: booleanOption,
        rmorig: booleanOption,
      },
    },
  ),
  fields: (_, input) => ({ ...input, closed: false, removed: new Set() }),
});
