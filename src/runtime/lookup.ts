// The lookups of a run: the caller's tables by name, each parsed once.
import type { LookupTable } from './environment.js';
import { Lookup } from './lookup-table.js';
import type { FieldValue } from './value.js';
import { zoneOf } from './zone.js';

/** Thrown when a search asks for something that the caller did not give. */
export class MissingInput extends Error {}
/** There is no table of a name. */
export class MissingTable extends MissingInput {
  readonly table: string;

  constructor(table: string) {
    super(`lookup "${table}" is not given`);
    this.table = table;
  }
}

interface RunLike {
  readonly timezone: string;
  readonly environment: { readonly lookups?: Readonly<Record<string, string | LookupTable>> };
  readonly memory: Map<string, unknown>;
}

/** The named table, or undefined; `name` may leave out or add `.csv`. */
export function findLookup(run: RunLike, name: string): Lookup | undefined {
  const key = `lookup:${name}`;
  const known = run.memory.get(key);
  if (known !== undefined) return known as Lookup;
  const lookups = run.environment.lookups ?? {};
  const found = [name, `${name}.csv`, name.replace(/\.csv$/i, '')].find((item) =>
    Object.hasOwn(lookups, item),
  );
  const definition = found === undefined ? undefined : lookups[found];
  if (definition === undefined) return undefined;
  const lookup = new Lookup(definition);
  run.memory.set(key, lookup);
  return lookup;
}

/** Whether a table has a column without naming it: the key of a KV store collection. */
export function isImpliedColumn(name: string): boolean {
  return name === '_key';
}

/** What is said of a column that a table lacks. */
export function noColumn(table: string, column: string): string {
  return `lookup "${table}" has no column "${column}"`;
}

/** Like findLookup. @throws MissingTable when there is no such table */
export function requireLookup(run: RunLike, name: string): Lookup {
  const lookup = findLookup(run, name);
  if (lookup === undefined) throw new MissingTable(name);
  return lookup;
}

/**
 * lookup() of eval: the outputs for one input, by column, each a list where several rows match; null when nothing
 * matches ("Comparison and Conditional functions", lookup, example 1).
 */
export function lookupFunction(
  run: RunLike,
): (
  name: string,
  input: ReadonlyMap<string, FieldValue>,
  outputs: readonly string[],
) => ReadonlyMap<string, FieldValue> | null {
  return (name, input, outputs) => {
    const lookup = requireLookup(run, name);
    const matcher = lookup.matcher([...input.keys()], zoneOf(run.timezone));
    if (matcher === null) return null;
    const rows = matcher.find([...input.values()]);
    if (!matcher.hasOutput(rows)) return null;
    const wanted = outputs.length > 0 ? outputs : lookup.table.header.filter((column) => !input.has(column));
    return new Map(
      wanted.map((column) => {
        const index = lookup.column(column);
        return [column, index < 0 ? null : matcher.output(rows, index)] as const;
      }),
    );
  };
}
