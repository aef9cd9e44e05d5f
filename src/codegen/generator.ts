// Turns a plan into code: streaming operators become the body of one loop, blocking ones end it and begin another.

import type { SpanDiagnostic } from '../diagnostic/diagnostic.js';
import { type Need, needOf } from '../plan/needs.js';
import type { Operator, Predicate, ScanOperator } from '../plan/operator.js';
import { type FirstRows, firstRowsOfScans, scansInAnyOrder } from '../plan/order.js';
import { printExpression } from '../syntax/expression.js';
import type { SearchExpression } from '../syntax/tree.js';
import type { Catalogue } from './catalogue.js';
import { andParts, negated } from './conditions.js';
import { ExpressionCompiler } from './expression.js';
import { produceOperator } from './operators.js';
import { literal, quote } from './quote.js';
import { hasParameter, scanHints } from './scan-hints.js';
import { boundName, expressionScope, searchScope } from './scopes.js';
import { conjuncts, searchCondition } from './search.js';
import { type Asked, newBase, Shape } from './shape.js';
import { Writer } from './writer.js';

/** Writes what happens to one row. */
export type Consumer = (shape: Shape) => void;

/** The statement that leaves a loop, and whether it has been written. */
export interface LoopExit {
  readonly statement: string;
  used: boolean;
}

/** The exit of a loop in which it has not been written yet. */
export function loopExit(statement: string): LoopExit {
  return { statement, used: false };
}

export interface GenerateOptions {
  readonly language: 'typescript' | 'javascript';
  readonly catalogue: Catalogue;
  /** Counts the rows that leave every command. */
  readonly instrument: boolean;
  /** Reads a search expression given as text (searchmatch). */
  readonly parseSearchExpression: (text: string) => SearchExpression;
}

/** Texts of one module, before imports are written. */
export interface GeneratedModule {
  readonly writer: Writer;
  /** Functions, one per search and subsearch. */
  readonly functions: readonly string[];
  readonly main: string;
  readonly diagnostics: readonly SpanDiagnostic[];
  /** How many scans of the events the search makes; above one they must be readable again. */
  readonly scans: number;
  /** The columns of the result, when all are known. */
  readonly columns: readonly string[] | undefined;
}

export class Generator {
  readonly writer: Writer;
  readonly options: GenerateOptions;
  readonly expressions: ExpressionCompiler;
  readonly diagnostics: SpanDiagnostic[] = [];
  /** Statements at the start of the function being written; a function gives text known only at its end. */
  prologue: (string | (() => string))[] = [];
  /** Whether `$name$` stands for a field of a parameter row: inside searches that map runs. */
  parameters = false;
  /** How the loop that feeds the operators being written is left. */
  exit: LoopExit = loopExit('');
  /** The command that is being written, as it is told where it holds too much. */
  command = 'the search';
  /** The command whose subsearch is being written, which holds the rows of that. */
  private holder: string | undefined;
  private readonly functions: string[] = [];
  private readonly searchNames = new Map<Operator, string>();
  private scans = 0;
  private inAnyOrder: ReadonlySet<ScanOperator> = new Set();
  private firstRows: ReadonlyMap<ScanOperator, FirstRows> = new Map();
  /** What is done with a row that a filter does not let pass. */
  private drop = 'continue;';
  private columns: readonly string[] | undefined;

  constructor(options: GenerateOptions) {
    this.options = options;
    this.writer = new Writer(options.language);
    this.expressions = new ExpressionCompiler(this.writer, options.catalogue, (d) =>
      this.diagnostics.push(d),
    );
  }

  generate(plan: Operator): GeneratedModule {
    this.inAnyOrder = scansInAnyOrder(plan);
    if (!this.options.instrument) this.firstRows = firstRowsOfScans(plan);
    const main = this.search(plan, 'main');
    return {
      writer: this.writer,
      functions: this.functions,
      main,
      diagnostics: this.diagnostics,
      scans: this.scans,
      columns: this.columns,
    };
  }

