// Commands that look at events side by side: cluster, concurrency, require.
import { Clusters } from '../cluster.js';
import { MissingInput } from '../lookup.js';
import { textOf } from '../multivalue.js';
import { toNumber } from '../number.js';
import { read } from '../row.js';
import type { Row } from '../value.js';
import { decodeEntities } from '../xml.js';
import type { RowsFunction, ValuesFunction } from './apply.js';

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
