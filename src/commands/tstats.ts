// The tstats command.

import type { Span } from '../diagnostic/diagnostic.js';
import { rootOfNames } from '../plan/dataset-fields.js';
import { nodeOf } from '../plan/nodename.js';
import type { DatasetPlan, PlanContext } from '../plan/operator.js';
import { appended } from '../plan/sources.js';
import { indexedStatistics, namesIn, prefixOf, withPrefixes } from '../plan/tstats.js';
import { aggregationNames } from '../syntax/field-flow.js';
import { anyFields, closedFields, unionFields } from '../syntax/field-set.js';
import type { Part } from '../syntax/grammar.js';
import { form } from '../syntax/grammar.js';
import { aggregations, byClause, clause, searchExpression } from '../syntax/grammar-parts.js';
import {
  booleanOption,
  integerOption,
  printText,
  spanOption,
  takeText,
  textOption,
} from '../syntax/grammar-values.js';
import type { CheckContext } from '../syntax/language.js';
import type { FieldName } from '../syntax/tree.js';
import { defineCommand } from './command.js';

/** Where tstats reads: a data model, a saved job, or a namespace of tscollect. Without one it reads indexes. */
export type TstatsSource =
  | {
      readonly kind: 'datamodel';
      readonly model: string;
      /** Path below the model, such as `All_Changes.Account_Management`; undefined for its root. */
      readonly dataset?: string;
      readonly span: Span;
    }
  | { readonly kind: 'sid' | 'namespace'; readonly name: string; readonly span: Span };

const sourceOption = /(datamodel|sid)\s*=\s*/iy;

const source: Part<TstatsSource | undefined> = {
  usage: '[FROM datamodel=<model>.<dataset>]',
  parse(parser) {
    if (!parser.takesKeyword('FROM')) return undefined;
    parser.skip();
    const option = parser.match(sourceOption)?.[1]?.toLowerCase();
    parser.skip();
    const start = parser.position;
    const name = takeText(parser, option ?? 'FROM ');
    const span = parser.spanFrom(start);
    if (option === undefined) return { kind: 'namespace', name, span };
    if (option === 'sid') return { kind: 'sid', name, span };
    const dot = name.indexOf('.');
    return dot < 0
      ? { kind: 'datamodel', model: name, span }
      : { kind: 'datamodel', model: name.slice(0, dot), dataset: name.slice(dot + 1), span };
  },
  print(from) {
    if (from!.kind === 'namespace') return `FROM ${printText(from!.name)}`;
    if (from!.kind === 'sid') return `FROM sid=${printText(from!.name)}`;
    const { model, dataset } = from as Extract<TstatsSource, { kind: 'datamodel' }>;
    return `FROM datamodel=${printText(dataset === undefined ? model : `${model}.${dataset}`)}`;
  },
};

/**
 * The data set that is named; where only the model is, the root that a condition on nodename asks for, or else the one
 * whose fields are named.
 */
function datasetOf(
  from: Extract<TstatsSource, { kind: 'datamodel' }>,
  node: string | undefined,
  names: readonly string[],
  context: PlanContext,
): DatasetPlan | undefined {
  const { model, dataset } = from;
  if (dataset !== undefined) return context.dataset(`${model}.${dataset}`);
  const path = node?.startsWith(`${model}.`) ? node.slice(model.length + 1) : node;
  const roots = [path, node].flatMap((name) =>
    name === undefined ? [] : (context.dataset(`${model}.${name}`)?.lineage[0] ?? []),
  );
  const first = context.dataset(model);
  const root = roots[0] ?? (first === undefined ? undefined : rootOfNames(names, first));
  return root === undefined || root === first?.lineage[0]
    ? first
    : (context.dataset(`${model}.${root}`) ?? first);
}

/** "The text you provide for the PREFIX() directive must be in lower case" (tstats, Performance). */
function checkPrefix({ name, span }: FieldName, report: CheckContext['report']): void {
  if (!name.startsWith('PREFIX(')) return;
  const prefix = prefixOf(name);
  if (prefix === undefined || prefix === prefix.toLowerCase()) return;
  report({
    severity: 'error',
    code: 'invalid-argument',
    message: `PREFIX(${prefix}) is not in lower case, and finds nothing`,
    span,
    help: `write PREFIX(${prefix.toLowerCase()}); it finds the text in any case`,
  });
}

