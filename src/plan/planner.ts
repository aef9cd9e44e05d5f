// Reduces the commands of a search to operators, and the subsearches inside it with them.
import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { printCommand } from '../syntax/printer.js';
import type { Command, Expression, Pipeline, SearchExpression, SearchValue } from '../syntax/tree.js';
import type { DatasetPlan, Operator, PlanContext } from './operator.js';

/** What planning needs to know of a command. */
export interface PlannableCommand {
  readonly name: string;
  readonly type: string;
  readonly unsupported?: string;
  /** The command that must come right behind it, which finishes the statistics that it begins. */
  readonly finishedBy?: string;
  plan?(args: unknown, input: Operator, context: PlanContext): Operator;
}

export interface PlannerOptions {
  readonly commands: ReadonlyMap<string, PlannableCommand>;
  readonly timezone: string;
  readonly dataModel?: string;
  /** Reads a search held in a string; its faults are reported at the span given. */
  readonly parse: (text: string, at?: SpanDiagnostic['span']) => Pipeline;
  readonly parseExpression: (text: string) => Expression;
  readonly parseSearchExpression: (text: string) => SearchExpression;
  readonly dataset: (name: string, context: PlanContext) => DatasetPlan | undefined;
  /** The data set that an unknown name may mean. */
  readonly meantDataset: (name: string) => string | undefined;
  /** The texts of saved searches, by name. */
  readonly savedSearches: ReadonlyMap<string, string>;
  readonly report: (diagnostic: SpanDiagnostic) => void;
}

/** Ends the planning of one command. */
class Refusal extends Error {
  readonly help: string | undefined;
  readonly code: string;
  constructor(message: string, help: string | undefined, code: string) {
    super(message);
    this.help = help;
    this.code = code;
  }
}

/** Whether the next command finishes just the statistics that one begins: of others it holds no parts. */
function isFinished(command: Command, name: string, next: Command | undefined): boolean {
  if (next?.name !== name) return false;
  return printCommand(next).slice(name.length) === printCommand(command).slice(command.name.length);
}

/** Plans a whole search. Faults are reported; the plan of a search with faults is not to be run. */
export function planSearch(tree: Pipeline, options: PlannerOptions): Operator {
  return new Planner(options).pipeline(tree, { op: 'scan' }, true);
}

class Planner {
  private readonly options: PlannerOptions;
  /** Pipelines read from the strings of commands (map); their spans are not those of the search. */
  private readonly fromText = new WeakSet<Pipeline>();
  /** The command whose string is being planned. */
  private holder: Command | undefined;
  /** Names of the saved searches that are being planned. */
  private readonly running: string[] = [];

  constructor(options: PlannerOptions) {
    this.options = options;
  }

  pipeline(tree: Pipeline, input: Operator, marked: boolean): Operator {
    let operator = input;
    tree.commands.forEach((command, index) => {
      operator = this.command(command, operator, tree.commands[index + 1]);
      if (marked) operator = { op: 'mark', input: operator, index, command: command.name };
    });
    return operator;
  }

  private command(command: Command, input: Operator, next: Command | undefined): Operator {
    const record = this.options.commands.get(command.name);
    // Unknown commands and arguments that could not be read have been reported where they were read.
    if (record === undefined || (command.arguments === undefined && command.raw !== undefined)) {
      if (record !== undefined || command.macro !== undefined)
        this.fault(
          command,
          'unsupported',
          `"${command.macro?.name ?? command.name}" holds a macro or token that is not filled in`,
        );
      return input;
    }
    if (record.unsupported !== undefined || record.plan === undefined) {
      const reason = record.unsupported ?? 'it has no local evaluation';
      this.fault(command, 'unsupported', `command "${command.name}" cannot be evaluated locally: ${reason}`);
      return input;
    }
    if (record.finishedBy !== undefined && !isFinished(command, record.finishedBy, next)) {
      const reason = `only an indexer reads its partial statistics, if not "${record.finishedBy}" with the same arguments right behind it`;
      this.fault(command, 'unsupported', `command "${command.name}" cannot be evaluated locally: ${reason}`);
      return input;
    }
    try {
      return record.plan(command.arguments, input, this.context(command));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.fault(command, error.code, error.message, error.help);
      return input;
    }
  }

