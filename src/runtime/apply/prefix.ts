// PREFIX() of tstats: what stands behind a text in the terms of events that begin with it.
import { fromValues, textOf } from '../multivalue.js';
import { termRests } from '../pattern.js';
import type { ValuesFunction } from './apply.js';

/** The index keeps terms in lower case, so that is how their rests come out (Search Reference, tstats, PREFIX). */
export const restOfTerms: ValuesFunction = (_run, args) => {
  const rests = termRests(String(args['prefix']));
  return (raw = null) => {
    const text = textOf(raw);
    return text === null ? null : fromValues([...new Set(rests(text))]);
  };
};
