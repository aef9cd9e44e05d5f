// What is known of the fields at one point of a search, without running it.

/**
 * The fields that rows may have. `closed`: only those in `known` (a transforming command made them); open: every other
 * name too, except those in `removed`. `patterns` are names with wildcards that may match more (`values(*)`).
 */
export interface FieldSet {
  readonly closed: boolean;
  readonly known: ReadonlySet<string>;
  /** Names, perhaps with wildcards, that an open set has no more. */
  readonly removed: ReadonlySet<string>;
  readonly patterns: readonly string[];
}

const none: ReadonlySet<string> = new Set();

/** Any field at all: events as they come from an index. */
export const anyFields: FieldSet = { closed: false, known: none, removed: none, patterns: [] };

/** Beyond so many names nothing is tracked any more: no search of an author has them, and each command copies them. */
const mostNames = 1000;
/** What is known when nothing is: any name may be there, set by a command or not. */
const anything: FieldSet = { closed: false, known: none, removed: none, patterns: ['*'] };

/** A part of a name between wildcards as a part of a regular expression. */
const inRegex = (part: string): string => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

const wildcards = new Map<string, RegExp>();

/** Whether a name fits a name with `*`; without one they must be equal. */
export function matchesWildcard(name: string, pattern: string): boolean {
  if (!pattern.includes('*')) return name === pattern;
  if (pattern === '*') return true;
  let regex = wildcards.get(pattern);
  if (regex === undefined) {
    const source = pattern.split(/\*+/).map(inRegex).join('[^]*?');
    regex = new RegExp(`^${source}$`);
    if (wildcards.size > 5000) wildcards.clear();
    wildcards.set(pattern, regex);
  }
  return regex.test(name);
}

/** How many wildcards a name has. */
export function wildcardsIn(name: string): number {
  let count = 0;
  for (let at = name.indexOf('*'); at >= 0; at = name.indexOf('*', at + 1)) count++;
  return count;
}

