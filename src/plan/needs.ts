// Which fields each operator needs of its input, given which are needed of its output.
import type { Expression, SearchExpression } from '../syntax/tree.js';
import type { Assignment, Operator, PlannedAggregation, Predicate } from './operator.js';

/** Names of fields, or every field there is. */
export type Need = ReadonlySet<string> | 'all';

/** Joins needs. */
export function union(...needs: readonly Need[]): Need {
  const all = new Set<string>();
  for (const need of needs) {
    if (need === 'all') return 'all';
    for (const name of need) all.add(name);
  }
  return all;
}

function without(need: Need, names: readonly string[]): Need {
  if (need === 'all') return need;
  const rest = new Set(need);
  for (const name of names) rest.delete(name);
  return rest;
}

const isPattern = (name: string): boolean => name.includes('*');

/** What an operator needs of its input. For join and apply: of its main input. */
export function needOf(operator: Operator, out: Need): Need {
  switch (operator.op) {
    case 'scan':
    case 'given':
    case 'union':
    case 'mark':
    case 'limit':
      return out;
    case 'filter':
      return union(out, predicateNeed(operator.predicate));
    case 'extend':
      return extendNeed(operator.fields, out);
    case 'project':
      if (operator.mode === 'remove')
        return out === 'all' || operator.fields.some(isPattern) ? out : without(out, operator.fields);
      if (operator.fields.some(isPattern) || (operator.internal && out === 'all')) return out;
      return out === 'all' ? new Set(operator.fields) : out;
    case 'rename': {
      if (operator.pairs.some((pair) => isPattern(pair.from))) return 'all';
      if (out === 'all') return out;
      return union(
        without(
          out,
          operator.pairs.map((pair) => pair.to),
        ),
        new Set(operator.pairs.map((pair) => pair.from)),
      );
    }
    case 'aggregate':
      return union(new Set(operator.by), aggregationNeed(operator.aggregations));
    case 'window':
      return union(
        without(
          out,
          operator.aggregations.map((item) => item.as),
        ),
        new Set(operator.by),
        aggregationNeed(operator.aggregations),
      );
    case 'sort':
      return union(out, new Set(operator.keys.map((key) => key.field)));
    case 'dedup':
      return operator.fields.some(isPattern) ? 'all' : union(out, new Set(operator.fields));
    case 'expand':
      return union(out, new Set([operator.field]));
    case 'join':
      return operator.fields.length === 0 ? 'all' : union(out, new Set([...operator.fields, '_time']));
    case 'apply': {
      if (operator.reads === undefined) return 'all';
      const reads = union(new Set(operator.reads), expressionsNeed(operator.expressions));
      if (operator.kind === 'values') return union(without(out, operator.writes ?? []), reads);
      return operator.kind === 'row' ? union(out, reads) : reads;
    }
  }
}

function expressionsNeed(expressions: (Operator & { op: 'apply' })['expressions']): Need {
  return union(
    ...Object.values(expressions ?? {}).map((item) =>
      'value' in item ? expressionNeed(item.value) : predicateNeed(item.test),
    ),
  );
}

/** The assignments whose result is needed, by what comes after or by a later one of them. */
export function liveAssignments(fields: readonly Assignment[], out: Need): readonly Assignment[] {
  if (out === 'all') return fields;
  const live: Assignment[] = [];
  let need: Need = out;
  for (const field of [...fields].reverse()) {
    if (!field.dynamicName && need !== 'all' && !need.has(field.name)) continue;
    live.unshift(field);
    need = union(without(need, [field.name]), assignmentNeed(field));
  }
  return live;
}

function extendNeed(fields: readonly Assignment[], out: Need): Need {
  let need = out;
  for (const field of [...liveAssignments(fields, out)].reverse()) {
    if (field.dynamicName) need = union(need, new Set(dynamicNameFields(field.name)));
    else need = without(need, [field.name]);
    need = union(need, assignmentNeed(field));
  }
  return need;
}

function assignmentNeed({ value, when }: Assignment): Need {
  return when === undefined ? expressionNeed(value) : union(expressionNeed(value), predicateNeed(when));
}

/** The fields whose values name the field in `{a}_{b}`. */
export function dynamicNameFields(name: string): string[] {
  return [...name.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] as string);
}

function aggregationNeed(aggregations: readonly PlannedAggregation[]): Need {
  return union(
    new Set(['_time']),
    ...aggregations.map((item): Need => {
      if (item.expression !== undefined) return expressionNeed(item.expression);
      if (item.field === undefined) return new Set<string>();
      return isPattern(item.field) ? 'all' : new Set([item.field]);
    }),
  );
}

export function predicateNeed(predicate: Predicate): Need {
  if (predicate.kind === 'regex') return new Set([predicate.field]);
  if (predicate.kind === 'eval') return expressionNeed(predicate.expression);
  return searchNeed(predicate.expression);
}

function searchNeed(expression: SearchExpression): Need {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return union(...expression.operands.map(searchNeed));
    case 'not':
      return searchNeed(expression.operand);
    case 'comparison':
    case 'in':
      return new Set([expression.field.name]);
    case 'term':
      return new Set(['_raw']);
    case 'time':
      return new Set(['_time', '_indextime']);
    case 'subsearch':
      return 'all';
    default:
      return new Set();
  }
}

/** Functions that may look at any field of the event. */
const wholeRow = new Set(['searchmatch', 'getfields', 'spath', 'lookup']);

export function expressionNeed(expression: Expression): Need {
  switch (expression.kind) {
    case 'field':
      return new Set([expression.name]);
    case 'unary':
      return expressionNeed(expression.operand);
    case 'binary':
      return union(expressionNeed(expression.left), expressionNeed(expression.right));
    case 'in':
      return union(expressionNeed(expression.operand), ...expression.values.map(expressionNeed));
    case 'call':
      return wholeRow.has(expression.name.toLowerCase())
        ? 'all'
        : union(...expression.arguments.map(expressionNeed));
    case 'token':
      return 'all';
    default:
      return new Set();
  }
}
