// foreach as assignments with tokens, or, where the fields are named, as the commands it stands for.
import type { Template } from '../syntax/grammar-special.js';
import type { Expression, FieldName } from '../syntax/tree.js';
import type { Operator, PlanContext } from './operator.js';

export interface ForEach {
  readonly fields: readonly string[];
  readonly mode: 'multifield' | 'multivalue' | 'json_array' | 'auto_collections';
  readonly template: Template;
  /** Tokens as the search renames them, by their usual names. */
  readonly tokens: ReadonlyMap<string, string>;
}

interface EvalArguments {
  readonly assignments: readonly { readonly field: FieldName; readonly expression: Expression }[];
}

const piped = (text: string): string => `| ${text.replace(/^\s*\|/, '')}`;

/** Plans foreach (Search Reference, foreach). */
export function forEachOperator(command: ForEach, input: Operator, context: PlanContext): Operator {
  let text = command.template.text;
  for (const [token, written] of command.tokens) text = text.replaceAll(written, token);
  if (command.mode === 'multifield' && command.fields.every((name) => !name.includes('*'))) {
    // Every field is known: the body is read once for each, as Splunk itself does.
    return command.fields.reduce<Operator>((operator, name) => {
      const filled = text
        .replaceAll('<<FIELD>>', () => name)
        .replaceAll(/<<MATCH(?:STR|SEG\d)>>/g, () => name);
      return context.continue(context.parse(piped(filled)), operator);
    }, input);
  }
  const pipeline = text === command.template.text ? command.template.pipeline : context.parse(piped(text));
  const expressions: Record<string, { readonly value: Expression }> = {};
  const steps: { kind: 'set'; target: string; hook: string }[] = [];
  for (const step of pipeline.commands) {
    if (step.name !== 'eval' || step.arguments === undefined)
      context.refuse(
        'the subsearch of foreach may hold eval commands only when its fields are known from the rows',
      );
    for (const { field, expression } of (step.arguments as EvalArguments).assignments) {
      const hook = `step${steps.length + 1}`;
      expressions[hook] = { value: expression };
      steps.push({ kind: 'set', target: field.name, hook });
    }
  }
  return {
    op: 'apply',
    kind: 'row',
    function: 'foreach',
    input,
    arguments: { mode: command.mode, patterns: command.fields, steps },
    expressions,
  };
}
