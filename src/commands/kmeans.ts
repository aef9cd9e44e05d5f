// The kmeans command.

import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import {
  booleanOption,
  choiceOption,
  fieldOption,
  formedOption,
  integerOption,
  numberOption,
} from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** The measures of kmeans with their short names (Search Reference, kmeans, "distype"). */
const distances = [
  'l1',
  'l1norm',
  'cityblock',
  'cb',
  'l2',
  'l2norm',
  'sq',
  'sqeuclidean',
  'cos',
  'cosine',
] as const;

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
        distype: choiceOption(...distances),
        dt: choiceOption(...distances),
        cfield: fieldOption,
        showcentroid: booleanOption,
      },
    },
  ),
  fields: (_, input) => ({ ...input, closed: false }),
  unsupported: 'it starts from random centres, so no two runs agree',
});
