// The replace command.

import { namesOf } from '../plan/aggregation.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { clause, fieldList } from '../syntax/grammar-parts.js';
import { printText, takeText } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** One `old WITH new`. */
export interface Replacement {
  readonly from: string;
  readonly to: string;
}

const replacements: Part<readonly Replacement[]> = {
  usage: '<text> WITH <text>, ...',
  parse(parser) {
    const list: Replacement[] = [];
    do {
      const from = takeText(parser, 'replace');
      parser.accept(',');
      parser.expectKeyword('WITH');
      list.push({ from, to: takeText(parser, 'replace') });
      parser.accept(',');
    } while (!parser.atEnd() && !parser.atKeyword('IN'));
    return list;
  },
  print: (list) => list.map((pair) => `${printText(pair.from)} WITH ${printText(pair.to)}`).join(', '),
};

/** Replaces field values; `*` stands for any text. */
export const replaceCommand = defineCommand({
  name: 'replace',
  summary: 'Replaces field values; `*` stands for any text.',
  source: 'Search Reference: replace',
  type: 'streaming',
  grammar: form({ replacements, fields: clause('IN', fieldList()) }),
  check(args, { command, report }) {
    const stars = (text: string): number => text.split('*').length - 1;
    // "the result must have the same number of wildcards, or none at all" (replace, description)
    for (const { from, to } of args.replacements)
      if (stars(to) > 0 && stars(to) !== stars(from))
        report({
          severity: 'error',
          code: 'invalid-argument',
          message: `"${to}" has ${stars(to)} wildcards and "${from}" has ${stars(from)}`,
          span: command.span,
          help: 'a replacement has as many wildcards as what it replaces, or none',
        });
  },
  fields: (_, input) => input,
  plan: (args, input) => ({
    op: 'apply',
    kind: 'row',
    function: 'replace',
    input,
    arguments: {
      pairs: args.replacements.map((pair) => ({ from: pair.from, to: pair.to })),
      ...(args.fields === undefined ? {} : { fields: namesOf(args.fields) }),
    },
    ...(args.fields === undefined || namesOf(args.fields).some((name) => name.includes('*'))
      ? {}
      : { reads: namesOf(args.fields) }),
  }),
  examples: [
    {
      title: 'a value by another',
      spl: '| replace 0 WITH low IN level',
      input: [{ level: '0' }, { level: '1' }],
      output: [{ level: 'low' }, { level: '1' }],
    },
  ],
});
