// Expressions that commands make, in the tree's own form.
import type { Expression, SearchExpression } from '../syntax/tree.js';

const span = { start: 0, end: 0 };

/** A field. */
export function fieldNode(name: string): Expression {
  return { kind: 'field', name, quoted: true, span };
}

/** A text. */
export function textNode(value: string): Expression {
  return { kind: 'string', value, span };
}

/** A call of an eval function. */
export function callNode(name: string, ...args: readonly Expression[]): Expression {
  return { kind: 'call', name, nameSpan: span, arguments: args, span };
}

/** The field, or a text where it has no value. */
export function coalesced(name: string, text: string): Expression {
  return callNode('coalesce', fieldNode(name), textNode(text));
}

/** `field=text` of the search command. */
export function comparisonNode(field: string, text: string): SearchExpression {
  return {
    kind: 'comparison',
    field: { name: field, quoted: false, span },
    operator: '=',
    value: { text, quoted: true, span },
    span,
  };
}
