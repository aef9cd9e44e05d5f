// The iplocation command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { field } from '../syntax/grammar-parts.js';
import { booleanOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Adds the place that an IP address belongs to. */
export const iplocation = defineCommand({
  name: 'iplocation',
  summary: 'Adds the place that an IP address belongs to.',
  source: 'Search Reference: iplocation',
  type: 'streaming',
  grammar: form({ field }, { options: { prefix: textOption, allfields: booleanOption, lang: textOption } }),
  reads: (args) => [args.field],
  fields: (args, input) => {
    const prefix = args.options.prefix ?? '';
    const names = ['City', 'Country', 'Region', 'lat', 'lon'];
    const more = ['Continent', 'MetroCode', 'Timezone'];
    return addFields(
      input,
      (args.options.allfields ? [...names, ...more] : names).map((name) => prefix + name),
    );
  },
  plan: (args, input, context) => {
    if (args.options.lang !== undefined && !/^en\b/i.test(args.options.lang))
      context.refuse(`places are known by their English names only, not in "${args.options.lang}"`);
    return {
      op: 'apply',
      kind: 'row',
      function: 'iplocation',
      input,
      arguments: {
        field: args.field.name,
        prefix: args.options.prefix ?? '',
        all: args.options.allfields ?? false,
      },
      reads: [args.field.name],
    };
  },
  examples: [
    {
      title: 'an address of a private network has no place',
      spl: '| iplocation src',
      input: [{ src: '10.0.0.1' }],
      output: [{ src: '10.0.0.1' }],
    },
  ],
});
