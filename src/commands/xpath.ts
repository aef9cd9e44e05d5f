// The xpath command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { string } from '../syntax/grammar-parts.js';
import { fieldOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Extracts a value from XML by an XPath. */
export const xpath = defineCommand({
  name: 'xpath',
  summary: 'Extracts a value from XML by an XPath.',
  source: 'Search Reference: xpath',
  type: 'streaming',
  grammar: form(
    { path: string },
    { options: { outfield: fieldOption, field: fieldOption, default: textOption } },
  ),
  fields: (args, input) => addFields(input, [args.options.outfield ?? 'xpath']),
  unsupported: 'spath reads XML locally',
});
