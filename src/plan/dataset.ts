// Data-model data sets as plans: constraints are filters over the events, calculations are computed fields.
import { nearest } from '../diagnostic/did-you-mean.js';
import { pathOf, resolveDataModelName } from '../syntax/data-model-name.js';
import type { SearchExpression } from '../syntax/tree.js';
import { comparisonNode } from './expressions.js';
import { withoutInternal } from './indexes.js';
import type { DatasetLevel, DatasetNode, DatasetPlan, Operator, PlanContext } from './operator.js';

/** What planning reads of a data model; the knowledge room has the whole. */
interface PlannableDataset {
  readonly name: string;
  readonly lineage: readonly string[];
  readonly constraints: readonly string[];
  readonly baseSearch?: string;
  readonly fields: readonly { readonly name: string; readonly owner: string }[];
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
interface PlannableModel {
  readonly datasets: readonly PlannableDataset[];
}
type PlannableModels = ReadonlyMap<string, PlannableModel>;

/**
 * Plans the rows of `Model.Dataset` or `Model`, with unprefixed fields. With `given` the events already are that data
 * set's: nothing is computed, and of it and its parents nothing is tested. Undefined when there is no such data set.
 *
 * @param fromStore the source of the events makes the rows of data sets itself
 */
export function datasetPlan(
  name: string,
  context: PlanContext,
  models: PlannableModels | undefined,
  given: string | undefined,
  fromStore = false,
): DatasetPlan | undefined {
  const [modelName = '', ...path] = name.split('.');
  const model = models?.get(modelName);
  const dataset = model === undefined ? undefined : findDataset(path, model);
  const [givenModel, ...givenPath] = given?.split('.') ?? [];
  const isGiven = givenModel === modelName;
  // Events of a data set that no model describes are taken as they are.
  if (model === undefined || dataset === undefined) return isGiven ? undescribed(path) : undefined;
  const { lineage, fields } = dataset;
  const levels = lineage.flatMap((_, depth) => levelOf(lineage.slice(0, depth + 1), model, context));
  const nodes = model.datasets
    .filter((item) => item.lineage[0] === lineage[0])
    .map((item): [string, DatasetNode] => {
      const below = item.lineage.flatMap((_, depth) => {
        const upTo = item.lineage.slice(0, depth + 1);
        return lineage[depth] === upTo[depth] ? [] : levelOf(upTo, model, context);
      });
      return [pathOf(item.lineage), { levels: below, fields: item.fields }];
    });
  let made: Operator | undefined;
  return {
    lineage,
    fields,
    nodes: new Map(nodes),
    resolve: (text) => resolveDataModelName(text, model),
    isGiven,
    // A model is also asked which of its roots is meant; the searches of the others may be none that can be planned.
    get operator() {
      made ??= rows();
      return made;
    },
  };

  function rows(): Operator {
    if (fromStore) return { op: 'scan', dataset: name };
    if (!isGiven) {
      const { baseSearch } = dataset as PlannableDataset;
      const base: Operator =
        baseSearch === undefined ? { op: 'scan' } : context.search(context.parse(baseSearch));
      return levels.reduce((input, level) => level.calculate(constrained(input, level)), base);
    }
    const parents = findDataset(givenPath, model as PlannableModel)?.lineage ?? [];
    // What is given for a data set that this one is no child of is taken for this one.
    const isChild = parents.every((item, depth) => lineage[depth] === item);
    const done = isChild ? Math.max(parents.length, 1) : lineage.length;
    return levels.slice(done).reduce(constrained, { op: 'scan' });
  }

  function constrained(input: Operator, level: DatasetLevel): Operator {
    const expression = levelCondition(level, isGiven, context);
    if (expression === undefined) return input;
    const subsearches = context.subsearches(expression);
    return { op: 'filter', input, predicate: { kind: 'search', expression, subsearches } };
  }
}

function findDataset(path: readonly string[], model: PlannableModel): PlannableDataset | undefined {
  const wanted = path.at(-1);
  return model.datasets.find((item) =>
    wanted === undefined ? item.lineage.length === 1 : item.name === wanted,
  );
}

/** The data set that an unknown `Model` or `Model.Dataset` may mean: a model that has a near name, and in it a data set. */
export function meantDataset(name: string, models: PlannableModels): string | undefined {
  const [modelName = '', ...path] = name.split('.');
  const meantModel = models.has(modelName) ? modelName : nearest(modelName, models.keys());
  const model = meantModel === undefined ? undefined : models.get(meantModel);
  if (meantModel === undefined || model === undefined) return undefined;
  if (findDataset(path, model) !== undefined) return [meantModel, ...path].join('.');
  const wanted = path.at(-1) ?? '';
  const meant = nearest(
    wanted,
    model.datasets.map((dataset) => dataset.name),
  );
  if (meant !== undefined) return `${meantModel}.${meant}`;
  return meantModel === modelName ? undefined : meantModel;
}

/** The given rows of a data set of which no model tells; any name before a field may be one of its parents. */
function undescribed(path: readonly string[]): DatasetPlan {
  const own = path.at(-1);
  return {
    operator: { op: 'scan' },
    lineage: path,
    fields: [],
    nodes: new Map([[pathOf(path), { levels: [], fields: [] }]]),
    resolve(name) {
      const parts = name.split('.');
      const at = own === undefined ? -1 : parts.lastIndexOf(own, parts.length - 2);
      if (name === own || name === pathOf(path)) return { kind: 'dataset', path: pathOf(path) };
      return at < 0
        ? { kind: 'plain', field: name }
        : { kind: 'field', owner: pathOf(path), field: parts.slice(at + 1).join('.'), isDeclared: false };
    },
    isGiven: true,
  };
}

function levelOf(lineage: readonly string[], model: PlannableModel, context: PlanContext): DatasetLevel[] {
  const dataset = model.datasets.find((item) => item.name === lineage.at(-1));
  if (dataset === undefined) return [];
  const { constraints, calculations } = dataset;
  return [
    {
      path: pathOf(lineage),
      constraints,
      calculate: (input) => calculations.reduce((made, item) => calculated(item, made, context), input),
      calculated: calculations.flatMap((item) =>
        item.kind === 'eval'
          ? [item.field]
          : item.kind === 'rex'
            ? item.outputs
            : item.outputs.map((output) => output.field),
      ),
    },
  ];
}

const nowhere = { start: 0, end: 0 };

/** The condition that makes an event of the level above one of this; undefined where every event is. */
export function levelCondition(
  { constraints }: Pick<DatasetLevel, 'constraints'>,
  isGiven: boolean,
  context: PlanContext,
): SearchExpression | undefined {
  const operands = constraints
    .map((constraint) => context.parseSearchExpression(constraint))
    .flatMap((expression) => (expression.kind === 'and' && isGiven ? expression.operands : [expression]))
    .map((expression) => (isGiven ? orUntold(expression) : withoutInternal(expression)));
  return operands.length <= 1 ? operands[0] : allOf(operands);
}

export function allOf(operands: readonly SearchExpression[]): SearchExpression {
  return { kind: 'and', operands, implicit: true, span: nowhere };
}

// What events have beside the fields that are in them, and rows without a source often lack.
const metadata: ReadonlySet<string> = new Set(['tag', 'eventtype', 'index', 'source', 'sourcetype']);

/** A condition on tags and the like is not held against a row that is given without any. */
function orUntold(expression: SearchExpression): SearchExpression {
  const [field, ...others] = fieldsOf(expression);
  if (field === undefined || others.length > 0 || !metadata.has(field)) return expression;
  const untold: SearchExpression = { kind: 'not', operand: comparisonNode(field, '*'), span: nowhere };
  return { kind: 'or', operands: [expression, untold], span: nowhere };
}

/** The fields of a condition, each once; none when it reads more than fields. */
function fieldsOf(expression: SearchExpression): string[] {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const parts = expression.operands.map(fieldsOf);
      return parts.some((part) => part.length === 0) ? [] : [...new Set(parts.flat())];
    }
    case 'not':
      return fieldsOf(expression.operand);
    case 'comparison':
    case 'in':
      return [expression.field.name];
    default:
      return [];
  }
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
