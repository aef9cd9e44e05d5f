// The xpath command.
import { parseXPath } from '../runtime/xpath.js';
import { addFields, isUncertain } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { string } from '../syntax/grammar-parts.js';
import { fieldOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Extracts values from XML by an XPath. */
export const xpath = defineCommand({
  name: 'xpath',
  summary: 'Extracts the values of an XML text that an XPath finds: attributes, or the texts of elements.',
  source: 'Search Reference: xpath',
  type: 'streaming',
  grammar: form(
    { path: string },
    { options: { outfield: fieldOption, field: fieldOption, default: textOption } },
  ),
  check(args, { command, report }) {
    if (isUncertain(args.path) || parseXPath(args.path) !== null) return;
    const message = `"${args.path}" is not an XPath that xpath can use`;
    report({ severity: 'error', code: 'invalid-argument', message, span: command.span });
  },
  fields: (args, input) => addFields(input, [args.options.outfield ?? 'xpath']),
  plan: ({ path, options }, input) => {
    const outfield = options.outfield ?? 'xpath';
    return {
      op: 'apply',
      kind: 'values',
      function: 'xpath',
      input,
      arguments: { path, ...(options.default === undefined ? {} : { default: options.default }) },
      reads: [options.field ?? '_raw', outfield],
      writes: [outfield],
    };
  },
  examples: [
    {
      title: 'the attributes of all elements of a name',
      spl: '| xpath outfield=name field=x "//bar/@nickname" | table name',
      input: [{ x: '<foo><bar nickname="spock"/><bar nickname="scotty"/></foo>' }],
      output: [{ name: ['spock', 'scotty'] }],
    },
    {
      title: 'the text of an element chosen by an attribute',
      spl: `| xpath field=x default=none "//Data[@Name='User']" | table xpath`,
      input: [
        { x: '<Event><Data Name="Id">1</Data><Data Name="User">ann</Data></Event>' },
        { x: '<Event/>' },
      ],
      output: [{ xpath: 'ann' }, { xpath: 'none' }],
    },
  ],
});
