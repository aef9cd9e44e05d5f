// The geostats command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { aggregations, byClause } from '../syntax/grammar-parts.js';
import { booleanOption, countOption, fieldOption, numberOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Computes statistics for a map. */
export const geostats = defineCommand({
  name: 'geostats',
  summary: 'Computes statistics for a map.',
  source: 'Search Reference: geostats',
  type: 'transforming',
  grammar: form(
    { aggregations: aggregations(), by: byClause() },
    {
      options: {
        translatetoxy: booleanOption,
        latfield: fieldOption,
        longfield: fieldOption,
        globallimit: countOption,
        locallimit: countOption,
        outputlatfield: fieldOption,
        outputlongfield: fieldOption,
        binspanlat: numberOption,
        binspanlong: numberOption,
        maxzoomlevel: countOption,
      },
    },
  ),
  reads: (args) => args.by ?? [],
  fields: () => anyFields,
  unsupported: 'it serves maps, and its grid of regions is not published',
});
