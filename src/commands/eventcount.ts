// The eventcount command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { booleanOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Counts the events of indexes. */
export const eventcount = defineCommand({
  name: 'eventcount',
  summary: 'Counts the events of indexes.',
  source: 'Search Reference: eventcount',
  type: 'generating',
  grammar: form(
    {},
    {
      options: {
        index: textOption,
        summarize: booleanOption,
        report_size: booleanOption,
        list_vix: booleanOption,
        list_federated_remote: booleanOption,
      },
    },
  ),
  fields: () => anyFields,
});
