// Where the values of an eval expression come from when it only chooses among them or cuts them.
import type { Expression } from '../syntax/tree.js';
import type { Sources } from './step.js';

/** Functions whose result is one of these arguments or a part of one: all, the first, or those at odd places and so on. */
const CHOOSING: ReadonlyMap<string, (args: readonly Expression[]) => readonly Expression[]> = new Map([
  ['coalesce', (args) => args],
  ['mvappend', (args) => args],
  ['if', (args) => args.slice(1)],
  ['case', (args) => args.filter((_, index) => index % 2 === 1)],
  ['validate', (args) => args.filter((_, index) => index % 2 === 1)],
  ...[
    'nullif',
    'lower',
    'trim',
    'ltrim',
    'rtrim',
    'substr',
    'split',
    'mvindex',
    'mvdedup',
    'mvsort',
    'mvreverse',
  ].map((name): [string, (args: readonly Expression[]) => readonly Expression[]] => [
    name,
    (args) => args.slice(0, 1),
  ]),
  ['null', () => []],
]);

/** What the values of an expression are parts of (Search Reference, Evaluation functions); null when they are computed. */
export function expressionSources(tree: Expression): Sources | null {
  switch (tree.kind) {
    case 'field':
      return { fields: [tree.name] };
    case 'string':
    case 'number':
      return { fields: [], values: [tree.value] };
    case 'call': {
      const choose = CHOOSING.get(tree.name.toLowerCase());
      if (choose === undefined) return null;
      const all = choose(tree.arguments).map(expressionSources);
      if (all.includes(null)) return null;
      return {
        fields: all.flatMap((sources) => sources?.fields ?? []),
        values: all.flatMap((sources) => sources?.values ?? []),
      };
    }
    default:
      return null;
  }
}
