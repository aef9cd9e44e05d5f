// The timewrap command.
import { anyFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { string } from '../syntax/grammar-parts.js';
import { choiceOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Shows periods of timechart side by side. */
export const timewrap = defineCommand({
  name: 'timewrap',
  summary: 'Shows periods of timechart side by side.',
  source: 'Search Reference: timewrap',
  type: 'transforming',
  grammar: form(
    { span: string },
    {
      options: {
        align: choiceOption('now', 'end'),
        series: choiceOption('relative', 'short', 'exact'),
        time_format: textOption,
      },
    },
  ),
  fields: () => anyFields,
  unsupported: 'how it names its series is not documented',
});
