// Runs the tests that share a dataset: its events are read and extracted once, with the fields that any test needs.
import { unknownLookup } from '../content/known-lookups.js';
import { openEvents } from '../events.js';
import { type Knowledge, loadKnowledge } from '../knowledge/knowledge.js';
import { knowledgeLanguage } from '../knowledge-language.js';
import { type AttackVersion, loadAttack } from '../output/attack.js';
import type { Environment, EventStore } from '../runtime/environment.js';
import { LimitError } from '../runtime/growth.js';
import { MissingInput, MissingTable } from '../runtime/lookup.js';
import { RegexLimitError } from '../runtime/regex.js';
import type { Row } from '../runtime/value.js';
import { printText } from '../syntax/grammar-values.js';
import { openWorkspace, type PreparedSearch } from '../workspace.js';
import {
  type Fields,
  fieldsOf,
  GroupEvents,
  type GroupPlan,
  joinFields,
  type MakeDataset,
  NeedsMoreFields,
  newestFirst,
} from './group-events.js';
import { type FromWorker, type GroupJob, type RunSettings, type TestJob, takeTest } from './job.js';
import type { TestResult } from './result.js';
import { runTest, type TestContext } from './run-test.js';
import type { TestData } from './select.js';
import { SharedTexts } from './shared-texts.js';

