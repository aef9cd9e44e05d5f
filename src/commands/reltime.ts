// The reltime command.
import type { Operator } from '../plan/operator.js';
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { optionalField } from '../syntax/grammar-parts.js';
import { textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** A time field and the field that says how long ago it was. */
interface Pair {
  readonly from: string;
  readonly as: string;
}

/**
 * One field gives "reltime"; with a prefix, or of several fields, each gives the prefix and its own name, the prefix
 * being "reltime_" unless another is written (reltime, Usage and examples 3 to 5).
 */
function pairsOf(timefield: string, prefix: string | undefined): Pair[] {
  const names = timefield
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 1 && prefix === undefined) return [{ from: names[0] as string, as: 'reltime' }];
  return names.map((from) => ({ from, as: `${prefix ?? 'reltime_'}${from}` }));
}

/** Says how long ago an event happened. */
export const reltime = defineCommand({
  name: 'reltime',
  summary: 'Says how long ago an event happened.',
  source: 'Search Reference: reltime',
  type: 'streaming',
  grammar: form({ field: optionalField() }, { options: { timefield: textOption, prefix: textOption } }),
  fields: (args, input) =>
    addFields(
      input,
      pairsOf(args.options.timefield ?? args.field?.name ?? '_time', args.options.prefix).map(
        (pair) => pair.as,
      ),
    ),
  plan: (args, input) =>
    pairsOf(args.options.timefield ?? args.field?.name ?? '_time', args.options.prefix).reduce<Operator>(
      (plan, { from, as }) => ({
        op: 'apply',
        kind: 'values',
        function: 'reltime',
        input: plan,
        arguments: {},
        reads: [from],
        writes: [as],
      }),
      input,
    ),
  examples: [
    {
      title: 'how long ago an event was',
      spl: '| reltime | table reltime',
      input: [{ _time: 0 }],
      now: 7200,
      output: [{ reltime: '2 hours ago' }],
    },
  ],
});
