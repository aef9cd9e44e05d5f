// The eval command.

import { returnType } from '../syntax/check-calls.js';
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { assignments } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

/** Sets fields to the values of expressions. */
export const evalCommand = defineCommand({
  name: 'eval',
  summary: 'Sets fields to the values of expressions.',
  source: 'Search Reference: eval',
  type: 'streaming',
  grammar: form({ assignments }),
  check(args, { language, report }) {
    // Search Reference, "eval": a boolean can't be the value of a field.
    for (const { expression } of args.assignments)
      if (returnType(expression, language) === 'boolean')
        report({
          severity: 'error',
          code: 'argument-type',
          message: 'a field cannot be set to a boolean',
          span: expression.span,
          help: 'write if(<condition>, "true", "false")',
        });
    // "Dynamic field name creation": a name that brings itself back never ends
    const recursive = new Set<string>();
    for (const { field, expression } of args.assignments) {
      if (!field.quoted && /^[\d.]+$/.test(field.name))
        report({
          severity: 'error',
          code: 'invalid-argument',
          message: `"eval" cannot set the number ${field.name}`,
          span: field.span,
          help: `write '${field.name}' if a field is called so`,
        });
      for (const [, name = ''] of field.name.matchAll(/\{([^{}]+)\}/g))
        if (recursive.has(name))
          report({
            severity: 'error',
            code: 'invalid-argument',
            message: `the field name "${field.name}" is replaced by itself without end`,
            span: field.span,
          });
      if (expression.kind === 'string' && expression.value.includes(`{${field.name}}`))
        recursive.add(field.name);
      else recursive.delete(field.name);
    }
  },
  sets: (args) => args.assignments.map(({ field }) => field),
  fields(args, input) {
    const names = args.assignments.map((item) => item.field.name);
    // `eval {name}=value` sets the field whose name another field holds.
    const dynamic = names.some((name) => /\{[^}]/.test(name));
    return dynamic ? { ...addFields(input, names), closed: false } : addFields(input, names);
  },
  plan: ({ assignments: list }, input, context) => ({
    op: 'extend',
    input,
    fields: list.map((item) => ({
      name: item.field.name,
      ...(/\{[^}]+\}/.test(item.field.name) ? { dynamicName: true } : {}),
      value: item.expression,
      subsearches: context.subsearches(item.expression),
    })),
  }),
  examples: [
    {
      title: 'a condition',
      spl: '| eval big=if(n>5,"yes","no")',
      input: [{ n: 3 }, { n: 8 }],
      output: [
        { n: 3, big: 'no' },
        { n: 8, big: 'yes' },
      ],
    },
  ],
});
