// The datamodel command.
import { isEventField } from '../syntax/data-model-name.js';
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
  plan: (args, _input, context) => {
    const [model, dataset, mode] = [args.model?.name, args.dataset?.name, args.mode?.name.toLowerCase()];
    if (model === undefined || dataset === undefined || mode === undefined)
      return context.refuse(
        'the definition of a data model cannot be shown as results',
        'use datamodel <model> <dataset> search',
      );
    const plan = context.dataset(`${model}.${dataset}`);
    if (plan === undefined)
      return context.refuse(
        `unknown data model data set "${model}.${dataset}"`,
        undefined,
        'unknown-dataset',
      );
    if (mode === 'flat') return plan.operator;
    const pairs = plan.fields
      .filter(({ name, owner }) => owner !== '' && (name === 'tag' || !isEventField(name)))
      .map(({ name, owner }) => ({ from: name, to: `${owner}.${name}` }));
    return { op: 'rename', input: plan.operator, pairs };
  },
  examples: [
    {
      title: 'the events of a data set, with their fields under its name',
      spl: '| datamodel Endpoint Processes search | table Processes.process_name',
      input: [
        { tag: ['process', 'report'], process_name: 'cmd.exe' },
        { tag: 'web', process_name: 'x' },
      ],
      output: [{ 'Processes.process_name': 'cmd.exe' }],
    },
  ],
});
