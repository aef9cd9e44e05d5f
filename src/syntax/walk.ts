// Walking a tree: every command, expression, condition and aggregate in it, whatever its command's arguments look like.
import type { Aggregation, Command, Expression, Pipeline, SearchExpression } from './tree.js';

/** What a walk calls; each may leave out what it does not need. Nodes come before what they hold. */
export interface Visitor {
  /** A pipeline and, for a subsearch, the command that it is an argument of. */
  readonly pipeline?: (pipeline: Pipeline, owner: Command | undefined) => void;
  readonly command?: (command: Command) => void;
  /** Nodes of eval expressions; `false` keeps the walk out of what the node holds. */
  readonly expression?: (expression: Expression, command: Command) => unknown;
  /** Nodes of search expressions; `false` as above. */
  readonly search?: (expression: SearchExpression, command: Command) => unknown;
  readonly aggregation?: (aggregation: Aggregation, command: Command) => unknown;
}

type Node = Readonly<Record<string, unknown>>;

/** Visits everything in a pipeline, subsearches included. */
export function walkPipeline(pipeline: Pipeline, visitor: Visitor): void {
  enterPipeline(pipeline, visitor, undefined);
}

function enterPipeline(pipeline: Pipeline, visitor: Visitor, owner: Command | undefined): void {
  visitor.pipeline?.(pipeline, owner);
  for (const command of pipeline.commands) {
    visitor.command?.(command);
    if (command.arguments !== undefined) walkValue(command.arguments, visitor, command, true);
  }
}

/** Visits everything in the arguments of one command; of its subsearches only the pipelines themselves. */
export function walkArguments(command: Command, visitor: Visitor): void {
  if (command.arguments !== undefined) walkValue(command.arguments, visitor, command, false);
}

function walkValue(value: unknown, visitor: Visitor, command: Command, deep: boolean): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) walkValue(item, visitor, command, deep);
    return;
  }
  const node = value as Node;
  const { kind } = node;
  if (kind === 'pipeline') {
    if (deep) enterPipeline(value as Pipeline, visitor, command);
    else visitor.pipeline?.(value as Pipeline, command);
    return;
  }
  if (typeof kind === 'string') {
    if (isSearchNode(kind, node)) {
      if (visitor.search?.(value as SearchExpression, command) === false) return;
    } else if (isExpressionNode(kind) && 'span' in node) {
      if (visitor.expression?.(value as Expression, command) === false) return;
    }
  } else if ('functionSpan' in node && 'written' in node) {
    if (visitor.aggregation?.(value as Aggregation, command) === false) return;
  }
  for (const key in node) {
    const child = node[key];
    if (typeof child === 'object' && child !== null && key !== 'span')
      walkValue(child, visitor, command, deep);
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
