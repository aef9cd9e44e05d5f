// Data-model data sets as plans: constraints are filters over the events, calculations are computed fields.
import type { DatasetPlan, Operator, PlanContext } from './operator.js';

/** What planning reads of a data model; the knowledge room has the whole. */
interface PlannableDataset {
  readonly name: string;
  readonly lineage: readonly string[];
  readonly constraints: readonly string[];
  readonly baseSearch?: string;
  readonly fields: readonly { readonly name: string }[];
  readonly calculations: readonly PlannableCalculation[];
}
type PlannableCalculation =
  | { readonly kind: 'eval'; readonly field: string; readonly expression: string }
  | {
      readonly kind: 'lookup';
      readonly lookup: string;
      readonly inputs: readonly { lookupField: string; field: string }[];
      readonly outputs: readonly { lookupField: string; field: string }[];
    }
  | {
      readonly kind: 'rex';
      readonly field: string;
      readonly expression: string;
      readonly outputs: readonly string[];
    };
type PlannableModels = ReadonlyMap<string, { readonly datasets: readonly PlannableDataset[] }>;

/**
 * Plans the rows of `Model.Dataset` or `Model`, with unprefixed fields. With `given` the events already are that data
 * set's, and nothing is tested or computed. Undefined when there is no such data set.
 */
export function datasetPlan(
  name: string,
  context: PlanContext,
  models: PlannableModels | undefined,
  given: string | undefined,
): DatasetPlan | undefined {
  const [modelName = '', ...path] = name.split('.');
  const wanted = path.at(-1);
  const model = models?.get(modelName);
  const dataset =
    wanted === undefined
      ? model?.datasets.find((item) => item.lineage.length === 1)
      : model?.datasets.find((item) => item.name === wanted);
  const isGiven = given !== undefined && given.split('.')[0] === modelName;
  if (dataset === undefined) {
    // Events of a data set that no model describes are taken as they are.
    if (!isGiven) return undefined;
    return { operator: { op: 'scan' }, lineage: path, fields: [], nodes: new Map([[path.join('.'), []]]) };
  }
  const fields = dataset.fields.map((field) => field.name);
  const lineage = dataset.lineage;
  const nodes = new Map(
    (model?.datasets ?? [])
      .filter((item) => item.lineage[0] === lineage[0])
      .map((item) => [
        item.lineage.join('.'),
        item.constraints.filter((constraint) => !dataset.constraints.includes(constraint)),
      ]),
  );
  if (isGiven) return { operator: { op: 'scan' }, lineage, fields, nodes };
  let operator: Operator =
    dataset.baseSearch === undefined ? { op: 'scan' } : context.search(context.parse(dataset.baseSearch));
  for (const constraint of dataset.constraints) {
    const expression = context.parseSearchExpression(constraint);
    operator = {
      op: 'filter',
      input: operator,
      predicate: { kind: 'search', expression, subsearches: context.subsearches(expression) },
    };
  }
  for (const calculation of dataset.calculations) operator = calculated(calculation, operator, context);
  return { operator, lineage, fields, nodes };
}

function calculated(calculation: PlannableCalculation, input: Operator, context: PlanContext): Operator {
  switch (calculation.kind) {
    case 'eval': {
      const value = context.parseExpression(calculation.expression);
      return { op: 'extend', input, fields: [{ name: calculation.field, value }] };
    }
    case 'lookup':
      return {
        op: 'apply',
        kind: 'row',
        function: 'lookup',
        input,
        arguments: {
          table: calculation.lookup,
          inputs: calculation.inputs.map((item) => ({ column: item.lookupField, field: item.field })),
          outputs: calculation.outputs.map((item) => ({ column: item.lookupField, field: item.field })),
          optional: true,
        },
        reads: calculation.inputs.map((item) => item.field),
        writes: calculation.outputs.map((item) => item.field),
      };
    case 'rex':
      return {
        op: 'apply',
        kind: 'values',
        function: 'rex',
        input,
        arguments: { pattern: calculation.expression, names: [...calculation.outputs], maxMatch: 1 },
        reads: [calculation.field, ...calculation.outputs],
        writes: calculation.outputs,
      };
  }
}
