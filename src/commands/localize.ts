// The localize command.
import { spanSeconds } from '../runtime/time-bin.js';
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { formedOption, readSpan } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

const timeOption = formedOption('<int>(s | m | h | d)', /^\d+[smhd]?$/i, 'a span of time such as "5m"');

/** Finds the stretches of time in which events lie close together. */
export const localize = defineCommand({
  name: 'localize',
  summary: 'Finds the stretches of time in which events lie close together.',
  source:
    'Search Reference: localize; the names of its further fields (how many events, how long, how dense) are not published',
  type: 'transforming',
  grammar: form({}, { options: { maxpause: timeOption, timeafter: timeOption, timebefore: timeOption } }),
  fields: () => closedFields(['_time', 'starttime', 'endtime']),
  plan: ({ options }, input) => {
    const seconds = (text: string | undefined, standard: number): number => {
      const span = text === undefined ? undefined : readSpan(text);
      return span?.kind === 'time' ? spanSeconds(span) : span?.kind === 'number' ? span.size : standard;
    };
    return {
      op: 'apply',
      kind: 'rows',
      function: 'localize',
      input,
      arguments: {
        pause: seconds(options.maxpause, 60),
        after: seconds(options.timeafter, 30),
        before: seconds(options.timebefore, 30),
      },
    };
  },
  examples: [
    {
      title: 'when errors came, with ten seconds around them',
      spl: '| localize maxpause=1m timebefore=10s timeafter=10s | table starttime endtime',
      input: [{ _time: 1000 }, { _time: 960 }, { _time: 100 }],
      output: [
        { starttime: 950, endtime: 1010 },
        { starttime: 90, endtime: 110 },
      ],
    },
  ],
});
