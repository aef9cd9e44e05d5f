// Fields that tstats reads belong to the data set and carry its name.

import { internalFields } from '../default-fields.js';
import type { Span } from '../diagnostic/diagnostic.js';
import { didYouMean, isSlip, nearest } from '../diagnostic/did-you-mean.js';
import type { DataModel, DataModelDataset } from '../knowledge/data-model.js';
import { isEventField, resolveDataModelName } from '../syntax/data-model-name.js';
import { isUncertain } from '../syntax/field-set.js';
import type { Command, FieldName } from '../syntax/tree.js';
import { walkArguments } from '../syntax/walk.js';
import { findDataset, knownDataModels } from './data-models.js';
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const dataModelField = defineRule({
  code: 'data-model-field',
  severity: 'warning',
  summary:
    'Fields that tstats reads from a data model exist there and are written with the name of their data set.',
  source: 'Search Reference: tstats; Common Information Model Add-on: fields',
  docs:
    'The name of a field is the path of the data set that declares it, from the root, a dot, and the field. An ' +
    'inherited field keeps the path of its parent (`All_Certificates.dest`), one that a child declares has the ' +
    "child's (`All_Certificates.SSL.ssl_hash`). Under any other name it has no values: the search " +
    'finds nothing. It is an error where one letter makes it a field of the data set.',
  examples: {
    pass: [
      {
        title: 'default fields',
        files: { [base.oldest]: edit('by Web.url', 'where index=* sourcetype=x by _time span=1h Web.url') },
      },
      {
        title: 'a field that a child declares',
        files: {
          [base.oldest]: edit('by Web.url', 'where nodename=Web.Storage by Web.Storage.storage_name'),
        },
      },
    ],
    fail: [
      {
        title: 'a field without its data set',
        files: { [base.oldest]: edit('by Web.url', 'by url') },
        found: ['detections/web/long_urls.yml:10:47: field "url" lacks the name of its data set'],
      },
      {
        title: 'a field that the data set lacks',
        files: { [base.oldest]: edit('by Web.url', 'by Web.ulr') },
        found: ['detections/web/long_urls.yml:10:47: data set "Web" has no field "ulr"'],
      },
      {
        title: 'a misspelled field of the index',
        files: { [base.oldest]: edit('by Web.url', 'by _tme span=1h Web.url') },
        found: ['detections/web/long_urls.yml:10:47: there is no internal field "_tme"'],
      },
      {
        title: 'an internal field that no event has',
        files: { [base.oldest]: edit('by Web.url', 'by _time_of_day Web.url') },
        found: ['detections/web/long_urls.yml:10:47: there is no internal field "_time_of_day"'],
      },
      {
        title:
          'an inherited field under the name of the child, and a field of the child under that of the parent',
        files: {
          [base.oldest]: edit('Web by Web.url', 'Web by Web.Storage.url Web.storage_name'),
        },
        found: [
          'detections/web/long_urls.yml:10:47: field "url" is of data set "Web", not of "Web.Storage"',
          'detections/web/long_urls.yml:10:63: field "storage_name" is of data set "Web.Storage", not of "Web"',
        ],
      },
    ],
  },
  isByCommand: true,
  spl({ analysis, dataModels = knownDataModels(), locate }, report) {
    for (const use of analysis.dataModels) {
      if (use.command.name !== 'tstats') continue;
      const model = dataModels.get(use.model);
      const dataset = model === undefined ? undefined : findDataset(model, use.dataset);
      if (model === undefined || dataset === undefined) continue;
      for (const { name, span } of fieldsOf(use.command)) {
        const fault = judgeOnce(name, model, use.dataset === undefined ? undefined : dataset);
        if (fault === undefined) continue;
        const { place, notes } = locate(span);
        report(place, fault.message, {
          help: fault.help,
          notes,
          ...(fault.isSlip === true ? { severity: 'error' as const } : {}),
        });
      }
    }
  },
});

interface Fault {
  readonly message: string;
  readonly help: string | undefined;
  /** One letter is wrong. */
  readonly isSlip?: boolean;
}

