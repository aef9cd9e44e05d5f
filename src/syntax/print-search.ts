// Search expressions: writing them so that reading gives the same.
import { encodeString } from './parser.js';
import { printMacro, printPipeline } from './printer.js';
import type { FieldName, SearchExpression, SearchValue } from './tree.js';

function printField(field: FieldName): string {
  return field.quoted ? `"${encodeString(field.name)}"` : field.name;
}

function printValue(value: SearchValue): string {
  if (value.subsearch !== undefined) return `[ ${printPipeline(value.subsearch)} ]`;
  // A backslash before a character that would end the word keeps it in the word; any other is doubled.
  const text = value.quoted
    ? `"${encodeString(value.text)}"`
    : value.text.replace(/\\(?=[\s()[\]`])|["\\]|\|(?![a-z]\$)/g, (found, offset: number) =>
        found === '\\' && /[\s()[\]`]/.test(value.text[offset + 1] ?? 'x') ? found : `\\${found}`,
      );
  return value.directive === undefined ? text : `${value.directive}(${text})`;
}

/** Writes a search expression so that reading it gives the same tree. */
export function printSearchExpression(expression: SearchExpression): string {
  switch (expression.kind) {
    case 'and':
      return expression.operands
        .map((operand) =>
          operand.kind === 'and' ? `(${printSearchExpression(operand)})` : printInAnd(operand),
        )
        .join(expression.implicit ? ' ' : ' AND ');
    case 'or':
      return expression.operands
        .map((operand) =>
          operand.kind === 'and' || operand.kind === 'or'
            ? `(${printSearchExpression(operand)})`
            : printSearchExpression(operand),
        )
        .join(' OR ');
    case 'not':
      return expression.operand.kind === 'and' || expression.operand.kind === 'or'
        ? `NOT (${printSearchExpression(expression.operand)})`
        : `NOT ${printSearchExpression(expression.operand)}`;
    case 'comparison':
      return `${printField(expression.field)}${expression.operator}${printValue(expression.value)}`;
    case 'in':
      return `${printField(expression.field)} IN (${expression.values.map(printValue).join(', ')})`;
    case 'term':
      return printValue(expression.value);
    case 'time':
      return `${expression.modifier}=${printValue(expression.value)}`;
    case 'subsearch':
      return `[ ${printPipeline(expression.pipeline)} ]`;
    case 'everything':
      return '()';
    case 'macro':
      return printMacro(expression);
  }
}

function printInAnd(operand: SearchExpression): string {
  return operand.kind === 'or' ? `(${printSearchExpression(operand)})` : printSearchExpression(operand);
}
