// The analyzefields command.
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

const COLUMNS = ['field', 'count', 'cocur', 'acc', 'balacc'];

/** Scores how well numeric fields predict a class. */
export const analyzefields = defineCommand({
  name: 'analyzefields',
  aliases: ['af'],
  summary: 'Scores how well numeric fields predict a class.',
  source: 'Search Reference: analyzefields',
  type: 'transforming',
  grammar: form({}, { options: { classfield: fieldOption } }),
  check({ options }, { command, report }) {
    if (options.classfield === undefined)
      report({
        severity: 'error',
        code: 'syntax',
        message: `"${command.name}" needs classfield=<field>`,
        span: command.span,
      });
  },
  readsAll: () => true,
  fields: () => closedFields(COLUMNS),
  plan: ({ options }, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'analyzefields',
    input,
    arguments: { class: options.classfield ?? '' },
    columns: COLUMNS,
  }),
  differences: ['distances to the mean of a class are measured in its sample standard deviation'],
  examples: [
    {
      title: 'bytes that tell whether a connection is blocked',
      spl: '| analyzefields classfield=blocked',
      input: [
        { blocked: 'yes', bytes: 10, port: 1 },
        { blocked: 'yes', bytes: 20, port: 9 },
        { blocked: 'no', bytes: 900 },
        { blocked: 'no', bytes: 700 },
      ],
      output: [
        { field: 'bytes', count: 4, cocur: 1, acc: 1, balacc: 1 },
        { field: 'port', count: 2, cocur: 0.5, acc: 1, balacc: 1 },
      ],
    },
  ],
});
