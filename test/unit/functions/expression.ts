// A small evaluator of example expressions, so that functions are tested without the rest of the engine.

import type { ArgumentShape, EvalContext, FunctionDefinition } from '../../../src/functions/function.js';
import { functions } from '../../../src/functions/index.js';
import { textOf, valuesOf } from '../../../src/runtime/multivalue.js';
import { formatScalar, toNumber } from '../../../src/runtime/number.js';
import type { FieldValue } from '../../../src/runtime/value.js';

type Node =
  | { kind: 'value'; value: FieldValue; text?: string }
  | { kind: 'field'; name: string }
  | { kind: 'call'; name: string; args: Node[] }
  | { kind: 'operator'; operator: string; args: Node[] };

const byName = new Map<string, FunctionDefinition>();
for (const definition of functions) {
  byName.set(definition.name, definition);
  for (const alias of definition.aliases ?? []) byName.set(alias, definition);
}

const token =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?)|"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z_]\w*)|(==|!=|<=|>=|[-=<>+*/%.(),]))/y;
const levels = [['OR'], ['AND'], ['=', '==', '!=', '<', '>', '<=', '>='], ['.'], ['+', '-'], ['*', '/', '%']];

function parse(text: string): Node {
  const tokens: RegExpExecArray[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const found = token.exec(text);
    if (found === null) throw new Error(`cannot read ${text}`);
    tokens.push(found);
  }
  let at = 0;
  const peek = () => tokens[at]?.[5] ?? tokens[at]?.[4];
  const expect = (text: string) => {
    if (peek() !== text) throw new Error(`expected ${text}`);
    at++;
  };
  const binary = (level: number): Node => {
    if (level === levels.length) return primary();
    let left = binary(level + 1);
    while (levels[level]?.includes(peek() ?? '')) {
      const operator = peek() as string;
      at++;
      left = { kind: 'operator', operator, args: [left, binary(level + 1)] };
    }
    return left;
  };
  const primary = (): Node => {
    const current = tokens[at++];
    if (current === undefined) throw new Error('unexpected end');
    if (current[1] !== undefined) return { kind: 'value', value: Number(current[1]), text: current[1] };
    if (current[2] !== undefined) return { kind: 'value', value: current[2].replace(/\\(["\\])/g, '$1') };
    if (current[3] !== undefined) return { kind: 'field', name: current[3] };
    if (current[5] === '(') {
      const inner = binary(0);
      expect(')');
      return inner;
    }
    if (current[5] === '-') return { kind: 'operator', operator: 'neg', args: [primary()] };
    const name = current[4] as string;
    if (peek() !== '(') return { kind: 'field', name };
    at++;
    const args: Node[] = [];
    while (peek() !== ')') {
      args.push(binary(0));
      if (peek() === ',') at++;
    }
    at++;
    return { kind: 'call', name, args };
  };
  return binary(0);
}

function operate(operator: string, args: FieldValue[]): FieldValue {
  const [a, b] = args as [FieldValue, FieldValue];
  if (a === null || b === null) return null;
  if (operator === 'AND') return a === true && b === true;
  if (operator === 'OR') return a === true || b === true;
  if (operator === '.') return `${textOf(a)}${textOf(b)}`;
  const x = toNumber(a);
  const y = toNumber(b);
  const numeric = !Number.isNaN(x) && !Number.isNaN(y);
  switch (operator) {
    case 'neg':
      return -x;
    case '+':
      return numeric ? x + y : `${textOf(a)}${textOf(b)}`;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
  }
  const compare = numeric
    ? Math.sign(x - y)
    : textOf(a) === textOf(b)
      ? 0
      : (textOf(a) ?? '') < (textOf(b) ?? '')
        ? -1
        : 1;
  switch (operator) {
    case '!=':
      return compare !== 0;
    case '<':
      return compare < 0;
    case '>':
      return compare > 0;
    case '<=':
      return compare <= 0;
    case '>=':
      return compare >= 0;
    default:
      return compare === 0;
  }
}

function shapeOf(node: Node): ArgumentShape {
  if (node.kind === 'value') {
    return { kind: 'constant', value: node.value, ...(node.text === undefined ? {} : { text: node.text }) };
  }
  if (node.kind === 'field') return { kind: 'field', name: node.name };
  const returns =
    node.kind === 'call'
      ? (byName.get(node.name)?.returns ?? 'any')
      : /^[-+*/%]|neg$/.test(node.operator)
        ? 'number'
        : node.operator === '.'
          ? 'string'
          : 'boolean';
  if (node.kind === 'operator' && returns === 'number') {
    return { kind: 'expression', returns, operator: node.operator, operands: node.args.map(shapeOf) };
  }
  return { kind: 'expression', returns };
}

function firstField(node: Node): string | undefined {
  if (node.kind === 'field') return node.name;
  if (node.kind === 'value') return undefined;
  for (const arg of node.args) {
    const found = firstField(arg);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What an example asks of the evaluator. */
export interface Scene {
  fields: Map<string, FieldValue>;
  context: EvalContext;
  /** Whether functions are called through `prepare` where they have it. */
  prepared: boolean;
}

function run(node: Node, scene: Scene): FieldValue {
  if (node.kind === 'value') return node.value;
  if (node.kind === 'field') return scene.fields.get(node.name) ?? null;
  if (node.kind === 'operator')
    return operate(
      node.operator,
      node.args.map((arg) => run(arg, scene)),
    );
  const definition = byName.get(node.name);
  if (definition === undefined) throw new Error(`no function ${node.name}`);
  if (definition.style === 'lazy') {
    return (definition.evaluateLazy as NonNullable<FunctionDefinition['evaluateLazy']>)(
      node.args.map((arg) => () => run(arg, scene)),
      scene.context,
    );
  }
  if (definition.style === 'expression') {
    const body = node.args[node.args.length - 1] as Node;
    const name = firstField(node.args[0] as Node) as string;
    const value = node.args.length > 1 ? run(node.args[0] as Node, scene) : (scene.fields.get(name) ?? null);
    const each = (item: FieldValue) => run(body, { ...scene, fields: new Map(scene.fields).set(name, item) });
    return (definition.evaluateEach as NonNullable<FunctionDefinition['evaluateEach']>)(
      value,
      each,
      scene.context,
    );
  }
  const args = node.args.map((arg) => run(arg, scene));
  if (definition.nulls === 'propagate' && args.includes(null)) return null;
  const prepared = scene.prepared ? definition.prepare?.(node.args.map(shapeOf)) : undefined;
  const evaluate = prepared ?? definition.evaluate;
  if (evaluate === undefined) throw new Error(`${node.name} has no evaluate`);
  return evaluate(scene.context, ...args);
}

/** Evaluates an expression over fields. */
export function evaluateExpression(
  expression: string,
  fields: Readonly<Record<string, FieldValue>> = {},
  options: { now?: number; timezone?: string; prepared?: boolean } = {},
): FieldValue {
  const row = new Map(Object.entries(fields));
  const context: EvalContext = {
    now: options.now ?? 1668594923,
    timezone: options.timezone ?? 'UTC',
    field: (name) => row.get(name),
    fieldNames: () => [...row.keys()],
    random: () => 0.5,
    memory: new Map(),
  };
  return run(parse(expression), { fields: row, context, prepared: options.prepared ?? true });
}

/** The texts of a value, for messages. */
export function show(value: FieldValue): string {
  return valuesOf(value).map(formatScalar).join('|');
}
