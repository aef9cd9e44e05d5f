// The collect command.

import { form } from '../syntax/grammar.js';
import { booleanOption, choiceOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Writes results to a summary index. */
export const collect = defineCommand({
  name: 'collect',
  aliases: ['stash', 'summaryindex', 'sumindex'],
  summary: 'Writes results to a summary index.',
  source: 'Search Reference: collect',
  type: 'streaming',
  grammar: form(
    {},
    {
      options: {
        index: textOption,
        addtime: booleanOption,
        addinfo: booleanOption,
        file: textOption,
        spool: booleanOption,
        marker: textOption,
        output_format: choiceOption('raw', 'hec'),
        output_as_event: booleanOption,
        testmode: booleanOption,
        run_in_preview: booleanOption,
        host: textOption,
        source: textOption,
        sourcetype: textOption,
        uselb: booleanOption,
      },
    },
  ),
  check(args, { command, report }) {
    // Search Reference, collect, Required arguments: index
    if (args.options.index === undefined)
      report({
        severity: 'error',
        code: 'syntax',
        message: '"collect" needs index=<index>',
        span: command.nameSpan,
      });
  },
  readsAll: () => true,
  fields: (_, input) => input,
  // What it would do beyond letting results pass happens where events are read, or on a server.
  plan: (_args, input) => input,
  withoutEffect: {
    index: 'it says how the summary index is written, which is not done here',
    addtime: 'it says how the summary index is written, which is not done here',
    addinfo: 'it says how the summary index is written, which is not done here',
    file: 'it says how the summary index is written, which is not done here',
    spool: 'it says how the summary index is written, which is not done here',
    marker: 'it says how the summary index is written, which is not done here',
    output_format: 'it says how the summary index is written, which is not done here',
    output_as_event: 'it says how the summary index is written, which is not done here',
    testmode: 'it says how the summary index is written, which is not done here',
    run_in_preview: 'it says how the summary index is written, which is not done here',
    host: 'it says how the summary index is written, which is not done here',
    source: 'it says how the summary index is written, which is not done here',
    sourcetype: 'it says how the summary index is written, which is not done here',
    uselb: 'it says how the summary index is written, which is not done here',
  },
  examples: [
    {
      title: 'rows pass while they are written to an index',
      spl: '| collect index=summary',
      input: [{ user: 'ann', count: 2 }],
      output: [{ user: 'ann', count: 2 }],
    },
  ],
});
