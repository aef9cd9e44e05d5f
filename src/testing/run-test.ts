// Runs one test on events that are already read: baselines first, then the search, then the pass rules.
import { counted } from '../diagnostic/counted.js';
import type { DataModels } from '../knowledge/data-model.js';
import { type AttackFacts, techniqueOf } from '../output/attack.js';
import { readsEventsFirst } from '../plan/operator.js';
import type { Environment } from '../runtime/environment.js';
import { MissingInput } from '../runtime/lookup.js';
import { parseTimeModifier } from '../runtime/time-modifier.js';
import type { Row } from '../runtime/value.js';
import { utc } from '../runtime/zone.js';
import { printCommand } from '../syntax/printer.js';
import type { PreparedSearch, Workspace } from '../workspace.js';
import { check, describe } from './expectation.js';
import { explain } from './explain/explain.js';
import { type GroupEvents, newestFirst } from './group-events.js';
import type { RunSettings, TestJob } from './job.js';
import { overlayLookups } from './lookup-overlay.js';
import type { TestResult } from './result.js';
import { riskEvents } from './risk-events.js';
import { countThrottled, replaySchedule } from './schedule.js';

export interface TestContext {
  readonly settings: RunSettings;
  readonly workspace: Workspace;
  readonly dataModels: DataModels;
  readonly attack: AttackFacts;
  /** Compiles a search once, however many tests use it. */
  readonly prepare: (text: string) => PreparedSearch;
}

/** Why a search cannot be run, if it cannot: what Splunk would refuse is an error, what only we lack is skipped. */
function fault(prepared: PreparedSearch): { status: 'error' | 'skipped'; reason: string } | undefined {
  const errors = [...prepared.analysis.diagnostics, ...prepared.compiled.diagnostics].filter(
    (d) => d.severity === 'error',
  );
  const first = errors.find((d) => d.code !== 'unsupported') ?? errors[0];
  if (!first) return undefined;
  const { code, message, help, span } = first;
  // The lines of the search: where those of the file lie is what "detc validate" tells.
  const { text, expansion } = prepared.analysis;
  const inText = prepared.analysis.diagnostics.includes(first) ? span : expansion.translate(first).span;
  const before = text.slice(0, inText.start).split('\n');
  const place = before.length === 1 && !text.includes('\n') ? '' : `line ${before.length} of the search: `;
  return {
    status: code === 'unsupported' ? 'skipped' : 'error',
    reason: `${place}${message}${help === undefined ? '' : `; ${help}`} [${code}]`,
  };
}

/** Filter macros are made for detections alone, which the author of a baseline may not expect. */
function filterAdvice({ analysis }: PreparedSearch): string {
  const isFilter = analysis.diagnostics.some(
    ({ code, message }) => code === 'unknown-macro' && /_filter"/.test(message),
  );
  return isFilter ? '; filter macros are made for detections only: define this one in macros/' : '';
}

/** Runs one test. Never throws for what content or data may do; a thrown error is a fault of ours and is reported as one. */
export async function runTest(job: TestJob, events: GroupEvents, context: TestContext): Promise<TestResult> {
  const started = performance.now();
  const { detection } = job;
  const warnings: string[] = [];
  const base = {
    detection: detection.name,
    id: detection.id ?? '',
    file: detection.file,
    test: job.test,
    expected: job.expected.text,
    techniques: detection.tags.mitreAttackIds,
  };
  const done = (rest: Pick<TestResult, 'status'> & Partial<TestResult>): TestResult => ({
    ...base,
    rows: 0,
    stages: [],
    durationMs: Math.round((performance.now() - started) * 10) / 10,
    ...(warnings.length > 0 ? { warnings } : {}),
    ...rest,
  });
  const prepared = context.prepare(detection.search);
  const wrong = fault(prepared);
  if (wrong) return done(wrong);
  const { now } = events;
  const overlay = overlayLookups(context.workspace.lookups);
  const environment: Environment = {
    now,
    timezone: 'UTC',
    lookups: overlay.tables,
    warn: (message) => void warnings.push(message),
    writeLookup: overlay.write,
  };
  for (const baseline of job.baselines) {
    const search = context.prepare(baseline.search);
    const trouble = fault(search);
    if (trouble)
      return done({
        ...trouble,
        reason: `baseline "${baseline.name}": ${trouble.reason}${filterAdvice(search)}`,
      });
    await search.compiled.run(events, environment);
  }
  const own = await eventsOf(job, events, context, environment);
  const bounds = timeBounds(job, now);
  const scope: Environment = { ...environment, ...bounds };
  const { rows: found, stages: counted } = await prepared.compiled.runCounted(own, scope);
  // Of the events only those are looked at that may meet the search; all of them went into it.
  const stages = counted.map((stage, index) =>
    index === 0 && readsEventsFirst(prepared.compiled.plan)
      ? { ...stage, rowsIn: countWithin(own.rows, bounds) }
      : stage,
  );
  const commands = prepared.analysis.pipeline.commands;
  const funnel = stages.map((stage, index) => ({
    command: commands[index] ? printCommand(commands[index]) : stage.command,
    rowsIn: stage.rowsIn,
    rowsOut: stage.rowsOut,
  }));
  const sample = found.slice(0, context.settings.sampleRows).map((row) => ({ ...row }));
  const problem = check(job.expected, found) ?? (await scheduleProblem(job, own, context, environment));
  if (problem === undefined) return done({ status: 'passed', rows: found.length, stages: funnel, sample });
  const explanation =
    found.length === 0 && job.expected.rows.min > 0
      ? await explain(prepared, stages, own, scope, context)
      : undefined;
  return done({
    status: 'failed',
    rows: found.length,
    stages: funnel,
    sample,
    reason: problem,
    ...(explanation === undefined ? {} : { explanation }),
  });
}

