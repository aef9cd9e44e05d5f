// Event types and tags: what an event is, as eventtypes.conf and tags.conf tell it.
import { confBoolean } from '../conf/read.js';
import { wildcard } from '../runtime/pattern.js';
import type { RawEvent } from '../runtime/raw-event.js';
import type { FieldValue, Row, Scalar } from '../runtime/value.js';
import { expandMacros, type MacroTable } from '../syntax/macros.js';
import type { SearchExpression, SearchValue } from '../syntax/tree.js';
import type { KnowledgeLanguage } from './language.js';
import type { Stanzas } from './layers.js';
import { isPresent, type PlannedStep, plus, type Step, unchanged, type Wanted, wants } from './step.js';

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
  /** `field=value`, the value in lower case → where its tags are written. */
  readonly origins: ReadonlyMap<string, string>;
}

/** Facts of a stream that a condition can be decided by before any event is read. */
export type KnownFields = ReadonlyMap<string, string>;

/** Reads tags.conf: `[field=value]` with the value percent-encoded, and `tag = enabled`. */
export function readTags(tags: Stanzas): TagIndex {
  const byField = new Map<string, Map<string, string[]>>();
  const origins = new Map<string, string>();
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
    const [, first] = enabled[0] as (typeof enabled)[number];
    origins.set(`${field}=${value}`, `[${stanza}] ${first.file}:${first.line}`);
  }
  return { byField, origins };
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
  macros: MacroTable,
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
        tree: language.parseFilter(expandMacros(search.value, macros).text),
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
    sources: (field) => (field === 'eventtype' ? null : unchanged(field)),
    part: (field, row) => {
      if (field !== 'eventtype') return undefined;
      const found = textsOf(row['eventtype']);
      return {
        name: 'event types',
        origin: shortList(types.filter(({ name }) => found.includes(name)).map(({ origin }) => origin)),
      };
    },
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
  // Events of one kind have the same few combinations, so each is one value that rows share.
  const combinations = new Map<number, FieldValue>();
  return {
    needs,
    apply: (row) => {
      let mask = 0;
      let found: Scalar[] = [];
      for (let i = 0; i < tests.length; i++) {
        const { name, test } = tests[i] as Test;
        if (test !== true && !test(row)) continue;
        // A search may name another event type, which has a smaller priority or name.
        if (i < 30) mask |= 1 << i;
        found = [...found, name];
        row['eventtype'] = found.length === 1 ? name : found;
      }
      if (mask === 0 || tests.length > 30) return;
      const shared = combinations.get(mask);
      if (shared !== undefined) row['eventtype'] = shared;
      else combinations.set(mask, row['eventtype'] ?? null);
    },
  };
}

/** Makes the step that gives `tag`, and `tag::field` for each field that has tags. */
export function tagStep(tags: TagIndex): Step {
  return {
    name: 'tags',
    origin: '',
    sources: (field) => (/^tag(?:::|$)/.test(field) ? null : unchanged(field)),
    part: (field, row) => {
      if (!/^tag(?:::|$)/.test(field)) return undefined;
      const tagged = field === 'tag' ? [...tags.byField.keys()] : [field.slice('tag::'.length)];
      const origins = tagged.flatMap((name) =>
        textsOf(row[name]).flatMap((value) => tags.origins.get(`${name}=${value.toLowerCase()}`) ?? []),
      );
      return { name: 'tags', origin: shortList(origins) };
    },
    plan: (wanted) => {
      const any = wants(wanted, 'tag');
      const fields = [...tags.byField].filter(([field]) => any || wants(wanted, `tag::${field}`));
      if (fields.length === 0) return null;
      const finders = fields.map(([field, values]) => ({
        field,
        own: wants(wanted, `tag::${field}`) ? `tag::${field}` : null,
        find: tagFinder(values),
      }));
      const unions = new Map<TagList, Map<TagList, TagList>>();
      const apply = (row: Row): void => {
        let all: TagList | null = null;
        for (const { field, own, find } of finders) {
          const value = row[field];
          if (!isPresent(value)) continue;
          const tags = find(value);
          if (tags === null) continue;
          if (own !== null) row[own] = tags.value;
          if (any) all = all === null ? tags : union(all, tags, unions);
        }
        if (all !== null) row['tag'] = all.value;
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

const textsOf = (value: FieldValue | undefined): string[] =>
  isPresent(value) ? [value].flat().map(String) : [];

/** The first few of a list, and how many more there are. */
function shortList(items: readonly string[]): string {
  const shown = items.slice(0, 3).join(', ');
  return items.length > 3 ? `${shown} and ${items.length - 3} more` : shown;
}

/** Sorted tags, as a list and as the field value that rows share. */
interface TagList {
  readonly tags: readonly string[];
  readonly value: FieldValue;
}

/** Values and combinations of tags that are remembered. */
const MAX_REMEMBERED = 5000;

function tagList(tags: ReadonlySet<string>): TagList {
  const list = [...tags].sort();
  return { tags: list, value: list.length === 1 ? (list[0] as string) : list };
}

/** The union of two lists; lists are shared, so each pair of them is put together once. */
function union(a: TagList, b: TagList, known: Map<TagList, Map<TagList, TagList>>): TagList {
  let ofFirst = known.get(a);
  if (ofFirst === undefined) {
    ofFirst = new Map();
    if (known.size < MAX_REMEMBERED) known.set(a, ofFirst);
  }
  let found = ofFirst.get(b);
  if (found === undefined) {
    found = tagList(new Set([...a.tags, ...b.tags]));
    if (ofFirst.size < MAX_REMEMBERED) ofFirst.set(b, found);
  }
  return found;
}

/** Finds the tags of a field's value; the value is looked at once, whether text or a list shared by rows. */
function tagFinder(values: ReadonlyMap<string, readonly string[]>): (value: PresentValue) => TagList | null {
  const known = new Map<PresentValue, TagList | null>();
  return (value) => {
    let found = known.get(value);
    if (found === undefined) {
      const tags = new Set<string>(values.get('*') ?? []);
      for (const item of Array.isArray(value) ? value : [value])
        for (const tag of values.get(String(item).toLowerCase()) ?? []) tags.add(tag);
      found = tags.size === 0 ? null : tagList(tags);
      if (known.size < MAX_REMEMBERED) known.set(value, found);
    }
    return found;
  };
}

type PresentValue = Exclude<FieldValue, null>;

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
