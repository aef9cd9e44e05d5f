// The metadata command.
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { choiceOption, textOption } from '../syntax/grammar-values.js';
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
        index: textOption,
        splunk_server: textOption,
        splunk_server_group: textOption,
        datatype: textOption,
      },
    },
  ),
  fields: (args) =>
    closedFields([
      (args.options.type ?? 'hosts').slice(0, -1),
      'firstTime',
      'lastTime',
      'recentTime',
      'totalCount',
      'type',
    ]),
});
