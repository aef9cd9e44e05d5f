// The CIM data models: every data set, constraint, field and calculation of the facts, beside the built-in models.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileText } from '../../src/evaluate.js';
import type { Calculation } from '../../src/knowledge/data-model.js';
import { loadDataModels } from '../../src/knowledge/load-data-models.js';
import { createRow, type Row } from '../../src/runtime/value.js';

const factsFile = path.resolve(import.meta.dirname, '../../../shared/reference/cim.json');
const present = existsSync(factsFile);
if (!present) console.warn(`cim: ${factsFile} is not there, nothing is checked`);

interface FieldFact {
  readonly name: string;
  readonly type: string | null;
  readonly multivalue?: boolean;
  readonly calculation?: string | null;
  readonly lookup?: { readonly name: string };
  readonly since?: string;
  readonly 'calculation_since_6.2'?: unknown;
}
interface DatasetFact {
  readonly name: string;
  readonly parent: string;
  readonly constraints?: readonly string[];
  readonly baseSearch?: string;
  readonly fields: readonly FieldFact[];
}
interface ModelFact {
  readonly model: string;
  readonly datasets: readonly DatasetFact[];
}

const models = present
  ? ((JSON.parse(readFileSync(factsFile, 'utf8')) as { models: readonly ModelFact[] }).models ?? [])
  : [];
const builtIn = loadDataModels();

