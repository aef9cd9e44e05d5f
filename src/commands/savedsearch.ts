// The savedsearch command.
import { anyFields } from '../syntax/field-set.js';
import { form, type Part } from '../syntax/grammar.js';
import { expectField, printField, string } from '../syntax/grammar-parts.js';
import { printText, takeText } from '../syntax/grammar-values.js';
import type { FieldName } from '../syntax/tree.js';
import { defineCommand } from './command.js';

/** `name="value"`: what `$name$` in the saved search stands for. */
interface Replacement {
  readonly field: FieldName;
  readonly value: string;
}

const replacements: Part<readonly Replacement[]> = {
  usage: '[nosubstitution=<bool>] [<name>=<string> ...]',
  parse(parser) {
    const list: Replacement[] = [];
    while (!parser.atEnd()) {
      const field = expectField(parser, 'a replacement');
      parser.expect('=', ` after "${field.name}"`);
      list.push({ field, value: takeText(parser, field.name) });
    }
    return list;
  },
  print: (list) => list.map((item) => `${printField(item.field)}=${printText(item.value)}`).join(' '),
};

/** Runs a saved search of the repository. */
export const savedsearch = defineCommand({
  name: 'savedsearch',
  summary: 'Runs a saved search of the repository, in the time range of the search that it stands in.',
  source: 'Search Reference: savedsearch',
  type: 'generating',
  grammar: form({ name: string, replacements }),
  fields: () => anyFields,
  plan: (args, _input, context) => {
    const values = new Map(args.replacements.map((item) => [item.field.name, item.value]));
    const isLiteral = /^(?:1|t|true|yes)$/i.test(values.get('nosubstitution') ?? '');
    return context.savedSearch(args.name, isLiteral ? new Map() : values);
  },
  differences: ['The time range of the saved search itself is not used.'],
  examples: [
    {
      title: 'a saved search with a replacement',
      spl: '| savedsearch "Logons of a user" user="ann"',
      input: [
        { action: 'login', user: 'ann', host: 'a' },
        { action: 'login', user: 'bob', host: 'a' },
      ],
      savedSearches: { 'Logons of a user': 'action=login user=$user$ | stats count by host' },
      output: [{ host: 'a', count: 1 }],
    },
  ],
});
