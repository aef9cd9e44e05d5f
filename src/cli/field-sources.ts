// Which extraction gave a field: for every field that a search reads, the last step that filled it.
import { didYouMean } from '../diagnostic/did-you-mean.js';
import type { CompiledText } from '../evaluate.js';
import type { LocalEvents } from '../events.js';
import type { Environment, ScanRequest } from '../runtime/environment.js';
import { MissingInput } from '../runtime/lookup.js';

/** Where the value of a field comes from, as its first event that has it tells. */
export interface FieldSource {
  readonly field: string;
  /** Source type of that event. */
  readonly sourcetype: string;
  /** `EVAL-user`, `KV_MODE=json`, `REPORT-x stanza`, `index time`, … */
  readonly step: string;
  /** `[stanza] file:line` of the setting; empty for index time. */
  readonly origin: string;
}

/** Events that are looked at; fields which none of them has are not listed. */
const mostEvents = 200;

/** Finds the sources of the fields that the search asks its events for; of all fields when it asks for all. */
export async function fieldSources(
  compiled: CompiledText,
  events: LocalEvents,
  environment: Environment,
): Promise<FieldSource[]> {
  const wanted = await wantedFields(compiled, environment);
  const { found } = await lookAtEvents(events, wanted, mostEvents);
  return [...found.values()].sort((a, b) => (a.field < b.field ? -1 : a.field > b.field ? 1 : 0));
}

/** A field that the search reads and no event has that was looked at, while they have one of nearly that name. */
export interface MisspelledField {
  readonly field: string;
  readonly help: string;
  /** Number of events that were looked at. */
  readonly events: number;
}

/** Finds fields which a search reads and its events seem to have under another name. */
export async function misspelledFields(
  { analysis }: CompiledText,
  events: LocalEvents,
): Promise<MisspelledField[]> {
  // A word without quotes may be meant as a text, and what macros read may well be absent.
  const named = analysis.eventFields.filter(
    ({ bareWord, span }) => !bareWord && analysis.expansion.isWritten(span.start),
  );
  if (named.length === 0) return [];
  const { found, seen } = await lookAtEvents(events, 'all', Number.POSITIVE_INFINITY);
  const misspelled: MisspelledField[] = [];
  for (const field of new Set(named.map(({ name }) => name))) {
    const help = found.has(field) ? undefined : didYouMean(field, found.keys());
    if (help !== undefined) misspelled.push({ field, help, events: seen });
  }
  return misspelled;
}

/** Names of the fields that a search asks its events for. */
async function wantedFields(
  compiled: CompiledText,
  environment: Environment,
): Promise<ReadonlySet<string> | 'all'> {
  const wanted = new Set<string>();
  let all = false;
  const empty = {
    scan: (request: ScanRequest) => {
      if (request.fields === 'all') all = true;
      else for (const field of request.fields) wanted.add(field);
      return [];
    },
  };
  try {
    await compiled.run(empty, { ...environment, warn: () => undefined });
  } catch (error) {
    // What fails for want of rows has asked for its fields before.
    if (!(error instanceof MissingInput)) throw error;
  }
  return all ? 'all' : wanted;
}

/**
 * Looks at events for the last step that fills each field: at the first ones of every source type, and of the many that
 * may follow at fewer and fewer, for fields of rare events begin anywhere.
 */
async function lookAtEvents(
  events: LocalEvents,
  wanted: ReadonlySet<string> | 'all',
  most: number,
): Promise<{ readonly found: ReadonlyMap<string, FieldSource>; readonly seen: number }> {
  const found = new Map<string, FieldSource>();
  const bySourcetype = new Map<string, { count: number; next: number }>();
  let seen = 0;
  for await (const batch of events.dataset.scan()) {
    for (const event of batch) {
      const turn = bySourcetype.get(event.sourcetype) ?? { count: 0, next: 0 };
      bySourcetype.set(event.sourcetype, turn);
      if (turn.count++ < turn.next) continue;
      turn.next = turn.count + Math.floor(turn.count / mostEvents);
      for (const [field, origins] of events.knowledge.explainFields(event)) {
        const last = origins.at(-1);
        if (last === undefined || last.value === null || found.has(field)) continue;
        if (wanted !== 'all' && !wanted.has(field)) continue;
        found.set(field, { field, sourcetype: event.sourcetype, step: last.step, origin: last.origin });
      }
      if (++seen >= most || (wanted !== 'all' && found.size === wanted.size)) return { found, seen };
    }
  }
  return { found, seen };
}