  private fault(command: Command, code: string, message: string, help?: string): void {
    this.options.report({
      severity: 'error',
      code,
      message,
      span: (this.holder ?? command).span,
      ...(help === undefined ? {} : { help }),
    });
  }

  /** Plans a pipeline inside a command; faults in one that was a string are reported at the command. */
  private inner(command: Command, pipeline: Pipeline, input: Operator): Operator {
    const { holder } = this;
    if (this.fromText.has(pipeline)) this.holder ??= command;
    const operator = this.pipeline(pipeline, input, false);
    this.holder = holder;
    return operator;
  }

  private context(command: Command): PlanContext {
    const { options } = this;
    const context: PlanContext = {
      timezone: options.timezone,
      ...(options.dataModel === undefined ? {} : { dataModel: options.dataModel }),
      search: (pipeline) => this.inner(command, pipeline, { op: 'scan' }),
      continue: (pipeline, input) => this.inner(command, pipeline, input),
      pipe: (pipeline) => this.pipeline(pipeline, { op: 'given' }, false),
      subsearches: (expression) => {
        const found = new Map<Pipeline, Operator>();
        this.collect(expression, found);
        return found;
      },
      parse: (text) => {
        const pipeline = options.parse(text, (this.holder ?? command).span);
        this.fromText.add(pipeline);
        return pipeline;
      },
      parseExpression: options.parseExpression,
      parseSearchExpression: options.parseSearchExpression,
      dataset: (name) => options.dataset(name, context),
      refuseDataset: (name) => {
        const meant = options.meantDataset(name);
        const help = meant === undefined ? undefined : `did you mean "${meant}"?`;
        throw new Refusal(`unknown data model data set "${name}"`, help, 'unknown-dataset');
      },
      savedSearch: (name, replacements) => this.savedSearch(name, replacements ?? new Map(), context),
      refuse: (message, help, code = 'unsupported') => {
        throw new Refusal(message, help, code);
      },
    };
    return context;
  }

  private savedSearch(
    name: string,
    replacements: ReadonlyMap<string, string>,
    context: PlanContext,
  ): Operator {
    const text = this.options.savedSearches.get(name);
    if (text === undefined) {
      const help = didYouMean(name, this.options.savedSearches.keys());
      return context.refuse(`saved search "${name}" is not given`, help, 'unknown-saved-search');
    }
    if (this.running.includes(name)) return context.refuse(`saved search "${name}" runs itself`);
    this.running.push(name);
    const filled = text.replace(/\$([^$\s]+)\$/g, (token, key: string) => replacements.get(key) ?? token);
    const operator = context.search(context.parse(filled));
    this.running.pop();
    return operator;
  }

  private collect(expression: Expression | SearchExpression, found: Map<Pipeline, Operator>): void {
    switch (expression.kind) {
      case 'subsearch':
        found.set(expression.pipeline, this.pipeline(expression.pipeline, { op: 'scan' }, false));
        return;
      case 'and':
      case 'or':
        for (const operand of expression.operands) this.collect(operand, found);
        return;
      case 'not':
      case 'unary':
        this.collect(expression.operand, found);
        return;
      case 'binary':
        this.collect(expression.left, found);
        this.collect(expression.right, found);
        return;
      case 'call':
        for (const argument of expression.arguments) this.collect(argument, found);
        return;
      case 'comparison':
        this.collectValue(expression.value, found);
        return;
      case 'in':
        if ('operand' in expression)
          for (const part of [expression.operand, ...expression.values]) this.collect(part, found);
        else for (const value of expression.values) this.collectValue(value, found);
        return;
      default:
        return;
    }
  }

  /** `field=[ … ]`. */
  private collectValue({ subsearch }: SearchValue, found: Map<Pipeline, Operator>): void {
    if (subsearch !== undefined) found.set(subsearch, this.pipeline(subsearch, { op: 'scan' }, false));
  }
}
