// The join command.
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
});
