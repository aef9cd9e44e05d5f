// The transaction command.

import { namesOf } from '../plan/aggregation.js';
import type { Predicate } from '../plan/operator.js';
import { spanSeconds } from '../runtime/time-bin.js';
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { fieldList } from '../syntax/grammar-parts.js';
import {
  booleanOption,
  conditionOption,
  type EventCondition,
  formedOption,
  integerOption,
  listOption,
  readSpan,
  textOption,
} from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

const durationOption = formedOption(
  '<int>[s | m | h | d]',
  /^-?\d+\s*[a-z]*$/i,
  'a span of time such as "5m"',
);

/** Groups events into transactions. */
export const transaction = defineCommand({
  name: 'transaction',
  aliases: ['transam'],
  summary: 'Groups events into transactions.',
  source: 'Search Reference: transaction',
  type: 'dataset processing',
  grammar: form(
    { fields: fieldList({ minimum: 0 }) },
    {
      options: {
        name: textOption,
        maxspan: durationOption,
        maxpause: durationOption,
        maxevents: integerOption,
        startswith: conditionOption,
        endswith: conditionOption,
        connected: booleanOption,
        unifyends: booleanOption,
        keeporphans: booleanOption,
        keepevicted: booleanOption,
        maxopentxn: integerOption,
        maxopenevents: integerOption,
        delim: textOption,
        mvlist: listOption,
        fields: listOption,
        mvraw: booleanOption,
        nullstr: textOption,
      },
    },
  ),
  reads: (args) => args.fields,
  fields: ({ options }, input) =>
    addFields(input, [
      ...['duration', 'eventcount', 'closed_txn', 'field_match_sum', 'linecount'],
      ...(options.keeporphans === true ? ['_txn_orphan'] : []),
    ]),
  plan: (args, input, context) => {
    const { options } = args;
    const seconds = (text: string | undefined): number => {
      if (text === undefined) return -1;
      const span = readSpan(text.replace(/^-1$/, ''));
      if (text === '-1' || text === '0') return Number(text);
      if (span?.kind === 'time') return spanSeconds(span);
      if (span?.kind === 'number') return span.size;
      return context.refuse(`"${text}" is no span of time`, undefined, 'argument-type');
    };
    const condition = (value: EventCondition | undefined): { readonly test: Predicate } | undefined => {
      if (value === undefined) return undefined;
      if (value.kind === 'eval')
        return { test: { kind: 'eval', expression: value.expression, subsearches: new Map() } };
      const expression = value.kind === 'search' ? value.search : context.parseSearchExpression(value.text);
      return { test: { kind: 'search', expression, subsearches: context.subsearches(expression) } };
    };
    if (options.name !== undefined)
      context.refuse(`transaction type "${options.name}" of transactiontypes.conf cannot be looked up here`);
    // ends that share no field with their transaction come in with unifyends=false alone, which follows "connected"
    const connected = options.connected ?? true;
    if (options.unifyends !== undefined && options.unifyends !== connected)
      context.refuse(
        `transaction unifyends=${options.unifyends} with connected=${connected} is not evaluated here`,
      );
    const start = condition(options.startswith);
    const end = condition(options.endswith);
    const list = options.mvlist;
    return {
      op: 'apply',
      kind: 'rows',
      function: 'transaction',
      input,
      arguments: {
        fields: [...namesOf(args.fields), ...(options.fields ?? [])],
        maxSpan: seconds(options.maxspan),
        maxPause: seconds(options.maxpause),
        maxEvents: options.maxevents ?? 1000,
        connected,
        keepEvicted: options.keepevicted ?? false,
        keepOrphans: options.keeporphans ?? false,
        hasStart: start !== undefined,
        hasEnd: end !== undefined,
        delimiter: options.delim ?? ' ',
        list:
          list === undefined || /^(?:f|false|0)$/i.test(list.join())
            ? []
            : /^(?:t|true|1)$/i.test(list.join()) || list,
        nullText: options.nullstr ?? 'NULL',
        ...(options.mvraw ? { rawList: true } : {}),
        // limits.conf, stanza transactions
        maxOpen: options.maxopentxn ?? 5000,
        maxOpenEvents: options.maxopenevents ?? 100_000,
      },
      expressions: { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) },
    };
  },
  examples: [
    {
      title: 'events of a session',
      spl: '| transaction id | table id eventcount duration',
      input: [
        { _time: 20, id: 'a' },
        { _time: 10, id: 'a' },
      ],
      output: [{ id: 'a', eventcount: 2, duration: 10 }],
    },
    {
      title: 'values of some fields as they come',
      spl: '| transaction id mvlist=n,m | table n m k',
      input: [
        { _time: 20, id: 'a', n: 1, m: 2, k: 3 },
        { _time: 10, id: 'a', n: 1, m: 2, k: 3 },
      ],
      output: [{ n: [1, 1], m: [2, 2], k: 3 }],
    },
  ],
});