  /** Writes a function that runs a search and gives its rows; returns the function's name. */
  search(plan: Operator, prefix = 'search'): string {
    const known = this.searchNames.get(plan);
    if (known !== undefined) return known;
    const name = prefix === 'main' ? 'main' : this.writer.fresh(prefix);
    this.searchNames.set(plan, name);
    const writer = this.writer;
    const isMain = name === 'main';
    const { holder } = this;
    // Where the result of the whole search goes is no matter of its code.
    this.holder = isMain ? undefined : this.command;
    const body = this.functionBody(() => {
      const result = isMain ? 'result' : writer.fresh('result');
      if (!isMain) writer.line(`const ${result}${writer.type('Row[]')} = [];`);
      this.produce(plan, 'all', (shape) => {
        if (isMain && shape.closed) this.columns = [...shape.overlay.keys()];
        this.emitRow(shape, result);
      });
      if (!isMain) writer.line(`return ${result};`);
    });
    this.holder = holder;
    const parameters = [`run${writer.type('Run')}`, `events${writer.type('Events | undefined')}`];
    if (isMain) parameters.push(`result${writer.type('RowSink')}`);
    const returns = writer.type(isMain ? 'Promise<void>' : 'Promise<Row[]>');
    this.functions.push(`async function ${name}(${parameters.join(', ')})${returns} {\n${body}\n}`);
    return name;
  }

  /** Writes a function that goes on from rows it is given. */
  pipe(plan: Operator): string {
    const known = this.searchNames.get(plan);
    if (known !== undefined) return known;
    const name = this.writer.fresh('pipe');
    this.searchNames.set(plan, name);
    const writer = this.writer;
    const { holder } = this;
    this.holder = this.command;
    const body = this.functionBody(() => {
      const result = writer.fresh('result');
      writer.line(`const ${result}${writer.type('Row[]')} = [];`);
      this.produce(plan, 'all', (shape) => this.emitRow(shape, result));
      writer.line(`return ${result};`);
    });
    this.holder = holder;
    const parameters = ['run: Run', 'events: Events | undefined', 'given: readonly Row[]'].map(
      (parameter) => {
        const [variable = '', type = ''] = parameter.split(': ');
        return variable + writer.type(type);
      },
    );
    this.functions.push(
      `async function ${name}(${parameters.join(', ')})${writer.type('Promise<Row[]>')} {\n${body}\n}`,
    );
    return name;
  }

  /** The result of writing something that is then forgotten; only its diagnostics stay. */
  rehearse<T>(write: () => T): T {
    return this.writer.forget(write);
  }

  /** The result of writing something whose faults are reported already. */
  muted<T>(write: () => T): T {
    const count = this.diagnostics.length;
    const result = write();
    this.diagnostics.length = count;
    return result;
  }

  /** What a body writes, with `$name$` standing for fields of a parameter row. */
  withParameters<T>(write: () => T): T {
    const before = this.parameters;
    this.parameters = true;
    const result = write();
    this.parameters = before;
    return result;
  }

  private functionBody(write: () => void): string {
    const saved = { prologue: this.prologue, exit: this.exit };
    this.prologue = [];
    const body = this.writer.aside(write);
    const prologue = this.prologue.map((item) => `  ${typeof item === 'string' ? item : item()}\n`).join('');
    this.prologue = saved.prologue;
    this.exit = saved.exit;
    return prologue + body;
  }

  /** The statement that leaves the loop feeding the operators being written. */
  leave(): string {
    this.exit.used = true;
    return this.exit.statement;
  }

  /** Hands a finished row on, without the fields that have no value. */
  private emitRow(shape: Shape, result: string): void {
    const row = shape.materialise(this.writer, 'all', true);
    this.writer.line(`${result}.push(${this.writer.use('compactRow')}(${row.variable}));`);
    if (this.holder !== undefined) this.spare(this.holder, `${result}.length`);
  }

