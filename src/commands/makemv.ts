// The makemv command.

import { isUncertain } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { booleanOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';
import { checkPattern } from './shared/check-pattern.js';

/** Splits a field into a multivalue field. */
export const makemv = defineCommand({
  name: 'makemv',
  summary: 'Splits a field into a multivalue field.',
  source: 'Search Reference: makemv',
  type: 'streaming',
  grammar: form(
    { field },
    {
      options: {
        delim: textOption,
        tokenizer: textOption,
        allowempty: booleanOption,
        setsv: booleanOption,
      },
    },
  ),
  check(args, { command, report }) {
    const { tokenizer } = args.options;
    if (tokenizer === undefined || !checkPattern(tokenizer, command.span, report)) return;
    // Search Reference, makemv, "tokenizer": a regular expression with a capturing group
    if (!isUncertain(tokenizer) && !/(?<!\\)\((?!\?(?!P?<[A-Za-z]|'))/.test(tokenizer))
      report({
        severity: 'error',
        code: 'argument-type',
        message: `the tokenizer "${tokenizer}" captures nothing`,
        span: command.span,
        help: 'put brackets around what is a value',
      });
  },
  reads: (args) => [args.field],
  fields: (_, input) => input,
  plan: (args, input, context) => {
    if (args.options.setsv)
      context.refuse(
        'makemv setsv=true gives a field a single value beside its values, which is not done here',
      );
    return {
      op: 'apply',
      kind: 'values',
      function: 'makemv',
      input,
      arguments: {
        ...(args.options.delim === undefined ? {} : { delim: args.options.delim }),
        ...(args.options.tokenizer === undefined ? {} : { tokenizer: args.options.tokenizer }),
        ...(args.options.allowempty ? { allowEmpty: true } : {}),
      },
      reads: [args.field.name],
      writes: [args.field.name],
    };
  },
  examples: [
    {
      title: 'text into values',
      spl: '| makemv delim="," v',
      input: [{ v: 'a,b' }],
      output: [{ v: ['a', 'b'] }],
    },
  ],
});
