// The anomalousvalue command.

import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { integerOption, numberOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Scores how unusual field values are. */
export const anomalousvalue = defineCommand({
  name: 'anomalousvalue',
  summary: 'Scores how unusual field values are.',
  source: 'Search Reference: anomalousvalue',
  type: 'streaming',
  grammar: form(
    { fields: fieldList({ minimum: 0 }) },
    {
      options: {
        action: textOption,
        pthresh: numberOption,
        maxanofreq: numberOption,
        minnormfreq: numberOption,
        minsupfreq: numberOption,
        minsupcount: integerOption,
        maxvalues: integerOption,
      },
    },
  ),
  fields: (_, input) => ({ ...input, closed: false }),
  unsupported: 'its model of frequencies is not published',
});
