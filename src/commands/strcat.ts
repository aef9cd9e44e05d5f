// The strcat command.
import { addFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { printField, takeField } from '../syntax/grammar-parts.js';
import { booleanOption } from '../syntax/grammar-values.js';
import type { FieldName } from '../syntax/tree.js';
import { defineCommand } from './command.js';

/** What is joined, and last the field it goes to. A quoted part is a text, a bare one a field. */
const parts: Part<readonly FieldName[]> = {
  usage: '(<field> | "<text>") ... <field>',
  parse(parser) {
    const list: FieldName[] = [];
    for (;;) {
      parser.takeOptions();
      const part = parser.atEnd() ? undefined : takeField(parser);
      if (part === undefined) break;
      list.push(part);
      parser.accept(',');
    }
    if (list.length < 2) parser.fail(`"strcat" needs what to join and a field to put it in`);
    return list;
  },
  print: (list) => list.map(printField).join(' '),
};

/** Joins fields and texts into a field. */
export const strcat = defineCommand({
  name: 'strcat',
  summary: 'Joins fields and texts into a field.',
  source: 'Search Reference: strcat',
  type: 'streaming',
  grammar: form({ parts }, { options: { allrequired: booleanOption } }),
  fields: (args, input) =>
    addFields(
      input,
      args.parts.slice(-1).map((part) => part.name),
    ),
  plan: (args, input) => {
    const parts = args.parts.slice(0, -1);
    const target = args.parts.at(-1)?.name ?? '';
    const fields = parts.filter((part) => !part.quoted).map((part) => part.name);
    return {
      op: 'apply',
      kind: 'values',
      function: 'strcat',
      input,
      arguments: {
        parts: parts.map((part) => (part.quoted ? part.name : null)),
        allRequired: args.options.allrequired ?? false,
      },
      reads: [...fields, target],
      writes: [target],
    };
  },
  examples: [
    {
      title: 'texts joined',
      spl: '| strcat a "-" b c',
      input: [{ a: 'x', b: 'y' }],
      output: [{ a: 'x', b: 'y', c: 'x-y' }],
    },
  ],
});
