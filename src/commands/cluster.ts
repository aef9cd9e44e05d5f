// The cluster command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import {
  booleanOption,
  choiceOption,
  fieldOption,
  numberOption,
  textOption,
} from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Groups similar events. */
export const cluster = defineCommand({
  name: 'cluster',
  aliases: ['slc'],
  summary: 'Groups similar events.',
  source: 'Search Reference: cluster',
  type: 'streaming',
  grammar: form(
    {},
    {
      options: {
        t: numberOption,
        delims: textOption,
        showcount: booleanOption,
        countfield: fieldOption,
        labelfield: fieldOption,
        field: fieldOption,
        labelonly: booleanOption,
        match: choiceOption('termlist', 'termset', 'ngramset'),
      },
    },
  ),
  check(args, { command, report }) {
    const { t } = args.options;
    // "a number greater than 0.0 and less than 1.0" (cluster, t)
    if (t !== undefined && (t <= 0 || t >= 1))
      report({
        severity: 'error',
        code: 'invalid-argument',
        message: `the threshold of cluster lies between 0 and 1, found t=${t}`,
        span: command.span,
      });
  },
  fields: (args, input) =>
    addFields(input, [
      args.options.labelfield ?? 'cluster_label',
      ...(args.options.showcount ? [args.options.countfield ?? 'cluster_count'] : []),
    ]),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'cluster',
    input,
    arguments: {
      threshold: args.options.t ?? 0.8,
      match: args.options.match ?? 'termlist',
      field: args.options.field ?? '_raw',
      labelField: args.options.labelfield ?? 'cluster_label',
      countField: args.options.countfield ?? 'cluster_count',
      showCount: args.options.showcount ?? false,
      labelOnly: args.options.labelonly ?? false,
      ...(args.options.delims === undefined ? {} : { delimiters: args.options.delims }),
    },
  }),
  examples: [
    {
      title: 'messages that are nearly alike',
      spl: '| cluster t=0.6 showcount=t field=msg | table cluster_label cluster_count msg',
      input: [
        { msg: 'user ann logged in from host a' },
        { msg: 'user bob logged in from host a' },
        { msg: 'disk full' },
      ],
      output: [
        { cluster_label: 1, cluster_count: 2, msg: 'user ann logged in from host a' },
        { cluster_label: 2, cluster_count: 1, msg: 'disk full' },
      ],
    },
  ],
});