/** Without the macros that only narrow indexes, which local data does not have, and with single blanks. */
const plain = (search: string): string => {
  let text = search
    .replace(/\(?`cim_\w+_indexes`\)?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  while (/^\([^()]*\)$/.test(text)) text = text.slice(1, -1).trim();
  return text;
};
const withoutBlanks = (expression: string): string =>
  expression.replace(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '').toLowerCase();

describe.runIf(present)('CIM data models', () => {
  it.each(models.map((model) => [model.model, model] as const))('%s', (name, fact) => {
    const model = builtIn.get(name);
    const faults: string[] = [];
    for (const wanted of fact.datasets) {
      const dataset = model?.datasets.find((one) => one.name === wanted.name);
      if (dataset === undefined) {
        faults.push(`${wanted.name}: no such data set`);
        continue;
      }
      const parent = dataset.lineage.at(-2) ?? '(root)';
      const isRoot = /^Base(?:Event|Search|Transaction)$/.test(wanted.parent);
      if (isRoot ? dataset.lineage.length > 1 : parent !== wanted.parent)
        faults.push(`${wanted.name}: parent ${parent}, not ${wanted.parent}`);
      for (const constraint of wanted.constraints ?? [])
        if (!dataset.constraints.some((own) => plain(own) === plain(constraint)))
          faults.push(
            `${wanted.name}: constraint ${plain(constraint)}, has ${dataset.constraints.map(plain).join(' AND ')}`,
          );
      if (wanted.baseSearch !== undefined && plain(dataset.baseSearch ?? '') !== plain(wanted.baseSearch))
        faults.push(
          `${wanted.name}: base search ${plain(wanted.baseSearch)}, has ${plain(dataset.baseSearch ?? '')}`,
        );
      for (const field of wanted.fields) {
        const own = dataset.fields.find((one) => one.name === field.name);
        if (own === undefined) {
          faults.push(`${wanted.name}.${field.name}: no such field`);
          continue;
        }
        if (field.type !== null && own.type !== field.type)
          faults.push(`${wanted.name}.${field.name}: ${own.type}, not ${field.type}`);
        const made = (calculation: Calculation): boolean =>
          calculation.kind === 'eval'
            ? calculation.field === field.name
            : calculation.kind === 'lookup' &&
              calculation.outputs.some((output) => output.field === field.name);
        const calculations = dataset.calculations.filter(made);
        // Since version 6.2 names of processes are cut out of quoted paths too; the facts tell it in words.
        if (typeof field.calculation === 'string' && field['calculation_since_6.2'] === undefined) {
          const wantedExpression = withoutBlanks(field.calculation);
          if (
            !calculations.some(
              (one) => one.kind === 'eval' && withoutBlanks(one.expression) === wantedExpression,
            )
          )
            faults.push(
              `${wanted.name}.${field.name}: calculated as ${field.calculation}, has ${calculations.map((one) => (one.kind === 'eval' ? one.expression : one.kind)).join(' and ')}`,
            );
        }
        if (field.lookup !== undefined && !calculations.some((one) => one.kind === 'lookup'))
          faults.push(`${wanted.name}.${field.name}: no lookup`);
      }
    }
    expect(faults).toEqual([]);
  });
});

/** A row that meets constraints made of `tag=x` and `field=value`; what stands behind NOT is left alone. */
function meeting(constraints: readonly string[]): Row {
  const row = createRow();
  const tags = new Set<string>();
  // What a child says holds against the alternatives of its parents.
  const positive = [...constraints]
    .reverse()
    .map((text) => plain(text).replace(/NOT (?:\([^()]*\)|\S+)/g, ' '))
    .join(' ');
  for (const [, field = '', quoted, bare = ''] of positive.matchAll(/([\w.]+)=(?:"([^"]*)"|([^\s()]+))/g)) {
    // Not "x", which stands for no password.
    const value = (quoted ?? bare).replace(/\*/g, 'xy');
    if (field === 'tag') tags.add(value);
    else if (row[field] === undefined) row[field] = value;
  }
  row['tag'] = [...tags];
  row['_time'] = 1_700_000_000;
  row['sourcetype'] ??= 'st';
  row['host'] = 'h';
  row['source'] = 's';
  return row;
}

/** A calculation that fills an absent value with a word. */
const FILLS = /^if\(isnull\((\w+)\) OR \1="","unknown",\1\)$/;

describe.runIf(present)('data sets of events', () => {
  const cases = [...builtIn.keys()].flatMap((name) =>
    (builtIn.get(name)?.datasets ?? [])
      .map((dataset, _, all) => {
        const lineage = dataset.lineage.flatMap((one) => all.find((item) => item.name === one) ?? []);
        return {
          ...dataset,
          constraints: lineage.flatMap(({ constraints }) => constraints),
          calculations: lineage.flatMap(({ calculations }) => calculations),
        };
      })
      // A base search that begins with a command reads tables that are not there.
      .filter(
        ({ name: dataset, baseSearch, constraints }) =>
          // What these find are events that lack tags, which is not made here.
          !dataset.startsWith('Untagged_') &&
          !/^\s*\||\btags\b|\bappend\b|`/.test(
            [plain(baseSearch ?? ''), ...constraints.map(plain)].join(' '),
          ) &&
          (constraints.length > 0 || baseSearch !== undefined),
      )
      .map((dataset) => [`${name}.${dataset.name}`, name, dataset] as const),
  );

  it.each(cases)('%s is found by every way of asking', async (id, model, dataset) => {
    const row = meeting([...dataset.constraints, ...(dataset.baseSearch?.split('|', 1) ?? [])]);
    const run = async (spl: string): Promise<Row[]> => {
      const search = compileText(spl, { dataModels: builtIn });
      expect(search.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      return search.run([row]);
    };
    const count = async (spl: string): Promise<unknown> => (await run(spl))[0]?.['count'];
    const node = dataset.lineage.join('.');
    expect({
      tstats: await count(`| tstats count from datamodel=${id}`),
      summaries: await count(
        `| tstats summariesonly=true allow_old_summaries=true count from datamodel=${model} where nodename=${node}`,
      ),
      byNode: await count(`| tstats count from datamodel=${id} by nodename | search nodename=${node}`),
      prestats: await count(
        `| tstats prestats=true count from datamodel=${id} by sourcetype | stats count by sourcetype`,
      ),
      from: await count(`| from datamodel:"${id}" | stats count`),
      search: await count(`| datamodel ${model} ${dataset.name} search | stats count`),
      flat: await count(`| datamodel ${model} ${dataset.name} flat | stats count`),
    }).toEqual({ tstats: 1, summaries: 1, byNode: 1, prestats: 1, from: 1, search: 1, flat: 1 });

    const filled = dataset.calculations.flatMap((one) =>
      one.kind === 'eval' && FILLS.test(one.expression) && row[one.field] === undefined ? [one.field] : [],
    );
    const [flat] = await run(`| datamodel ${model} ${dataset.name} flat`);
    expect(filled.filter((field) => flat?.[field] !== 'unknown')).toEqual([]);
    if (filled.length > 0) {
      const owners = new Map(dataset.fields.map((field) => [field.name, field.owner]));
      const [by] = await run(
        `| tstats count from datamodel=${id} by ${filled
          .map((field) => `${owners.get(field)}.${field}`)
          .slice(0, 8)
          .join(' ')}`,
      );
      expect(by?.['count']).toBe(1);
    }
  });
});