  /** Writes the loop or loops that make an operator's rows, with `consume` called where a row is at hand. */
  produce(operator: Operator, need: Need, consume: Consumer): void {
    const writer = this.writer;
    switch (operator.op) {
      case 'scan':
        return this.scan(operator, consume);
      case 'given':
        return this.loop('given', 'given', false, consume);
      case 'filter':
        return this.produce(operator.input, needOf(operator, need), (shape) => {
          this.filter(operator.predicate, shape);
          consume(shape);
        });
      case 'mark': {
        const { command } = this;
        this.command = `"${operator.command}"`;
        this.produce(operator.input, need, (shape) => {
          if (this.options.instrument) writer.line(`${writer.use('count')}(run, ${operator.index + 1});`);
          consume(shape);
        });
        this.command = command;
        return;
      }
      default:
        return produceOperator(this, operator, need, consume);
    }
  }

  /** A loop over an array of rows in a variable. */
  loop(rows: string, prefix: string, owned: boolean, consume: Consumer): void {
    const row = this.writer.fresh('row');
    this.labelled(prefix, `for (const ${row} of ${rows})`, () => consume(new Shape(newBase(row, owned))));
  }

  /** Writes a loop, with a label where something leaves it. */
  labelled(prefix: string, head: string, body: () => void): void {
    const { writer } = this;
    const label = writer.fresh(prefix);
    const exit = loopExit(`break ${label};`);
    const text = writer.aside(
      () =>
        writer.block(head, () => {
          this.exit = exit;
          body();
        }),
      writer.depth,
    );
    writer.text(exit.used ? text.replace(/^ */, (indent) => `${indent}${label}: `) : text);
  }

  private scan(operator: ScanOperator, consume: Consumer): void {
    const hint = operator.hint ?? [];
    this.scans++;
    const writer = this.writer;
    const request = writer.fresh('request');
    const read = writer.fresh('readEvents');
    const batch = writer.fresh('batch');
    const event = writer.fresh('event');
    const asked: Asked = { fields: new Set(), whole: false, text: false };
    // What `$name$` stands for is known only when a row fills it in.
    const known = this.parameters ? hint.filter((part) => !hasParameter(part)) : hint;
    const bounds = hint.flatMap((part) =>
      part.kind === 'time' && !part.modifier.startsWith('_index') ? [part] : [],
    );
    const side = (upper: boolean): string => {
      const own = bounds.filter((part) => isUpper(part.modifier) === upper);
      if (own.length === 0) return '';
      const names = own.map((part) => boundName(this, part.modifier, part.value.text, part.span));
      return `${upper ? 'latest' : 'earliest'}: ${names[names.length - 1]}`;
    };
    const range = [side(false), side(true)].filter((text) => text !== '').join(', ');
    const first = this.parameters ? undefined : this.firstRows.get(operator);
    const wanted = first === undefined ? '' : this.firstRequest(first, asked);
    this.prologue.push(() => {
      const fields = asked.whole ? quote('all') : `[${[...asked.fields].sort().map(quote).join(', ')}]`;
      const { rawTerms, metadata, conditions, alternatives } = scanHints(known);
      const parts = [
        `fields: ${fields}`,
        `rawTerms: ${literal(rawTerms)}`,
        `metadata: ${literal(metadata)}`,
        ...(conditions.length === 0 ? [] : [`conditions: ${literal(conditions)}`]),
        ...(alternatives.length === 0 ? [] : [`alternatives: ${literal(alternatives)}`]),
        ...(this.inAnyOrder.has(operator) ? ['anyOrder: true'] : []),
        ...(wanted === '' ? [] : [`first: ${wanted}`]),
        ...(asked.text && !asked.whole ? ['text: true'] : []),
        ...(operator.dataset === undefined ? [] : [`dataset: ${quote(operator.dataset)}`]),
      ];
      const times = range === '' ? '' : `, { ${range} }`;
      const lines = parts.map((part) => `    ${part},\n`).join('');
      return `const ${request} = ${writer.use('scanRequest')}(run, {\n${lines}  }${times});`;
    });
    // The loop over a batch is a function of its own: it becomes fast code by itself, before the rest has ever run.
    const exit = loopExit('return false;');
    const body = writer.aside(() => {
      writer.block(`for (const ${event} of ${batch})`, () => {
        this.exit = exit;
        if (this.options.instrument) writer.line(`${writer.use('count')}(run, 0);`);
        consume(new Shape(newBase(event, false, asked)));
      });
    }, writer.depth + 1);
    const returns = writer.type(exit.used ? 'boolean' : 'void');
    writer.block(
      `const ${read} = (${batch}${writer.type('Iterable<Row>')})${returns} =>`,
      () => {
        writer.text(body);
        if (exit.used) writer.line('return true;');
      },
      '};',
    );
    const call = `${read}(${batch})`;
    writer.block(`for await (const ${batch} of ${writer.use('batches')}(events, ${request}))`, () =>
      writer.line(exit.used ? `if (!${call}) break;` : `${call};`),
    );
  }

