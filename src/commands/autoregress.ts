// The autoregress command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { asClause, field } from '../syntax/grammar-parts.js';
import { textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Copies earlier values of a field into the result. */
export const autoregress = defineCommand({
  name: 'autoregress',
  aliases: ['ar'],
  summary: 'Copies earlier values of a field into the result.',
  source: 'Search Reference: autoregress',
  type: 'streaming',
  grammar: form({ field, as: asClause }, { options: { p: textOption } }),
  check(args, { command, report }) {
    const p = args.options.p ?? '1';
    const match = /^(\d+)(?:-(\d+))?$/.exec(p);
    const wrong = (message: string): void =>
      report({ severity: 'error', code: 'invalid-argument', message, span: command.span });
    // the first value before is p=1
    if (
      match === null ||
      Number(match[1]) === 0 ||
      (match[2] !== undefined && Number(match[2]) < Number(match[1]))
    )
      wrong(`"p=${p}" is neither a number of 1 or more nor a range like 1-4`);
    // "newfield: Invalid if p is set to a range" (autoregress, newfield)
    else if (match[2] !== undefined && args.as !== undefined)
      wrong(`a range of earlier values has no single new name: leave "AS ${args.as.name}" out`);
  },
  reads: (args) => [args.field],
  fields: (args, input) => ({
    ...addFields(input, args.as === undefined ? [] : [args.as.name]),
    closed: false,
  }),
  plan: (args, input) => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(args.options.p ?? '1');
    const from = Number(match?.[1] ?? 1);
    const to = Number(match?.[2] ?? from);
    const targets = Array.from({ length: Math.max(0, Math.min(to, 10_000) - from + 1) }, (_, index) => ({
      back: from + index,
      as: from === to && args.as !== undefined ? args.as.name : `${args.field.name}_p${from + index}`,
    }));
    return {
      op: 'apply',
      kind: 'row',
      function: 'autoregress',
      input,
      arguments: { field: args.field.name, targets },
      reads: [args.field.name],
    };
  },
  examples: [
    {
      title: 'the value before',
      spl: '| autoregress n',
      input: [{ n: 1 }, { n: 2 }],
      output: [{ n: 1 }, { n: 2, n_p1: 1 }],
    },
  ],
});
