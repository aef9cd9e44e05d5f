// Walking a tree: every command, expression, condition and aggregate in it, whatever its command's arguments look like.
import type { Aggregation, Command, Expression, Pipeline, SearchExpression } from './tree.js';

/** What a walk calls; each may leave out what it does not need. Nodes come before what they hold. */
export interface Visitor {
  /** A pipeline and, for a subsearch, the command that it is an argument of. */
  readonly pipeline?: (pipeline: Pipeline, owner: Command | undefined) => void;
  /** `false` keeps the walk out of what the command holds. */
  readonly command?: (command: Command, pipeline: Pipeline) => unknown;
  /** Nodes of eval expressions; `false` keeps the walk out of what the node holds. */
  readonly expression?: (expression: Expression, command: Command) => unknown;
  /** Nodes of search expressions; `false` as above. */
  readonly search?: (expression: SearchExpression, command: Command) => unknown;
  readonly aggregation?: (aggregation: Aggregation, command: Command) => unknown;
}

type Node = Readonly<Record<string, unknown>>;

/** One node of a walk; what it holds are the steps up to `end`. */
type Step = { end: number } & (
  | { readonly type: 'pipeline'; readonly node: Pipeline; readonly command: Command | undefined }
  | { readonly type: 'command'; readonly node: Command; readonly pipeline: Pipeline }
  | { readonly type: 'expression'; readonly node: Expression; readonly command: Command }
  | { readonly type: 'search'; readonly node: SearchExpression; readonly command: Command }
  | { readonly type: 'aggregation'; readonly node: Aggregation; readonly command: Command }
);

/** The nodes of the pipeline walked last: checks and rules walk the same one several times in a row. */
let last: { readonly pipeline: Pipeline; readonly steps: readonly Step[] } | undefined;

/** Visits everything in a pipeline, subsearches included. */
export function walkPipeline(pipeline: Pipeline, visitor: Visitor): void {
  if (last?.pipeline !== pipeline) last = { pipeline, steps: stepsOf(pipeline) };
  const { steps } = last;
  for (let at = 0; at < steps.length; ) {
    const step = steps[at]!;
    at = visit(step, visitor) === false ? step.end : at + 1;
  }
}

function visit(step: Step, visitor: Visitor): unknown {
  switch (step.type) {
    case 'expression':
      return visitor.expression?.(step.node, step.command);
    case 'search':
      return visitor.search?.(step.node, step.command);
    case 'aggregation':
      return visitor.aggregation?.(step.node, step.command);
    case 'command':
      return visitor.command?.(step.node, step.pipeline);
    default:
      visitor.pipeline?.(step.node, step.command);
      return true;
  }
}

function stepsOf(pipeline: Pipeline): Step[] {
  const steps: Step[] = [];
  const enter = (node: Pipeline, owner: Command | undefined): void => {
    steps.push({ type: 'pipeline', node, command: owner, end: 0 });
    for (const command of node.commands) {
      const step: Step = { type: 'command', node: command, pipeline: node, end: 0 };
      steps.push(step);
      if (typeof command.arguments === 'object' && command.arguments !== null)
        collect(command.arguments, steps, command, enter);
      step.end = steps.length;
    }
  };
  enter(pipeline, undefined);
  return steps;
}

type Enter = (pipeline: Pipeline, owner: Command) => void;

function collect(value: object, steps: Step[], command: Command, enter: Enter): void {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) collectIn(value[i], steps, command, enter);
    return;
  }
  const node = value as Node;
  const { kind } = node;
  if (kind === 'pipeline') {
    enter(value as Pipeline, command);
    return;
  }
  if (typeof kind === 'string') {
    if (isSearchNode(kind, node)) {
      collectSearch(value as SearchExpression, steps, command, enter);
      return;
    }
    if (isExpressionNode(kind) && 'span' in node) {
      collectExpression(value as Expression, steps, command, enter);
      return;
    }
  } else if ('quoted' in node && !('subsearch' in node)) {
    // A field or a value: nothing in it is a node.
    return;
  }
  const isAggregation = typeof kind !== 'string' && 'functionSpan' in node && 'written' in node;
  const step: Step | undefined = isAggregation
    ? { type: 'aggregation', node: value as Aggregation, command, end: 0 }
    : undefined;
  if (step !== undefined) steps.push(step);
  for (const key in node) if (key !== 'span') collectIn(node[key], steps, command, enter);
  if (step !== undefined) step.end = steps.length;
}

