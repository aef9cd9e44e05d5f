// The lookup command.
import { addFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { type NamedField, namedFields, printNamed, string } from '../syntax/grammar-parts.js';
import { booleanOption, fieldOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** `OUTPUT` replaces fields that exist, `OUTPUTNEW` does not. */
export interface LookupOutput {
  readonly onlyNew: boolean;
  /** `field` is the column of the table, `as` the field of the result. */
  readonly fields: readonly NamedField[];
}

const outputWords = ['OUTPUT', 'OUTPUTNEW'] as const;
const outputFields = namedFields({ stops: outputWords });
const output: Part<LookupOutput | undefined> = {
  usage: '[OUTPUT | OUTPUTNEW <field> [AS <field>], ...]',
  parse(parser) {
    const keyword = parser.oneOf(outputWords);
    return keyword === undefined
      ? undefined
      : { onlyNew: keyword === 'OUTPUTNEW', fields: outputFields.parse(parser) };
  },
  print: (value) => `${value!.onlyNew ? 'OUTPUTNEW' : 'OUTPUT'} ${value!.fields.map(printNamed).join(', ')}`,
};

/** Adds the fields of a lookup table whose key fields match. */
export const lookup = defineCommand({
  name: 'lookup',
  summary: 'Adds the fields of a lookup table whose key fields match.',
  source: 'Search Reference: lookup',
  type: 'streaming',
  grammar: form(
    {
      lookup: string,
      inputs: namedFields({ stops: outputWords }),
      output,
    },
    { options: { local: booleanOption, update: booleanOption, event_time_field: fieldOption } },
  ),
  sets: (args) => (args.output?.fields ?? []).map(({ field, as }) => as ?? field),
  reads: (args) => args.inputs.map((item) => item.as ?? item.field),
  uses: (args) => ({
    lookups: [
      {
        name: args.lookup,
        columns: [...args.inputs, ...(args.output?.fields ?? [])].map((item) => item.field),
      },
    ],
  }),
  fields: (args, input) => {
    // Without OUTPUT every column of the table comes in, which only the table knows.
    if (args.output === undefined) return { ...input, closed: false };
    return addFields(
      input,
      args.output.fields.map((item) => (item.as ?? item.field).name),
    );
  },
  plan: (args, input) => {
    const inputs = args.inputs.map((item) => ({
      column: item.field.name,
      field: (item.as ?? item.field).name,
    }));
    const outputs = args.output?.fields.map((item) => ({
      column: item.field.name,
      field: (item.as ?? item.field).name,
    }));
    return {
      op: 'apply',
      kind: 'row',
      function: 'lookup',
      input,
      arguments: {
        table: args.lookup,
        inputs,
        ...(outputs === undefined ? {} : { outputs }),
        ...(args.output?.onlyNew ? { onlyNew: true } : {}),
        ...(args.options.event_time_field === undefined ? {} : { timeField: args.options.event_time_field }),
      },
      reads: [
        args.options.event_time_field ?? '_time',
        ...inputs.map((pair) => pair.field),
        ...(outputs ?? []).map((pair) => pair.field),
      ],
      ...(outputs === undefined ? {} : { writes: outputs.map((pair) => pair.field) }),
    };
  },
  withoutEffect: {
    local: 'the search runs in one place',
    update: 'tables are read once for a run',
  },
  examples: [
    {
      title: 'the owner of a host',
      spl: '| lookup hosts host OUTPUT owner AS user',
      input: [{ host: 'a' }, { host: 'c' }],
      lookups: { hosts: 'host,owner\na,ann\nb,bob\n' },
      output: [{ host: 'a', user: 'ann' }, { host: 'c' }],
    },
    {
      title: 'only where there is no value yet',
      spl: '| lookup hosts host OUTPUTNEW owner',
      input: [{ host: 'a', owner: 'eve' }, { host: 'b' }],
      lookups: { hosts: 'host,owner\na,ann\nb,bob\n' },
      output: [
        { host: 'a', owner: 'eve' },
        { host: 'b', owner: 'bob' },
      ],
    },
  ],
});
