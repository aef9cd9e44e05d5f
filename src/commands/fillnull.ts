// The fillnull command.

import { namesOf } from '../plan/aggregation.js';
import { coalesced } from '../plan/expressions.js';
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Gives fields without value a value. */
export const fillnull = defineCommand({
  name: 'fillnull',
  summary: 'Gives fields without value a value.',
  source: 'Search Reference: fillnull',
  type: 'streaming',
  grammar: form({ fields: fieldList({ minimum: 0 }) }, { options: { value: textOption } }),
  fields: (args, input) =>
    addFields(
      input,
      args.fields.map((name) => name.name).filter((name) => !name.includes('*')),
    ),
  plan: (args, input) => {
    const text = args.options.value ?? '0';
    const names = namesOf(args.fields);
    if (names.length > 0 && names.every((name) => !name.includes('*'))) {
      const fields = names.map((name) => ({ name, value: coalesced(name, text) }));
      return { op: 'extend', input, fields };
    }
    return {
      op: 'apply',
      kind: 'rows',
      function: 'fillnull',
      input,
      arguments: { fields: names, value: text },
    };
  },
  examples: [
    {
      title: 'a value where none is',
      spl: '| fillnull value=none user',
      input: [{ user: 'ann' }, { n: 2 }],
      output: [{ user: 'ann' }, { n: 2, user: 'none' }],
    },
  ],
});
