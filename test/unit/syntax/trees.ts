// Trees as tests compare them: without spans, and expressions with every bracket written.
import { language } from '../../../src/language.js';
import { parsePipelineText } from '../../../src/syntax/pipeline.js';
import type { Expression, Pipeline, SearchExpression } from '../../../src/syntax/tree.js';

/** A copy of a tree without its spans, so that trees of differently written text can be equal. */
export function withoutSpans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    const isSpan = typeof child === 'object' && child !== null && 'start' in child && 'end' in child;
    if (!(isSpan && /^(?:span|\w+Span)$/.test(key))) copy[key] = withoutSpans(child);
  }
  return copy;
}

/** Parses a search that must have no fault. */
export function parsed(spl: string): Pipeline {
  const { tree, diagnostics } = parsePipelineText(spl, language);
  if (diagnostics.length > 0) throw new Error(`${spl}: ${diagnostics.map((d) => d.message).join('; ')}`);
  return tree;
}

/** The condition of `| where …`. */
export function whereCondition(text: string): Expression {
  return (parsed(`| where ${text}`).commands[0]!.arguments as { condition: Expression }).condition;
}

/** The condition of `search …`. */
export function searchCondition(text: string): SearchExpression {
  return (parsed(`search ${text}`).commands[0]!.arguments as { condition: SearchExpression }).condition;
}

/** An eval expression with every bracket written. */
export function bracketed(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
    case 'token':
      return expression.text;
    case 'string':
      return JSON.stringify(expression.value);
    case 'field':
      return expression.quoted ? `'${expression.name}'` : expression.name;
    case 'unary':
      return `(${expression.operator} ${bracketed(expression.operand)})`;
    case 'binary':
      return `(${bracketed(expression.left)} ${expression.operator} ${bracketed(expression.right)})`;
    case 'in':
      return `(${bracketed(expression.operand)} IN [${expression.values.map(bracketed).join(' ')}])`;
    case 'call':
      return `${expression.name}(${expression.arguments.map(bracketed).join(', ')})`;
    default:
      return `<${expression.kind}>`;
  }
}

/** A search expression with every operator written. */
export function spelled(expression: SearchExpression): string {
  switch (expression.kind) {
    case 'and':
      return `(${expression.operands.map(spelled).join(expression.implicit ? ' & ' : ' AND ')})`;
    case 'or':
      return `(${expression.operands.map(spelled).join(' OR ')})`;
    case 'not':
      return `!${spelled(expression.operand)}`;
    case 'comparison':
      return `${expression.field.name} ${expression.operator} ${JSON.stringify(expression.value.text)}`;
    case 'in':
      return `${expression.field.name} IN [${expression.values.map((value) => value.text).join(' ')}]`;
    case 'term': {
      const { directive, text, quoted } = expression.value;
      return `${directive ?? ''}${quoted ? JSON.stringify(text) : text}`;
    }
    case 'time':
      return `time ${expression.modifier} ${expression.value.text}`;
    default:
      return `<${expression.kind}>`;
  }
}
