// The table command.
import { namesOf } from '../plan/aggregation.js';
import { keepFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Keeps the named fields, in the order given. */
export const table = defineCommand({
  name: 'table',
  summary: 'Keeps the named fields, in the order given.',
  source: 'Search Reference: table',
  type: 'transforming',
  grammar: form({ fields: fieldList() }),
  reads: (args) => args.fields,
  fields: (args, input) =>
    keepFields(
      input,
      args.fields.map((name) => name.name),
    ),
  plan: (args, input) => ({ op: 'project', input, mode: 'keep', fields: namesOf(args.fields) }),
  examples: [
    { title: 'fields in order', spl: '| table b a', input: [{ a: 1, b: 2, c: 3 }], output: [{ b: 2, a: 1 }] },
  ],
});
