// What a search says where it rests on macros, by which it is known without another look that it says the same when one
// of them has changed.
import type { SearchEnvironment } from './analyse.js';
import type { CommandMemo, KnownCommand } from './command-memo.js';
import { maximumLength } from './expander.js';
import type { FieldSet } from './field-set.js';
import type { ExpandedSegment, Segment } from './segments.js';

/** A segment that calls macros, where it stood in a search. */
export interface TracedSegment {
  readonly segment: Segment;
  /** What it became; replaced by what it becomes when that says the same. */
  expanded: ExpandedSegment;
  /** The fields that it was given. */
  readonly before: FieldSet;
  /** What it said of them, as `CommandMemo.factsOf` gives it. */
  readonly facts: string;
}

/** Whether no rule finds anything in a command by itself; false also where that is not known. */
export type IsQuiet = (command: KnownCommand) => boolean;

/** The segments of a search that call macros. */
export class SearchTrace {
  private readonly memo: CommandMemo;
  private readonly segments: readonly TracedSegment[];
  /** The last environment in which all was the same: drilldowns of many detections are one text. */
  private environment: SearchEnvironment | undefined;

  constructor(memo: CommandMemo, segments: readonly TracedSegment[]) {
    this.memo = memo;
    this.segments = segments;
  }

  /**
   * Whether the search has the facts that it had and rules find in its commands what they found. Every segment that calls
   * no macro, and every one with the same facts, gives the same fields to what stands behind it.
   */
  holds(environment: SearchEnvironment, isQuiet: IsQuiet): boolean {
    if (this.environment === environment) return true;
    let growth = 0;
    for (const traced of this.segments) {
      const expanded = this.memo.expand(traced.segment, environment);
      if (expanded === undefined) return false;
      growth += expanded.growth;
      if (expanded === traced.expanded) continue;
      if (!isHeardAlike(expanded, traced.expanded, isQuiet)) return false;
      if (this.memo.factsOf(expanded, traced.before).facts !== traced.facts) return false;
      traced.expanded = expanded;
    }
    if (growth > maximumLength) return false;
    this.environment = environment;
    return true;
  }
}

function isHeardAlike(one: ExpandedSegment, other: ExpandedSegment, isQuiet: IsQuiet): boolean {
  return (
    one.commands.length === other.commands.length &&
    one.commands.every(({ known }, index) => {
      const before = other.commands[index]!.known;
      return known === before || (isQuiet(known) && isQuiet(before));
    })
  );
}
