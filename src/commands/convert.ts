// The convert command.

import type { Span } from '../diagnostic/diagnostic.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import type { Operator } from '../plan/operator.js';
import { addFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { expectField, printField } from '../syntax/grammar-parts.js';
import { textOption } from '../syntax/grammar-values.js';
import type { FieldName } from '../syntax/tree.js';
import { defineCommand } from './command.js';

/** Conversion functions of the convert command. */
export const conversionFunctions = [
  'auto',
  'ctime',
  'dur2sec',
  'memk',
  'mktime',
  'mstime',
  'none',
  'num',
  'rmcomma',
  'rmunit',
] as const;

/** One `ctime(_time) AS when`. */
export interface Conversion {
  readonly function: (typeof conversionFunctions)[number];
  readonly functionSpan: Span;
  /** May hold wildcards. */
  readonly field: FieldName;
  readonly as?: FieldName;
}

const functionPattern = /([A-Za-z]\w*)\s*\(/y;
/** `auto`, which converts all fields where it is given none (Search Reference, convert, auto). */
const autoPattern = /(auto)(?![^\s,])(?!\s*\()/iy;

const conversions: Part<readonly Conversion[]> = {
  usage: '<function>(<field>) [AS <field>], ...',
  parse(parser) {
    const list: Conversion[] = [];
    while (!parser.atEnd()) {
      parser.takeOptions();
      if (parser.atEnd()) break;
      const start = parser.position;
      const bare = parser.match(autoPattern)?.[1];
      const written = bare ?? parser.match(functionPattern)?.[1];
      if (written === undefined)
        return parser.fail(`expected a conversion such as "ctime(<field>)", found ${parser.found()}`);
      const functionSpan = { start, end: start + written.length };
      const name = conversionFunctions.find((candidate) => candidate === written.toLowerCase());
      if (name === undefined)
        return parser.fail(
          `unknown conversion "${written}"`,
          functionSpan,
          didYouMean(written, conversionFunctions),
        );
      const isOfAll = bare !== undefined || (name === 'auto' && parser.peek() === ')');
      const target = isOfAll ? { name: '*', quoted: false, span: functionSpan } : expectField(parser);
      if (bare === undefined) parser.expect(')', ` to close "${written}("`);
      const conversion = { function: name, functionSpan, field: target };
      list.push(parser.takesKeyword('AS') ? { ...conversion, as: expectField(parser) } : conversion);
      parser.accept(',');
    }
    if (list.length === 0)
      parser.fail(`expected a conversion such as "ctime(<field>)", found ${parser.found()}`);
    return list;
  },
  print: (list) =>
    list
      .map((item) => {
        const call = `${item.function}(${printField(item.field)})`;
        return item.as === undefined ? call : `${call} AS ${printField(item.as)}`;
      })
      .join(', '),
};

/** Converts field values to numbers, times and back. */
export const convert = defineCommand({
  name: 'convert',
  summary: 'Converts field values to numbers, times and back.',
  source: 'Search Reference: convert',
  type: 'streaming',
  grammar: form({ conversions }, { options: { timeformat: textOption, timezone: textOption } }),
  reads: (args) => args.conversions.map((item) => item.field),
  fields: (args, input) =>
    addFields(
      input,
      args.conversions.flatMap((item) => (item.as === undefined ? [] : [item.as.name])),
    ),
  plan: (args, input) => {
    const settings = {
      ...(args.options.timeformat === undefined ? {} : { format: args.options.timeformat }),
      ...(args.options.timezone === undefined ? {} : { timezone: args.options.timezone }),
    };
    const list = args.conversions.map((item) => ({
      function: item.function,
      field: item.field.name,
      as: (item.as ?? item.field).name,
    }));
    if (list.some((item) => item.function === 'none' || item.field.includes('*')))
      return {
        op: 'apply',
        kind: 'row',
        function: 'convert',
        input,
        arguments: { ...settings, conversions: list },
      };
    return list.reduce<Operator>(
      (operator, item) => ({
        op: 'apply',
        kind: 'values',
        function: 'convert',
        input: operator,
        arguments: { ...settings, function: item.function },
        reads: [item.field],
        writes: [item.as],
      }),
      input,
    );
  },
  examples: [
    {
      title: 'a time in words',
      spl: '| convert timeformat="%Y-%m-%d" ctime(t)',
      input: [{ t: 86400 }],
      output: [{ t: '1970-01-02' }],
    },
  ],
});