/** Judgements by model, data set and name: searches over a model read much the same fields. */
const judged = new WeakMap<DataModel, Map<string, Fault | undefined>>();
const mostJudged = 10_000;

function judgeOnce(name: string, model: DataModel, dataset: DataModelDataset | undefined): Fault | undefined {
  let known = judged.get(model);
  if (known === undefined || known.size >= mostJudged) {
    known = new Map();
    judged.set(model, known);
  }
  const key = `${dataset?.lineage.join('.') ?? ''} ${name}`;
  const fault = known.get(key);
  if (fault !== undefined || known.has(key)) return fault;
  const found = judge(name, model, dataset);
  known.set(key, found);
  return found;
}

/** What is wrong with a name; `dataset` is that of the search, unless it reads the model as a whole. */
function judge(name: string, model: DataModel, dataset: DataModelDataset | undefined): Fault | undefined {
  if (/^_\w+$/.test(name) && !internalFields.includes(name)) {
    const meant =
      nearest(name, internalFields) ?? internalFields.find((internal) => name.startsWith(`${internal}_`));
    return {
      message: `there is no internal field "${name}"`,
      help: meant === undefined ? undefined : `did you mean "${meant}"?`,
      isSlip: isSlip(name, meant),
    };
  }
  if (isUncertain(name) || isEventField(name) || name.includes('*') || name.includes('::')) return undefined;
  const meaning = resolveDataModelName(name, model, dataset?.lineage.join('.'));
  const root = (path: string): string => path.slice(0, `${path}.`.indexOf('.'));
  switch (meaning.kind) {
    case 'plain': {
      const [prefix = ''] = name.split('.');
      if (prefix === name)
        return { message: `field "${name}" lacks the name of its data set`, help: undefined };
      const names = model.datasets.map((item) => item.name);
      if (names.includes(prefix)) return undeclared(name, prefix, model);
      return {
        message: `data model "${model.name}" has no data set "${prefix}"`,
        help: didYouMean(prefix, names),
      };
    }
    case 'astray': {
      const { field, prefix, meant } = meaning;
      const help = `write "${meant}"`;
      if (prefix === '') return { message: `field "${name}" lacks the name of its data set`, help };
      const owner = meant.slice(0, -field.length - 1);
      return { message: `field "${field}" is of data set "${owner}", not of "${prefix}"`, help };
    }
    case 'field': {
      const { owner, field, isDeclared } = meaning;
      if (dataset !== undefined && root(owner) !== dataset.lineage[0])
        return {
          message: `a search over data set "${dataset.name}" has no fields of "${root(owner)}"`,
          help: undefined,
        };
      // Every data set has the fields of events as well.
      return isDeclared || isEventField(field) ? undefined : undeclared(field, owner, model);
    }
    default:
      return undefined;
  }
}

function undeclared(field: string, owner: string, model: DataModel): Fault {
  const dataset = findDataset(model, owner);
  const names = dataset?.fields.map((item) => item.name) ?? [];
  const near = nearest(field, names);
  return {
    message: `data set "${dataset?.name ?? owner}" has no field "${field}"`,
    help: near === undefined ? undefined : `did you mean "${near}"?`,
    isSlip: isSlip(field, near),
  };
}

/** The fields that a tstats reads: in its aggregates, its condition and its groups; each name once. */
function fieldsOf(command: Command): { readonly name: string; readonly span: Span }[] {
  const found = new Map<string, Span>();
  const add = ({ name, span }: FieldName): void => {
    if (!found.has(name)) found.set(name, span);
  };
  walkArguments(command, {
    aggregation({ argument }) {
      if (argument !== undefined && 'name' in argument && !('kind' in argument)) add(argument);
    },
    search(expression) {
      if (expression.kind === 'comparison' || expression.kind === 'in') add(expression.field);
    },
  });
  const { by } = command.arguments as { readonly by?: readonly FieldName[] };
  for (const name of by ?? []) add(name);
  return [...found].map(([name, span]) => ({ name, span }));
}
