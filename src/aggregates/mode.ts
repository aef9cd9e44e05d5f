// The statistical function mode.

import { valuesOf } from '../runtime/multivalue.js';
import { formatScalar } from '../runtime/number.js';
import { ownText } from '../runtime/own-text.js';
import { defineAggregate } from './aggregate.js';

export const mode = defineAggregate<Map<string, number>>({
  name: 'mode',
  summary: 'Gives the most frequent value of a field; of several the first seen.',
  source: 'Aggregate functions',
  usage: 'mode(<value>)',
  argument: 'required',
  values: 'any',
  start: () => new Map(),
  add: (state, value) => {
    for (const item of valuesOf(value === false ? null : value)) {
      const text = formatScalar(item);
      const known = state.get(text);
      if (known === undefined) state.set(ownText(text), 1);
      else state.set(text, known + 1);
    }
    return state;
  },
  finish: (state) => {
    let best: string | null = null;
    let most = 0;
    for (const [text, count] of state) {
      if (count > most) {
        best = text;
        most = count;
      }
    }
    return best;
  },
  examples: [{ aggregation: 'mode(u)', input: [{ u: 'a' }, { u: 'b' }, { u: 'b' }], result: 'b' }],
});
