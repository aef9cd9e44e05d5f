// Why a search found nothing: the command where rows ended, the clauses that no event met, values that came close.
import type { Environment, EventStore } from '../runtime/environment.js';
import type { Row } from '../runtime/value.js';
import { printExpression } from '../syntax/expression.js';
import { printText } from '../syntax/grammar-values.js';
import { printCommand, printCondition } from '../syntax/printer.js';
import type { Command, Expression, FieldName, SearchExpression } from '../syntax/tree.js';
import { walkArguments } from '../syntax/walk.js';
import type { PreparedSearch } from '../workspace.js';
import { closeness } from './closeness.js';
import type { ClauseReport, Explanation, NearMiss } from './result.js';

/** Compiles further searches over the same events. */
export interface ExplainContext {
  readonly prepare: (text: string) => PreparedSearch;
}

/** A clause of a filter that can be asked about alone. */
interface Clause {
  readonly text: string;
  /** The field it compares, and the texts it compares with. */
  readonly field?: string;
  readonly wanted?: readonly string[];
}

const mostClauses = 12;

/** Explains an empty result by asking smaller questions of the same events. Costs a few runs of parts of the search. */
export async function explain(
  prepared: PreparedSearch,
  events: EventStore,
  environment: Environment,
  context: ExplainContext,
  count: number,
): Promise<Explanation> {
  const quiet: Environment = { ...environment, warn: () => {}, writeLookup: () => {} };
  const { stages } = await prepared.compiled.runCounted(events, quiet);
  const { commands } = prepared.analysis.pipeline;
  const at = stages.findIndex((stage) => stage.rowsOut === 0);
  const command = commands[at];
  if (command === undefined) return { clauses: [], absentFields: [], events: count };
  const asker = new Asker(commands.slice(0, at), command, events, quiet, context);
  const clauses = clausesOf(command).slice(0, mostClauses);
  const reports: ClauseReport[] = [];
  const absent = new Set<string>();
  for (const clause of clauses) {
    const met = await asker.count(clause.text);
    if (met === undefined) continue;
    const report: ClauseReport = { clause: clause.text, met, near: [] };
    if (met === 0 && clause.field !== undefined) {
      const values = await asker.values(clause.field);
      if (values.length === 0) absent.add(clause.field);
      reports.push({ ...report, near: nearest(values, clause.wanted ?? []) });
    } else reports.push(report);
  }
  for (const field of groupingFields(command)) {
    if ((await asker.values(field)).length === 0) absent.add(field);
  }
  return {
    command: printCommand(command),
    // What every event met explains nothing; the clauses that none met come first.
    clauses: reports.filter((report) => report.met < count || count === 0).sort((a, b) => a.met - b.met),
    absentFields: [...absent],
    events: count,
  };
}

/** Runs questions in place of one command, over what came into it. */
class Asker {
  readonly #prefix: string;
  readonly #source: string | undefined;
  constructor(
    before: readonly Command[],
    readonly command: Command,
    readonly events: EventStore,
    readonly environment: Environment,
    readonly context: ExplainContext,
  ) {
    this.#prefix = before
      .map((one, index) =>
        index === 0 && one.name === 'search' ? printCommand(one) : `| ${printCommand(one)}`,
      )
      .join(' ');
    this.#source = dataModelOf(command);
  }

  /** Rows that meet a clause alone; undefined when it cannot be asked alone. */
  async count(clause: string): Promise<number | undefined> {
    const rows = await this.#run(
      this.#source === undefined
        ? this.#filter(clause)
        : `| tstats count from datamodel=${this.#source} where ${clause}`,
    );
    return rows === undefined
      ? undefined
      : this.#source === undefined
        ? Number(rows[0]?.['count'] ?? 0)
        : Number(rows[0]?.['count'] ?? 0);
  }

  #filter(clause: string): string {
    if (this.#prefix === '') return `search ${clause} | stats count`;
    return `${this.#prefix} | ${this.command.name === 'where' ? 'where' : 'search'} ${clause} | stats count`;
  }

  /** Values of a field and how often each came in, most frequent first. */
  async values(field: string): Promise<NearMiss[]> {
    const name = printText(field);
    const rows = await this.#run(
      this.#source === undefined
        ? `${this.#prefix === '' ? 'search *' : this.#prefix} | stats count by ${name} | sort 200 - count`
        : `| tstats count from datamodel=${this.#source} by ${name} | sort 200 - count`,
    );
    return (rows ?? []).flatMap((row) => {
      const value = Object.hasOwn(row, field) ? row[field] : undefined;
      return value === undefined || value === null
        ? []
        : [{ value: String(value), count: Number(row['count']) }];
    });
  }

  async #run(text: string): Promise<Row[] | undefined> {
    const { compiled, analysis } = this.context.prepare(text);
    if ([...analysis.diagnostics, ...compiled.diagnostics].some((d) => d.severity === 'error'))
      return undefined;
    return compiled.run(this.events, this.environment);
  }
}

