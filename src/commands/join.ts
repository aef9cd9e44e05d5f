// The join command.
import type { Span } from '../diagnostic/diagnostic.js';
import { namesOf } from '../plan/aggregation.js';
import { pipelineFields } from '../syntax/field-flow.js';
import { anyFields, unionFields } from '../syntax/field-set.js';
import { form, type Part } from '../syntax/grammar.js';
import { clause, expectField, fieldList, printField, subsearch } from '../syntax/grammar-parts.js';
import { booleanOption, choiceOption, countOption, fieldOption } from '../syntax/grammar-values.js';
import type { FieldName } from '../syntax/tree.js';
import { defineCommand } from './command.js';

/** `L.pid=R.id`: fields of both sides, under the aliases of the sides. */
interface Pair {
  readonly left: FieldName;
  readonly right: FieldName;
}

/** Pairs that all have to be equal, with or without AND between them. */
const pairs: Part<readonly Pair[]> = {
  usage: '<alias>.<field>=<alias>.<field> ...',
  parse(parser) {
    const found: Pair[] = [];
    do {
      const left = expectField(parser, 'a field under the alias of its side');
      parser.expect('=', ' between the fields that are joined');
      parser.accept('=');
      found.push({ left, right: expectField(parser, 'a field under the alias of its side') });
      parser.accept(',');
    } while (parser.takesKeyword('AND') || !(parser.atEnd() || parser.atSubsearch()));
    return found;
  },
  print: (list) => list.map((pair) => `${printField(pair.left)}=${printField(pair.right)}`).join(' AND '),
};

/** The field's name without the alias of its side; undefined when it has another. */
function within(alias: string, field: FieldName): string | undefined {
  return field.name.startsWith(`${alias}.`) ? field.name.slice(alias.length + 1) : undefined;
}

/** The fields of a pair without their aliases, whichever side stands first. */
function keysOf(
  pair: Pair,
  left: string,
  right: string,
): { readonly left: string; readonly right: string } | undefined {
  const [first, second] = [within(left, pair.left), within(right, pair.right)];
  if (first !== undefined && second !== undefined) return { left: first, right: second };
  const [third, fourth] = [within(left, pair.right), within(right, pair.left)];
  return third !== undefined && fourth !== undefined ? { left: third, right: fourth } : undefined;
}

/** Joins results with those of a subsearch that have the same field values. */
export const joinCommand = defineCommand({
  name: 'join',
  summary: 'Joins results with those of a subsearch that have the same field values.',
  source: 'Search Reference: join',
  type: 'dataset processing',
  grammar: form(
    { fields: fieldList({ stops: ['WHERE'], minimum: 0 }), where: clause('WHERE', pairs), subsearch },
    {
      options: {
        type: choiceOption('inner', 'outer', 'left'),
        usetime: booleanOption,
        earlier: booleanOption,
        overwrite: booleanOption,
        max: countOption,
        left: fieldOption,
        right: fieldOption,
      },
    },
  ),
  reads: (args) => (args.where === undefined ? args.fields : []),
  fields: (args, input) =>
    args.where === undefined ? unionFields(input, pipelineFields(args.subsearch)) : anyFields,
  check(args, { command, report }) {
    const { left, right } = args.options;
    if (args.where === undefined && left === undefined && right === undefined) return;
    const fault = (message: string, span: Span): void =>
      report({ severity: 'error', code: 'syntax', message, span });
    if (args.where === undefined || left === undefined || right === undefined)
      return fault('join takes "left", "right" and a where clause together', command.nameSpan);
    for (const pair of args.where)
      if (keysOf(pair, left, right) === undefined)
        fault(`expected "${left}.<field>=${right}.<field>", found "${pair.left.name}=${pair.right.name}"`, {
          start: pair.left.span.start,
          end: pair.right.span.end,
        });
  },
  plan: (args, input, context) => {
    const right = context.search(args.subsearch);
    const options = {
      type: args.options.type === 'left' || args.options.type === 'outer' ? 'left' : 'inner',
      overwrite: args.options.overwrite ?? true,
      useTime: args.options.usetime ?? false,
      earlier: args.options.earlier ?? true,
      max: args.options.max ?? 1,
    } as const;
    const aliases = { left: args.options.left ?? '', right: args.options.right ?? '' };
    if (args.where !== undefined)
      return {
        op: 'apply',
        kind: 'rows',
        function: 'joinAliased',
        input,
        arguments: {
          ...options,
          aliases,
          keys: args.where.flatMap((pair) => keysOf(pair, aliases.left, aliases.right) ?? []),
        },
        searches: { right },
      };
    const fields = namesOf(args.fields);
    if (fields.length > 0) return { op: 'join', input, right, fields, ...options };
    return {
      op: 'apply',
      kind: 'rows',
      function: 'joinCommon',
      input,
      arguments: options,
      searches: { right },
    };
  },
  examples: [
    {
      title: 'fields of another search',
      spl: '| join user [| makeresults | eval user="ann", dept="it" | table user dept]',
      input: [{ user: 'ann' }, { user: 'bob' }],
      output: [{ user: 'ann', dept: 'it' }],
    },
    {
      title: 'fields of different names, which keep the alias of their side',
      spl: '| join left=L right=R where L.user=R.id [| makeresults | eval id="ann", dept="it" | table id dept]',
      input: [{ user: 'ann' }, { user: 'bob' }],
      output: [{ 'L.user': 'ann', 'R.id': 'ann', 'R.dept': 'it' }],
    },
  ],
});
