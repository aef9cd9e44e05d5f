// Why a search found nothing: the command where rows ended, the clauses that no event met, values that came close,
// fields that are not there.
import type { Stage } from '../../evaluate.js';
import type { Environment } from '../../runtime/environment.js';
import { printCommand, printSearch } from '../../syntax/printer.js';
import type { Command, FieldName, Pipeline } from '../../syntax/tree.js';
import type { PreparedSearch } from '../../workspace.js';
import type { GroupEvents } from '../group-events.js';
import { clauseLine } from '../report/clause-line.js';
import { clip } from '../report/text.js';
import type { ClauseReport, Explanation, NearMiss } from '../result.js';
import { unquotedName, whereFieldWent } from './absent-fields.js';
import { Asker, type ExplainContext } from './asker.js';
import { type Clause, clausesOf } from './clauses.js';
import { closeness } from './closeness.js';

const mostClauses = 12;
const mostAbsent = 4;

/** Explains an empty result by asking smaller questions of the same events. Costs a few runs of parts of the search. */
export async function explain(
  prepared: PreparedSearch,
  stages: readonly Stage[],
  events: GroupEvents,
  environment: Environment,
  context: ExplainContext,
): Promise<Explanation> {
  const { commands } = prepared.analysis.pipeline;
  const at = stages.findIndex((stage) => stage.rowsOut === 0);
  const command = commands[at];
  const none = { clauses: [], absentFields: [], events: events.rows.length };
  if (command === undefined || events.rows.length === 0) return none;
  const quiet: Environment = { ...environment, warn: () => {}, writeLookup: () => {} };
  const asker = new Asker(commands, events, quiet, context);
  const base = { ...none, command: printCommand(command), unit: at === 0 ? 'event' : 'row' } as const;
  const empty = await emptyDataset(at, asker);
  if (empty !== undefined) return { ...base, notes: empty };
  const notes: string[] = [];
  const clauses = await clauseReports(command, at, asker);
  if (
    clauses.reports.length > 1 &&
    clauses.asked === clauses.reports.length &&
    clauses.reports.every(({ met }) => met > 0)
  )
    notes.push(`no ${base.unit} met all of its clauses at once`);
  const absent = new Set(clauses.absent);
  if (command.name === 'where') {
    for (const { fields } of clausesOf(command)) {
      const note = fields.every((field) => absent.has(field))
        ? await unquotedName(fields, at, prepared.analysis, asker)
        : undefined;
      if (note === undefined) continue;
      notes.push(note);
      for (const field of fields) absent.delete(field);
    }
  }
  for (const field of groupingFields(command))
    if (!absent.has(field) && (await asker.values(field, at)).length === 0) absent.add(field);
  for (const field of [...absent].slice(0, mostAbsent))
    for (const note of await whereFieldWent(field, at, prepared.analysis, asker))
      if (!notes.includes(note)) notes.push(note);
  if (command.name === 'join') notes.push(...(await whyJoinFoundNothing(command, at, asker, environment)));
  return {
    ...base,
    // What every event met explains nothing; the clauses that none met come first.
    clauses: clauses.reports
      .filter((report) => report.met === 0 || report.met < (stages[at]?.rowsIn ?? 0))
      .sort((a, b) => a.met - b.met),
    absentFields: [...absent],
    ...(notes.length === 0 ? {} : { notes }),
  };
}

/** What each clause of a filter meets alone. */
async function clauseReports(
  command: Command,
  at: number,
  asker: Asker,
): Promise<{ reports: ClauseReport[]; asked: number; absent: string[] }> {
  const clauses = clausesOf(command).slice(0, mostClauses);
  const reports: ClauseReport[] = [];
  const absent: string[] = [];
  for (const clause of clauses) {
    const met = await asker.count(clause.text, at);
    if (met === undefined) continue;
    const report: ClauseReport = { clause: clause.text, met, near: [] };
    if (met > 0) {
      reports.push(report);
      continue;
    }
    const values = clause.field === undefined ? [] : await asker.values(clause.field, at);
    for (const field of clause.fields)
      if ((field === clause.field ? values : await asker.values(field, at)).length === 0) absent.push(field);
    const range = clause.ordered ? rangeOf(values) : undefined;
    reports.push(range === undefined ? { ...report, near: nearest(values, clause) } : { ...report, range });
  }
  return { reports, asked: clauses.length, absent };
}

