// The outputtext command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { booleanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** The event as text of XML. */
const escaped = 'replace(replace(replace(_raw, "&", "&amp;"), "<", "&lt;"), ">", "&gt;")';

/** Copies the text of events to the field `_xml`. */
export const outputtext = defineCommand({
  name: 'outputtext',
  summary: 'Copies the text of events to the field _xml, as XML unless told otherwise.',
  source: 'Search Reference: outputtext',
  type: 'streaming',
  grammar: form({}, { options: { usexml: booleanOption } }),
  readsAll: () => true,
  fields: (_, input) => addFields(input, ['_xml']),
  plan: ({ options }, input, context) => ({
    op: 'extend',
    input,
    fields: [{ name: '_xml', value: context.parseExpression(options.usexml === false ? '_raw' : escaped) }],
  }),
  examples: [
    {
      title: 'the event once more, as text of XML',
      spl: '| outputtext',
      input: [{ _raw: 'a<b' }],
      output: [{ _raw: 'a<b', _xml: 'a&lt;b' }],
    },
  ],
});
