// Statistics over data models and indexed fields: names with a data set before them are those of the results only.
import { pipelineFields } from '../syntax/field-flow.js';
import type { Aggregation, BinSpan, FieldName, SearchExpression } from '../syntax/tree.js';
import { namesOf, plannedAggregations } from './aggregation.js';
import { allNames, namedFields, qualified } from './dataset-fields.js';
import { withoutInternal } from './indexes.js';
import { computedNodes, eachNode, inNode } from './nodename.js';
import type { DatasetPlan, Operator, PlanContext } from './operator.js';

export interface IndexedStatistics {
  readonly aggregations: readonly Aggregation[];
  readonly where: SearchExpression | undefined;
  readonly by: readonly FieldName[] | undefined;
  readonly span: BinSpan | undefined;
  readonly fillNull: string | undefined;
  /** The rows before grouping, for a stats, chart or timechart behind it. */
  readonly partial: boolean;
  readonly dataset: DatasetPlan | undefined;
  /** Where there is no data set: what is read in the place of the events, and the field that a name of theirs means. */
  readonly rows?: Operator;
  readonly fieldOf?: (name: string) => string;
}

/** The text of `PREFIX(text)`, which stands in the place of a field. */
export const prefixOf = (name: string): string | undefined => /^PREFIX\((.+)\)$/s.exec(name)?.[1];

/** The rows with a field for each PREFIX, named by its text. */
export function withPrefixes(input: Operator, prefixes: readonly string[]): Operator {
  return prefixes.reduce<Operator>(
    (rows, prefix) => ({
      op: 'apply',
      kind: 'values',
      function: 'prefix',
      input: rows,
      arguments: { prefix },
      reads: ['_raw'],
      writes: [prefix],
    }),
    input,
  );
}

/** Plans tstats and mstats over the rows of a data set, or over the events where there is none. */
export function indexedStatistics(statistics: IndexedStatistics, context: PlanContext): Operator {
  const { dataset, where } = statistics;
  const byNode = dataset !== undefined && namesOf(statistics.by).includes('nodename');
  const events: Operator = byNode
    ? eachNode(dataset, context)
    : (dataset?.operator ?? statistics.rows ?? { op: 'scan' });
  const nodes: string[] = [];
  if (where !== undefined && dataset !== undefined)
    mapFields(
      where,
      (name) => name,
      (pattern) => {
        nodes.push(...computedNodes(pattern, dataset));
        return undefined;
      },
    );
  const told = where === undefined || dataset === undefined ? [] : subsearchNames(where, dataset);
  const named =
    dataset === undefined
      ? undefined
      : namedFields(dataset, events, [...namesIn(statistics), ...told, ...nodes], context);
  const plain = named?.fieldOf ?? statistics.fieldOf ?? ((name: string) => name);
  let operator = named?.operator ?? events;
  if (dataset !== undefined && told.length > 0) operator = qualified(dataset, told, operator);
  if (where !== undefined) {
    const mapped = mapFields(where, plain, (pattern) => inNode(pattern, dataset, context));
    const expression = dataset === undefined ? withoutInternal(mapped) : mapped;
    operator = {
      op: 'filter',
      input: operator,
      predicate: { kind: 'search', expression, subsearches: context.subsearches(expression) },
    };
  }
  const { span } = statistics;
  const by = namesOf(statistics.by);
  // A span rounds the time that is grouped by; aggregates such as min(_time) see that of the events.
  const bucket = span !== undefined && !statistics.partial && by.includes('_time') ? '_bucket' : '_time';
  if (span !== undefined)
    operator = {
      op: 'apply',
      kind: 'values',
      function: 'bin',
      input: operator,
      arguments: { span: { ...span }, isTime: true },
      reads: ['_time'],
      writes: [bucket],
    };
  for (const item of statistics.aggregations) {
    if (item.argument !== undefined && 'expression' in item.argument)
      context.refuse('eval expressions cannot stand in the aggregates of tstats', undefined, 'syntax');
  }
  if (statistics.partial) return partialRows(operator, statistics, by, plain);
  const aggregations = plannedAggregations(statistics.aggregations, context, plain).map((item, at) => {
    // `count(Processes)` counts the events of the data set.
    const counted = item.function === 'count' ? fieldNameOf(statistics.aggregations[at]) : undefined;
    const of = counted === undefined ? undefined : named?.eventsOf(counted);
    if (of === undefined) return item;
    return { function: 'count', as: item.as, ...(of === null ? {} : { field: of }) };
  });
  return {
    op: 'aggregate',
    input: operator,
    aggregations,
    by: by.map((field) => (field === '_time' ? bucket : plain(field))),
    byNames: by,
    rowForNone: aggregations.some((item) => item.function === 'count' || item.function === 'dc'),
    ...(statistics.fillNull === undefined ? {} : { fillNull: statistics.fillNull }),
  };
}

