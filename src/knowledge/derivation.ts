// FIELDALIAS, EVAL and LOOKUP: fields out of fields.
import type { FieldValue, Row } from '../runtime/value.js';
import type { CompiledExpression, FieldLookup } from './language.js';
import { isPresent, minus, plus, type Step, unchanged, wants } from './step.js';

/** One `from AS to` of a FIELDALIAS. */
export interface Alias {
  readonly from: string;
  readonly to: string;
  /** ASNEW: what is there already stays. */
  readonly keep: boolean;
}

/** Reads the value of `FIELDALIAS-<class>`: `a AS b, c ASNEW d`, with or without commas and quotes. */
export function readAliases(value: string): Alias[] {
  const aliases: Alias[] = [];
  const word = String.raw`(?:"([^"]+)"|([^\s,"]+))`;
  const pattern = new RegExp(String.raw`${word}\s+(AS|ASNEW)\s+${word}`, 'gi');
  for (const [, quotedFrom, from, verb = '', quotedTo, to] of value.matchAll(pattern))
    aliases.push({
      from: quotedFrom ?? from ?? '',
      to: quotedTo ?? to ?? '',
      keep: verb.toUpperCase() === 'ASNEW',
    });
  return aliases;
}

/**
 * Makes the step of one FIELDALIAS (Admin Manual, props.conf): with AS the new name takes the original's value and
 * loses its own when there is no original; with ASNEW what is there stays. Originals are read before any is copied.
 */
export function aliasStep(name: string, origin: string, aliases: readonly Alias[]): Step {
  return {
    name,
    origin,
    sources: (field) => ({
      fields: [field, ...aliases.filter(({ to }) => to === field).map(({ from }) => from)],
    }),
    plan: (wanted) => {
      const used = aliases.filter((alias) => wants(wanted, alias.to));
      if (used.length === 0) return null;
      const apply = (row: Row): void => {
        const values = used.map((alias) => row[alias.from] ?? null);
        for (let i = 0; i < used.length; i++) {
          const alias = used[i] as Alias;
          const value = values[i] ?? null;
          if (alias.keep) {
            if (value !== null && !isPresent(row[alias.to])) row[alias.to] = copied(value);
          } else if (value !== null) row[alias.to] = copied(value);
          else if (isPresent(row[alias.to])) row[alias.to] = null;
        }
      };
      return {
        apply,
        needs: plus(
          wanted,
          used.map((alias) => alias.from),
        ),
      };
    },
  };
}

/** A multivalue is not shared between two fields: a later step may append to one of them. */
function copied(value: FieldValue): FieldValue {
  return Array.isArray(value) ? [...value] : value;
}

/** One calculated field. */
export interface Calculated {
  readonly field: string;
  readonly origin: string;
  readonly expression: CompiledExpression;
}

/**
 * Makes the one step of all calculated fields: each sees the values from before any of them, and its result, null
 * included, replaces what the field held: a calculated field may come to null as any `eval` may (Knowledge Manager
 * Manual, "Configure calculated fields with props.conf"), and `eval` overwrites an existing field and erases it when
 * the expression cannot be evaluated (Search Reference, "eval"). No page tells of a null that leaves the field alone.
 */
export function evalStep(calculated: readonly Calculated[]): Step {
  return {
    name: 'EVAL',
    origin: '',
    sources: (field) => {
      const own = calculated.filter((one) => one.field === field);
      // Of several settings of one field any may be the last.
      return own.length === 0
        ? unchanged(field)
        : own.length > 1
          ? null
          : (own[0]?.expression.sources ?? null);
    },
    part: (field) => {
      const own = calculated.find((one) => one.field === field);
      return own === undefined ? undefined : { name: `EVAL-${field}`, origin: own.origin };
    },
    plan: (wanted) => {
      const used = calculated.filter(({ field }) => wants(wanted, field));
      if (used.length === 0) return null;
      let needs = minus(
        wanted,
        used.map(({ field }) => field),
      );
      for (const { expression } of used)
        needs = expression.reads === 'all' ? 'all' : plus(needs, expression.reads);
      const results: FieldValue[] = used.map(() => null);
      return {
        needs,
        apply: (row) => {
          for (let i = 0; i < used.length; i++) results[i] = (used[i] as Calculated).expression.evaluate(row);
          for (let i = 0; i < used.length; i++) {
            const { field } = used[i] as Calculated;
            const result = results[i] as FieldValue;
            if (result !== null || isPresent(row[field])) row[field] = result;
          }
        },
      };
    },
  };
}

/** What `LOOKUP-<class>` says. */
export interface LookupUse {
  readonly table: string;
  readonly inputs: readonly { readonly column: string; readonly field: string }[];
  /** Empty: every column that is not an input, under its own name. */
  readonly outputs: readonly { readonly column: string; readonly field: string }[];
  /** OUTPUTNEW: what is there already stays. */
  readonly keep: boolean;
}

/** Reads the value of `LOOKUP-<class>`: `table col AS field … OUTPUT|OUTPUTNEW col AS field …`. */
export function readLookupUse(value: string): LookupUse | null {
  const words = [...value.matchAll(/"([^"]*)"|([^\s,"]+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const table = words.shift();
  if (table === undefined) return null;
  const at = words.findIndex((word) => /^OUTPUT(NEW)?$/i.test(word));
  const inputs = columnPairs(at === -1 ? words : words.slice(0, at));
  if (inputs.length === 0) return null;
  return {
    table,
    inputs,
    outputs: at === -1 ? [] : columnPairs(words.slice(at + 1)),
    keep: at !== -1 && /NEW$/i.test(words[at] ?? ''),
  };
}

function columnPairs(words: readonly string[]): { column: string; field: string }[] {
  const pairs: { column: string; field: string }[] = [];
  for (let i = 0; i < words.length; i++) {
    const column = words[i] as string;
    if (/^as$/i.test(words[i + 1] ?? '') && words[i + 2] !== undefined) {
      pairs.push({ column, field: words[i + 2] as string });
      i += 2;
    } else pairs.push({ column, field: column });
  }
  return pairs;
}

/**
 * Makes the step of one LOOKUP: an event that lacks a match field is left alone; one that no row matches has its
 * OUTPUT fields cleared, while OUTPUTNEW only ever fills fields that are not there.
 */
export function lookupStep(name: string, origin: string, use: LookupUse, table: FieldLookup): Step {
  const inputColumns = use.inputs.map(({ column }) => column);
  const outputs =
    use.outputs.length > 0
      ? use.outputs
      : table.columns
          .filter((column) => !inputColumns.includes(column))
          .map((column) => ({ column, field: column }));
  return {
    name,
    origin,
    sources: (field) => (outputs.some((output) => output.field === field) ? null : unchanged(field)),
    plan: (wanted) => {
      const used = outputs.filter(({ field }) => wants(wanted, field));
      if (used.length === 0) return null;
      const columns = used.map(({ column }) => column);
      return {
        needs: plus(
          wanted,
          use.inputs.map(({ field }) => field),
        ),
        apply: (row, event) => {
          const inputs: FieldValue[] = [];
          for (const { field } of use.inputs) {
            const value = row[field];
            if (!isPresent(value)) return;
            inputs.push(value);
          }
          const found = table.find(inputColumns, inputs, columns, event.time);
          for (let i = 0; i < used.length; i++) {
            const field = (used[i] as { field: string }).field;
            const value = found?.[i] ?? null;
            if (use.keep) {
              if (value !== null && !isPresent(row[field])) row[field] = value;
            } else if (value !== null || isPresent(row[field])) row[field] = value;
          }
        },
      };
    },
  };
}
