// Splunk's .conf format: stanzas of keys, as read with positions and as written.
import type { Span } from '../diagnostic/diagnostic.js';

/** One `key = value`. */
export interface ConfEntry {
  readonly key: string;
  /** The value with continuation lines joined by `\n` and outer blanks removed, as Splunk reads it. */
  readonly value: string;
  readonly keySpan: Span;
  readonly valueSpan: Span;
}

/** A stanza and its entries in file order; entries before the first header belong to `default`. */
export interface ConfStanza {
  readonly name: string;
  readonly nameSpan: Span;
  readonly entries: readonly ConfEntry[];
}
