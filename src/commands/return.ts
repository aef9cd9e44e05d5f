// The return command.
import { closedFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { expectField, optionalCount, printField } from '../syntax/grammar-parts.js';
import type { FieldName } from '../syntax/tree.js';
import { defineCommand } from './command.js';

/** `field` returns name and value, `alias=field` another name, `$field` the value alone. */
export type ReturnItem =
  | { readonly kind: 'field'; readonly field: FieldName }
  | { readonly kind: 'alias'; readonly alias: string; readonly field: FieldName }
  | { readonly kind: 'value'; readonly field: FieldName };

const items: Part<readonly ReturnItem[]> = {
  usage: '(<field> | <alias>=<field> | $<field>) ...',
  parse(parser) {
    const list: ReturnItem[] = [];
    while (!parser.atEnd()) {
      if (parser.accept('$')) list.push({ kind: 'value', field: expectField(parser) });
      else {
        const field = expectField(parser);
        if (parser.accept('=')) list.push({ kind: 'alias', alias: field.name, field: expectField(parser) });
        else list.push({ kind: 'field', field });
      }
      parser.accept(',');
    }
    return list;
  },
  print: (list) =>
    list
      .map((item) => {
        const name = printField(item.field);
        return item.kind === 'field' ? name : item.kind === 'alias' ? `${item.alias}=${name}` : `$${name}`;
      })
      .join(' '),
};

/** Writes results as the text that the search around a subsearch reads. */
export const returnCommand = defineCommand({
  name: 'return',
  summary: 'Writes results as the text that the search around a subsearch reads.',
  source: 'Search Reference: return',
  type: 'transforming',
  grammar: form({ count: optionalCount, items }),
  fields: () => closedFields(['search']),
  plan: (args, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'return',
    input,
    arguments: {
      count: args.count ?? 1,
      items: args.items.map((item) => ({
        kind: item.kind,
        field: item.field.name,
        ...(item.kind === 'alias' ? { alias: item.alias } : {}),
      })),
    },
    reads: args.items.map((item) => item.field.name),
    columns: ['search'],
  }),
  examples: [
    {
      title: 'results as the text of a condition',
      spl: '| return 2 user',
      input: [{ user: 'ann' }, { user: 'bob' }],
      output: [{ search: '(user="ann") OR (user="bob")' }],
    },
  ],
});
