// The map command.
import { anyFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import type { Template } from '../syntax/grammar-special.js';
import { template } from '../syntax/grammar-special.js';
import { integerOption, printText, takeText, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

const mapName: Part<string | undefined> = {
  usage: '[<saved-search>]',
  parse: (parser) =>
    parser.atEnd() || parser.atSubsearch() || parser.peekOption() !== undefined
      ? undefined
      : takeText(parser, 'map'),
  print: (value) => printText(value!),
};

const mapSubsearch: Part<Template | undefined> = {
  usage: '[<subsearch>]',
  parse: (parser) => (parser.atSubsearch() ? template.parse(parser) : undefined),
  print: (value) => template.print(value!),
};

/** Runs a search once for every result, with its fields filled in. */
export const mapCommand = defineCommand({
  name: 'map',
  summary: 'Runs a search once for every result, with its fields filled in.',
  source: 'Search Reference: map',
  type: 'orchestrating',
  grammar: form(
    { name: mapName, subsearch: mapSubsearch },
    { options: { search: textOption, maxsearches: integerOption } },
  ),
  check(args, { command, report }) {
    // Search Reference, map: a saved search or search=
    if (args.name === undefined && args.subsearch === undefined && args.options.search === undefined)
      report({
        severity: 'error',
        code: 'syntax',
        message: '"map" needs a saved search or search=<string>',
        span: command.nameSpan,
      });
  },
  readsAll: () => true,
  fields: () => anyFields,
  plan: (args, input, context) => {
    const text = args.options.search;
    const pipeline = args.subsearch?.pipeline ?? (text === undefined ? undefined : context.parse(text));
    if (pipeline === undefined && args.name === undefined)
      return context.refuse('map needs a search', undefined, 'syntax');
    return {
      op: 'apply',
      kind: 'rows',
      function: 'map',
      input,
      arguments: args.options.maxsearches === undefined ? {} : { max: args.options.maxsearches },
      searches: {
        search: pipeline === undefined ? context.savedSearch(args.name ?? '') : context.search(pipeline),
      },
    };
  },
  examples: [
    {
      title: 'a search per row',
      spl: '| map search="| makeresults | eval name=\\"$user$\\" | table name"',
      input: [{ user: 'ann' }, { user: 'bob' }],
      output: [{ name: 'ann' }, { name: 'bob' }],
    },
    {
      title: 'a saved search per row',
      spl: '| table user | map "Logons of a user"',
      input: [{ user: 'ann' }, { user: 'bob' }, { user: 'ann' }],
      savedSearches: { 'Logons of a user': 'user=$user$ | stats count by user' },
      output: [
        { user: 'ann', count: 2 },
        { user: 'bob', count: 1 },
        { user: 'ann', count: 2 },
      ],
    },
  ],
});
