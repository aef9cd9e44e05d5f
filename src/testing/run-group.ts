// Runs the tests that share a dataset: its events are read and extracted once, with the fields that any test needs.
import { openEvents } from '../events.js';
import { type Knowledge, loadKnowledge } from '../knowledge/knowledge.js';
import { knowledgeLanguage } from '../knowledge-language.js';
import { type AttackVersion, loadAttack } from '../output/attack.js';
import type { EventStore, ScanRequest } from '../runtime/environment.js';
import type { Row } from '../runtime/value.js';
import { openWorkspace, type PreparedSearch } from '../workspace.js';
import type { FromWorker, GroupJob, RunSettings, TestJob } from './job.js';
import type { TestResult } from './result.js';
import { type GroupEvents, NeedsMoreFields, runTest, type TestContext } from './run-test.js';
import type { TestData } from './select.js';

/** What stays loaded between groups. */
export interface Session extends TestContext {
  readonly knowledge: Knowledge;
}

/** Loads macros, lookups, knowledge and facts once for all groups of a run. */
export function openSession(settings: RunSettings): Session {
  const knowledge = loadKnowledge({
    apps: settings.apps,
    language: knowledgeLanguage(settings.now === undefined ? {} : { now: settings.now }),
  });
  const workspace = openWorkspace(settings.content, {
    macros: knowledge.macros,
    lookups: knowledge.lookups(),
  });
  const { dataModels } = knowledge;
  const prepared = new Map<string, PreparedSearch>();
  return {
    settings,
    workspace,
    knowledge,
    dataModels,
    attack: loadAttack(settings.attackVersion as AttackVersion),
    prepare(text) {
      let search = prepared.get(text);
      if (search === undefined) {
        search = workspace.prepare(text, { dataModels });
        prepared.set(text, search);
      }
      return search;
    },
  };
}

/** Runs a group; every result is handed on as it is known. `tell` returns true to leave the group. */
export async function runGroup(
  group: GroupJob,
  session: Session,
  tell: (message: FromWorker) => unknown,
): Promise<void> {
  let events: GroupEvents | undefined;
  let trouble: string | undefined;
  try {
    const fields = await neededFields(group.tests, session, tell);
    tell({ kind: 'reading' });
    events = await loadEvents(group.data, fields, session.knowledge);
  } catch (error) {
    trouble = `the data could not be read: ${error instanceof Error ? error.message : String(error)}`;
  }
  for (const job of group.tests) {
    tell({ kind: 'started', index: job.index });
    let result: TestResult;
    try {
      result = events === undefined ? unreadable(job, trouble ?? '') : await safely(job, events, session);
    } catch (error) {
      if (!(error instanceof NeedsMoreFields)) throw error;
      // Rare: a search that reads on only when a subsearch found something.
      events = await loadEvents(group.data, 'all', session.knowledge);
      result = await safely(job, events, session);
    }
    if (tell({ kind: 'finished', index: job.index, result }) === true) return;
  }
}

async function safely(job: TestJob, events: GroupEvents, session: Session): Promise<TestResult> {
  try {
    return await runTest(job, events, session);
  } catch (error) {
    if (error instanceof NeedsMoreFields) throw error;
    return unreadable(job, `bug: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const unreadable = (job: TestJob, reason: string): TestResult => ({
  detection: job.detection.name,
  id: job.detection.id ?? '',
  file: job.detection.file,
  test: job.test,
  status: 'error',
  rows: 0,
  expected: job.expected.text,
  durationMs: 0,
  reason,
  stages: [],
});

/**
 * The fields that any search of the group reads. Each search is run once on no events at all: what it asks of its
 * source tells.
 */
async function neededFields(
  tests: readonly TestJob[],
  session: Session,
  tell: (message: FromWorker) => void,
): Promise<ScanRequest['fields']> {
  const fields = new Set(['_time', 'host', 'source', 'sourcetype', 'index']);
  let all = false;
  const probe: EventStore = {
    scan(request) {
      if (request.fields === 'all') all = true;
      else for (const field of request.fields) fields.add(field);
      return [];
    },
  };
  const asked = new Set<string>();
  for (const job of tests) {
    // Told of each test, so that a search that never ends here is the only one that is lost.
    tell({ kind: 'started', index: job.index });
    for (const { search: text } of [job.detection, ...job.baselines, ...job.contributors]) {
      if (asked.has(text)) continue;
      asked.add(text);
      const { analysis, compiled } = session.prepare(text);
      if ([...analysis.diagnostics, ...compiled.diagnostics].some((d) => d.severity === 'error')) continue;
      await compiled.run(probe, {
        lookups: session.workspace.lookups,
        now: 0,
        warn: () => {},
        writeLookup: () => {},
      });
    }
    if (all) break;
  }
  return all ? 'all' : fields;
}

/** Reads the data of a group, newest event first. */
async function loadEvents(
  data: readonly TestData[],
  fields: ScanRequest['fields'],
  knowledge: Knowledge,
): Promise<GroupEvents> {
  const rows: Row[] = [];
  for (const { file, ...metadata } of data) {
    const events = openEvents([file], { ...metadata, knowledge, newestFirst: data.length === 1 });
    for await (const row of events.scan({ fields, rawTerms: [], metadata: [] })) rows.push(row);
  }
  if (data.length > 1) newestFirst(rows);
  const times = rows.map(timeOf).filter((time) => !Number.isNaN(time));
  return {
    rows,
    fields,
    first: times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    last: times.length === 0 ? Date.now() / 1000 : times.reduce((a, b) => Math.max(a, b)),
  };
}

const timeOf = (row: Row): number => Number(row['_time'] ?? Number.NaN);

/** Sorts by time, newest first; of the same time, later read first. */
function newestFirst(rows: Row[]): void {
  rows.reverse();
  rows.sort((a, b) => (timeOf(b) || 0) - (timeOf(a) || 0));
}
