// Many objects of few shapes as columns: what most of them share is written, and read, once.

/** Objects in their order: the keys of each by number, and what stands at each key in those objects that have it. */
export interface StoredTable {
  readonly shapes: readonly (readonly string[])[];
  /** Number of the shape of each object. */
  readonly rows: readonly number[];
  readonly columns: readonly (readonly [key: string, column: Column])[];
}

/** All values, or those that differ with their numbers, or objects that are a table of their own. */
type Column =
  | { readonly all: readonly unknown[] }
  | { readonly some: readonly unknown[]; readonly at: readonly number[] }
  | { readonly table: StoredTable };

type Row = Readonly<Record<string, unknown>>;

/** Keys whose values are objects of few shapes, each with those inside them. */
export interface Tables {
  readonly [key: string]: Tables;
}

/** Stores plain data. Members that are undefined are not there. */
export function storeTable(rows: readonly Row[], tables: Tables = {}): StoredTable {
  const shapes = new Map<string, number>();
  const keysOf: (readonly string[])[] = [];
  const values = new Map<string, unknown[]>();
  const numbers = rows.map((row) => {
    const keys = Object.keys(row).filter((key) => row[key] !== undefined);
    for (const key of keys) {
      const column = values.get(key);
      if (column === undefined) values.set(key, [row[key]]);
      else column.push(row[key]);
    }
    const name = keys.join('\n');
    let number = shapes.get(name);
    if (number === undefined) {
      number = keysOf.push(keys) - 1;
      shapes.set(name, number);
    }
    return number;
  });
  const columns = [...values].map(([key, column]): StoredTable['columns'][number] => [
    key,
    Object.hasOwn(tables, key) && column.every(isRow)
      ? { table: storeTable(column, tables[key]) }
      : storeColumn(column),
  ]);
  return { shapes: keysOf, rows: numbers, columns };
}

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function storeColumn(all: readonly unknown[]): Column {
  const numbers = new Map<string, number>();
  const some: unknown[] = [];
  const at: number[] = [];
  for (const value of all) {
    const text = typeof value === 'string' ? `"${value}` : JSON.stringify(value);
    let number = numbers.get(text);
    if (number === undefined) {
      number = some.push(value) - 1;
      numbers.set(text, number);
    }
    at.push(number);
  }
  return some.length * 2 > all.length ? { all } : { some, at };
}

/** The objects that were stored; equal values in a column are one. */
export function restoreTable({ shapes, rows, columns }: StoredTable): Record<string, unknown>[] {
  const readers = new Map(columns.map(([key, column]) => [key, new Reader(key, column)]));
  const readersOf = shapes.map((keys) => keys.map((key) => readers.get(key)!));
  return rows.map((shape) => {
    const object: Record<string, unknown> = {};
    for (const reader of readersOf[shape]!) {
      // Content may give keys, and this one would change what the object is.
      if (reader.key === '__proto__') Object.defineProperty(object, reader.key, ownValue(reader.next()));
      else object[reader.key] = reader.next();
    }
    return object;
  });
}

const ownValue = (value: unknown) => ({ value, writable: true, enumerable: true, configurable: true });

/** Gives the values of a column one after the other. */
class Reader {
  readonly key: string;
  readonly #all: readonly unknown[];
  readonly #at: readonly number[] | undefined;
  #index = 0;

  constructor(key: string, column: Column) {
    this.key = key;
    this.#all = 'table' in column ? restoreTable(column.table) : 'all' in column ? column.all : column.some;
    this.#at = 'at' in column ? column.at : undefined;
  }

  next(): unknown {
    const index = this.#index++;
    return this.#all[this.#at === undefined ? index : this.#at[index]!];
  }
}
