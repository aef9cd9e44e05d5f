// The head command.

import { parseExpression, printExpression } from '../syntax/expression.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { optionalCount } from '../syntax/grammar-parts.js';
import { booleanOption, countOption } from '../syntax/grammar-values.js';
import type { Expression } from '../syntax/tree.js';
import { defineCommand } from './command.js';

const optionalCondition: Part<Expression | undefined> = {
  usage: '[(<expression>)]',
  parse: (parser) => (parser.atEnd() ? undefined : parseExpression(parser)),
  print: (value) => `(${printExpression(value!)})`,
};

/** Keeps the first results, or those up to where a condition ends. */
export const head = defineCommand({
  name: 'head',
  summary: 'Keeps the first results, or those up to where a condition ends.',
  source: 'Search Reference: head',
  type: 'dataset processing',
  grammar: form(
    { count: optionalCount, condition: optionalCondition },
    { options: { limit: countOption, null: booleanOption, keeplast: booleanOption } },
  ),
  check(args, { command, report }) {
    if (args.count !== undefined && args.options.limit !== undefined)
      report({
        severity: 'error',
        code: 'syntax',
        message: '"head" takes one limit only',
        span: command.nameSpan,
      });
    if (args.count !== undefined && args.condition !== undefined)
      report({
        severity: 'error',
        code: 'syntax',
        message: '"head" takes a number or a condition, found both',
        span: args.condition.span,
        help: 'write limit=<n> beside the condition',
      });
    if (args.count === undefined && args.condition?.kind === 'number')
      report({
        severity: 'error',
        code: 'argument-type',
        message: `"head" takes a whole number or a condition, found ${args.condition.text}`,
        span: args.condition.span,
      });
    if (args.count === undefined && args.condition?.kind === 'field')
      report({
        severity: 'error',
        code: 'argument-type',
        message: `"head" takes a number or a condition, found the field "${args.condition.name}"`,
        span: args.condition.span,
      });
  },
  fields: (_, input) => input,
  plan: (args, input, context) => {
    const given = args.options.limit ?? args.count;
    if (args.options.limit !== undefined && args.count !== undefined)
      context.refuse('head takes one limit, found two', 'write head limit=<n> or head <n>', 'syntax');
    const condition = args.condition;
    if (condition === undefined) return { op: 'limit', input, count: given ?? 10, from: 'start' };
    const until = {
      op: 'apply',
      kind: 'rows',
      function: 'headUntil',
      input,
      arguments: { keepLast: args.options.keeplast ?? false, keepNull: args.options.null ?? false },
      expressions: { condition: { value: condition } },
    } as const;
    return given === undefined ? until : { op: 'limit', input: until, count: given, from: 'start' };
  },
  examples: [{ title: 'the first row', spl: '| head 1', input: [{ n: 1 }, { n: 2 }], output: [{ n: 1 }] }],
});
