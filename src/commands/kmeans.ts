// The kmeans command.

import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import {
  booleanOption,
  fieldOption,
  formedOption,
  integerOption,
  numberOption,
  textOption,
} from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Groups results around k centres. */
export const kmeans = defineCommand({
  name: 'kmeans',
  summary: 'Groups results around k centres.',
  source: 'Search Reference: kmeans',
  type: 'transforming',
  grammar: form(
    { fields: fieldList({ minimum: 0 }) },
    {
      options: {
        reps: integerOption,
        maxiters: integerOption,
        t: numberOption,
        k: formedOption(
          '<int>[-<int>]',
          /^(?:[2-9]|[1-9]\d+)(?:-(?:[2-9]|[1-9]\d+))?$/,
          'a number of 2 or more, or a range such as 2-5,',
        ),
        cnumfield: fieldOption,
        distype: textOption,
        showcentroid: booleanOption,
      },
    },
  ),
  fields: (_, input) => ({ ...input, closed: false }),
  unsupported: 'it starts from random centres, so no two runs agree',
});
