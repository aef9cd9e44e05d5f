// The spath command.
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { optionalString } from '../syntax/grammar-parts.js';
import { fieldOption, textOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';

/** Extracts fields from JSON or XML. */
export const spath = defineCommand({
  name: 'spath',
  summary: 'Extracts fields from JSON or XML.',
  source: 'Search Reference: spath',
  type: 'streaming',
  grammar: form(
    { path: optionalString },
    { options: { input: fieldOption, output: fieldOption, path: textOption } },
  ),
  check(args, { command, report }) {
    // Splunk says "You have not specified a path" (spath, "output": where the value of the path goes)
    if (args.options.output !== undefined && (args.options.path ?? args.path) === undefined)
      report({
        severity: 'error',
        code: 'argument-count',
        message: '"spath" needs a path for what goes into the field of output=',
        span: command.nameSpan,
        help: 'write path=<path>',
      });
  },
  fields: (args, input) => {
    const path = args.options.path ?? args.path;
    if (path === undefined) return { ...input, closed: false, removed: new Set() };
    return addFields(input, [args.options.output ?? path]);
  },
  plan: (args, input) => {
    const path = args.options.path ?? args.path;
    const source = args.options.input ?? '_raw';
    if (path === undefined)
      return {
        op: 'apply',
        kind: 'row',
        function: 'spath',
        input,
        arguments: { input: source },
        reads: [source],
      };
    const output = args.options.output ?? path;
    return {
      op: 'apply',
      kind: 'values',
      function: 'spath',
      input,
      arguments: { path },
      reads: [source, output],
      writes: [output],
    };
  },
  examples: [
    {
      title: 'a path in JSON',
      spl: '| spath output=name path=user.name',
      input: [{ _raw: '{"user":{"name":"ann"}}' }],
      output: [{ _raw: '{"user":{"name":"ann"}}', name: 'ann' }],
    },
  ],
});
