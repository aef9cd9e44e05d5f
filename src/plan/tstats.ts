// Statistics over data models and indexed fields: prefixes of data sets are taken off inside and put back outside.
import type { Aggregation, BinSpan, FieldName, SearchExpression } from '../syntax/tree.js';
import { namesOf, plannedAggregations } from './aggregation.js';
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
}

/** Plans tstats and mstats over the rows of a data set, or over the events where there is none. */
export function indexedStatistics(statistics: IndexedStatistics, context: PlanContext): Operator {
  const { dataset } = statistics;
  const prefixes = (dataset?.lineage ?? []).map((name) => `${name}.`);
  const plain = (name: string): string => {
    const prefix = prefixes.find((item) => name.startsWith(item));
    return prefix === undefined ? name : name.slice(prefix.length);
  };
  let operator: Operator = dataset?.operator ?? { op: 'scan' };
  if (statistics.where !== undefined) {
    const expression = mapFields(statistics.where, plain, dataset?.lineage ?? []);
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
  const aggregations = plannedAggregations(statistics.aggregations, context, plain).map((item) =>
    // `count(Processes)` counts the events of the data set.
    item.function === 'count' && item.field !== undefined && dataset?.lineage.includes(item.field)
      ? { function: 'count', as: item.as }
      : item,
  );
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
  const named = statistics.aggregations.flatMap((item) =>
    item.argument !== undefined && 'name' in item.argument ? [(item.argument as FieldName).name] : [],
  );
  const fields = [...new Set([...by, ...named])];
  const pairs = fields
    .map((name) => ({ from: plain(name), to: name }))
    .filter((pair) => pair.from !== pair.to);
  const renamed: Operator = pairs.length === 0 ? input : { op: 'rename', input, pairs };
  return { op: 'project', input: renamed, mode: 'keep', fields: ['_time', ...fields] };
}

/** The data set that every event of a where clause must be of: `nodename=Model.Dataset` or `nodename=Dataset`. */
export function nodeOf(where: SearchExpression | undefined): string | undefined {
  if (where?.kind === 'and') return where.operands.map(nodeOf).find((name) => name !== undefined);
  return where?.kind === 'comparison' && where.field.name === 'nodename' && where.operator === '='
    ? where.value.text
    : undefined;
}

/** The expression with its fields' names changed; `nodename` conditions hold, since the data set is chosen already. */
function mapFields(
  expression: SearchExpression,
  map: (name: string) => string,
  lineage: readonly string[],
): SearchExpression {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return { ...expression, operands: expression.operands.map((item) => mapFields(item, map, lineage)) };
    case 'not':
      return { ...expression, operand: mapFields(expression.operand, map, lineage) };
    case 'comparison':
      if (expression.field.name === 'nodename' && lineage.length > 0)
        return { kind: 'everything', span: expression.span };
      return { ...expression, field: { ...expression.field, name: map(expression.field.name) } };
    case 'in':
      return { ...expression, field: { ...expression.field, name: map(expression.field.name) } };
    default:
      return expression;
  }
}
