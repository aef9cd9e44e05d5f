// The makecontinuous command.

import { form } from '../syntax/grammar.js';
import { optionalField } from '../syntax/grammar-parts.js';
import { alignTimeOption, integerOption, numberOption, spanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Adds results for the steps of a field that are missing. */
export const makecontinuous = defineCommand({
  name: 'makecontinuous',
  summary: 'Adds results for the steps of a field that are missing.',
  source: 'Search Reference: makecontinuous',
  type: 'transforming',
  grammar: form(
    { field: optionalField() },
    {
      options: {
        bins: integerOption,
        span: spanOption,
        start: numberOption,
        end: numberOption,
        aligntime: alignTimeOption,
      },
    },
  ),
  fields: (_, input) => input,
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'makecontinuous',
    input,
    arguments: {
      field: args.field?.name ?? '_time',
      ...(args.options.span === undefined ? {} : { span: { ...args.options.span } }),
      ...(args.options.bins === undefined ? {} : { bins: args.options.bins }),
      ...(args.options.start === undefined ? {} : { start: args.options.start }),
      ...(args.options.end === undefined ? {} : { end: args.options.end }),
      ...(args.options.aligntime === undefined ? {} : { alignTime: args.options.aligntime }),
    },
  }),
  examples: [
    {
      title: 'a row for every hour',
      spl: '| makecontinuous _time span=1h',
      input: [
        { _time: 0, n: 1 },
        { _time: 7200, n: 3 },
      ],
      output: [{ _time: 0, n: 1 }, { _time: 3600 }, { _time: 7200, n: 3 }],
    },
  ],
});