/** What stays loaded between groups. */
export interface Session extends TestContext {
  readonly knowledge: Knowledge;
  readonly makeDataset: MakeDataset;
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
  const datasets = new Map<string, PreparedSearch>();
  return {
    settings,
    workspace,
    knowledge,
    dataModels,
    attack: loadAttack(settings.attackVersion as AttackVersion),
    prepare(text) {
      let search = prepared.get(text);
      if (search === undefined) {
        search = workspace.prepare(text, { dataModels, datasetsFromStore: true });
        prepared.set(text, search);
      }
      return search;
    },
    makeDataset(name, fields, events, environment) {
      const text = datasetSearch(name, fields);
      let search = datasets.get(text);
      if (search === undefined) {
        search = workspace.prepare(text, { dataModels });
        datasets.set(text, search);
      }
      return search.compiled.run(events, environment);
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
    const plan = await neededFields(group.tests, session, tell);
    tell({ kind: 'reading' });
    events = await loadEvents(group.data, plan, session);
  } catch (error) {
    trouble = `the data could not be read: ${error instanceof Error ? error.message : String(error)}`;
  }
  const { marks } = session.settings;
  for (const job of group.tests) {
    if (marks !== undefined && !takeTest(marks, job.index)) continue;
    tell({ kind: 'started', index: job.index });
    let result: TestResult;
    try {
      result =
        events === undefined
          ? withoutResult(job, 'error', trouble ?? '')
          : await safely(job, events, session);
    } catch (error) {
      if (!(error instanceof NeedsMoreFields)) throw error;
      // Rare: a search that reads on only when a subsearch found something.
      events = await loadEvents(group.data, { fields: 'all', datasets: new Map() }, session);
      result = await safely(job, events, session);
    }
    const warnings = knowledgeWarnings(session);
    if (warnings.length > 0) result = { ...result, warnings: [...(result.warnings ?? []), ...warnings] };
    if (tell({ kind: 'finished', index: job.index, result }) === true) return;
  }
}

/** Messages of a session's knowledge that a test has been given already. */
const told = new WeakMap<Session, Set<string>>();

/** What of the apps could not be used for the data met so far; each message once a session. */
function knowledgeWarnings(session: Session): string[] {
  if (session.settings.apps.length === 0) return [];
  let known = told.get(session);
  if (known === undefined) {
    known = new Set();
    told.set(session, known);
  }
  const fresh: string[] = [];
  for (const { message, file, line } of session.knowledge.diagnostics) {
    const key = `${file}:${line} ${message.replace(/\d+/g, '#')}`;
    if (known.has(key)) continue;
    known.add(key);
    fresh.push(`${file}:${line}: ${message}`);
  }
  return fresh;
}

async function safely(job: TestJob, events: GroupEvents, session: Session): Promise<TestResult> {
  try {
    return await runTest(job, events, session);
  } catch (error) {
    if (error instanceof NeedsMoreFields) throw error;
    // A column that a table lacks is a fault of the search, as is a lookup that nobody has.
    if (error instanceof MissingTable) return withoutTable(job, error, session.settings);
    if (error instanceof MissingInput || error instanceof RegexLimitError || error instanceof LimitError)
      return withoutResult(job, 'error', error.message);
    return withoutResult(job, 'error', `bug: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The result of a test whose search reads a table that is not here: the table is another app's, or its name is wrong. */
function withoutTable(
  job: TestJob,
  { table, message }: MissingTable,
  { knownLookups }: RunSettings,
): TestResult {
  const known =
    knownLookups === undefined
      ? undefined
      : { hasLookup: (name: string) => knownLookups.has(name), lookupNames: () => knownLookups };
  const fault = known === undefined ? undefined : unknownLookup(table, known, job.detection.dialect);
  if (fault?.severity !== 'error') return withoutResult(job, 'skipped', message);
  const help = fault.help === undefined ? '' : `; ${fault.help}`;
  return withoutResult(job, 'error', `${fault.message}${help} [unknown-lookup]`);
}

const withoutResult = (job: TestJob, status: TestResult['status'], reason: string): TestResult => ({
  detection: job.detection.name,
  id: job.detection.id ?? '',
  file: job.detection.file,
  test: job.test,
  status,
  rows: 0,
  expected: job.expected.text,
  durationMs: 0,
  reason,
  stages: [],
});

/** The rows of a data set as a search of its own; only with fields that can be named. */
function datasetSearch(name: string, fields: Fields): string {
  const search = `| from datamodel:${printText(name)}`;
  if (fields === 'all' || [...fields].some((field) => field.includes('*'))) return search;
  return `${search} | table ${[...fields].sort().map(printText).join(' ')}`;
}

/**
 * The fields that any search of the group reads, of events and of data sets. Each search is run once on no events at
 * all: what it asks of its source tells.
 */
async function neededFields(
  tests: readonly TestJob[],
  session: Session,
  tell: (message: FromWorker) => void,
): Promise<GroupPlan> {
  let fields: Fields = new Set(['_time', 'host', 'source', 'sourcetype', 'index']);
  const datasets = new Map<string, Fields>();
  const probe: EventStore = {
    scan(request) {
      const { dataset } = request;
      if (dataset === undefined) fields = joinFields(fields, request.fields);
      else datasets.set(dataset, joinFields(fieldsOf(request), datasets.get(dataset) ?? new Set(['_time'])));
      return [];
    },
  };
  const nowhere = environmentOf(session, 0);
  const asked = new Set<string>();
  for (const job of tests) {
    // Told of each test, so that a search that never ends here is the only one that is lost.
    tell({ kind: 'started', index: job.index });
    for (const content of [job.detection, ...job.baselines, ...job.contributors]) {
      if (asked.has(content.search)) continue;
      asked.add(content.search);
      const { analysis, compiled } = session.prepare(content.search);
      if ([...analysis.diagnostics, ...compiled.diagnostics].some((d) => d.severity === 'error')) continue;
      try {
        // Of the search of a test its counting form is run later: only that has to be made.
        if (content === job.detection) await compiled.runCounted(probe, nowhere);
        else await compiled.run(probe, nowhere);
      } catch {
        // A search that cannot run, say for want of a table: its own test will tell.
      }
    }
  }
  for (const [name, wanted] of datasets) await session.makeDataset(name, wanted, probe, nowhere);
  return { fields, datasets };
}

/** Tables as the repository has them; nothing is written and nobody is told. */
function environmentOf(session: Session, now: number | undefined): Environment {
  return {
    lookups: session.workspace.lookups,
    ...(now === undefined ? {} : { now }),
    timezone: 'UTC',
    warn: () => {},
    writeLookup: () => {},
  };
}

/** Reads the data of a group, newest event first. */
async function loadEvents(
  data: readonly TestData[],
  plan: GroupPlan,
  session: Session,
): Promise<GroupEvents> {
  const { fields } = plan;
  const rows: Row[] = [];
  const texts = new SharedTexts();
  for (const { file, ...metadata } of data) {
    const events = openEvents([file], {
      ...metadata,
      knowledge: session.knowledge,
      newestFirst: data.length === 1,
    });
    for await (const batch of events.scanBatches({ fields, rawTerms: [], metadata: [] }))
      for (const row of batch) {
        texts.share(row);
        rows.push(row);
      }
  }
  const ordered = data.length > 1 ? newestFirst(rows) : rows;
  return new GroupEvents(ordered, plan, session.makeDataset, environmentOf(session, session.settings.now), {
    events: () => namesIn(data, session),
    dataset: (name) => {
      const [model = '', ...path] = name.split('.');
      const datasets = session.dataModels.get(model)?.datasets ?? [];
      const found = datasets.find((dataset) => dataset.name === path.at(-1)) ?? datasets[0];
      const family = datasets.filter(({ lineage }) => lineage[0] === found?.lineage[0]);
      return family.flatMap(({ fields }) => fields.map((field) => `${field.owner}.${field.name}`));
    },
  });
}

/** Events whose fields tell which names there are. */
const sampled = 300;

/** Names of all fields that the first events of each file have. */
async function namesIn(data: readonly TestData[], session: Session): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const { file, ...metadata } of data) {
    let left = sampled;
    const events = openEvents([file], { ...metadata, knowledge: session.knowledge });
    for await (const row of events.scan({ fields: 'all', rawTerms: [], metadata: [] })) {
      for (const name of Object.keys(row)) names.add(name);
      if (--left === 0) break;
    }
  }
  return names;
}
