// The anomalies command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { byClause } from '../syntax/grammar-parts.js';
import {
  booleanOption,
  fieldOption,
  integerOption,
  numberOption,
  textOption,
} from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Scores how unexpected events are. */
export const anomalies = defineCommand({
  name: 'anomalies',
  summary: 'Scores how unexpected events are.',
  source: 'Search Reference: anomalies',
  type: 'streaming',
  grammar: form(
    { by: byClause() },
    {
      options: {
        threshold: numberOption,
        labelonly: booleanOption,
        normalize: booleanOption,
        maxvalues: integerOption,
        field: fieldOption,
        denylist: textOption,
        blacklist: textOption,
        denylistthreshold: numberOption,
        blacklistthreshold: numberOption,
      },
    },
  ),
  fields: (_, input) => addFields(input, ['unexpectedness']),
  unsupported: 'its measure of similarity is not published',
});
