// What the name of a field means in a search over a data model: whose field it is, and which name it should have.
import { isDefaultField } from '../default-fields.js';

/** What resolving a name asks of a data model. */
export interface NamedDatasets {
  readonly datasets: readonly {
    readonly name: string;
    /** Names from the root to this data set. */
    readonly lineage: readonly string[];
    /** Own and inherited. `owner`: the path of the data set that declares it; '' for fields that every event has. */
    readonly fields: readonly { readonly name: string; readonly owner: string }[];
  }[];
}

export type DataModelName =
  /** A field of the data set with this path, which declares it, or of which nothing is known. */
  | { readonly kind: 'field'; readonly owner: string; readonly field: string; readonly isDeclared: boolean }
  /** A data set itself: `count(All_Changes.Account_Management)` counts its events. */
  | { readonly kind: 'dataset'; readonly path: string }
  /** `All_Changes.is_Account_Management`: 1 for the events of the child, otherwise 0; `is_not_…` the other way round. */
  | { readonly kind: 'membership'; readonly path: string; readonly isNegated: boolean }
  /** A field without a data set's name: those that every event has, and indexed ones. */
  | { readonly kind: 'plain'; readonly field: string }
  /** A declared field under a name that is not its own, which never has a value; `meant` is what it is called. */
  | { readonly kind: 'astray'; readonly field: string; readonly prefix: string; readonly meant: string };

/** Whether a field belongs to events rather than to a data set, whose name it does not carry. */
export function isEventField(name: string): boolean {
  return isDefaultField(name) || name === 'nodename' || name === '*';
}

export const pathOf = (lineage: readonly string[]): string => lineage.join('.');

/**
 * Resolves a name as tstats reads it: the path of the data set that declares the field, a dot, and the field. An
 * inherited field keeps the path of its owner (`All_Certificates.dest`, also of events of the data set SSL), and one
 * that a child declares has the child's (`All_Certificates.SSL.ssl_hash`). Knowledge Manager Manual, Define dataset
 * fields, and the `owner` of fields in data-model JSON.
 *
 * @param from path of the data set that is searched: of several fields that may be meant, one near to it is
 */
export function resolveDataModelName(name: string, model: NamedDatasets, from = ''): DataModelName {
  const { paths, datasets, names } = indexOf(model);
  const owner = prefixOf(name, paths);
  if (owner === undefined) {
    // The last part of a name with an unknown prefix may be a field that is declared; so may the whole.
    const field = name.slice(name.lastIndexOf('.') + 1);
    const meant = isEventField(name) ? undefined : nearest(names.get(field) ?? [], from);
    const prefix = name.slice(0, Math.max(0, name.length - field.length - 1));
    const isPrefix = prefix === '' || datasets.has(prefix.slice(prefix.lastIndexOf('.') + 1));
    return meant === undefined || !isPrefix
      ? { kind: 'plain', field: name }
      : { kind: 'astray', field, prefix, meant };
  }
  if (name.length === owner.length) return { kind: 'dataset', path: owner };
  const field = name.slice(owner.length + 1);
  const [, not, child] = /^is_(not_)?(.+)$/.exec(field) ?? [];
  if (child !== undefined && paths.has(`${owner}.${child}`))
    return { kind: 'membership', path: `${owner}.${child}`, isNegated: not !== undefined };
  const family = (names.get(field) ?? []).filter((item) => rootOf(item) === rootOf(owner));
  if (family.includes(name)) return { kind: 'field', owner, field, isDeclared: true };
  const meant = nearest(family, owner);
  return meant === undefined
    ? { kind: 'field', owner, field, isDeclared: false }
    : { kind: 'astray', field, prefix: owner, meant };
}

const rootOf = (path: string): string => path.split('.', 1)[0] ?? '';

/** The path of the data set that a name begins with, the longest there is. */
function prefixOf(name: string, paths: ReadonlySet<string>): string | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const path = name.slice(0, end);
    if (paths.has(path)) return path;
  }
  return undefined;
}

/** Of names the one whose path has most in common with another path. */
function nearest(names: readonly string[], path: string): string | undefined {
  const parts = path.split('.');
  const shared = (name: string): number => name.split('.').filter((part, at) => part === parts[at]).length;
  return names.toSorted((a, b) => shared(b) - shared(a))[0];
}

interface NameIndex {
  readonly paths: ReadonlySet<string>;
  /** Names of data sets by themselves. */
  readonly datasets: ReadonlySet<string>;
  /** By field, its names: one for every data set that declares it. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

const indexes = new WeakMap<NamedDatasets, NameIndex>();

function indexOf(model: NamedDatasets): NameIndex {
  const known = indexes.get(model);
  if (known !== undefined) return known;
  const names = new Map<string, string[]>();
  for (const { fields } of model.datasets)
    for (const { name, owner } of fields) {
      if (owner === '') continue;
      const list = names.get(name) ?? [];
      if (!list.includes(`${owner}.${name}`)) list.push(`${owner}.${name}`);
      names.set(name, list);
    }
  const index = {
    paths: new Set(model.datasets.map(({ lineage }) => pathOf(lineage))),
    datasets: new Set(model.datasets.map(({ name }) => name)),
    names,
  };
  indexes.set(model, index);
  return index;
}
