// Smaller questions about the events of a test: how many meet a clause, which values a field has at some command.
import type { Environment } from '../../runtime/environment.js';
import { MissingInput } from '../../runtime/lookup.js';
import type { Row } from '../../runtime/value.js';
import { printText } from '../../syntax/grammar-values.js';
import { printCommand } from '../../syntax/printer.js';
import type { Command } from '../../syntax/tree.js';
import type { PreparedSearch } from '../../workspace.js';
import { type GroupEvents, NeedsMoreFields } from '../group-events.js';
import type { NearMiss } from '../result.js';

/** Compiles further searches over the same events. */
export interface ExplainContext {
  readonly prepare: (text: string) => PreparedSearch;
}

/** Values looked at of a field, most frequent first. */
const mostValues = 200;
/** A name that no search gives to a field. */
const times = 'detc_times_seen';

/** Asks about the rows that come into the commands of one search. */
export class Asker {
  constructor(
    readonly commands: readonly Command[],
    readonly events: GroupEvents,
    readonly environment: Environment,
    readonly context: ExplainContext,
  ) {}

  /** The data set that a tstats counts in place of events. */
  datasetOf(at: number): string | undefined {
    const command = this.commands[at];
    if (command?.name !== 'tstats') return undefined;
    const { from } = command.arguments as { from?: { kind: string; model: string; dataset?: string } };
    if (from?.kind !== 'datamodel') return undefined;
    return from.dataset === undefined ? from.model : `${from.model}.${from.dataset}`;
  }

  /** Rows before a command that meet a clause of it; undefined when it cannot be asked alone. */
  async count(clause: string, at: number): Promise<number | undefined> {
    const dataset = this.datasetOf(at);
    const word = this.commands[at]?.name === 'where' ? 'where' : 'search';
    const text =
      dataset !== undefined
        ? `| tstats count from datamodel=${dataset} where ${clause}`
        : at === 0
          ? `search ${clause} | stats count`
          : `${this.#before(at)} | ${word} ${clause} | stats count`;
    const rows = await this.run(text);
    return rows === undefined ? undefined : Number(rows[0]?.['count'] ?? 0);
  }

  /** Values that a field has before a command, and how often, most frequent first. */
  async values(field: string, at: number): Promise<readonly NearMiss[]> {
    const name = printText(field);
    const dataset = this.datasetOf(at);
    const rows = await this.run(
      dataset === undefined
        ? `${this.#before(at)} | stats count as ${times} by ${name} | sort ${mostValues} - ${times}`
        : `| tstats count as ${times} from datamodel=${dataset} by ${name} | sort ${mostValues} - ${times}`,
    );
    return (rows ?? []).flatMap((row) => {
      const value = Object.hasOwn(row, field) ? row[field] : undefined;
      return value === undefined || value === null
        ? []
        : [{ value: String(value), count: Number(row[times]) }];
    });
  }

  /** The rows of a search over the same events; undefined when it cannot be run on what was read of them. */
  run(text: string): Promise<readonly Row[] | undefined> {
    const { earliest, latest } = this.environment;
    return this.events.answer(`${earliest}\0${latest}\0${text}`, async () => {
      const { compiled, analysis } = this.context.prepare(text);
      if ([...analysis.diagnostics, ...compiled.diagnostics].some((d) => d.severity === 'error'))
        return undefined;
      try {
        return await compiled.run(this.events, this.environment);
      } catch (error) {
        if (error instanceof NeedsMoreFields || error instanceof MissingInput) return undefined;
        throw error;
      }
    });
  }

  /** The commands before one, as text. */
  #before(at: number): string {
    if (at === 0) return 'search *';
    return this.commands
      .slice(0, at)
      .map((one, index) =>
        index === 0 && one.name === 'search' ? printCommand(one) : `| ${printCommand(one)}`,
      )
      .join(' ');
  }
}
