// The foreach command.

import { namesOf } from '../plan/aggregation.js';
import { forEachOperator } from '../plan/foreach.js';
import { pipelineFields } from '../syntax/field-flow.js';
import { unionFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { template } from '../syntax/grammar-special.js';
import { choiceOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Runs a subpipeline for every field, or for every value of a multivalue field. */
export const foreach = defineCommand({
  name: 'foreach',
  summary: 'Runs a subpipeline for every field, or for every value of a multivalue field.',
  source: 'Search Reference: foreach',
  type: 'streaming',
  grammar: form(
    { fields: fieldList({ minimum: 0 }), subsearch: template },
    {
      options: {
        mode: choiceOption('multifield', 'multivalue', 'json_array', 'auto_collections'),
        fieldstr: textOption,
        matchstr: textOption,
        matchseg1: textOption,
        matchseg2: textOption,
        matchseg3: textOption,
        itemstr: textOption,
        iterstr: textOption,
      },
    },
  ),
  check(args, { command, report }) {
    // Search Reference, foreach: only the values of JSON are looked for in _raw when no field is named
    const { mode = 'multifield' } = args.options;
    if (args.fields.length === 0 && mode === 'multifield')
      report({
        severity: 'error',
        code: 'argument-count',
        message: '"foreach" needs a field',
        span: command.nameSpan,
      });
  },
  reads: (args) => args.fields,
  readsAll: (args) => args.fields.length === 0 && args.options.mode === 'auto_collections',
  fields: (args, input) => unionFields(input, pipelineFields(args.subsearch.pipeline, input)),
  plan: (args, input, context) => {
    const { options } = args;
    const renamed = [
      ['<<FIELD>>', options.fieldstr],
      ['<<MATCHSTR>>', options.matchstr],
      ['<<MATCHSEG1>>', options.matchseg1],
      ['<<MATCHSEG2>>', options.matchseg2],
      ['<<MATCHSEG3>>', options.matchseg3],
      ['<<ITEM>>', options.itemstr],
      ['<<ITER>>', options.iterstr],
    ] as const;
    return forEachOperator(
      {
        fields: namesOf(args.fields),
        mode: options.mode ?? 'multifield',
        template: args.subsearch,
        tokens: new Map(
          renamed.flatMap(([token, written]) => (written === undefined ? [] : [[token, written]])),
        ),
      },
      input,
      context,
    );
  },
  examples: [
    {
      title: 'the same for several fields',
      spl: "| foreach a b [eval <<FIELD>>='<<FIELD>>'*2]",
      input: [{ a: 1, b: 2 }],
      output: [{ a: 2, b: 4 }],
    },
    {
      title: 'the items of what is a multivalue field or a JSON array',
      spl: '| foreach mode=auto_collections [eval total=total+<<ITEM>>]',
      input: [
        { m: ['1', '2'], total: 0 },
        { m: '[3,4]', total: 0 },
      ],
      output: [
        { m: ['1', '2'], total: 3 },
        { m: '[3,4]', total: 7 },
      ],
    },
  ],
});
