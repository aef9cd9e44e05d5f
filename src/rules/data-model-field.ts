// Fields that tstats reads belong to the data set and carry its name.

import type { Span } from '../diagnostic/diagnostic.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import type { DataModel, DataModelDataset } from '../knowledge/data-model.js';
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
  docs: 'A field without the name of its data set, or with a name the data set lacks, has no values: the search finds nothing.',
  examples: {
    pass: [
      {
        title: 'default fields',
        files: { [base.oldest]: edit('by Web.url', 'where index=* sourcetype=x by _time span=1h Web.url') },
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
    ],
  },
  search({ analysis, locate }, report) {
    for (const use of analysis.dataModels) {
      if (use.command.name !== 'tstats') continue;
      const model = knownDataModels().get(use.model);
      const dataset = model === undefined ? undefined : findDataset(model, use.dataset);
      if (model === undefined || dataset === undefined) continue;
      for (const { name, span } of fieldsOf(use.command)) {
        const fault = judge(name, model, dataset);
        if (fault === undefined) continue;
        const { place, notes } = locate(span);
        report(place, fault.message, { help: fault.help, notes });
      }
    }
  },
});

// Indexed fields, which have no data set's name before them.
const indexed =
  /^(?:_\w+|index|host|source|sourcetype|splunk_server|splunk_server_group|linecount|punct|nodename|tag|eventtype|is_\w+|\*)$/;

function judge(
  name: string,
  model: DataModel,
  dataset: DataModelDataset,
): { readonly message: string; readonly help: string | undefined } | undefined {
  if (isUncertain(name) || indexed.test(name) || name.includes('*') || name.includes('::')) return undefined;
  // Data.Set.field.with.dots: what names data sets comes first, the rest is the field.
  const parts = name.split('.');
  const isDataset = (part: string): boolean => model.datasets.some((item) => item.name === part);
  let depth = 0;
  while (depth < parts.length - 1 && isDataset(parts[depth]!)) depth++;
  const prefix = parts.length === 1 ? undefined : parts.slice(0, Math.max(depth, 1)).join('.');
  const field = parts.slice(parts.length === 1 ? 0 : Math.max(depth, 1)).join('.');
  const owner =
    prefix === undefined
      ? dataset
      : model.datasets.find((item) => item.name === parts[Math.max(depth, 1) - 1]);
  if (prefix === undefined) {
    const has = dataset.fields.some((item) => item.name === field);
    return {
      message: `field "${name}" lacks the name of its data set`,
      help: has ? `write "${dataset.lineage[0]}.${field}"` : undefined,
    };
  }
  if (owner === undefined) {
    const help = didYouMean(
      prefix,
      model.datasets.map((item) => item.name),
    );
    return { message: `data model "${model.name}" has no data set "${prefix}"`, help };
  }
  // A child's fields may be written with the name of its root, and the other way round.
  const family = model.datasets.filter((item) => item.lineage[0] === owner.lineage[0]);
  if (family.some((item) => item.fields.some((known) => known.name === field))) return undefined;
  if (model.datasets.some((item) => item.name === field) || indexed.test(field)) return undefined;
  const names = owner.fields.map((item) => item.name);
  return { message: `data set "${owner.name}" has no field "${field}"`, help: didYouMean(field, names) };
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