/** A data set that holds none of the events, and what kinds of events there are instead. */
async function emptyDataset(at: number, asker: Asker): Promise<string[] | undefined> {
  const dataset = asker.datasetOf(at);
  if (dataset === undefined) return undefined;
  const count = await asker.run(`| tstats count from datamodel=${dataset}`);
  if (count === undefined || Number(count[0]?.['count'] ?? 0) > 0) return undefined;
  const notes = [`no event of the data belongs to the data set ${dataset}`];
  const tags = (await asker.run('search * | stats count by tag | sort 12 - count')) ?? [];
  const types = (await asker.run('search * | stats count by sourcetype | sort 5 - count')) ?? [];
  const list = (rows: typeof tags, field: string): string => rows.map((row) => `"${row[field]}"`).join(', ');
  notes.push(
    tags.length > 0
      ? `the events have the tags ${list(tags, 'tag')}`
      : `no event type gives a tag to events of source type ${list(types, 'sourcetype')}`,
  );
  return notes;
}

/** What keeps a join from finding pairs: an empty subsearch, or values that the two sides do not share. */
async function whyJoinFoundNothing(
  command: Command,
  at: number,
  asker: Asker,
  environment: Environment,
): Promise<string[]> {
  const { fields, subsearch } = command.arguments as { fields?: readonly FieldName[]; subsearch?: Pipeline };
  if (subsearch === undefined) return [];
  const text = printSearch(subsearch);
  const search = asker.context.prepare(text);
  const rows = await asker.run(text);
  if (rows === undefined) return [];
  if (rows.length === 0) {
    const { stages } = await search.compiled.runCounted(asker.events, asker.environment);
    const inner = await explain(search, stages, asker.events, environment, asker.context);
    return [
      `the subsearch of join found nothing; no row was left after: ${clip((inner.command ?? text).replace(/\s+/g, ' '), 160)}`,
      ...inner.clauses
        .filter(({ met }) => met === 0)
        .map((report) => `in it ${clauseLine(report, inner.unit)}`),
      ...(inner.notes ?? []),
    ];
  }
  const right = new Asker(search.analysis.pipeline.commands, asker.events, asker.environment, asker.context);
  const notes: string[] = [];
  for (const { name } of fields ?? []) {
    const [ours, theirs] = [
      await asker.values(name, at),
      await right.values(name, search.analysis.pipeline.commands.length),
    ];
    if (ours.length === 0) continue;
    if (theirs.length === 0) notes.push(`no row of the subsearch has "${name}"`);
    else if (!theirs.some(({ value }) => ours.some((one) => one.value === value)))
      notes.push(
        `no value of "${name}" is on both sides of join: it was ${some(ours)} before it, and ${some(theirs)} in the subsearch`,
      );
  }
  return notes;
}

const some = (values: readonly NearMiss[]): string =>
  values
    .slice(0, 3)
    .map(({ value }) => `"${clip(value, 40)}"`)
    .join(', ');

/** Fields that rows must have to get through a command that groups or joins. */
function groupingFields(command: Command): string[] {
  const { by, fields } = (command.arguments ?? {}) as {
    by?: readonly Partial<FieldName>[];
    fields?: readonly Partial<FieldName>[];
  };
  const list = command.name === 'join' ? fields : by;
  return Array.isArray(list)
    ? list.flatMap((field: Partial<FieldName>) =>
        typeof field.name === 'string' && field.name !== '_time' ? [field.name] : [],
      )
    : [];
}

/** The least and the greatest of values that are all numbers. */
function rangeOf(values: readonly NearMiss[]): ClauseReport['range'] {
  const numbers = values.map(({ value }) => Number(value));
  if (numbers.length === 0 || numbers.some(Number.isNaN)) return undefined;
  return { least: String(Math.min(...numbers)), greatest: String(Math.max(...numbers)) };
}

/** The values nearest to what was asked for; without a near one, the most frequent. */
function nearest(values: readonly NearMiss[], { wanted = [] }: Clause): NearMiss[] {
  const scored = values.map((miss) => ({
    miss,
    score: Math.max(0, ...wanted.map((text) => closeness(miss.value, text))),
  }));
  const near = scored
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score || b.miss.count - a.miss.count);
  return (near.length > 0 ? near : scored).slice(0, 3).map(({ miss }) => miss);
}