/** Computes statistics over indexed fields and data models. */
export const tstats = defineCommand({
  name: 'tstats',
  summary: 'Computes statistics over indexed fields and data models.',
  source: 'Search Reference: tstats',
  type: 'generating',
  mayFollow: (args) => args.options.append ?? false,
  grammar: form(
    {
      aggregations: aggregations({ stops: ['FROM', 'WHERE', 'BY', 'GROUPBY'], minimum: 0 }),
      from: source,
      where: clause('WHERE', searchExpression('BY', 'GROUPBY', 'span=')),
      by: byClause(),
    },
    {
      options: {
        prestats: booleanOption,
        local: booleanOption,
        append: booleanOption,
        summariesonly: booleanOption,
        include_reduced_buckets: booleanOption,
        allow_old_summaries: booleanOption,
        use_summary_index_values: booleanOption,
        fillnull_value: textOption,
        chunk_size: integerOption,
        span: spanOption,
      },
      trailing: ['span'],
    },
  ),
  check(args, { command, report }) {
    // Search Reference, tstats: the aggregates are required
    if (args.aggregations.length === 0)
      report({
        severity: 'error',
        code: 'argument-count',
        message: '"tstats" needs an aggregate such as "count"',
        span: command.nameSpan,
      });
    for (const { argument } of args.aggregations)
      if (argument !== undefined && 'text' in argument)
        report({
          severity: 'error',
          code: 'argument-type',
          message: '"tstats" takes fields only, no "eval" inside of an aggregate',
          span: argument.span,
        });
      else if (argument !== undefined && 'quoted' in argument && argument.name.includes('*'))
        report({
          severity: 'error',
          code: 'argument-type',
          message: '"tstats" takes no wildcards in the fields of aggregates',
          span: argument.span,
        });
    for (const item of args.by ?? []) checkPrefix(item, report);
    for (const { argument } of args.aggregations)
      if (argument !== undefined && 'quoted' in argument) checkPrefix(argument, report);
  },
  uses: (args) => (args.from?.kind === 'datamodel' ? { dataModels: [args.from] } : {}),
  fields: (args, input) => {
    if (args.options.prestats) return anyFields;
    const output = closedFields([
      ...(args.by ?? []).map(({ name }) => prefixOf(name) ?? name),
      ...aggregationNames(args.aggregations),
    ]);
    return args.options.append ? unionFields(input, output) : output;
  },
  plan: (args, input, context) => {
    const { options, from } = args;
    if (from !== undefined && from.kind !== 'datamodel')
      context.refuse(`tstats from "${from.name}" cannot be evaluated locally`);
    const name =
      from === undefined || from.kind !== 'datamodel'
        ? undefined
        : from.dataset === undefined
          ? from.model
          : `${from.model}.${from.dataset}`;
    const dataset =
      from?.kind !== 'datamodel' ? undefined : datasetOf(from, nodeOf(args.where), namesIn(args), context);
    if (name !== undefined && dataset === undefined) context.refuseDataset(name);
    const prefixes = [...new Set(namesIn(args).flatMap((field) => prefixOf(field) ?? []))];
    if (prefixes.length > 0 && dataset !== undefined)
      context.refuse('PREFIX() reads the terms of events, which a data model has not', undefined, 'syntax');
    const made = indexedStatistics(
      {
        aggregations: args.aggregations,
        where: args.where,
        by: args.by?.map((field) => ({ ...field, name: prefixOf(field.name) ?? field.name })),
        ...(prefixes.length === 0
          ? {}
          : {
              rows: withPrefixes({ op: 'scan' }, prefixes),
              fieldOf: (field) => prefixOf(field) ?? field,
            }),
        span: options.span,
        fillNull: options.fillnull_value,
        partial: options.prestats ?? false,
        dataset,
      },
      context,
    );
    return appended(input, made, options.append);
  },
  withoutEffect: {
    local: 'the search runs in one place',
    include_reduced_buckets: 'there are no reduced buckets',
    summariesonly: 'data sets are read from events, never from summaries',
    allow_old_summaries: 'data sets are read from events, never from summaries',
    use_summary_index_values: 'data sets are read from events, never from summaries',
    chunk_size: 'it splits the work, not the results',
  },
  examples: [
    {
      title: 'counts by an indexed field',
      spl: '| tstats count where index=main by host',
      input: [
        { index: 'main', host: 'a' },
        { index: 'main', host: 'a' },
        { index: 'other', host: 'b' },
      ],
      output: [{ host: 'a', count: 2 }],
    },
    {
      title: 'by what stands behind a text in the terms of events',
      spl: '| tstats count where index=main by PREFIX(level=)',
      input: [
        { index: 'main', _raw: '10:00 level=WARN disk' },
        { index: 'main', _raw: '10:01 level=warn,x=1' },
        { index: 'main', _raw: '10:02 loglevel=info' },
      ],
      output: [{ 'level=': 'warn', count: 2 }],
    },
    {
      title: 'the processes of a data model',
      spl: '| tstats count from datamodel=Endpoint.Processes where Processes.process_name=cmd.exe by Processes.user',
      input: [
        { tag: ['process', 'report'], process_name: 'cmd.exe', user: 'ann' },
        { tag: ['process', 'report'], process_name: 'x.exe', user: 'ann' },
      ],
      output: [{ 'Processes.user': 'ann', count: 1 }],
    },
    {
      title: 'a field that a child data set declares, which other events have not',
      spl: '| tstats count from datamodel=Certificates.All_Certificates by All_Certificates.SSL.ssl_subject All_Certificates.dest',
      input: [
        { tag: ['certificate', 'ssl'], dest: 'a', ssl_subject: 'CN=a' },
        { tag: 'certificate', dest: 'b', ssl_subject: 'CN=b' },
      ],
      output: [{ 'All_Certificates.SSL.ssl_subject': 'CN=a', 'All_Certificates.dest': 'a', count: 1 }],
    },
  ],
});
