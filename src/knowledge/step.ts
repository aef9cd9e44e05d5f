// One step of search-time knowledge: what it needs, what it gives, and how it is made for the fields wanted.
import type { Escapes, RawEvent } from '../runtime/raw-event.js';
import type { FieldValue, Row, Scalar } from '../runtime/value.js';

/** Names of the fields that must be there after a step, or all that can be had. */
export type Wanted = ReadonlySet<string> | 'all';

/** Changes the row of an event. */
export type Apply = (row: Row, event: RawEvent) => void;

/** A step made for what is wanted of it. */
export interface PlannedStep {
  readonly apply: Apply;
  /** What has to be there before the step. */
  readonly needs: Wanted;
}

/** Where the values of a field come from that is not computed: each is a part of another value, or one of a few. */
export interface Sources {
  /** Fields before the step whose values they are parts of, in whatever case; the field itself where it may stay. */
  readonly fields: readonly string[];
  /** How the event's text, of which they may be parts as well, may write what they are. */
  readonly escapes?: readonly Escapes[];
  /** They may be any stretch of the text, and not only what its format gives for a value. */
  readonly cuts?: true;
  /** Values that the step has of its own. */
  readonly values?: readonly Scalar[];
}

/** One setting (or the group of those that act at once) of props.conf, eventtypes.conf or tags.conf. */
export interface Step {
  /** The setting as a person knows it: `REPORT-block`, `EVAL`, `KV_MODE`. */
  readonly name: string;
  /** `[stanza] file:line`. */
  readonly origin: string;
  /** Makes the step; null when nothing of what is wanted can come from it. */
  plan(wanted: Wanted): PlannedStep | null;
  /** Where the values come from that a field has after the step; null when they are computed or looked up. */
  sources(field: string): Sources | null;
  /** For a group of settings: the one that gives a field, or those that give it this value. */
  part?(field: string, row: Row): { readonly name: string; readonly origin: string } | undefined;
}

/** The sources of a field that a step leaves alone. */
export const unchanged = (field: string): Sources => ({ fields: [field] });

export const none: Wanted = new Set<string>();

export function wants(wanted: Wanted, name: string): boolean {
  return wanted === 'all' || wanted.has(name);
}

/** The union of what is wanted and some names more. */
export function plus(wanted: Wanted, names: Iterable<string>): Wanted {
  return wanted === 'all' ? 'all' : new Set([...wanted, ...names]);
}

export function minus(wanted: Wanted, names: Iterable<string>): Wanted {
  if (wanted === 'all') return 'all';
  const left = new Set(wanted);
  for (const name of names) left.delete(name);
  return left;
}

export function isPresent(value: FieldValue | undefined): value is Exclude<FieldValue, null> {
  return value !== null && value !== undefined;
}
