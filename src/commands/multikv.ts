// The multikv command.

import { namesOf } from '../plan/aggregation.js';
import { openFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { clause, fieldList } from '../syntax/grammar-parts.js';
import { booleanOption, integerOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Extracts fields from text in the shape of a table. */
export const multikv = defineCommand({
  name: 'multikv',
  summary: 'Extracts fields from text in the shape of a table.',
  source: 'Search Reference: multikv',
  type: 'streaming',
  grammar: form(
    {
      fields: clause('FIELDS', fieldList({ stops: ['FILTER'] })),
      filter: clause('FILTER', fieldList({ stops: ['FIELDS'] })),
    },
    {
      options: {
        conf: textOption,
        copyattrs: booleanOption,
        forceheader: integerOption,
        last_heading: textOption,
        multitable: booleanOption,
        noheader: booleanOption,
        rmorig: booleanOption,
      },
    },
  ),
  fields: (_, input) => openFields(input),
  plan: (args, input, context) => {
    const { conf, multitable, last_heading: last } = args.options;
    if (conf !== undefined) context.refuse(`stanza "${conf}" of multikv.conf cannot be looked up here`);
    if (multitable) context.refuse('multikv takes an event for one table here, multitable=true is not done');
    if (last !== undefined) context.refuse('"last_heading" of multikv is not evaluated here');
    return {
      op: 'apply',
      kind: 'rows',
      function: 'multikv',
      input,
      arguments: {
        ...(args.fields === undefined ? {} : { fields: namesOf(args.fields) }),
        ...(args.filter === undefined ? {} : { filter: namesOf(args.filter) }),
        ...(args.options.copyattrs === false ? { copies: false } : {}),
        noHeader: args.options.noheader ?? false,
        ...(args.options.forceheader === undefined ? {} : { forceHeader: args.options.forceheader }),
        removeOriginal: args.options.rmorig ?? true,
      },
    };
  },
  differences: ['an event is one table: further tables in it are not looked for'],
  examples: [
    {
      title: 'a row for every line of a table',
      spl: '| multikv | table PID CMD',
      input: [{ _raw: 'PID CMD\n1   init\n42  sshd' }],
      output: [
        { PID: '1', CMD: 'init' },
        { PID: '42', CMD: 'sshd' },
      ],
    },
  ],
});
