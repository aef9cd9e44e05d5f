// The fields command.
import { namesOf } from '../plan/aggregation.js';
import { keepFields, removeFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

const sign: Part<'+' | '-' | undefined> = {
  usage: '[+|-]',
  parse: (parser) => (parser.accept('-') ? '-' : parser.accept('+') ? '+' : undefined),
  print: (value) => value!,
};

/** Keeps (`+`) or removes (`-`) fields. */
export const fieldsCommand = defineCommand({
  name: 'fields',
  summary: 'Keeps (`+`) or removes (`-`) fields.',
  source: 'Search Reference: fields',
  type: 'streaming',
  grammar: form({ sign, fields: fieldList() }),
  reads: (args) => (args.sign === '-' ? [] : args.fields),
  fields: (args, input) => {
    const names = args.fields.map((name) => name.name);
    // Search Reference, "fields": internal fields stay unless they are removed by name.
    return args.sign === '-' ? removeFields(input, names) : keepFields(input, [...names, '_*']);
  },
  plan: (args, input) => ({
    op: 'project',
    input,
    mode: args.sign === '-' ? 'remove' : 'keep',
    fields: namesOf(args.fields),
    internal: true,
  }),
  examples: [{ title: 'remove a field', spl: '| fields - b', input: [{ a: 1, b: 2 }], output: [{ a: 1 }] }],
});
