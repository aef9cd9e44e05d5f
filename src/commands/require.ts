// The require command.
import { nothing } from '../syntax/grammar.js';
import { defineCommand } from './command.js';

/** Fails a search that has no results. */
export const requireCommand = defineCommand({
  name: 'require',
  summary: 'Fails a search that has no results.',
  source: 'Search Reference: require',
  type: 'streaming',
  grammar: nothing,
  fields: (_, input) => input,
  plan: (_args, input) => ({ op: 'apply', kind: 'rows', function: 'require', input, arguments: {} }),
  examples: [
    {
      title: 'results pass; a search without any would fail',
      spl: '| require',
      input: [{ a: 1 }],
      output: [{ a: 1 }],
    },
  ],
});
