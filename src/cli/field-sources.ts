// Which extraction gave a field: for every field that a search reads, the last step that filled it.
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
const MAX_EVENTS = 200;

/** Finds the sources of the fields that the search asks its events for; of all fields when it asks for all. */
export async function fieldSources(
  compiled: CompiledText,
  events: LocalEvents,
  environment: Environment,
): Promise<FieldSource[]> {
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
  const found = new Map<string, FieldSource>();
  let seen = 0;
  for await (const batch of events.dataset.scan()) {
    for (const event of batch) {
      for (const [field, origins] of events.knowledge.explainFields(event)) {
        const last = origins.at(-1);
        if (last === undefined || last.value === null || found.has(field) || (!all && !wanted.has(field)))
          continue;
        found.set(field, { field, sourcetype: event.sourcetype, step: last.step, origin: last.origin });
      }
      if (++seen >= MAX_EVENTS || (!all && found.size === wanted.size)) return sorted(found);
    }
  }
  return sorted(found);
}

function sorted(found: ReadonlyMap<string, FieldSource>): FieldSource[] {
  return [...found.values()].sort((a, b) => (a.field < b.field ? -1 : a.field > b.field ? 1 : 0));
}