/** The events that a test's search sees: with the risk of other detections, with the tables of its baselines. */
async function eventsOf(
  job: TestJob,
  events: GroupEvents,
  context: TestContext,
  environment: Environment,
): Promise<GroupEvents> {
  const risk = job.contributors.length > 0 ? await riskOf(job, events, context, environment) : [];
  if (risk.length > 0) return events.with(newestFirst([...events.rows.toReversed(), ...risk]), environment);
  return job.baselines.length > 0 ? events.with(events.rows, environment) : events;
}

function countWithin(
  rows: readonly Row[],
  { earliest, latest }: Pick<Environment, 'earliest' | 'latest'>,
): number {
  if (earliest === undefined && latest === undefined) return rows.length;
  const from = earliest ?? Number.NEGATIVE_INFINITY;
  const to = latest ?? Number.POSITIVE_INFINITY;
  return rows.filter((row) => {
    const time = row['_time'];
    return time === undefined || time === null || (Number(time) >= from && Number(time) < to);
  }).length;
}

function timeBounds(job: TestJob, now: number): Pick<Environment, 'earliest' | 'latest'> {
  const earliest = resolve(job.earliest, now);
  const latest = resolve(job.latest, now);
  return { ...(earliest === undefined ? {} : { earliest }), ...(latest === undefined ? {} : { latest }) };
}

function resolve(modifier: string | undefined, now: number): number | undefined {
  if (modifier === undefined || modifier === '') return undefined;
  return parseTimeModifier(modifier, now, utc) ?? undefined;
}

/** The risk that the repository's own detections make of the events. */
async function riskOf(
  job: TestJob,
  events: GroupEvents,
  context: TestContext,
  environment: Environment,
): Promise<Row[]> {
  const made: Row[] = [];
  for (const contributor of job.contributors) {
    const search = context.prepare(contributor.search);
    const trouble = fault(search);
    if (trouble) {
      environment.warn?.(`risk of "${contributor.name}" is left out: ${trouble.reason}`);
      continue;
    }
    let rows: readonly Row[];
    try {
      rows = await search.compiled.run(events, environment);
    } catch (error) {
      if (!(error instanceof MissingInput)) throw error;
      environment.warn?.(`risk of "${contributor.name}" is left out: ${error.message}`);
      continue;
    }
    made.push(
      ...riskEvents(contributor, rows, context.settings.app, events.now - 1, {
        techniqueName: (id) => context.attack.techniques.get(id)?.name,
        tactics: (id) => techniqueOf(context.attack, id).tactics,
      }),
    );
  }
  return made;
}

/** Replays the schedule where the test counts alerts; `undefined` when nothing is asked or all is as asked. */
async function scheduleProblem(
  job: TestJob,
  events: GroupEvents,
  context: TestContext,
  environment: Environment,
): Promise<string | undefined> {
  const { schedule, throttled } = job.expected;
  if (schedule === undefined && throttled === undefined) return undefined;
  if (!job.schedule) return 'the test counts alerts of the schedule, but the detection has none';
  const times = events.rows.map((row) => Number(row['_time'])).filter((time) => !Number.isNaN(time));
  if (times.length === 0) return undefined;
  const { cron, earliest, latest } = job.schedule;
  const windows = replaySchedule(
    cron,
    (now) => ({ earliest: resolve(earliest, now), latest: resolve(latest, now) }),
    times.reduce((a, b) => Math.min(a, b)),
    times.reduce((a, b) => Math.max(a, b)),
  );
  if (windows.cut !== undefined)
    return `the schedule "${cron}" runs more than ${windows.cut} times over the time of the data`;
  const prepared = context.prepare(job.detection.search);
  const alerts: { at: number; row: Row }[] = [];
  let fired = 0;
  for (const window of windows.windows) {
    const scope: Environment = {
      ...environment,
      now: window.at,
      ...(window.earliest === undefined ? {} : { earliest: window.earliest }),
      ...(window.latest === undefined ? {} : { latest: window.latest }),
    };
    const rows = await prepared.compiled.run(events, scope);
    if (rows.length > 0) fired++;
    for (const row of rows) alerts.push({ at: window.at, row });
  }
  if (schedule !== undefined && (fired < schedule.min || fired > schedule.max))
    return `${fired} of ${counted(windows.windows.length, 'run')} of the schedule "${cron}" over the time of the data found something, expected ${describe(schedule)}`;
  if (throttled === undefined) return undefined;
  const throttling = job.detection.tags.throttling;
  const count = throttling ? countThrottled(alerts, throttling.fields, throttling.period) : alerts.length;
  return count === throttled ? undefined : `${count} alerts remain after throttling, expected ${throttled}`;
}
