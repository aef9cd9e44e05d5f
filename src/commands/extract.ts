// The extract command.

import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Extracts fields from pairs of names and values. */
export const extractCommand = defineCommand({
  name: 'extract',
  aliases: ['kv'],
  summary: 'Extracts fields from pairs of names and values.',
  source: 'Search Reference: extract',
  type: 'streaming',
  grammar: form(
    { stanzas: fieldList({ minimum: 0 }) },
    {
      options: {
        segment: booleanOption,
        auto: booleanOption,
        reload: booleanOption,
        limit: integerOption,
        maxchars: integerOption,
        mv_add: booleanOption,
        clean_keys: booleanOption,
        pairdelim: textOption,
        kvdelim: textOption,
        keep_empty_vals: booleanOption,
      },
    },
  ),
  fields: (_, input) => ({ ...input, closed: false, removed: new Set() }),
  plan: (args, input, context) => {
    const { options } = args;
    if (args.stanzas.length > 0)
      context.refuse(`extraction "${args.stanzas[0]?.name}" of transforms.conf cannot be looked up here`);
    // without automatic extraction, delimiters alone say what the pairs are (extract, auto)
    if (options.auto === false && (options.pairdelim === undefined || options.kvdelim === undefined))
      return input;
    return {
      op: 'apply',
      kind: 'row',
      function: 'extract',
      input,
      arguments: {
        ...(options.pairdelim === undefined ? {} : { pairDelim: options.pairdelim }),
        ...(options.kvdelim === undefined ? {} : { kvDelim: options.kvdelim }),
        ...(options.limit === undefined ? {} : { limit: options.limit }),
        ...(options.maxchars === undefined ? {} : { maxChars: options.maxchars }),
        cleanKeys: options.clean_keys ?? true,
        keepEmpty: options.keep_empty_vals ?? false,
        mvAdd: options.mv_add ?? false,
      },
      reads: ['_raw'],
    };
  },
  withoutEffect: {
    segment: 'segments make searches faster, and no fields',
    reload: 'there is no configuration to read again',
  },
  examples: [
    {
      title: 'pairs of raw text',
      spl: '| extract pairdelim=";" kvdelim=":"',
      input: [{ _raw: 'user:ann;action:login' }],
      output: [{ _raw: 'user:ann;action:login', user: 'ann', action: 'login' }],
    },
  ],
});
