// Rows that many searches ask for: a condition is tested once per distinct value of a field, not once per row.
import type { FieldCondition, ScanRequest } from '../runtime/environment.js';
import { searchIn } from '../runtime/search-test.js';
import type { FieldValue, Row } from '../runtime/value.js';

/** A field's values: per row the position of its value, and per value what conditions said of it. */
interface Column {
  /** By row; 0 where the row has no value. */
  readonly positions: Uint32Array;
  /** Distinct values; the first is null. */
  readonly values: readonly FieldValue[];
  readonly outcomes: Map<string, Uint8Array>;
}

/** One condition over a column, its outcomes filled as they are asked for. */
interface Question {
  readonly column: Column;
  readonly outcomes: Uint8Array;
  readonly test: (value: FieldValue) => boolean;
}

const unknown = 0;
const no = 1;
const yes = 2;
/** Conditions whose outcomes a column remembers; each takes a byte per distinct value. */
const mostRemembered = 256;

type Conditions = Pick<ScanRequest, 'metadata' | 'conditions' | 'alternatives'>;

/** Rows with an index per field, made when the field is first asked for. */
export class IndexedRows {
  readonly #columns = new Map<string, Column>();
  constructor(readonly rows: readonly Row[]) {}

  /** The rows that meet the conditions of a request, in their order. */
  matching(request: Conditions): readonly Row[] {
    const lists = [
      ...[...request.metadata, ...(request.conditions ?? [])].map((condition) => [condition]),
      ...(request.alternatives ?? []),
    ];
    if (lists.length === 0) return this.rows;
    const questions = lists
      .map((list) => list.map((condition) => this.#question(condition)))
      // What tells few values apart is asked first: it is known soonest.
      .sort((a, b) => distinct(a) - distinct(b));
    const found: Row[] = [];
    const { rows } = this;
    next: for (let index = 0; index < rows.length; index++) {
      for (const anyOf of questions) if (!holds(anyOf, index)) continue next;
      found.push(rows[index] as Row);
    }
    return found;
  }

  #question({ field, patterns }: FieldCondition): Question {
    const column = this.#column(field);
    const key = JSON.stringify(patterns);
    let outcomes = column.outcomes.get(key);
    if (outcomes === undefined) {
      outcomes = new Uint8Array(column.values.length);
      if (column.outcomes.size < mostRemembered) column.outcomes.set(key, outcomes);
    }
    return { column, outcomes, test: searchIn(patterns) };
  }

  #column(field: string): Column {
    let column = this.#columns.get(field);
    if (column === undefined) {
      column = makeColumn(this.rows, field);
      this.#columns.set(field, column);
    }
    return column;
  }
}

function holds(anyOf: readonly Question[], index: number): boolean {
  for (const { column, outcomes, test } of anyOf) {
    const position = column.positions[index] as number;
    let outcome = outcomes[position] as number;
    if (outcome === unknown) {
      outcome = test(column.values[position] as FieldValue) ? yes : no;
      outcomes[position] = outcome;
    }
    if (outcome === yes) return true;
  }
  return false;
}

const distinct = (questions: readonly Question[]): number =>
  questions.reduce((sum, { column }) => sum + column.values.length, 0);

function makeColumn(rows: readonly Row[], field: string): Column {
  const positions = new Uint32Array(rows.length);
  const values: FieldValue[] = [null];
  const single = new Map<FieldValue, number>([[null, 0]]);
  const lists = new Map<string, number>();
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as Row;
    const value = Object.hasOwn(row, field) ? (row[field] ?? null) : null;
    let position: number | undefined;
    if (Array.isArray(value)) {
      const key = JSON.stringify(value);
      position = lists.get(key);
      if (position === undefined) {
        position = values.push(value) - 1;
        lists.set(key, position);
      }
    } else {
      position = single.get(value);
      if (position === undefined) {
        position = values.push(value) - 1;
        single.set(value, position);
      }
    }
    positions[index] = position;
  }
  return { positions, values, outcomes: new Map() };
}
