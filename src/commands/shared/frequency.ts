// What top and rare, and their summary-index forms, share: they differ in the order of their rows alone.
import { namesOf } from '../../plan/aggregation.js';
import type { Operator } from '../../plan/operator.js';
import { closedFields, type FieldSet } from '../../syntax/field-set.js';
import { form, type Grammar } from '../../syntax/grammar.js';
import { byClause, fieldList, optionalCount } from '../../syntax/grammar-parts.js';
import { booleanOption, countOption, fieldOption, textOption } from '../../syntax/grammar-values.js';
import type { CheckContext } from '../../syntax/language.js';

/** `[<N>] [<options>] <field-list> [BY <field-list>]`. */
export const frequencyGrammar = form(
  { count: optionalCount, fields: fieldList({ stops: ['BY'] }), by: byClause() },
  {
    options: {
      rare: booleanOption,
      limit: countOption,
      countfield: fieldOption,
      percentfield: fieldOption,
      showcount: booleanOption,
      showperc: booleanOption,
      useother: booleanOption,
      otherstr: textOption,
    },
  },
);

type Arguments = typeof frequencyGrammar extends Grammar<infer A> ? A : never;

/** Refuses `AS`, which a list of fields reads as the name of one. */
export function checkFrequency({ fields }: Arguments, { command, report }: CheckContext): void {
  const as = fields.find(({ name, quoted }, index) => index > 0 && !quoted && /^as$/i.test(name));
  if (as === undefined) return;
  report({
    severity: 'error',
    code: 'invalid-argument',
    message: `"${command.name}" gives no fields other names`,
    span: as.span,
    help: 'write | rename <field> AS <new-field> behind it',
  });
}

/** The columns of the result. */
export function frequencyFields(args: Arguments): FieldSet {
  const { showcount, showperc, countfield, percentfield } = args.options;
  return closedFields([
    ...(args.by ?? []).map((name) => name.name),
    ...args.fields.map((name) => name.name),
    ...(showcount === false ? [] : [countfield ?? 'count']),
    ...(showperc === false ? [] : [percentfield ?? 'percent']),
  ]);
}

/** Counts the combinations of values and keeps the first of them, in each group. */
export function frequencyOperator(args: Arguments, input: Operator, ascending: boolean): Operator {
  const { options } = args;
  const by = namesOf(args.by);
  const fields = namesOf(args.fields);
  const countField = options.countfield ?? 'count';
  const counted: Operator = {
    op: 'aggregate',
    input,
    aggregations: [{ function: 'count', as: countField }],
    by: [...by, ...fields],
  };
  return {
    op: 'apply',
    kind: 'rows',
    function: 'top',
    input: counted,
    arguments: {
      fields,
      by,
      limit: options.limit ?? args.count ?? 10,
      // "rare=true" makes top what rare is.
      ascending: ascending || options.rare === true,
      countField,
      percentField: options.percentfield ?? 'percent',
      showCount: options.showcount ?? true,
      showPercent: options.showperc ?? true,
      useOther: options.useother ?? false,
      otherText: options.otherstr ?? 'OTHER',
    },
  };
}
