// Commands that look at events side by side: cluster, cofilter, concurrency, localize, require.
import { Clusters } from '../cluster.js';
import { within } from '../group.js';
import { tooMany } from '../growth.js';
import { MissingInput } from '../lookup.js';
import { textOf, valuesOf } from '../multivalue.js';
import { toNumber } from '../number.js';
import { keyOf, read } from '../row.js';
import { createRow, type Row, type Scalar } from '../value.js';
import { decodeEntities } from '../xml.js';
import type { RowsFunction, ValuesFunction } from './apply.js';

/** Pairs of items that cofilter counts. */
const mostPairs = 1_000_000;

/** cluster: one event per group of similar ones, or with `labelOnly` all of them with their group's number. */
export const clusterRows: RowsFunction = (_run, args) => {
  const field = String(args['field'] ?? '_raw');
  const labelField = String(args['labelField'] ?? 'cluster_label');
  const countField = String(args['countField'] ?? 'cluster_count');
  const delimiters = args['delimiters'] as string | undefined;
  return (rows) => {
    const clusters = new Clusters({
      threshold: Number(args['threshold'] ?? 0.8),
      match: (args['match'] as 'termlist' | 'termset' | 'ngramset' | undefined) ?? 'termlist',
      ...(delimiters === undefined ? {} : { delimiters }),
    });
    const counts = new Map<number, number>();
    const firsts: Row[] = [];
    const labels = rows.map((row) => {
      const label = clusters.label(textOf(read(row, field)) ?? '');
      const count = counts.get(label) ?? 0;
      if (count === 0) firsts.push(row);
      counts.set(label, count + 1);
      row[labelField] = label;
      return label;
    });
    if (args['showCount'] === true)
      rows.forEach((row, index) => {
        row[countField] = counts.get(labels[index] as number) ?? 0;
      });
    return args['labelOnly'] === true ? rows : firsts;
  };
};

/** concurrency: how many events, the event itself among them, are under way when it begins. */
export const concurrentRows: RowsFunction = (_run, args) => {
  const [duration, start] = [String(args['duration']), String(args['start'] ?? '_time')];
  const output = String(args['output'] ?? 'concurrency');
  return (rows) => {
    const spans = rows.flatMap((row, order) => {
      const from = toNumber(read(row, start));
      const length = toNumber(read(row, duration));
      return Number.isNaN(from) || Number.isNaN(length) ? [] : [{ row, order, from, to: from + length }];
    });
    spans.sort((a, b) => a.from - b.from || b.order - a.order);
    let open: typeof spans = [];
    for (const span of spans) {
      open = open.filter((other) => other.to > span.from);
      open.push(span);
      span.row[output] = open.length;
    }
    return rows;
  };
};

/**
 * cofilter: for each two items that a user has, how many users have either and both. Items come in the order in which
 * they are first seen (Search Reference, cofilter, example 1).
 */
export const pairCounts: RowsFunction = (_run, args) => {
  const [user, item] = [String(args['user']), String(args['item'])];
  return (rows) => {
    const items = new Map<string, { readonly value: Scalar; readonly order: number; users: number }>();
    const byUser = new Map<string, Set<string>>();
    for (const row of rows)
      for (const userValue of valuesOf(read(row, user))) {
        const own = within(byUser, keyOf(userValue), () => new Set<string>());
        for (const value of valuesOf(read(row, item))) {
          const key = keyOf(value);
          const known = within(items, key, () => ({ value, order: items.size, users: 0 }));
          if (own.has(key)) continue;
          own.add(key);
          known.users++;
        }
      }
    const orderOf = (key: string): number => items.get(key)?.order ?? 0;
    const pairs = new Map<string, Map<string, number>>();
    let count = 0;
    for (const own of byUser.values()) {
      const sorted = [...own].sort((a, b) => orderOf(a) - orderOf(b));
      for (const [index, first] of sorted.entries()) {
        const seconds = within(pairs, first, () => new Map<string, number>());
        for (const second of sorted.slice(index + 1)) {
          const before = seconds.get(second) ?? 0;
          if (before === 0 && ++count > mostPairs) throw tooMany('cofilter', mostPairs, 'pairs of items');
          seconds.set(second, before + 1);
        }
      }
    }
    const byOrder = (a: readonly [string, unknown], b: readonly [string, unknown]): number =>
      orderOf(a[0]) - orderOf(b[0]);
    return [...pairs].sort(byOrder).flatMap(([first, seconds]) =>
      [...seconds].sort(byOrder).map(([second, together]) => {
        const row = createRow();
        row['Item 1'] = items.get(first)?.value ?? null;
        row['Item 1 user count'] = items.get(first)?.users ?? 0;
        row['Item 2'] = items.get(second)?.value ?? null;
        row['Item 2 user count'] = items.get(second)?.users ?? 0;
        row['Pair count'] = together;
        return row;
      }),
    );
  };
};

/**
 * localize: the stretches of time in which no two events that follow each other are further apart than a pause, the
 * latest first, each wider by what stands before and after it (Search Reference, localize).
 */
export const timeRegions: RowsFunction = (_run, args) => {
  const [pause, after, before] = [Number(args['pause']), Number(args['after']), Number(args['before'])];
  return (rows) => {
    const times = rows.map((row) => toNumber(read(row, '_time'))).filter((time) => !Number.isNaN(time));
    times.sort((a, b) => b - a);
    const regions: { newest: number; oldest: number }[] = [];
    for (const time of times) {
      const region = regions.at(-1);
      if (region !== undefined && region.oldest - time <= pause) region.oldest = time;
      else regions.push({ newest: time, oldest: time });
    }
    return regions.map(({ newest, oldest }) => {
      const row = createRow();
      row['_time'] = oldest;
      row['starttime'] = oldest - before;
      row['endtime'] = newest + after;
      return row;
    });
  };
};

/** require: ends the search when there are no results. */
export const requireRows: RowsFunction = () => (rows) => {
  if (rows.length === 0) throw new MissingInput('require: the search before it gave no results');
  return rows;
};

/** xmlunescape: entities of XML as the characters they stand for. */
export const unescapeXml: ValuesFunction =
  () =>
  (value = null) => {
    const text = textOf(value);
    return text === null ? null : decodeEntities(text);
  };
