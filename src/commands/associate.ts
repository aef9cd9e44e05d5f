// The associate command.
import { namesOf } from '../plan/aggregation.js';
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { countOption, numberOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

const COLUMNS = [
  'Reference_Key',
  'Reference_Value',
  'Target_Key',
  'Unconditional_Entropy',
  'Conditional_Entropy',
  'Entropy_Improvement',
  'Description',
  'Support',
  'Top_Conditional_Value',
];

/** Finds values of fields that make other fields more certain. */
export const associate = defineCommand({
  name: 'associate',
  summary: 'Finds values of fields that make other fields more certain.',
  source: 'Search Reference: associate',
  type: 'transforming',
  grammar: form(
    { fields: fieldList({ minimum: 0 }) },
    { options: { supcnt: countOption, supfreq: numberOption, improv: numberOption } },
  ),
  reads: (args) => args.fields,
  readsAll: (args) => args.fields.length === 0,
  fields: () => closedFields(COLUMNS),
  plan: ({ fields, options }, input) => ({
    op: 'apply',
    kind: 'rows',
    function: 'associate',
    input,
    arguments: {
      fields: namesOf(fields),
      supportCount: options.supcnt ?? 100,
      supportFrequency: options.supfreq ?? 0.1,
      improvement: options.improv ?? 0.5,
    },
    columns: COLUMNS,
  }),
  examples: [
    {
      title: 'a method that tells the status',
      spl: '| associate supcnt=1 method status | table Reference_Value Target_Key Top_Conditional_Value Description',
      input: [
        { method: 'GET', status: 200 },
        { method: 'GET', status: 404 },
        { method: 'POST', status: 200 },
        { method: 'POST', status: 200 },
      ],
      output: [
        {
          Reference_Value: 'POST',
          Target_Key: 'status',
          Top_Conditional_Value: '200 (75.00% -> 100.00%)',
          Description:
            "When 'method' has the value 'POST', the entropy of 'status' decreases from 0.811 to 0.000.",
        },
        {
          Reference_Value: '404',
          Target_Key: 'method',
          Top_Conditional_Value: 'GET (50.00% -> 100.00%)',
          Description:
            "When 'status' has the value '404', the entropy of 'method' decreases from 1.000 to 0.000.",
        },
      ],
    },
  ],
});
