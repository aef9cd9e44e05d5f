// The metasearch command.
import { closedFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { searchExpression } from '../syntax/grammar-parts.js';
import { defineCommand } from './command.js';

const metadataFields = ['_time', 'host', 'index', 'source', 'sourcetype', 'splunk_server'];

/** Finds events by their metadata alone. */
export const metasearch = defineCommand({
  name: 'metasearch',
  summary: 'Finds events by their metadata alone.',
  source: 'Search Reference: metasearch',
  type: 'generating',
  grammar: form({ condition: searchExpression() }),
  fields: () => closedFields(metadataFields),
  plan: ({ condition }, input, context) => ({
    op: 'project',
    mode: 'keep',
    fields: metadataFields,
    input: {
      op: 'filter',
      input,
      predicate: { kind: 'search', expression: condition, subsearches: context.subsearches(condition) },
    },
  }),
  examples: [
    {
      title: 'events with their metadata only',
      spl: '| metasearch host=a',
      input: [
        { _time: 10, host: 'a', index: 'main', source: 's', sourcetype: 't', _raw: 'x', user: 'ann' },
        { _time: 20, host: 'b', index: 'main', source: 's', sourcetype: 't' },
      ],
      output: [{ _time: 10, host: 'a', index: 'main', source: 's', sourcetype: 't' }],
    },
  ],
});