/** The events with the fields that are grouped and aggregated, under the names that the search gives them. */
function partialRows(
  input: Operator,
  statistics: IndexedStatistics,
  by: readonly string[],
  plain: (name: string) => string,
): Operator {
  const named = statistics.aggregations.flatMap((item) => fieldNameOf(item) ?? []);
  const fields = [...new Set([...by, ...named].map((name) => prefixOf(name) ?? name))];
  const pairs = fields
    .map((name) => ({ from: plain(name), to: name }))
    .filter((pair) => pair.from !== pair.to);
  const renamed: Operator = pairs.length === 0 ? input : { op: 'rename', input, pairs };
  return { op: 'project', input: renamed, mode: 'keep', fields: ['_time', ...fields] };
}

function fieldNameOf(item: Aggregation | undefined): string | undefined {
  const argument = item?.argument;
  return argument !== undefined && 'name' in argument ? (argument as FieldName).name : undefined;
}

/** The names of fields that stand in the clauses of a search. */
export function namesIn({
  aggregations,
  where,
  by,
}: Pick<IndexedStatistics, 'aggregations' | 'where' | 'by'>): string[] {
  const names = [...aggregations.flatMap((item) => fieldNameOf(item) ?? []), ...namesOf(by)];
  if (where !== undefined)
    mapFields(
      where,
      (name) => {
        names.push(name);
        return name;
      },
      () => undefined,
    );
  return [...new Set(names)];
}

/**
 * Names of the fields that subsearches of a condition may put conditions on: those that are known to come out of one,
 * or all of the data set's, where it may also give conditions as text.
 */
function subsearchNames(where: SearchExpression, dataset: DatasetPlan): string[] {
  switch (where.kind) {
    case 'and':
    case 'or':
      return where.operands.flatMap((item) => subsearchNames(item, dataset));
    case 'not':
      return subsearchNames(where.operand, dataset);
    case 'subsearch': {
      const { closed, known, patterns } = pipelineFields(where.pipeline);
      const isKnown = closed && patterns.length === 0 && !known.has('search') && !known.has('query');
      return isKnown ? [...known] : allNames(dataset);
    }
    default:
      return [];
  }
}

/** The expression with its fields' names changed, and conditions on `nodename` put as those of the data sets named. */
function mapFields(
  expression: SearchExpression,
  map: (name: string) => string,
  node: (pattern: string) => SearchExpression | undefined,
): SearchExpression {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { ...expression, operands: expression.operands.map((item) => mapFields(item, map, node)) };
    case 'not':
      return { ...expression, operand: mapFields(expression.operand, map, node) };
    case 'comparison': {
      const { field, operator, value, span } = expression;
      const condition = field.name === 'nodename' ? node(value.text) : undefined;
      if (condition !== undefined)
        return operator === '!=' ? { kind: 'not', operand: condition, span } : condition;
      return { ...expression, field: { ...field, name: map(field.name) } };
    }
    case 'in': {
      const { field, values, span } = expression;
      const conditions = field.name === 'nodename' ? values.map((value) => node(value.text)) : [];
      const known = conditions.filter((condition) => condition !== undefined);
      if (known.length > 0) return { kind: 'or', operands: known, span };
      return { ...expression, field: { ...field, name: map(field.name) } };
    }
    default:
      return expression;
  }
}
