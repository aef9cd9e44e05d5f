// The clauses of a command's filter, each as a question that can be asked alone.
import { printExpression } from '../../syntax/expression.js';
import { fieldsOf } from '../../syntax/expression-parts.js';
import { printCondition } from '../../syntax/printer.js';
import type { Command, Expression, SearchExpression } from '../../syntax/tree.js';
import { walkArguments } from '../../syntax/walk.js';

/** A clause of a filter. */
export interface Clause {
  readonly text: string;
  /** Every field it reads. */
  readonly fields: readonly string[];
  /** The field whose values tell how near the data came, and the texts it is compared with. */
  readonly field?: string;
  readonly wanted?: readonly string[];
  /** It compares by order, so that the least and the greatest value tell most. */
  readonly ordered?: boolean;
}

/** The clauses of a command's filter that are joined by AND; none for a command that does not filter. */
export function clausesOf(command: Command): Clause[] {
  let clauses: Clause[] | undefined;
  walkArguments(command, {
    search(expression) {
      clauses ??= searchClauses(expression);
      return false;
    },
    expression(expression) {
      if (command.name === 'where') clauses ??= evalClauses(expression);
      return false;
    },
  });
  return clauses ?? [];
}

const isOrder = (operator: string): boolean => operator.startsWith('<') || operator.startsWith('>');

function searchClauses(expression: SearchExpression): Clause[] {
  if (expression.kind === 'and') return expression.operands.flatMap(searchClauses);
  if (expression.kind === 'everything' || expression.kind === 'time') return [];
  const text = printCondition(expression);
  switch (expression.kind) {
    case 'comparison':
      return [
        {
          text,
          ...compared(expression.field.name, [expression.value.text]),
          ...(isOrder(expression.operator) ? { ordered: true } : {}),
        },
      ];
    case 'in':
      return [
        {
          text,
          ...compared(
            expression.field.name,
            expression.values.map((value) => value.text),
          ),
        },
      ];
    case 'or':
      return [{ text: `(${text})`, ...either(expression.operands) }];
    case 'not':
      // What it keeps out is what the data has.
      return [{ text, ...either([expression.operand]) }];
    default:
      return [{ text, fields: [] }];
  }
}

const compared = (field: string, wanted: readonly string[]) => ({ fields: [field], field, wanted });

/** An OR over one field is one question about that field; over several it asks about the first. */
function either(operands: readonly SearchExpression[]): Omit<Clause, 'text'> {
  const clauses = operands.flatMap(searchClauses);
  const fields = [...new Set(clauses.flatMap((clause) => clause.fields))];
  const field = clauses[0]?.field;
  if (field === undefined || clauses.some((clause) => clause.field === undefined)) return { fields };
  const same = clauses.filter((clause) => clause.field === field);
  return { fields, field, wanted: same.flatMap((clause) => clause.wanted ?? []) };
}

function evalClauses(expression: Expression): Clause[] {
  if (expression.kind === 'binary' && expression.operator === 'AND')
    return [...evalClauses(expression.left), ...evalClauses(expression.right)];
  const fields = [...new Set(fieldsOf(expression))];
  const written = printExpression(expression);
  const text = expression.kind === 'binary' && expression.operator === 'OR' ? `(${written})` : written;
  if (expression.kind === 'binary' && expression.operator !== 'OR') {
    const [field, other] =
      expression.left.kind === 'field'
        ? [expression.left, expression.right]
        : [expression.right, expression.left];
    if (field.kind === 'field')
      return [
        {
          text,
          fields,
          field: field.name,
          wanted: other.kind === 'string' ? [other.value] : other.kind === 'number' ? [other.text] : [],
          ...(isOrder(expression.operator) ? { ordered: true } : {}),
        },
      ];
  }
  if (expression.kind === 'in' && expression.operand.kind === 'field')
    return [
      {
        text,
        fields,
        field: expression.operand.name,
        wanted: expression.values.flatMap((value) => (value.kind === 'string' ? [value.value] : [])),
      },
    ];
  const call = expression.kind === 'unary' ? expression.operand : expression;
  if (call.kind === 'call') {
    const field = call.arguments.find((argument) => argument.kind === 'field');
    if (field?.kind === 'field')
      return [
        {
          text,
          fields,
          field: field.name,
          wanted: call.arguments.flatMap((a) => (a.kind === 'string' ? [a.value] : [])),
        },
      ];
  }
  return [{ text, fields }];
}