  /** Writes a function that tells whether a row of the events passes filters, and how the source is told of it. */
  private firstRequest({ count, predicates }: FirstRows, all: Asked): string {
    const asked: Asked = { fields: new Set(), whole: false, text: false };
    const writer = this.writer;
    const name = writer.fresh('isWanted');
    const event = writer.fresh('event');
    const { drop } = this;
    this.drop = 'return false;';
    const body = writer.aside(() => {
      writer.block(
        `const ${name} = (${event}${writer.type('Row')})${writer.type('boolean')} =>`,
        () => {
          const shape = new Shape(newBase(event, false, asked));
          // The loop over the events reports the faults of the same filters.
          this.muted(() => {
            for (const predicate of predicates) this.filter(predicate, shape);
          });
          writer.line('return true;');
        },
        '};',
      );
    });
    this.drop = drop;
    this.prologue.push(body.trimEnd().replace(/^ +/, ''));
    for (const field of asked.fields) all.fields.add(field);
    all.whole ||= asked.whole;
    all.text ||= asked.text;
    const fields = asked.whole ? quote('all') : `[${[...asked.fields].sort().map(quote).join(', ')}]`;
    return `{ count: ${count}, fields: ${fields}, test: ${name} }`;
  }

  filter(predicate: Predicate, shape: Shape): void {
    const writer = this.writer;
    if (predicate.kind === 'regex') {
      const test = writer.constant('matches', `${writer.use('regexTest')}(${quote(predicate.pattern)})`);
      const value = shape.read(writer, predicate.field);
      // Rows without the field do not match, and are kept by != (Search Reference, regex).
      writer.line(`if (${predicate.negated ? '' : '!'}${test}(${value})) ${this.drop}`);
      return;
    }
    if (predicate.kind === 'eval') {
      const parts = andParts(predicate.expression);
      for (const part of parts)
        this.unless(
          this.expressions.test(part, expressionScope(this, shape, predicate.subsearches)),
          () => `where ${printExpression(part)}`,
        );
      return;
    }
    for (const part of conjuncts(predicate.expression)) {
      this.unless(searchCondition(part, searchScope(this, shape, predicate), writer));
    }
  }

  private unless(condition: string, origin?: () => string): void {
    if (condition === 'true') return;
    if (condition === 'false') this.writer.line(this.drop);
    else this.writer.line(`if (${negated(condition)}) ${this.drop}`, origin);
  }

  /** Writes a look at the memory that a command holds, which has `count` rows or other things by now. */
  spare(command: string, count: string, things?: string): void {
    const told = things === undefined ? '' : `, ${quote(things)}`;
    this.writer.line(`${this.writer.use('spareMemory')}(${quote(command)}, ${count}${told});`);
  }

  /** Writes rows into an array, or into another place that rows are pushed to; returns its name. */
  gather(operator: Operator, need: Need, owned: boolean, place?: string): string {
    const writer = this.writer;
    const rows = writer.fresh('rows');
    const { command } = this;
    writer.line(
      place === undefined ? `const ${rows}${writer.type('Row[]')} = [];` : `const ${rows} = ${place};`,
    );
    this.produce(operator, need, (shape) => {
      writer.line(`${rows}.push(${shape.materialise(writer, need, owned).variable});`);
      this.spare(command, `${rows}.length`);
    });
    return rows;
  }
}

function isUpper(modifier: string): boolean {
  return modifier === 'latest' || modifier.startsWith('end');
}
