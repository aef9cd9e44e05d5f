// Commands that measure how fields belong together: correlate, associate, analyzefields.
import { compareScalars } from '../compare.js';
import { within } from '../group.js';
import { valuesOf } from '../multivalue.js';
import { toNumber } from '../number.js';
import { columnsOf, keyOf, read } from '../row.js';
import { createRow, type Row } from '../value.js';
import { argumentsAs, type RowsFunction } from './apply.js';

/** Fields that correlate considers (limits.conf, correlate, maxfields). */
const mostFields = 1000;

function visibleFields(rows: readonly Row[]): string[] {
  return columnsOf(rows)
    .filter((name) => !name.startsWith('_'))
    .sort();
}

/**
 * correlate: for every two fields the results that have both, as a share of those that have either (Search Reference,
 * correlate; searchbnf.conf: both to only one).
 */
export const correlateFields: RowsFunction = (run) => (rows) => {
  const fields = visibleFields(rows).slice(0, mostFields);
  const having = fields.map((name) => rows.map((row) => read(row, name) !== null));
  run.orderColumns(['RowField', ...fields]);
  return fields.map((name, at) => {
    const out = createRow();
    out['RowField'] = name;
    const own = having[at] as boolean[];
    fields.forEach((other, index) => {
      const others = having[index] as boolean[];
      let [both, either] = [0, 0];
      own.forEach((has, row) => {
        if (has && others[row]) both++;
        if (has || others[row]) either++;
      });
      out[other] = both / either;
    });
    return out;
  });
};

interface Association {
  readonly fields: readonly string[];
  readonly supportCount: number;
  readonly supportFrequency: number;
  readonly improvement: number;
}

/** associate: values of one field that make another more certain, in bits (Search Reference, associate). */
export const associateFields: RowsFunction = (_run, args) => {
  const options = argumentsAs<Association>(args);
  return (rows) => {
    const fields = options.fields.length > 0 ? [...options.fields] : visibleFields(rows);
    const whole = new Map(fields.map((name) => [name, countsOf(rows, name)] as const));
    const made: Row[] = [];
    for (const reference of fields)
      for (const [value, subset] of supported(rows, reference, options))
        for (const target of fields) {
          if (target === reference) continue;
          const before = whole.get(target) as ReadonlyMap<string, number>;
          const counts = countsOf(subset, target);
          if (counts.size === 0) continue;
          const [unconditional, conditional] = [entropy(before), entropy(counts)];
          if (unconditional - conditional < options.improvement) continue;
          const top = mostCommon(counts);
          const out = createRow();
          out['Reference_Key'] = reference;
          out['Reference_Value'] = value;
          out['Target_Key'] = target;
          out['Unconditional_Entropy'] = unconditional.toFixed(3);
          out['Conditional_Entropy'] = conditional.toFixed(3);
          out['Entropy_Improvement'] = (unconditional - conditional).toFixed(3);
          out['Description'] =
            `When '${reference}' has the value '${value}', the entropy of '${target}' decreases from ${unconditional.toFixed(3)} to ${conditional.toFixed(3)}.`;
          out['Support'] = percent(subset.length / rows.length);
          out['Top_Conditional_Value'] =
            `${top} (${percent(shareOf(before, top))} -> ${percent(shareOf(counts, top))})`;
          made.push(out);
        }
    return made;
  };
};

/** The values of a field that are frequent enough, each with the results that have it. */
function supported(rows: readonly Row[], field: string, options: Association): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows)
    for (const value of new Set(valuesOf(read(row, field)).map(keyOf)))
      within(groups, value, (): Row[] => []).push(row);
  return [...groups]
    .filter(
      ([, subset]) =>
        subset.length >= options.supportCount && subset.length / rows.length >= options.supportFrequency,
    )
    .sort((a, b) => compareScalars(a[0], b[0]));
}

function countsOf(rows: readonly Row[], field: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const value of valuesOf(read(row, field)))
      counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1);
  return counts;
}

/** Shannon's entropy of a distribution, log base 2. */
function entropy(counts: ReadonlyMap<string, number>): number {
  const total = sum(counts);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / total) * Math.log2(count / total);
  return bits;
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

function shareOf(counts: ReadonlyMap<string, number>, value: string): number {
  return (counts.get(value) ?? 0) / sum(counts);
}

function mostCommon(counts: ReadonlyMap<string, number>): string {
  let [best, most] = ['', 0];
  for (const [value, count] of counts) if (count > most) [best, most] = [value, count];
  return best;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

interface Distribution {
  readonly numbers: number[];
  mean: number;
  deviation: number;
}

/** analyzefields: how well each numeric field tells the class of a result (Search Reference, analyzefields). */
export const analyseFields: RowsFunction = (_run, args) => {
  const classField = String(args['class']);
  return (rows) => {
    const classed = rows.filter((row) => read(row, classField) !== null);
    return visibleFields(rows).flatMap((name) => {
      const having = rows.filter((row) => read(row, name) !== null);
      if (name === classField || having.length === 0) return [];
      if (having.some((row) => Number.isNaN(toNumber(read(row, name))))) return [];
      const both = having.filter((row) => read(row, classField) !== null);
      const out = createRow();
      out['field'] = name;
      out['count'] = having.length;
      out['cocur'] = classed.length === 0 ? 0 : both.length / classed.length;
      const { accurate, balanced } = predictions(both, classField, name);
      out['acc'] = accurate / having.length;
      out['balacc'] = balanced;
      return [out];
    });
  };
};

/** How many results lie nearest, in deviations, to the mean of their own class; and the mean share over the classes. */
function predictions(
  rows: readonly Row[],
  classField: string,
  field: string,
): { readonly accurate: number; readonly balanced: number } {
  const classes = new Map<string, Distribution>();
  for (const row of rows) {
    const key = valuesOf(read(row, classField)).map(keyOf).join('\n');
    const made = within(classes, key, (): Distribution => ({ numbers: [], mean: 0, deviation: 0 }));
    made.numbers.push(toNumber(read(row, field)));
  }
  for (const own of classes.values()) {
    const count = own.numbers.length;
    own.mean = own.numbers.reduce((a, b) => a + b, 0) / count;
    const squares = own.numbers.reduce((total, value) => total + (value - own.mean) ** 2, 0);
    own.deviation = count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
  }
  let [accurate, shares] = [0, 0];
  for (const own of classes.values()) {
    const right = own.numbers.filter((value) => nearest(classes, value) === own).length;
    accurate += right;
    shares += right / own.numbers.length;
  }
  return { accurate, balanced: classes.size === 0 ? 0 : shares / classes.size };
}

function nearest(classes: ReadonlyMap<string, Distribution>, value: number): Distribution | undefined {
  let found: Distribution | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of classes.values()) {
    const distance = Math.abs(value - candidate.mean);
    const deviations = distance === 0 ? 0 : distance / candidate.deviation;
    if (deviations < least) [found, least] = [candidate, deviations];
  }
  return found;
}
