// The fields that a search over a data set names: those of the data set under their plain names, those that a child
// declares as fields of their own, which have values only in the events of the child.
import { isEventField, pathOf } from '../syntax/data-model-name.js';
import type { SearchExpression } from '../syntax/tree.js';
import { allOf, levelCondition } from './dataset.js';
import { callNode, comparisonNode, fieldNode, textNode } from './expressions.js';
import type { Assignment, DatasetNode, DatasetPlan, Operator, PlanContext } from './operator.js';

/** Rows of a data set, and which field of theirs a name stands for. */
export interface NamedFields {
  readonly operator: Operator;
  readonly fieldOf: (name: string) => string;
  /** The field that only events of a data set have, for a name that is its path; null for one that all are of. */
  readonly eventsOf: (name: string) => string | null | undefined;
}

/** Adds to the rows of a data set what is asked for of its children by name. */
export function namedFields(
  dataset: DatasetPlan,
  input: Operator,
  names: readonly string[],
  context: PlanContext,
): NamedFields {
  const isOwn = (path: string): boolean => dataset.nodes.get(path)?.levels.length === 0;
  const wanted = new Map<string, Set<string>>();
  const memberships = new Map<string, Assignment>();
  const want = (path: string, field?: string): void => {
    if (isOwn(path) || !dataset.nodes.has(path)) return;
    const fields = wanted.get(path) ?? new Set();
    if (field !== undefined) fields.add(field);
    wanted.set(path, fields);
  };
  for (const name of names) {
    const meaning = dataset.resolve(name);
    if (meaning.kind === 'field') want(meaning.owner, meaning.field);
    else if (meaning.kind === 'dataset') want(meaning.path);
    else if (meaning.kind === 'membership' && dataset.nodes.has(meaning.path)) {
      const { path, isNegated } = meaning;
      want(path);
      const member = isOwn(path) ? textNode('1') : fieldNode(path);
      const value = isNegated
        ? callNode('if', callNode('isnull', member), numberNode(1), numberNode(0))
        : callNode('if', callNode('isnull', member), numberNode(0), numberNode(1));
      memberships.set(name, { name, value });
    }
  }
  let operator = input;
  for (const [path, fields] of wanted) {
    const node = dataset.nodes.get(path);
    if (node !== undefined) operator = withFieldsOf(node, path, [...fields], operator, dataset, context);
  }
  if (memberships.size > 0) operator = { op: 'extend', input: operator, fields: [...memberships.values()] };
  return {
    operator,
    fieldOf(name) {
      const meaning = dataset.resolve(name);
      switch (meaning.kind) {
        case 'plain':
          return meaning.field;
        case 'field':
          return isOwn(meaning.owner) ? meaning.field : name;
        case 'astray':
          // No row has a field of such a name, while it may have one of the plain name.
          return meaning.prefix === '' ? `.${name}` : name;
        default:
          return name;
      }
    },
    eventsOf(name) {
      const meaning = dataset.resolve(name);
      // The name of a data set by itself, without those above it, counts its events too.
      if (dataset.lineage.includes(name)) return null;
      if (meaning.kind !== 'dataset') return undefined;
      return isOwn(meaning.path) ? null : meaning.path;
    },
  };
}

const numberNode = (value: 0 | 1) =>
  ({ kind: 'number', value, text: String(value), span: { start: 0, end: 0 } }) as const;

/** Every name that a field of the data set, or of one below the same root, can be called by. */
export function allNames(dataset: DatasetPlan): string[] {
  const names = [...dataset.nodes].flatMap(([path, { fields }]) =>
    fields.filter(({ owner }) => owner === path).map(({ name }) => `${path}.${name}`),
  );
  return [...new Set(names)];
}

/** Copies of the own fields under the names that a search calls them by, for conditions that are known only when run. */
export function qualified(dataset: DatasetPlan, names: readonly string[], input: Operator): Operator {
  const fields = names.flatMap((name): Assignment[] => {
    const meaning = dataset.resolve(name);
    return meaning.kind === 'field' && dataset.nodes.get(meaning.owner)?.levels.length === 0
      ? [{ name, value: fieldNode(meaning.field) }]
      : [];
  });
  return fields.length === 0 ? input : { op: 'extend', input, fields };
}

/**
 * Goes down to a child level by level: a field with the path of the level has a value in the events of it, and the
 * level's calculations follow. The child's fields are then copied under their names, and what the calculations wrote
 * over is put back, for another child may have fields of the same names.
 */
function withFieldsOf(
  node: DatasetNode,
  path: string,
  fields: readonly string[],
  input: Operator,
  dataset: DatasetPlan,
  context: PlanContext,
): Operator {
  const isComputed = !dataset.isGiven;
  const written = isComputed ? [...new Set(node.levels.flatMap((level) => level.calculated))] : [];
  const saved = (field: string): string => `${path} ${field}`;
  let operator = extended(
    input,
    written.map((field) => ({ name: saved(field), value: fieldNode(field) })),
  );
  let above: SearchExpression | undefined;
  for (const level of node.levels) {
    const own = levelCondition(level, dataset.isGiven, context);
    const both = [above, own].filter((condition) => condition !== undefined);
    const condition = both.length === 2 ? allOf(both) : both[0];
    operator = extended(operator, [
      {
        name: level.path,
        value: textNode('1'),
        ...(condition === undefined ? {} : when(condition, context)),
      },
    ]);
    if (isComputed) operator = level.calculate(operator);
    above = comparisonNode(level.path, '1');
  }
  const member = comparisonNode(path, '1');
  operator = extended(
    operator,
    fields.map((field) => ({
      name: `${path}.${field}`,
      value: fieldNode(field),
      ...when(member, context),
    })),
  );
  return extended(
    operator,
    written.map((field) => ({ name: field, value: fieldNode(saved(field)) })),
  );
}

function extended(input: Operator, fields: readonly Assignment[]): Operator {
  return fields.length === 0 ? input : { op: 'extend', input, fields };
}

function when(expression: SearchExpression, context: PlanContext): Pick<Assignment, 'when'> {
  return { when: { kind: 'search', expression, subsearches: context.subsearches(expression) } };
}

/** The root whose fields a search names, for a model with several that it reads as a whole. */
export function rootOfNames(names: readonly string[], dataset: DatasetPlan): string | undefined {
  for (const name of names) {
    if (isEventField(name)) continue;
    const meaning = dataset.resolve(name);
    const path =
      meaning.kind === 'field'
        ? meaning.owner
        : meaning.kind === 'dataset' || meaning.kind === 'membership'
          ? meaning.path
          : undefined;
    if (path !== undefined) return path.split('.')[0];
  }
  return pathOf(dataset.lineage.slice(0, 1));
}
