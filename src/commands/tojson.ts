// The tojson command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { booleanOption, fieldOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Writes the fields of every result as one JSON object. */
export const tojson = defineCommand({
  name: 'tojson',
  summary: 'Writes the fields of every result as one JSON object.',
  source: 'Search Reference: tojson',
  type: 'streaming',
  grammar: form(
    { fields: fieldList({ minimum: 0 }) },
    {
      options: {
        default_type: textOption,
        fill_null: booleanOption,
        include_internal: booleanOption,
        output_field: fieldOption,
      },
    },
  ),
  readsAll: (args) => args.fields.length === 0,
  fields: (args, input) => addFields(input, [args.options.output_field ?? '_raw']),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'row',
    function: 'tojson',
    input,
    arguments: {
      fields: args.fields.map((field) => {
        const typed = /^(auto|bool|json|none|num|str)\((.*)\)$/.exec(field.name);
        return { pattern: typed?.[2] ?? field.name, type: typed?.[1] ?? '' };
      }),
      defaultType: args.options.default_type ?? 'none',
      fillNull: args.options.fill_null ?? false,
      internal: args.options.include_internal ?? false,
      output: args.options.output_field ?? '_raw',
    },
  }),
  examples: [
    {
      title: 'fields as JSON',
      spl: '| tojson user output_field=j',
      input: [{ user: 'ann' }],
      output: [{ user: 'ann', j: '{"user":"ann"}' }],
    },
  ],
});
