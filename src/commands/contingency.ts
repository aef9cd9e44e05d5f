// The contingency command.
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
        mincolcover: numberOption,
        minrowcover: numberOption,
      },
    },
  ),
  reads: (args) => [args.row, args.column],
  fields: (args) => ({ ...anyFields, known: new Set([args.row.name]) }),
  plan: (args, input) => {
    const { options } = args;
    // no more than 1000 values of either field are used, whatever is asked for
    const limit = (asked: number | undefined): number => Math.min(asked || 1000, 1000);
    return {
      op: 'apply',
      kind: 'rows',
      function: 'contingency',
      input,
      arguments: {
        row: args.row.name,
        column: args.column.name,
        maxRows: limit(options.maxrows),
        maxColumns: limit(options.maxcols),
        rowCover: options.minrowcover ?? 1,
        columnCover: options.mincolcover ?? 1,
        ...(options.usetotal === false ? {} : { total: options.totalstr ?? 'TOTAL' }),
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
        { action: 'login', ok: 1, failed: 1, TOTAL: 2 },
        { action: 'logout', ok: 1, failed: 0, TOTAL: 1 },
        { action: 'TOTAL', ok: 2, failed: 1, TOTAL: 3 },
      ],
    },
  ],
});
