// The metadata command.
import { textNode } from '../plan/expressions.js';
import { eventsOfIndexes } from '../plan/indexes.js';
import type { Operator } from '../plan/operator.js';
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { choiceOption, indexesOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Lists the hosts, sources or source types of indexes. */
export const metadata = defineCommand({
  name: 'metadata',
  summary: 'Lists the hosts, sources or source types of indexes.',
  source: 'Search Reference: metadata',
  type: 'generating',
  grammar: form(
    {},
    {
      options: {
        type: choiceOption('hosts', 'sources', 'sourcetypes'),
        index: indexesOption,
        splunk_server: textOption,
        splunk_server_group: textOption,
        datatype: textOption,
      },
    },
  ),
  check(args, { command, report }) {
    // Search Reference, metadata, Required arguments: type
    if (args.options.type === undefined)
      report({
        severity: 'error',
        code: 'syntax',
        message: '"metadata" needs type=hosts, type=sources or type=sourcetypes',
        span: command.nameSpan,
      });
  },
  fields: (args) =>
    closedFields([
      (args.options.type ?? 'hosts').slice(0, -1),
      'firstTime',
      'lastTime',
      'recentTime',
      'totalCount',
      'type',
    ]),
  plan: (args, input, context) => {
    if (args.options.datatype !== undefined && args.options.datatype !== 'event')
      context.refuse(`metadata of "${args.options.datatype}" data is not known here`);
    const type = args.options.type ?? 'hosts';
    const field = { hosts: 'host', sources: 'source', sourcetypes: 'sourcetype' }[type];
    const counted: Operator = {
      op: 'aggregate',
      input: eventsOfIndexes(input, args.options.index),
      aggregations: [
        { function: 'min', field: '_time', as: 'firstTime' },
        { function: 'max', field: '_time', as: 'lastTime' },
        { function: 'max', field: '_time', as: 'recentTime' },
        { function: 'count', as: 'totalCount' },
      ],
      by: [field],
    };
    return { op: 'extend', input: counted, fields: [{ name: 'type', value: textNode(type) }] };
  },
  withoutEffect: {
    splunk_server: 'events are not told apart by the server that holds them',
    splunk_server_group: 'events are not told apart by the server that holds them',
  },
  examples: [
    {
      title: 'hosts with their first and last events',
      spl: '| metadata type=hosts',
      input: [
        { _time: 10, host: 'a' },
        { _time: 20, host: 'b' },
        { _time: 30, host: 'a' },
      ],
      output: [
        { host: 'a', firstTime: 10, lastTime: 30, recentTime: 30, totalCount: 2, type: 'hosts' },
        { host: 'b', firstTime: 20, lastTime: 20, recentTime: 20, totalCount: 1, type: 'hosts' },
      ],
    },
  ],
});
