// The contingency command.
import { chartOperator } from '../plan/chart.js';
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption, numberOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Counts how often values of two fields occur together. */
export const contingency = defineCommand({
  name: 'contingency',
  aliases: ['counttable', 'ctable'],
  summary: 'Counts how often values of two fields occur together.',
  source: 'Search Reference: contingency',
  type: 'transforming',
  grammar: form(
    { row: field, column: field },
    {
      options: {
        maxrows: integerOption,
        maxcols: integerOption,
        usetotal: booleanOption,
        totalstr: textOption,
        maxopts: integerOption,
        mincolcover: numberOption,
        minrowcover: numberOption,
      },
    },
  ),
  reads: (args) => [args.row, args.column],
  fields: (args) => ({ ...anyFields, known: new Set([args.row.name]) }),
  plan: (args, input) => {
    const total = args.options.totalstr ?? 'TOTAL';
    const counted = chartOperator(
      input,
      [{ function: 'count', as: 'count' }],
      { limit: String(args.options.maxcols ?? 0), usenull: false },
      undefined,
      { row: args.row.name, column: args.column.name },
    );
    if (args.options.usetotal === false) return counted;
    return {
      op: 'apply',
      kind: 'rows',
      function: 'addtotals',
      input: counted,
      arguments: {
        fields: [],
        row: true,
        col: true,
        fieldName: total,
        labelField: args.row.name,
        label: total,
      },
    };
  },
  examples: [
    {
      title: 'how often actions and results occur together',
      spl: '| contingency action result',
      input: [
        { action: 'login', result: 'ok' },
        { action: 'login', result: 'failed' },
        { action: 'logout', result: 'ok' },
      ],
      output: [
        { action: 'login', failed: 1, ok: 1, TOTAL: 2 },
        { action: 'logout', failed: 0, ok: 1, TOTAL: 1 },
        { failed: 1, ok: 2, TOTAL: 3, action: 'TOTAL' },
      ],
    },
  ],
});
