// The data sources that a detection names: an entry of its list may join several by AND.
import type { Span } from '../diagnostic/diagnostic.js';
import type { Detection } from './model.js';

/** A name as a detection has it. */
export interface DataSourceName {
  readonly name: string;
  /** Which entry of the list it stands in, and where in that. */
  readonly index: number;
  readonly span: Span;
}

/** The names of data sources in the order of the list, repeated ones as often as they stand there. */
export function* dataSourceNames({ dataSources }: Pick<Detection, 'dataSources'>): Iterable<DataSourceName> {
  for (const [index, written] of dataSources.entries()) {
    let at = 0;
    for (const part of written.split(/\s+AND\s+/)) {
      const name = part.trim();
      const start = written.indexOf(name, at);
      at = start + name.length;
      if (name !== '') yield { name, index, span: { start, end: at } };
    }
  }
}
