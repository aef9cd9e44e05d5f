// Taking conditions apart, so that each part is tested as soon as its fields are at hand.
import type { Expression } from '../syntax/tree.js';

/** The parts of an expression that must all be true. */
export function andParts(expression: Expression): readonly Expression[] {
  return expression.kind === 'binary' && expression.operator === 'AND'
    ? [...andParts(expression.left), ...andParts(expression.right)]
    : [expression];
}

/** The opposite of a condition that is written as code, without brackets that mean nothing. */
export function negated(condition: string): string {
  const inner = withoutBrackets(condition);
  if (inner.startsWith('!') && isUnit(inner.slice(1))) return withoutBrackets(inner.slice(1));
  return isUnit(inner) ? `!${inner}` : `!(${inner})`;
}

function withoutBrackets(code: string): string {
  let inner = code;
  while (inner.startsWith('(') && isUnit(inner)) inner = inner.slice(1, -1);
  return inner;
}

/** Whether code is one call, or one pair of brackets and what stands in it. */
function isUnit(code: string): boolean {
  const open = /^[\w$]*\(/.exec(code)?.[0].length ?? 0;
  if (open === 0) return false;
  let depth = 1;
  for (let at = open; at < code.length; at++) {
    const char = code[at];
    // Text stands in double quotes only, as JSON writes it.
    if (char === '"') {
      for (at++; at < code.length && code[at] !== '"'; at++) if (code[at] === '\\') at++;
    } else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at === code.length - 1;
  }
  return false;
}
