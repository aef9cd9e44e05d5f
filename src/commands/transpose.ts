// The transpose command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { optionalInteger } from '../syntax/grammar-parts.js';
import { booleanOption, fieldOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Turns rows into columns. */
export const transpose = defineCommand({
  name: 'transpose',
  summary: 'Turns rows into columns.',
  source: 'Search Reference: transpose',
  type: 'transforming',
  grammar: form(
    { count: optionalInteger },
    { options: { column_name: fieldOption, header_field: fieldOption, include_empty: booleanOption } },
  ),
  check(args, { command, report }) {
    const { count = 0 } = args;
    if (count < 0)
      report({
        severity: 'error',
        code: 'invalid-argument',
        message: `"transpose" takes a number of rows of 0 or more, found ${count}`,
        span: command.span,
      });
  },
  readsAll: () => true,
  fields: () => anyFields,
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'transpose',
    input,
    arguments: {
      count: args.count ?? 5,
      columnName: args.options.column_name ?? 'column',
      ...(args.options.header_field === undefined ? {} : { header: args.options.header_field }),
      ...(args.options.include_empty === undefined ? {} : { includeEmpty: args.options.include_empty }),
    },
  }),
  examples: [
    {
      title: 'columns as rows',
      spl: '| transpose',
      input: [{ a: 1, b: 2 }],
      output: [
        { column: 'a', 'row 1': 1 },
        { column: 'b', 'row 1': 2 },
      ],
    },
  ],
});
