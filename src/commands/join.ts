// The join command.
import { namesOf } from '../plan/aggregation.js';
import { pipelineFields } from '../syntax/field-flow.js';
import { unionFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { clause, expression, fieldList, subsearch } from '../syntax/grammar-parts.js';
import { booleanOption, choiceOption, fieldOption, integerOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Joins results with those of a subsearch that have the same field values. */
export const joinCommand = defineCommand({
  name: 'join',
  summary: 'Joins results with those of a subsearch that have the same field values.',
  source: 'Search Reference: join',
  type: 'dataset processing',
  grammar: form(
    { fields: fieldList({ stops: ['WHERE'], minimum: 0 }), where: clause('WHERE', expression), subsearch },
    {
      options: {
        type: choiceOption('inner', 'outer', 'left'),
        usetime: booleanOption,
        earlier: booleanOption,
        overwrite: booleanOption,
        max: integerOption,
        left: fieldOption,
        right: fieldOption,
      },
    },
  ),
  reads: (args) => (args.where === undefined ? args.fields : []),
  fields: (args, input) => unionFields(input, pipelineFields(args.subsearch)),
  plan: (args, input, context) => {
    if (args.where !== undefined || args.options.left !== undefined)
      context.refuse('join with a where clause cannot be evaluated locally');
    const right = context.search(args.subsearch);
    const options = {
      type: args.options.type === 'left' || args.options.type === 'outer' ? 'left' : 'inner',
      overwrite: args.options.overwrite ?? true,
      useTime: args.options.usetime ?? false,
      earlier: args.options.earlier ?? true,
      max: args.options.max ?? 1,
    } as const;
    const fields = namesOf(args.fields);
    if (fields.length > 0) return { op: 'join', input, right, fields, ...options };
    return {
      op: 'apply',
      kind: 'rows',
      function: 'joinCommon',
      input,
      arguments: options,
      searches: { right },
    };
  },
  examples: [
    {
      title: 'fields of another search',
      spl: '| join user [| makeresults | eval user="ann", dept="it" | table user dept]',
      input: [{ user: 'ann' }, { user: 'bob' }],
      output: [{ user: 'ann', dept: 'it' }],
    },
  ],
});
