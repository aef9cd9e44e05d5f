// The rename command.
import { isUncertain, renameFields, wildcardsIn } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { expectField, printField } from '../syntax/grammar-parts.js';
import type { FieldName } from '../syntax/tree.js';
import { defineCommand } from './command.js';

/** One `old AS new`. Both may hold the same number of wildcards. */
export interface Rename {
  readonly from: FieldName;
  readonly to: FieldName;
}

const renames: Part<readonly Rename[]> = {
  usage: '<field> AS <field>, ...',
  parse(parser) {
    const list: Rename[] = [];
    do {
      const from = expectField(parser);
      parser.expectKeyword('AS');
      list.push({ from, to: expectField(parser) });
      while (parser.accept(',')) {
        // commas are optional
      }
    } while (!parser.atEnd());
    return list;
  },
  print: (list) => list.map((pair) => `${printField(pair.from)} AS ${printField(pair.to)}`).join(', '),
};

/** Gives fields other names; wildcards rename many at once. */
export const rename = defineCommand({
  name: 'rename',
  summary: 'Gives fields other names; wildcards rename many at once.',
  source: 'Search Reference: rename',
  type: 'streaming',
  grammar: form({ renames }),
  sets: (args) => args.renames.map(({ to }) => to),
  check(args, { report }) {
    // Search Reference, rename, Usage: as many wildcards in both names, and one new name for each field
    const renamed = new Set<string>();
    for (const { from, to } of args.renames) {
      if (isUncertain(from.name) || isUncertain(to.name)) continue;
      if (wildcardsIn(from.name) !== wildcardsIn(to.name))
        report({
          severity: 'error',
          code: 'invalid-argument',
          message: `"${from.name}" and "${to.name}" must have the same number of wildcards`,
          span: to.span,
        });
      if (renamed.has(from.name))
        report({
          severity: 'error',
          code: 'invalid-argument',
          message: `"${from.name}" is renamed twice`,
          span: from.span,
          help: `write eval '${to.name}'='<field>' for a copy`,
        });
      renamed.add(from.name);
    }
  },
  reads: (args) => args.renames.map((pair) => pair.from),
  fields: (args, input) =>
    renameFields(
      input,
      args.renames.map((pair) => [pair.from.name, pair.to.name] as const),
    ),
  plan: (args, input) => ({
    op: 'rename',
    input,
    pairs: args.renames.map((pair) => ({ from: pair.from.name, to: pair.to.name })),
  }),
  examples: [
    {
      title: 'a prefix away',
      spl: '| rename Processes.* AS *',
      input: [{ 'Processes.user': 'ann' }],
      output: [{ user: 'ann' }],
    },
  ],
});
