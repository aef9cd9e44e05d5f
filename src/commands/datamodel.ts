// The datamodel command.
import { defaultFields } from '../default-fields.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import type { Operator } from '../plan/operator.js';
import { isEventField } from '../syntax/data-model-name.js';
import { anyFields, isUncertain } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { optionalField } from '../syntax/grammar-parts.js';
import { booleanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

// "<data model search mode> options" (Search Reference, datamodel): results first, then the text of the search.
const modes: readonly string[] = [
  'search',
  'flat',
  'acceleration_search',
  'search_string',
  'flat_string',
  'acceleration_search_string',
];

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
  check({ mode }, { report }) {
    if (mode === undefined || isUncertain(mode.name) || modes.includes(mode.name.toLowerCase())) return;
    const help = didYouMean(mode.name.toLowerCase(), modes);
    report({
      severity: 'error',
      code: 'invalid-argument',
      message: `"datamodel" knows no mode "${mode.name}"`,
      span: mode.span,
      ...(help === undefined ? {} : { help }),
    });
  },
  fields: () => anyFields,
  plan: (args, _input, context) => {
    const [model, dataset, mode] = [args.model?.name, args.dataset?.name, args.mode?.name.toLowerCase()];
    if (model === undefined || dataset === undefined || mode === undefined)
      return context.refuse(
        'the definition of a data model cannot be shown as results',
        'use datamodel <model> <dataset> search',
      );
    if (mode.endsWith('_string'))
      return context.refuse('the text of the search behind a data set cannot be shown as a result');
    const plan = context.dataset(`${model}.${dataset}`);
    if (plan === undefined) return context.refuseDataset(`${model}.${dataset}`);
    const own = plan.fields.filter(
      ({ name, owner }) => owner !== '' && (name === 'tag' || !isEventField(name)),
    );
    // strict_fields, true unless set: only fields that the data set specifies, beside those of every event.
    const isStrict = args.options.strict_fields !== false && own.length > 0;
    const input: Operator = isStrict
      ? {
          op: 'project',
          input: plan.operator,
          mode: 'keep',
          fields: [...defaultFields, 'tag::*', ...own.map(({ name }) => name)],
          internal: true,
        }
      : plan.operator;
    // acceleration_search gives what search does, for a root.
    if (mode === 'flat') return input;
    const pairs = own.map(({ name, owner }) => ({ from: name, to: `${owner}.${name}` }));
    return { op: 'rename', input, pairs };
  },
  withoutEffect: {
    summariesonly: 'data sets are read from events, never from summaries',
    allow_old_summaries: 'data sets are read from events, never from summaries',
  },
  examples: [
    {
      title: 'fields that are not those of the data set, only when they are asked for',
      spl: '| datamodel Web Web flat strict_fields=false | table url other',
      input: [{ tag: 'web', url: '/a', other: 1 }],
      output: [{ url: '/a', other: 1 }],
    },
    {
      title: 'the fields of a child, each under the name of the data set that declares it',
      spl: '| datamodel Certificates SSL search | table All_Certificates.dest All_Certificates.SSL.ssl_subject',
      input: [
        { tag: ['certificate', 'ssl'], dest: 'a', ssl_subject: 'CN=a' },
        { tag: 'certificate', dest: 'b', ssl_subject: 'CN=b' },
      ],
      output: [{ 'All_Certificates.dest': 'a', 'All_Certificates.SSL.ssl_subject': 'CN=a' }],
    },
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
