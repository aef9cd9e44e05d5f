// The typer command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { integerOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Adds the event types of every event. */
export const typer = defineCommand({
  name: 'typer',
  summary: 'Adds the event types of every event.',
  source: 'Search Reference: typer',
  type: 'streaming',
  grammar: form({}, { options: { eventtypes: textOption, maxlen: integerOption } }),
  fields: (_, input) => addFields(input, ['eventtype']),
  plan: ({ options }, input, context) => {
    if (options.eventtypes !== undefined) context.refuse('event types cannot be chosen here by "eventtypes"');
    // What it would do beyond letting results pass happens where events are read.
    return input;
  },
  withoutEffect: {
    maxlen: 'event types are those that events are read with',
  },
  examples: [
    {
      title: 'event types are those of the events',
      spl: '| typer',
      input: [{ a: 1 }],
      output: [{ a: 1 }],
    },
  ],
});
