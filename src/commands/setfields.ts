// The setfields command.
import { textNode } from '../plan/expressions.js';
import { addFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { expectField, printField } from '../syntax/grammar-parts.js';
import { printText, takeText } from '../syntax/grammar-values.js';
import type { FieldName } from '../syntax/tree.js';
import { defineCommand } from './command.js';

/** One `field="value"`. */
export interface FieldSetting {
  readonly field: FieldName;
  readonly value: string;
}

const settings: Part<readonly FieldSetting[]> = {
  usage: '<field>=<string>, ...',
  parse(parser) {
    const list: FieldSetting[] = [];
    do {
      const field = expectField(parser);
      parser.expect('=', ` after "${field.name}"`);
      list.push({ field, value: takeText(parser, field.name) });
      parser.accept(',');
    } while (!parser.atEnd());
    return list;
  },
  print: (list) => list.map((item) => `${printField(item.field)}=${printText(item.value)}`).join(', '),
};

/** "All non-alphanumeric characters are replaced with '_' and leading '_' are removed" (setfields-arg). */
const cleaned = (name: string): string => name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^_+(?=.)/, '');

/** Gives fields the same value in all results. */
export const setfields = defineCommand({
  name: 'setfields',
  summary: 'Gives fields the same value in all results.',
  source: 'Search Reference: setfields',
  type: 'streaming',
  grammar: form({ settings }),
  fields: (args, input) =>
    addFields(
      input,
      args.settings.map((item) => cleaned(item.field.name)),
    ),
  plan: (args, input) => ({
    op: 'extend',
    input,
    fields: args.settings.map((item) => ({ name: cleaned(item.field.name), value: textNode(item.value) })),
  }),
  examples: [
    {
      title: 'the same values for all rows',
      spl: '| setfields env="test", tier="web"',
      input: [{ a: 1 }, { a: 2 }],
      output: [
        { a: 1, env: 'test', tier: 'web' },
        { a: 2, env: 'test', tier: 'web' },
      ],
    },
    {
      title: 'names are cleaned: no underscore before, one for every character that is no letter or digit',
      spl: '| setfields _user.name="ann"',
      input: [{ a: 1 }],
      output: [{ a: 1, user_name: 'ann' }],
    },
  ],
});
