// The outputtext command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { booleanOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Writes the text of events as the result. */
export const outputtext = defineCommand({
  name: 'outputtext',
  summary: 'Writes the text of events as the result.',
  source: 'Search Reference: outputtext',
  type: 'streaming',
  grammar: form({}, { options: { usexml: booleanOption } }),
  fields: (_, input) => addFields(input, ['_xml']),
  // What it would do beyond letting results pass happens where events are read, or on a server.
  plan: (_args, input) => input,
});
