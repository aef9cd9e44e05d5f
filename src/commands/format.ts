// The format command.
import { closedFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { integerOption, printText, takeText, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** The six texts before, between and behind rows and fields; none or all of them. */
const words: Part<readonly string[] | undefined> = {
  usage:
    '["<row-prefix>" "<column-prefix>" "<column-separator>" "<column-end>" "<row-separator>" "<row-end>"]',
  parse(parser) {
    const list: string[] = [];
    for (;;) {
      parser.takeOptions();
      if (!parser.atString()) break;
      list.push(takeText(parser, 'format'));
    }
    if (list.length !== 0 && list.length !== 6)
      parser.fail(`"format" takes six texts or none, found ${list.length}`);
    return list.length === 0 ? undefined : list;
  },
  print: (list) =>
    list!
      .map((word) => (word === '' ? '""' : printText(word).startsWith('"') ? printText(word) : `"${word}"`))
      .join(' '),
};

/** Writes results as one search expression. */
export const formatCommand = defineCommand({
  name: 'format',
  summary: 'Writes results as one search expression.',
  source: 'Search Reference: format',
  type: 'transforming',
  grammar: form(
    { words },
    { options: { mvsep: textOption, maxresults: integerOption, emptystr: textOption } },
  ),
  readsAll: () => true,
  fields: () => closedFields(['search']),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'format',
    input,
    arguments: {
      words: args.words ?? ['(', '(', 'AND', ')', 'OR', ')'],
      mvsep: args.options.mvsep ?? 'OR',
      max: args.options.maxresults ?? 0,
      emptyText: args.options.emptystr ?? 'NOT( )',
    },
    columns: ['search'],
  }),
  examples: [
    {
      title: 'results as a condition',
      spl: '| format',
      input: [{ user: 'ann' }, { user: 'bob' }],
      output: [{ search: '( ( user="ann" ) OR ( user="bob" ) )' }],
    },
  ],
});
