// The anomalydetection command.

import { openFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { booleanOption, choiceOption, numberOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Finds results that are improbable. */
export const anomalydetection = defineCommand({
  name: 'anomalydetection',
  summary: 'Finds results that are improbable.',
  source: 'Search Reference: anomalydetection',
  type: 'streaming',
  grammar: form(
    { fields: fieldList({ minimum: 0 }) },
    {
      options: {
        method: choiceOption('histogram', 'zscore', 'iqr'),
        action: textOption,
        pthresh: numberOption,
        cutoff: booleanOption,
      },
    },
  ),
  fields: (_, input) => openFields(input),
  unsupported: 'its histogram of probabilities is not published',
});
