// The eval function cluster.
import { type ClusterOptions, Clusters, clusterMatches } from '../runtime/cluster.js';
import { textOf } from '../runtime/multivalue.js';
import { toNumber } from '../runtime/number.js';
import { defineFunction } from './function.js';
import { constantText } from './shapes.js';

export const cluster = defineFunction({
  name: 'cluster',
  summary: 'Gives a number to groups of similar texts: the number of the first text that is similar enough.',
  source: 'Informational functions',
  usage: 'cluster(<field>,<threshold>,<match>,<delims>)',
  parameters: { min: 1, max: 4 },
  returns: 'number',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (context, value, threshold, match, delims) => {
    const text = textOf(value);
    if (text === null) return null;
    const options: ClusterOptions = {
      threshold: threshold === undefined ? 0.8 : toNumber(threshold),
      match: (textOf(match) ?? 'termlist') as ClusterOptions['match'],
      ...(delims === undefined ? {} : { delimiters: textOf(delims) ?? '' }),
    };
    const key = `cluster ${JSON.stringify(options)}`;
    let clusters = context.memory?.get(key) as Clusters | undefined;
    if (clusters === undefined) {
      clusters = new Clusters(options);
      context.memory?.set(key, clusters);
    }
    return clusters.label(text);
  },
  check: (shapes) => {
    const match = constantText(shapes[2]);
    if (match === undefined || clusterMatches.includes(match)) return null;
    return {
      code: 'invalid-argument',
      argument: 2,
      message: `"${match}" is no match method of cluster`,
      help: `write one of ${clusterMatches.join(', ')}`,
    };
  },
  pure: false,
  differences: ['The similarity measure is ours, so labels may differ near the threshold.'],
  examples: [{ expression: 'cluster("a b c", 0.5)', result: 1 }],
});