const uncertain = /[`]|<<|\$[^$\s]+\$/;

/** Whether a name is not final: macro calls, `$tokens$` and `<<FIELD>>` are still to be filled in. */
export function isUncertain(name: string): boolean {
  return uncertain.test(name);
}

/** Exactly the named fields; names with wildcards become patterns; an uncertain name opens the set. */
export function closedFields(names: readonly string[]): FieldSet {
  const known = new Set<string>();
  const patterns: string[] = [];
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    if (isUncertain(name)) return anyFields;
    if (name.includes('*')) patterns.push(name);
    else known.add(name);
  }
  return { closed: true, known, removed: none, patterns };
}

/** Whether `fields -` with a name or wildcard takes a field away: internal ones only when it begins with `_` too. */
function isRemovedBy(name: string, pattern: string): boolean {
  return (!name.startsWith('_') || pattern.startsWith('_')) && matchesWildcard(name, pattern);
}

/** Whether rows may have a field of this name. */
export function mayHave(fields: FieldSet, name: string): boolean {
  if (fields.known.has(name)) return true;
  if (fields.patterns.some((pattern) => matchesWildcard(name, pattern))) return true;
  if (fields.closed) return false;
  for (const removed of fields.removed) if (isRemovedBy(name, removed)) return false;
  return true;
}

/** Whether rows may have a field that fits a name with wildcards. */
export function mayHaveLike(fields: FieldSet, pattern: string): boolean {
  if (!pattern.includes('*')) return mayHave(fields, pattern);
  if (!fields.closed || fields.patterns.length > 0) return true;
  for (const name of fields.known) if (matchesWildcard(name, pattern)) return true;
  return false;
}

/** The set with further fields; parts that stay the same are shared with it. */
export function addFields(fields: FieldSet, names: readonly string[]): FieldSet {
  if (fields.known.size > mostNames) return anything;
  let { closed } = fields;
  let known: Set<string> | undefined;
  let removed: Set<string> | undefined;
  let patterns: string[] | undefined;
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    if (isUncertain(name)) {
      closed = false;
      removed = undefined;
      break;
    }
    if (name.includes('*')) {
      patterns ??= [...fields.patterns];
      patterns.push(name);
      continue;
    }
    if (known !== undefined || !fields.known.has(name)) {
      known ??= new Set(fields.known);
      known.add(name);
    }
    if (fields.removed.has(name)) {
      removed ??= new Set(fields.removed);
      removed.delete(name);
    }
  }
  if (known === undefined && removed === undefined && patterns === undefined && closed === fields.closed)
    return fields;
  return {
    closed,
    known: known ?? fields.known,
    removed: removed ?? fields.removed,
    patterns: patterns ?? fields.patterns,
  };
}

/** The set with fields whose names the data decides: any may be there, and a command made it. */
export function openFields(fields: FieldSet): FieldSet {
  return { closed: false, known: fields.known, removed: none, patterns: ['*'] };
}

/** The set without the fields that fit one of the names, which may have wildcards. */
export function removeFields(fields: FieldSet, names: readonly string[]): FieldSet {
  if (fields.removed.size > mostNames || fields.known.size > 10 * mostNames) return anything;
  let known = fields.known;
  for (const pattern of names) {
    if (!pattern.includes('*')) {
      if (!known.has(pattern)) continue;
      if (known === fields.known) known = new Set(known);
      (known as Set<string>).delete(pattern);
    } else known = new Set([...known].filter((name) => !isRemovedBy(name, pattern)));
  }
  const patterns =
    fields.patterns.length === 0
      ? fields.patterns
      : fields.patterns.filter((pattern) => !names.includes(pattern));
  let { removed } = fields;
  if (!fields.closed) {
    const more = names.filter((name) => !isUncertain(name) && !removed.has(name));
    if (more.length > 0) removed = new Set([...removed, ...more]);
  }
  return { closed: fields.closed, known, removed, patterns };
}

/** Only the fields that fit one of the names, which may have wildcards; named ones count as there. */
export function keepFields(fields: FieldSet, names: readonly string[]): FieldSet {
  const known = new Set<string>();
  const patterns: string[] = [];
  for (const name of names) {
    if (isUncertain(name)) return fields;
    if (!name.includes('*')) {
      if (mayHave(fields, name)) known.add(name);
      continue;
    }
    for (const candidate of fields.known) if (matchesWildcard(candidate, name)) known.add(candidate);
    if (!fields.closed) patterns.push(name);
    // Patterns that may name fields of the wanted shape stay as they are: the shape of both is not worked out.
    else patterns.push(...fields.patterns);
  }
  return { closed: true, known, removed: none, patterns };
}

/** Renames fields; both names may have the same number of wildcards (`Processes.*` as `*`). */
export function renameFields(
  fields: FieldSet,
  pairs: readonly (readonly [from: string, to: string])[],
): FieldSet {
  let result = fields;
  for (const [from, to] of pairs) result = renameOne(result, from, to);
  return result;
}

function renameOne(fields: FieldSet, from: string, to: string): FieldSet {
  if (isUncertain(from) || isUncertain(to)) return { ...fields, closed: false };
  if (!from.includes('*')) {
    const there = mayHave(fields, from);
    const less = removeFields(fields, [from]);
    return there ? addFields(less, [to]) : less;
  }
  const rename = renamer(from, to);
  const known = new Set<string>();
  for (const name of fields.known) known.add(rename(name) ?? name);
  const patterns = fields.patterns.map((pattern) => rename(pattern) ?? pattern);
  const removed = new Set<string>();
  for (const name of fields.removed) if (!matchesWildcard(name, to)) removed.add(name);
  return { closed: fields.closed, known, removed, patterns };
}

/** A rename by wildcard, made once for many names. */
function renamer(from: string, to: string): (name: string) => string | undefined {
  const star = from.indexOf('*');
  if (star === from.length - 1 && to.indexOf('*') === to.lastIndexOf('*')) {
    // `Processes.*` as `*`, nearly all there are: a prefix is exchanged.
    const prefix = from.slice(0, star);
    return (name) => (name.startsWith(prefix) ? to.replace('*', () => name.slice(star)) : undefined);
  }
  // Each wildcard stands for as much as it can, as it does when the search runs.
  const source = from.split('*').map(inRegex).join('([^]*)');
  const pattern = new RegExp(`^${source}$`);
  return (name) => {
    const parts = pattern.exec(name);
    let index = 1;
    return parts === null ? undefined : to.replaceAll('*', () => parts[index++] ?? '');
  };
}

/** Fields of rows that come from either side: append, union, join. */
export function unionFields(a: FieldSet, b: FieldSet): FieldSet {
  const known = new Set([...a.known, ...b.known]);
  const removed = new Set([...a.removed].filter((name) => !mayHaveLike(b, name)));
  const patterns = [...new Set([...a.patterns, ...b.patterns])];
  return { closed: a.closed && b.closed, known, removed, patterns };
}
