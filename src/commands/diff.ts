// The diff command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { booleanOption, fieldOption, integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Compares the text of two results. */
export const diff = defineCommand({
  name: 'diff',
  summary: 'Compares the text of two results.',
  source: 'Search Reference: diff',
  type: 'streaming',
  grammar: form(
    {},
    {
      options: {
        position1: integerOption,
        position2: integerOption,
        // the first example of the page writes them short
        pos1: integerOption,
        pos2: integerOption,
        attribute: fieldOption,
        diffheader: booleanOption,
        context: booleanOption,
        maxlen: integerOption,
      },
    },
  ),
  fields: () => anyFields,
  unsupported: 'it compares the raw texts of two results for display only',
});
