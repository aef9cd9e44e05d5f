// The eval function mvdedup.
import { fromValues, valuesOf } from '../runtime/multivalue.js';
import { formatScalar } from '../runtime/number.js';
import type { Scalar } from '../runtime/value.js';
import { defineFunction } from './function.js';

export const mvdedup = defineFunction({
  name: 'mvdedup',
  summary: 'Leaves out repeated values; the first of each stays in its place.',
  source: 'Multivalue eval functions',
  usage: 'mvdedup(<mv>)',
  parameters: { min: 1, max: 1 },
  returns: 'multivalue',
  nulls: 'propagate',
  style: 'eager',
  evaluate: (_context, value) => {
    if (typeof value !== 'object' || value === null) return value ?? null;
    const seen = new Set<string>();
    const out: Scalar[] = [];
    for (const item of valuesOf(value)) {
      const text = formatScalar(item);
      if (seen.has(text)) continue;
      seen.add(text);
      out.push(item);
    }
    return fromValues(out);
  },
  pure: true,
  examples: [{ expression: 'mvdedup(split("b,a,b,c,a", ","))', result: ['b', 'a', 'c'] }],
});