function dataModelOf(command: Command): string | undefined {
  if (command.name !== 'tstats') return undefined;
  const { from } = command.arguments as { from?: { kind: string; model: string; dataset?: string } };
  if (from?.kind !== 'datamodel') return undefined;
  return from.dataset === undefined ? from.model : `${from.model}.${from.dataset}`;
}

/** The clauses of a command's filter that are joined by AND. */
function clausesOf(command: Command): Clause[] {
  let clauses: Clause[] | undefined;
  walkArguments(command, {
    search(expression) {
      clauses ??= searchClauses(expression);
      return false;
    },
    expression(expression) {
      if (command.name === 'where') clauses ??= evalClauses(expression);
      return false;
    },
  });
  return clauses ?? [];
}

function searchClauses(expression: SearchExpression): Clause[] {
  if (expression.kind === 'and') return expression.operands.flatMap(searchClauses);
  if (expression.kind === 'everything' || expression.kind === 'time') return [];
  const text = printCondition(expression);
  const alone = expression.kind === 'or' ? `(${text})` : text;
  if (expression.kind === 'comparison')
    return [{ text: alone, field: expression.field.name, wanted: [expression.value.text] }];
  if (expression.kind === 'in')
    return [
      { text: alone, field: expression.field.name, wanted: expression.values.map((value) => value.text) },
    ];
  if (expression.kind === 'or') {
    const compared = comparedBy(expression.operands);
    return [compared === undefined ? { text: alone } : { text: alone, ...compared }];
  }
  return [{ text: alone }];
}

/** An OR over one field is one question about that field. */
function comparedBy(operands: readonly SearchExpression[]): { field: string; wanted: string[] } | undefined {
  const clauses = operands.flatMap(searchClauses);
  const field = clauses[0]?.field;
  if (field === undefined || clauses.some((clause) => clause.field === undefined)) return undefined;
  const same = clauses.filter((clause) => clause.field === field);
  return { field, wanted: same.flatMap((clause) => clause.wanted ?? []) };
}

function evalClauses(expression: Expression): Clause[] {
  if (expression.kind === 'binary' && expression.operator === 'AND')
    return [...evalClauses(expression.left), ...evalClauses(expression.right)];
  const text = `(${printExpression(expression)})`;
  if (expression.kind === 'binary') {
    const [field, other] =
      expression.left.kind === 'field'
        ? [expression.left, expression.right]
        : [expression.right, expression.left];
    if (field.kind === 'field')
      return [
        {
          text,
          field: field.name,
          wanted: other.kind === 'string' ? [other.value] : other.kind === 'number' ? [other.text] : [],
        },
      ];
  }
  if (expression.kind === 'call') {
    const field = expression.arguments.find((argument) => argument.kind === 'field');
    if (field?.kind === 'field')
      return [
        {
          text,
          field: field.name,
          wanted: expression.arguments.flatMap((a) => (a.kind === 'string' ? [a.value] : [])),
        },
      ];
  }
  return [{ text }];
}

/** Fields that rows must have to get through a command that groups. */
function groupingFields(command: Command): string[] {
  const { by } = (command.arguments ?? {}) as { by?: readonly Partial<FieldName>[] };
  return Array.isArray(by)
    ? by.flatMap((field: Partial<FieldName>) =>
        typeof field.name === 'string' && field.name !== '_time' ? [field.name] : [],
      )
    : [];
}

/** The values nearest to what was asked for; without a near one, the most frequent. */
function nearest(values: readonly NearMiss[], wanted: readonly string[]): NearMiss[] {
  const scored = values.map((miss) => ({
    miss,
    score: Math.max(0, ...wanted.map((text) => closeness(miss.value, text))),
  }));
  const near = scored
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score || b.miss.count - a.miss.count);
  return (near.length > 0 ? near : scored).slice(0, 3).map(({ miss }) => miss);
}
