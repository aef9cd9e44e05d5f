// The multisearch command.
import { interleaved } from '../plan/sources.js';
import { pipelineFields } from '../syntax/field-flow.js';
import { unionFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { subsearches } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Runs several streaming searches at once. */
export const multisearch = defineCommand({
  name: 'multisearch',
  summary: 'Runs several streaming searches at once.',
  source: 'Search Reference: multisearch',
  type: 'generating',
  grammar: form({ subsearches }),
  check(args, { command, report }) {
    if (args.subsearches.length < 2)
      report({
        severity: 'error',
        code: 'syntax',
        message: '"multisearch" takes at least two subsearches',
        span: command.nameSpan,
      });
  },
  fields: (args) =>
    args.subsearches.map((search) => pipelineFields(search)).reduce((a, b) => unionFields(a, b)),
  plan: (args, _input, context) =>
    interleaved(args.subsearches.map((subsearch) => context.search(subsearch))),
  examples: [
    {
      title: 'the newest of two kinds of events',
      spl: '| multisearch [search a=1 | eval kind="one"] [search a=2 | eval kind="two"] | head 2 | table _time kind',
      input: [
        { _time: 30, a: 1 },
        { _time: 20, a: 2 },
        { _time: 10, a: 1 },
      ],
      output: [
        { _time: 30, kind: 'one' },
        { _time: 20, kind: 'two' },
      ],
    },
    {
      title: 'rows of two searches',
      spl: '| multisearch [search a=1 | eval kind="one"] [search a=2 | eval kind="two"]',
      input: [{ a: 1 }, { a: 2 }, { a: 3 }],
      output: [
        { a: 1, kind: 'one' },
        { a: 2, kind: 'two' },
      ],
    },
  ],
});
