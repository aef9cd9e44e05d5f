// Checks of literals in expressions that Splunk refuses before the search runs ("Type checking failed").
import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { returnType } from './check-calls.js';
import type { SyntaxLanguage } from './language.js';
import type { Expression } from './tree.js';

type Add = (diagnostic: SpanDiagnostic) => void;

const comparisons = new Set(['=', '==', '!=', '<', '<=', '>', '>=']);

/**
 * Reports literals that an operator or a condition cannot take: `"a" + 1`, `"a" * 2`, `1 = "1"`, `x AND "yes"`.
 * Search Reference, eval, "Operators": plus takes two numbers or two strings, the other arithmetic operators numbers,
 * comparisons two of a kind, and the logical ones Booleans. What a field holds is known only when the search runs.
 */
export function checkTypes(expression: Expression, language: SyntaxLanguage, add: Add): void {
  if (expression.kind === 'binary') {
    const { operator, left, right } = expression;
    const [a, b] = [literalType(left), literalType(right)];
    if (operator === 'AND' || operator === 'OR' || operator === 'XOR') {
      for (const side of [left, right]) checkCondition(side, `"${operator}" takes conditions`, language, add);
    } else if (operator === '-' || operator === '*' || operator === '/' || operator === '%') {
      for (const side of [left, right])
        if (side.kind === 'string' && side.value !== 'NaN' && !isToken(side.value))
          report(side, `"${operator}" takes numbers, found the text "${side.value}"`, add);
    } else if (a !== undefined && b !== undefined && a !== b) {
      if (operator === '+') report(expression, '"+" takes two numbers or two texts', add);
      else if (comparisons.has(operator))
        report(expression, `"${operator}" compares two numbers or two texts`, add);
    }
  } else if (expression.kind === 'unary' && expression.operator === 'NOT')
    checkCondition(expression.operand, '"NOT" takes a condition', language, add);
  else if (expression.kind === 'call') checkConditions(expression, language, add);
}

/** The conditions of if, case and validate. */
function checkConditions(call: Expression & { kind: 'call' }, language: SyntaxLanguage, add: Add): void {
  const name = call.name.toLowerCase();
  if (name !== 'if' && name !== 'case' && name !== 'validate') return;
  const conditions =
    name === 'if' ? call.arguments.slice(0, 1) : call.arguments.filter((_, i) => i % 2 === 0);
  for (const condition of conditions)
    checkCondition(condition, `"${call.name}" takes a condition here`, language, add);
}

function checkCondition(expression: Expression, message: string, language: SyntaxLanguage, add: Add): void {
  if (expression.kind === 'number') report(expression, `${message}, found ${expression.text}`, add);
  else if (expression.kind === 'string' && !isToken(expression.value))
    report(expression, `${message}, found the text "${expression.value}"`, add);
  else if (expression.kind === 'call') {
    const type = returnType(expression, language);
    if (type === 'number' || type === 'string')
      report(
        expression,
        `${message}, found the ${type === 'number' ? 'number' : 'text'} of "${expression.name}"`,
        add,
      );
  }
}

function literalType(expression: Expression): 'number' | 'text' | undefined {
  if (expression.kind === 'number') return 'number';
  if (expression.kind === 'string' && !isToken(expression.value)) return 'text';
  return undefined;
}

/** Whether text is filled in before the search runs: `$token$`, `<<FIELD>>`. */
function isToken(text: string): boolean {
  return /\$[^$\s]+\$|<<\w+>>/.test(text);
}

function report(expression: Expression, message: string, add: Add): void {
  add({ severity: 'error', code: 'argument-type', message, span: expression.span });
}
