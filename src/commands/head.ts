// The head command.

import { parseExpression, printExpression } from '../syntax/expression.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { optionalInteger } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption } from '../syntax/grammar-values.js';
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
    { count: optionalInteger, condition: optionalCondition },
    { options: { limit: integerOption, null: booleanOption, keeplast: booleanOption } },
  ),
  fields: (_, input) => input,
});
