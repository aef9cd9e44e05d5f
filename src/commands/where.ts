// The where command.

import { returnType } from '../syntax/check-calls.js';
import { form } from '../syntax/grammar.js';
import { expression } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Keeps the results for which an eval expression is true. */
export const where = defineCommand({
  name: 'where',
  summary: 'Keeps the results for which an eval expression is true.',
  source: 'Search Reference: where',
  type: 'streaming',
  grammar: form({ condition: expression }),
  check({ condition }, { language, report }) {
    // Search Reference, where: the expression must give a Boolean; what a field or another function gives is not known
    const type = returnType(condition, language);
    const isSum = condition.kind === 'binary' && condition.operator === '+';
    if (isSum || type === 'string' || type === 'number')
      report({
        severity: 'error',
        code: 'argument-type',
        message: '"where" takes a condition, found a value',
        span: condition.span,
      });
  },
  fields: (_, input) => input,
  plan: ({ condition }, input, context) => ({
    op: 'filter',
    input,
    predicate: { kind: 'eval', expression: condition, subsearches: context.subsearches(condition) },
  }),
  examples: [
    {
      title: 'a comparison of two fields',
      spl: '| where a>b',
      input: [
        { a: 2, b: 1 },
        { a: 1, b: 2 },
      ],
      output: [{ a: 2, b: 1 }],
    },
  ],
});
