// Event types and tags: what an event is, as eventtypes.conf and tags.conf tell it.
import { confBoolean } from '../conf/read.js';
import { wildcard } from '../runtime/pattern.js';
import type { RawEvent } from '../runtime/raw-event.js';
import type { Row, Scalar } from '../runtime/value.js';
import type { SearchExpression, SearchValue } from '../syntax/tree.js';
import type { KnowledgeLanguage } from './language.js';
import type { Stanzas } from './layers.js';
import { isPresent, type PlannedStep, plus, type Step, type Wanted, wants } from './step.js';

/** An event type as written, its search read once. */
export interface EventType {
  readonly name: string;
  readonly origin: string;
  readonly priority: number;
  readonly tree: SearchExpression;
}

/** Tags by field and value: `eventtype` and any other. */
export interface TagIndex {
  /** Field → value in lower case → tags. */
  readonly byField: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

/** Facts of a stream that a condition can be decided by before any event is read. */
export type KnownFields = ReadonlyMap<string, string>;

/** Reads tags.conf: `[field=value]` with the value percent-encoded, and `tag = enabled`. */
export function readTags(tags: Stanzas): TagIndex {
  const byField = new Map<string, Map<string, string[]>>();
  for (const [stanza, settings] of tags) {
    const split = stanza.indexOf('=');
    if (split <= 0) continue;
    const field = decodePercent(stanza.slice(0, split));
    const value = decodePercent(stanza.slice(split + 1)).toLowerCase();
    const enabled = [...settings].filter(([, setting]) => setting.value.toLowerCase() === 'enabled');
    if (enabled.length === 0) continue;
    let values = byField.get(field);
    if (values === undefined) {
      values = new Map();
      byField.set(field, values);
    }
    values.set(value, [...(values.get(value) ?? []), ...enabled.map(([tag]) => tag)]);
  }
  return { byField };
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads eventtypes.conf; a search that cannot be read is told to `fail` and left out. */
export function readEventTypes(
  eventtypes: Stanzas,
  language: KnowledgeLanguage,
  fail: (file: string, line: number, message: string) => void,
): EventType[] {
  const found: EventType[] = [];
  for (const [name, settings] of eventtypes) {
    const search = settings.get('search');
    if (name === 'default' || search === undefined || search.value === '') continue;
    if (confBoolean(settings.get('disabled')?.value, false)) continue;
    try {
      found.push({
        name,
        origin: `[${name}] ${search.file}:${search.line}`,
        priority: Number(settings.get('priority')?.value ?? 1),
        tree: language.parseFilter(search.value),
      });
    } catch (error) {
      fail(
        search.file,
        search.line,
        `event type "${name}": ${error instanceof Error ? error.message : error}`,
      );
    }
  }
  return found.sort((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1));
}

/**
 * Makes the step that finds event types. Conditions on fields of the stream are decided once, so what is left to
 * test per event are the event types of its own source type.
 */
export function eventTypeStep(
  types: readonly EventType[],
  tags: TagIndex,
  known: KnownFields,
  language: KnowledgeLanguage,
): Step {
  const tagged = tags.byField.get('eventtype');
  return {
    name: 'event types',
    origin: '',
    plan: (wanted) => {
      const all = wants(wanted, 'eventtype');
      const wantedTags = tagsWanted(wanted);
      if (!all && !wantedTags) return null;
      return planEventTypes(
        types.filter((type) => all || tagged?.has(type.name.toLowerCase())),
        wanted,
        known,
        language,
      );
    },
  };
}

function tagsWanted(wanted: Wanted): boolean {
  if (wanted === 'all') return true;
  for (const name of wanted) if (name === 'tag' || name === 'tag::eventtype') return true;
  return false;
}

interface Test {
  readonly name: string;
  readonly test: ((row: Row) => boolean) | true;
}

function planEventTypes(
  types: readonly EventType[],
  wanted: Wanted,
  known: KnownFields,
  language: KnowledgeLanguage,
): PlannedStep {
  const tests: Test[] = [];
  let needs = plus(wanted, []);
  for (const type of types) {
    const tree = fold(type.tree, known);
    if (tree === false) continue;
    if (tree === true) {
      tests.push({ name: type.name, test: true });
      continue;
    }
    const filter = language.filter(tree);
    needs = filter.reads === 'all' ? 'all' : plus(needs, filter.reads);
    tests.push({ name: type.name, test: filter.test });
  }
  return {
    needs,
    apply: (row) => {
      // A search may name another event type, which has a smaller priority or name.
      let found: Scalar[] | null = null;
      for (const { name, test } of tests) {
        if (test !== true && !test(row)) continue;
        if (found === null) {
          found = [name];
          row['eventtype'] = name;
        } else {
          found.push(name);
          row['eventtype'] = found;
        }
      }
    },
  };
}

/** Makes the step that gives `tag`, and `tag::field` for each field that has tags. */
export function tagStep(tags: TagIndex): Step {
  return {
    name: 'tags',
    origin: '',
    plan: (wanted) => {
      const any = wants(wanted, 'tag');
      const fields = [...tags.byField].filter(([field]) => any || wants(wanted, `tag::${field}`));
      if (fields.length === 0) return null;
      const apply = (row: Row): void => {
        const all = any ? new Set<string>() : null;
        for (const [field, values] of fields) {
          const value = row[field];
          if (!isPresent(value)) continue;
          const own = tagsOf(values, value);
          if (own.size === 0) continue;
          for (const tag of own) all?.add(tag);
          if (wants(wanted, `tag::${field}`)) row[`tag::${field}`] = listValue(own);
        }
        if (all !== null && all.size > 0) row['tag'] = listValue(all);
      };
      return {
        apply,
        needs: plus(
          wanted,
          fields.map(([field]) => field),
        ),
      };
    },
  };
}

function tagsOf(
  values: ReadonlyMap<string, readonly string[]>,
  value: Exclude<Row[string], null>,
): Set<string> {
  const found = new Set<string>();
  const list = Array.isArray(value) ? value : [value];
  for (const item of list) {
    for (const tag of values.get(String(item).toLowerCase()) ?? []) found.add(tag);
    for (const tag of values.get('*') ?? []) found.add(tag);
  }
  return found;
}

function listValue(items: ReadonlySet<string>): Scalar[] | string {
  const list = [...items].sort();
  return list.length === 1 ? (list[0] as string) : list;
}

/** Decides what is known of a condition; what is left is what has to be tested per event. */
export function fold(tree: SearchExpression, known: KnownFields): SearchExpression | boolean {
  switch (tree.kind) {
    case 'everything':
      return true;
    case 'and': {
      const left: SearchExpression[] = [];
      for (const operand of tree.operands) {
        const folded = fold(operand, known);
        if (folded === false) return false;
        if (folded !== true) left.push(folded);
      }
      return left.length === 0
        ? true
        : left.length === 1
          ? (left[0] as SearchExpression)
          : { ...tree, operands: left };
    }
    case 'or': {
      const left: SearchExpression[] = [];
      for (const operand of tree.operands) {
        const folded = fold(operand, known);
        if (folded === true) return true;
        if (folded !== false) left.push(folded);
      }
      return left.length === 0
        ? false
        : left.length === 1
          ? (left[0] as SearchExpression)
          : { ...tree, operands: left };
    }
    case 'not': {
      const folded = fold(tree.operand, known);
      return typeof folded === 'boolean' ? !folded : { ...tree, operand: folded };
    }
    case 'comparison': {
      const value = known.get(tree.field.name);
      if (value === undefined || (tree.operator !== '=' && tree.operator !== '!=')) return tree;
      return matchesValue(tree.value, value) === (tree.operator === '=');
    }
    case 'in': {
      const value = known.get(tree.field.name);
      return value === undefined ? tree : tree.values.some((pattern) => matchesValue(pattern, value));
    }
    default:
      return tree;
  }
}

function matchesValue(pattern: SearchValue, value: string): boolean {
  return wildcard(pattern.text, pattern.directive === 'CASE', pattern.literalStars)(value);
}

/** What is known of every event of a stream. */
export function knownFields(event: Pick<RawEvent, 'source' | 'sourcetype' | 'index'>): KnownFields {
  return new Map([
    ['source', event.source],
    ['sourcetype', event.sourcetype],
    ['index', event.index],
  ]);
}
