// The datamodel command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { optionalField } from '../syntax/grammar-parts.js';
import { booleanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Reads a data model, or shows its definition. */
export const datamodel = defineCommand({
  name: 'datamodel',
  summary: 'Reads a data model, or shows its definition.',
  source: 'Search Reference: datamodel',
  type: 'generating',
  grammar: form(
    { model: optionalField(), dataset: optionalField(), mode: optionalField() },
    {
      options: {
        strict_fields: booleanOption,
        allow_old_summaries: booleanOption,
        summariesonly: booleanOption,
      },
    },
  ),
  uses: (args) =>
    args.model === undefined
      ? {}
      : {
          dataModels: [
            {
              model: args.model.name,
              ...(args.dataset === undefined ? {} : { dataset: args.dataset.name }),
              span: args.model.span,
            },
          ],
        },
  fields: () => anyFields,
});
