// The rex command.
import { parseSed } from '../runtime/apply/rex.js';
import { addFields } from '../syntax/field-set.js';
import { form } from '../syntax/grammar.js';
import { pattern } from '../syntax/grammar-parts.js';
import { choiceOption, countOption, fieldOption } from '../syntax/grammar-values.js';
import { defineCommand } from './command.js';
import { checkPattern } from './shared/check-pattern.js';

/** The names of the capture groups of a regular expression, in order. */
export function captureNames(pattern: string): string[] {
  const names: string[] = [];
  for (const match of pattern.matchAll(/\\[\s\S]|\(\?P?<([A-Za-z_][\w.]*)>|\(\?'([A-Za-z_]\w*)'/g)) {
    const name = match[1] ?? match[2];
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** What is wrong with sed expressions, if anything. */
function sedFault(text: string): string | undefined {
  try {
    parseSed(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Extracts fields with a regular expression, or edits a field with sed expressions. */
export const rex = defineCommand({
  name: 'rex',
  summary: 'Extracts fields with a regular expression, or edits a field with sed expressions.',
  source: 'Search Reference: rex',
  type: 'streaming',
  grammar: form(
    { pattern },
    {
      options: {
        field: fieldOption,
        max_match: countOption,
        mode: choiceOption('sed'),
        offset_field: fieldOption,
      },
    },
  ),
  check(args, { report }) {
    const { text, span } = args.pattern;
    if (args.options.mode === 'sed') {
      const message = sedFault(text);
      if (message !== undefined) report({ severity: 'error', code: 'invalid-argument', message, span });
      return;
    }
    if (checkPattern(text, span, report) && captureNames(text).length === 0)
      report({
        severity: 'error',
        code: 'argument-type',
        message: '"rex" needs a regular expression with a named group',
        span,
        help: 'write (?<name>…)',
      });
  },
  fields: (args, input) => {
    const { offset_field: offset, mode } = args.options;
    const names = mode === 'sed' ? [] : captureNames(args.pattern.text);
    return addFields(input, offset === undefined ? names : [...names, offset]);
  },
  plan: (args, input, context) => {
    const field = args.options.field ?? '_raw';
    if (args.options.mode === 'sed')
      return {
        op: 'apply',
        kind: 'values',
        function: 'sed',
        input,
        arguments: { expression: args.pattern.text },
        reads: [field],
        writes: [field],
      };
    const names = [...new Set(captureNames(args.pattern.text))];
    if (names.length === 0)
      context.refuse(
        'rex needs a regular expression with a named group',
        'write (?<name>…)',
        'argument-type',
      );
    const offset = args.options.offset_field;
    const writes = offset === undefined ? names : [...names, offset];
    return {
      op: 'apply',
      kind: 'values',
      function: 'rex',
      input,
      arguments: {
        pattern: args.pattern.text,
        names,
        maxMatch: args.options.max_match ?? 1,
        ...(offset === undefined ? {} : { offsets: true }),
      },
      reads: [field, ...writes],
      writes,
    };
  },
  examples: [
    {
      title: 'a named group',
      spl: '| rex field=mail "^(?<name>[^@]+)@"',
      input: [{ mail: 'ann@example.com' }],
      output: [{ mail: 'ann@example.com', name: 'ann' }],
    },
    {
      title: 'sed',
      spl: '| rex field=card mode=sed "s/\\d{4}-/XXXX-/g"',
      input: [{ card: '1234-5678' }],
      output: [{ card: 'XXXX-5678' }],
    },
  ],
});