function collectIn(value: unknown, steps: Step[], command: Command, enter: Enter): void {
  if (typeof value === 'object' && value !== null) collect(value, steps, command, enter);
}

function collectSearch(node: SearchExpression, steps: Step[], command: Command, enter: Enter): void {
  const step: Step = { type: 'search', node, command, end: 0 };
  steps.push(step);
  switch (node.kind) {
    case 'and':
    case 'or':
      collect(node.operands, steps, command, enter);
      break;
    case 'not':
      collect(node.operand, steps, command, enter);
      break;
    case 'comparison':
    case 'term':
    case 'time':
      // The span of an option is a time too, which has no value.
      if (node.value?.subsearch !== undefined) enter(node.value.subsearch, command);
      break;
    case 'in':
      for (let i = 0; i < node.values.length; i++) {
        const { subsearch } = node.values[i]!;
        if (subsearch !== undefined) enter(subsearch, command);
      }
      break;
    default:
  }
  step.end = steps.length;
}

function collectExpression(node: Expression, steps: Step[], command: Command, enter: Enter): void {
  const step: Step = { type: 'expression', node, command, end: 0 };
  steps.push(step);
  switch (node.kind) {
    case 'unary':
      collect(node.operand, steps, command, enter);
      break;
    case 'binary':
      collect(node.left, steps, command, enter);
      collect(node.right, steps, command, enter);
      break;
    case 'in':
      collect(node.operand, steps, command, enter);
      collect(node.values, steps, command, enter);
      break;
    case 'call':
      collect(node.arguments, steps, command, enter);
      break;
    default:
  }
  step.end = steps.length;
}

/** Visits everything in the arguments of one command; of its subsearches only the pipelines themselves. */
export function walkArguments(command: Command, visitor: Visitor): void {
  if (command.arguments !== undefined) walkValue(command.arguments, visitor, command);
}

function walkValue(value: unknown, visitor: Visitor, command: Command): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) walkValue(item, visitor, command);
    return;
  }
  const node = value as Node;
  const { kind } = node;
  if (kind === 'pipeline') {
    visitor.pipeline?.(value as Pipeline, command);
    return;
  }
  if (typeof kind === 'string') {
    if (isSearchNode(kind, node)) {
      if (visitor.search?.(value as SearchExpression, command) === false) return;
    } else if (isExpressionNode(kind) && 'span' in node) {
      if (visitor.expression?.(value as Expression, command) === false) return;
    }
  } else if ('quoted' in node && !('subsearch' in node)) {
    return;
  } else if ('functionSpan' in node && 'written' in node) {
    if (visitor.aggregation?.(value as Aggregation, command) === false) return;
  }
  for (const key in node) {
    const child = node[key];
    if (typeof child === 'object' && child !== null && key !== 'span') walkValue(child, visitor, command);
  }
}

function isExpressionNode(kind: string): boolean {
  switch (kind) {
    case 'number':
    case 'string':
    case 'field':
    case 'unary':
    case 'binary':
    case 'in':
    case 'call':
    case 'token':
      return true;
    default:
      return false;
  }
}

function isSearchNode(kind: string, node: Node): boolean {
  switch (kind) {
    case 'and':
    case 'or':
    case 'not':
    case 'term':
    case 'time':
    case 'everything':
      return true;
    case 'comparison':
      return 'field' in node;
    case 'in':
      return 'field' in node;
    default:
      return false;
  }
}
