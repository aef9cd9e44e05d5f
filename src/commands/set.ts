// The set command.
import { pipelineFields } from '../syntax/field-flow.js';
import { unionFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { subsearch } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

type SetOperator = 'union' | 'diff' | 'intersect';

const operator: Part<SetOperator> = {
  usage: '(union | diff | intersect)',
  parse: (parser) => parser.expectKeyword('UNION', 'DIFF', 'INTERSECT').toLowerCase() as SetOperator,
  print: (value) => value,
};

/** Takes the union, difference or intersection of two subsearches. */
export const setCommand = defineCommand({
  name: 'set',
  summary: 'Takes the union, difference or intersection of two subsearches.',
  source: 'Search Reference: set',
  type: 'generating',
  grammar: form({ operator, first: subsearch, second: subsearch }),
  fields: (args) => unionFields(pipelineFields(args.first), pipelineFields(args.second)),
  plan: (args, _input, context) => ({
    op: 'apply',
    kind: 'generate',
    function: 'set',
    arguments: { operator: args.operator },
    searches: { first: context.search(args.first), second: context.search(args.second) },
  }),
  examples: [
    {
      title: 'what only the first search finds',
      spl: '| set diff [search a<3 | table a] [search a>1 | table a]',
      input: [{ a: 1 }, { a: 2 }, { a: 3 }],
      output: [{ a: 1 }, { a: 3 }],
    },
  ],
});
