// The makeresults command.
import { parseJson } from '../runtime/json.js';
import { anyFields, closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { optionalInteger } from '../syntax/grammar-parts.js';
import { booleanOption, choiceOption, integerOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Makes results without any data. */
export const makeresults = defineCommand({
  name: 'makeresults',
  summary: 'Makes results without any data.',
  source: 'Search Reference: makeresults',
  type: 'generating',
  // The examples of searchmatch write the count bare: `| makeresults 1`.
  grammar: form(
    { count: optionalInteger },
    {
      options: {
        count: integerOption,
        annotate: booleanOption,
        splunk_server: textOption,
        splunk_server_group: textOption,
        format: choiceOption('csv', 'json'),
        data: textOption,
      },
    },
  ),
  check(args, { command, report }) {
    const count = args.options.count ?? args.count ?? 1;
    if (count < 0)
      report({
        severity: 'error',
        code: 'invalid-argument',
        message: `"makeresults" takes a count of 0 or more, found ${count}`,
        span: command.span,
      });
    // Search Reference, makeresults: "format" and "data" are used together
    const { format, data } = args.options;
    if ((format === undefined) !== (data === undefined))
      report({
        severity: 'error',
        code: 'argument-count',
        message: `"makeresults" takes ${data === undefined ? 'format= only with data=' : 'data= only with format=csv or format=json'}`,
        span: command.span,
      });
    // Usage: "If makeresults cannot parse the data for the specified format, it returns an error"
    if (format === 'json' && data !== undefined && parseJson(data) === undefined)
      report({
        severity: 'error',
        code: 'invalid-argument',
        message: '"makeresults" cannot read its data as JSON',
        span: command.span,
      });
  },
  fields: (args) => {
    if (args.options.data !== undefined) return anyFields;
    return closedFields(
      args.options.annotate ? ['_time', '_raw', 'host', 'source', 'sourcetype', 'splunk_server'] : ['_time'],
    );
  },
  plan: (args) => ({
    op: 'apply',
    kind: 'generate',
    function: 'makeresults',
    arguments: {
      count: args.options.count ?? args.count ?? 1,
      ...(args.options.annotate ? { annotate: true } : {}),
      ...(args.options.data === undefined
        ? {}
        : { data: args.options.data, format: args.options.format ?? 'csv' }),
    },
    ...(args.options.data === undefined && !args.options.annotate ? { columns: ['_time'] } : {}),
  }),
  withoutEffect: {
    splunk_server: 'results are made in one place',
    splunk_server_group: 'results are made in one place',
  },
  examples: [{ title: 'one row', spl: '| makeresults | eval a=1 | table a', output: [{ a: 1 }] }],
});
