// The eval function if.
import { defineFunction } from './function.js';

export const ifFunction = defineFunction({
  name: 'if',
  summary: 'Gives the second argument when the condition is true, else the third.',
  source: 'Comparison and Conditional functions',
  usage: 'if(<predicate>,<true_value>,<false_value>)',
  parameters: { min: 3, max: 3 },
  returns: 'any',
  nulls: 'receive',
  style: 'lazy',
  evaluateLazy: (args) => (args[0]?.() === true ? (args[1]?.() ?? null) : (args[2]?.() ?? null)),
  pure: true,
  examples: [
    { expression: 'if(error == 200, "OK", "Error")', fields: { error: 200 }, result: 'OK' },
    { expression: 'if(error == 200, "OK", "Error")', fields: { error: 404 }, result: 'Error' },
    {
      title: 'a comparison with null is not true',
      expression: 'if(nosuch == 200, "yes", "no")',
      result: 'no',
    },
  ],
});
