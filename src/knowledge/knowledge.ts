// Search-time knowledge as the rest of the program uses it: raw events in, rows with Splunk's fields out.
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import type { LookupTable } from '../runtime/environment.js';
import type { Origin, RawEvent } from '../runtime/raw-event.js';
import type { FieldValue, Row } from '../runtime/value.js';
import { builtinMacros } from '../syntax/builtin-macros.js';
import { type MacroDefinition, macroTable } from '../syntax/macros.js';
import { readMacros } from './app-macros.js';
import type { DataModels } from './data-model.js';
import { defaultFieldStep } from './default-fields.js';
import { type EventType, knownFields, readEventTypes, readTags, type TagIndex } from './event-types.js';
import {
  type FieldText,
  fieldText,
  indexTimeChanges,
  type KindOfEvent,
  lazyExpressions,
} from './field-text.js';
import { type IndexEvent, indexEvent } from './index-time.js';
import type { KnowledgeLanguage } from './language.js';
import { readLayers } from './layers.js';
import { loadDataModels } from './load-data-models.js';
import { LookupIndex } from './lookups.js';
import { type MakeRow, planSteps } from './plan-steps.js';
import { type EffectiveSetting, StanzaIndex, type Stream } from './stanzas.js';
import type { Step, Wanted } from './step.js';
import { type StepSources, streamSteps } from './stream-steps.js';
import { isTable, tableEvents } from './table-events.js';

/** Makes the row of an event; null when the event is not to be searched. */
export type Extractor = (event: RawEvent) => Row | null;

/**
 * A condition that can leave events out before all their fields are made: rows for which `test` fails on these
 * `fields` need not come, but may.
 */
export interface EarlyTest {
  readonly fields: ReadonlySet<string>;
  readonly test: (row: Row) => boolean;
}

/** One step's part in a field's value. */
export interface FieldOrigin {
  /** `REPORT-block`, `EVAL-user`, `KV_MODE=json` … */
  readonly step: string;
  /** `[stanza] file:line`. */
  readonly origin: string;
  /** What the field holds after the step; null when the step removed it. */
  readonly value: FieldValue;
}

export interface Knowledge {
  /** Makes rows with the wanted fields (and whatever they are made from), or with all. */
  extractor(fields: Wanted, early?: EarlyTest): Extractor;
  /**
   * Tells of events of an origin what their text says of fields: a function that gives null where values of a field
   * may not stand there. Null where index-time settings may change the text itself.
   */
  textOf(origin: Origin): ((field: string) => FieldText | null) | null;
  /** Rows of events, in order. */
  rows(events: Iterable<RawEvent>, fields: Wanted, early?: EarlyTest): Iterable<Row>;
  /** Every step that gave the field a value or changed it, in order. */
  explainField(event: RawEvent, field: string): FieldOrigin[];
  /** The same for every field that any step gave the event. */
  explainFields(event: RawEvent): Map<string, FieldOrigin[]>;
  /** The props.conf settings of a stream by key, for reading its file: LINE_BREAKER, TIME_FORMAT, … */
  indexTimeSettings(stream: Stream): ReadonlyMap<string, string>;
  /** A lookup of the apps by the name of its stanza or file; null when there is none. */
  lookup(name: string): LookupTable | null;
  lookupNames(): string[];
  /** All lookups by name, for the environment of a run; each is read when first asked for. */
  lookups(): Readonly<Record<string, LookupTable>>;
  readonly dataModels: DataModels;
  /** Search macros that the apps define. */
  readonly macros: readonly MacroDefinition[];
  /**
   * Gives the events of a table, a line each, where KV_MODE is multi, and any other event as it is; null when no
   * setting asks for it.
   */
  readonly expand: ((event: RawEvent) => readonly RawEvent[]) | null;
  /** Settings that could not be read or used; grows as streams are met and events are read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Events after which it is judged whether an early test is worth its cost. */
const TRIAL_EVENTS = 512;

/** Streams remembered by one extractor; data with ever new sources starts over. */
const MAX_STREAMS = 2000;

/** Loads the built-in knowledge and lays the given apps over it, later ones over earlier ones. */
export function loadKnowledge(options: {
  readonly apps?: readonly string[];
  readonly language: KnowledgeLanguage;
  /** False leaves the built-in add-ons out. */
  readonly builtIn?: boolean;
  /** Lookup tables by name, which go before those of the apps. */
  readonly lookups?: Readonly<Record<string, string | LookupTable>>;
}): Knowledge {
  return new LoadedKnowledge(options);
}

interface StreamKnowledge {
  readonly steps: readonly Step[];
  /** The source type as a search shows it. */
  readonly sourcetype: string;
}

class LoadedKnowledge implements Knowledge {
  readonly dataModels: DataModels;
  readonly macros: readonly MacroDefinition[];
  readonly #diagnostics: Diagnostic[];
  readonly #stanzas: StanzaIndex;
  readonly #sources: StepSources;
  readonly #lookups: LookupIndex;
  readonly #streams = new Map<string, StreamKnowledge>();
  readonly #indexing = new Map<string, IndexEvent | null>();
  readonly #kinds = new Map<string, readonly KindOfEvent[]>();
  readonly #changesText: boolean;
  readonly #givenUp = new Map<string, { readonly name: string; readonly at: Place; events: number }>();
  readonly expand: Knowledge['expand'];
  #lastIndexed: { readonly event: RawEvent; readonly change: IndexEvent | null } | undefined;

  constructor({ apps = [], language, builtIn = true, lookups = {} }: Parameters<typeof loadKnowledge>[0]) {
    const layers = readLayers(apps, { builtIn });
    this.dataModels = loadDataModels(apps);
    const macros = readMacros(layers.macros);
    this.macros = macros;
    this.#diagnostics = [...layers.diagnostics];
    this.#stanzas = new StanzaIndex(layers.props);
    const all = [...layers.props].map(
      ([stanza, settings]) => new Map([...settings].map(([key, setting]) => [key, { ...setting, stanza }])),
    );
    this.#changesText = indexTimeChanges(all, layers.transforms).text;
    this.#lookups = new LookupIndex(layers, lookups);
    let types: EventType[] | undefined;
    let tags: TagIndex | undefined;
    this.#sources = {
      layers,
      language,
      get eventTypes() {
        types ??= readEventTypes(layers.eventtypes, language, macroTable(builtinMacros, macros), fail);
        return types;
      },
      get tags() {
        tags ??= readTags(layers.tags);
        return tags;
      },
      lookup: (name) => this.#lookups.lookup(name, language),
      absence: (name) => this.#lookups.absence(name),
      report: (diagnostic) => this.#report(diagnostic),
      gaveUp: (name, setting) => this.#gaveUp(name, setting),
    };
    const tabular = [...layers.props.values()].some((settings) => isTable(settings.get('KV_MODE')?.value));
    this.expand = tabular
      ? (event) =>
          isTable(this.#stanzas.settings(event).get('KV_MODE')?.value) ? tableEvents(event) : [event]
      : null;
    const fail = (file: string, line: number, message: string): void =>
      this.#report({ severity: 'warning', code: 'knowledge-setting', message, ...placeOf(file, line) });
  }

  get diagnostics(): readonly Diagnostic[] {
    const givenUp = [...this.#givenUp.values()].map(({ name, at, events }): Diagnostic => {
      const times = events === 1 ? 'one event' : `${events} events`;
      const message = `${name} is left out of ${times}: its regular expression backtracks too much`;
      return { severity: 'warning', code: 'knowledge-setting', message, ...placeOf(at.file, at.line) };
    });
    return [...this.#diagnostics, ...givenUp];
  }

  extractor(fields: Wanted, early?: EarlyTest): Extractor {
    const full = this.#maker(fields);
    if (early === undefined) return (event) => this.#indexed(event, full);
    const first = this.#maker(early.fields);
    const { test } = early;
    let seen = 0;
    let passed = 0;
    const make = (indexed: RawEvent): Row | null => {
      // Where most events pass, testing them first only costs: the search tests every row again anyhow.
      if (seen > TRIAL_EVENTS && passed * 2 > seen) return full(indexed);
      seen++;
      if (!test(first(indexed))) return null;
      passed++;
      return full(indexed);
    };
    return (event) => this.#indexed(event, make);
  }

  textOf(origin: Origin): ((field: string) => FieldText | null) | null {
    const { sourcetypes, ...stream } = origin;
    const nothing = (): null => null;
    if (sourcetypes === undefined) return this.#changesText ? null : nothing;
    const { transforms } = this.#sources.layers;
    const read = (one: Stream): Map<string, EffectiveSetting> => this.#stanzas.indexTimeSettings(one);
    const indexed = sourcetypes.flatMap((type) => this.#stanzas.possible(type, stream, read));
    const changes = indexTimeChanges(indexed, transforms);
    if (changes.text) return null;
    if (changes.fields || changes.sourcetype) return nothing;
    const known = changes.stream ? {} : stream;
    const settings = sourcetypes.map((type) => this.#stanzas.possible(type, known));
    if (settings.flat().some((one) => isTable(one.get('KV_MODE')?.value))) return nothing;
    return (field) => fieldText(this.#kindsOf(sourcetypes, known, settings), known, field);
  }

  *rows(events: Iterable<RawEvent>, fields: Wanted, early?: EarlyTest): Iterable<Row> {
    const extract = this.extractor(fields, early);
    for (const event of events)
      for (const one of this.expand?.(event) ?? [event]) {
        const row = extract(one);
        if (row !== null) yield row;
      }
  }

  explainField(event: RawEvent, field: string): FieldOrigin[] {
    return this.explainFields(event).get(field) ?? [];
  }

  explainFields(event: RawEvent): Map<string, FieldOrigin[]> {
    const origins = new Map<string, FieldOrigin[]>();
    const note = (field: string, origin: FieldOrigin): void => {
      const list = origins.get(field);
      if (list === undefined) origins.set(field, [origin]);
      else list.push(origin);
    };
    this.#indexed(event, (indexed) => {
      const { steps, sourcetype } = this.#stream(indexed);
      const row = planSteps([], 'all')(indexed, sourcetype);
      const last = new Map<string, FieldValue>();
      const compare = (
        origin: (field: string) => { readonly name: string; readonly origin: string },
      ): void => {
        for (const field of new Set([...last.keys(), ...Object.keys(row)])) {
          const now: FieldValue = row[field] ?? null;
          if (sameValue(last.get(field) ?? null, now)) continue;
          const value = Array.isArray(now) ? [...now] : now;
          const { name: step, origin: place } = origin(field);
          note(field, { step, origin: place, value });
          last.set(field, value);
        }
      };
      compare(() => ({ name: 'index time', origin: '' }));
      if (!indexed.extracted)
        for (const step of steps) {
          step.plan('all')?.apply(row, indexed);
          compare((field) => step.part?.(field, row) ?? step);
        }
      return row;
    });
    return origins;
  }

  indexTimeSettings(stream: Stream): ReadonlyMap<string, string> {
    const settings = this.#stanzas.indexTimeSettings(stream);
    return new Map([...settings].map(([key, setting]) => [key, setting.value]));
  }

  lookup(name: string): LookupTable | null {
    return this.#lookups.table(name);
  }

  lookupNames(): string[] {
    return this.#lookups.names();
  }

  lookups(): Readonly<Record<string, LookupTable>> {
    const tables = Object.create(null) as Record<string, LookupTable>;
    for (const name of this.#lookups.names()) {
      const get = (): LookupTable => this.#lookups.table(name) ?? { csv: '' };
      Object.defineProperty(tables, name, { get, enumerable: true, configurable: true });
    }
    return tables;
  }

  #report(diagnostic: Diagnostic): void {
    const same = (other: Diagnostic): boolean =>
      other.message === diagnostic.message &&
      other.file === diagnostic.file &&
      other.line === diagnostic.line;
    if (!this.#diagnostics.some(same)) this.#diagnostics.push(diagnostic);
  }

  #gaveUp(name: string, setting: EffectiveSetting): void {
    const key = `${name}\0${setting.stanza}`;
    const known = this.#givenUp.get(key);
    if (known !== undefined) known.events++;
    else this.#givenUp.set(key, { name: `${name} of [${setting.stanza}]`, at: setting, events: 1 });
  }

  /** Applies index-time settings, then makes the row. */
  #indexed(event: RawEvent, make: (event: RawEvent) => Row | null): Row | null {
    if (event.extracted) return make(event);
    const change = this.#indexingOf(event);
    if (change === null) return make(event);
    const indexed = change(event);
    return indexed === null ? null : make(indexed);
  }

  #indexingOf(event: RawEvent): IndexEvent | null {
    const last = this.#lastIndexed;
    if (last !== undefined && this.#sameStream(event, last.event)) return last.change;
    const change = this.#findIndexing(event);
    this.#lastIndexed = { event, change };
    return change;
  }

  #findIndexing(event: RawEvent): IndexEvent | null {
    const key = this.#key(event);
    const known = this.#indexing.get(key);
    if (known !== undefined) return known;
    if (this.#indexing.size >= MAX_STREAMS) this.#indexing.clear();
    const settings = this.#indexSettings(event);
    const change = indexEvent(
      settings,
      this.#sources.layers.transforms,
      this.#sources.language,
      (setting, message) =>
        this.#report({
          severity: 'warning',
          code: 'knowledge-setting',
          message,
          ...placeOf(setting.file, setting.line),
        }),
      (name, setting) => this.#gaveUp(name, setting),
    );
    this.#indexing.set(key, change);
    return change;
  }

  /** What the built-in settings do to a record of another tool its reader has done, without composing the event. */
  #indexSettings(event: RawEvent): ReadonlyMap<string, EffectiveSetting> {
    const settings = this.#stanzas.indexTimeSettings(event);
    if (event.record === undefined) return settings;
    const { transforms } = this.#sources.layers;
    const isDone = (setting: EffectiveSetting): boolean =>
      setting.builtIn &&
      setting.value
        .split(',')
        .flatMap((name) => [...(transforms.get(name.trim())?.values() ?? [])])
        .every(({ builtIn }) => builtIn);
    return new Map(
      [...settings].filter(([key, setting]) => !key.startsWith('TRANSFORMS-') || !isDone(setting)),
    );
  }

  #kindsOf(
    sourcetypes: readonly string[],
    { source, host, index }: Omit<Origin, 'sourcetypes'>,
    settings: readonly (readonly ReadonlyMap<string, EffectiveSetting>[])[],
  ): readonly KindOfEvent[] {
    const [sourcetype] = sourcetypes;
    if (sourcetypes.length === 1 && sourcetype !== undefined && source !== undefined && host !== undefined) {
      // The very steps that will read the events.
      const { steps } = this.#stream({ sourcetype, source, host, index: index ?? '', extracted: false });
      return [{ steps: [defaultFieldStep, ...steps], isOrdered: true }];
    }
    const key = [source, host, ...sourcetypes].join('\0');
    let kinds = this.#kinds.get(key);
    if (kinds === undefined) {
      const { layers, language, lookup, absence } = this.#sources;
      const nothing = { eventTypes: [], tags: { byField: new Map(), origins: new Map() } };
      const quiet = { report: () => {}, gaveUp: () => {} };
      const sources = { layers, lookup, absence, ...nothing, ...quiet, language: lazyExpressions(language) };
      kinds = settings.map((parts) => ({
        steps: [defaultFieldStep, ...parts.flatMap((part) => streamSteps(part, new Map(), sources))],
        isOrdered: parts.length === 1,
      }));
      if (this.#kinds.size >= MAX_STREAMS) this.#kinds.clear();
      this.#kinds.set(key, kinds);
    }
    return kinds;
  }

  /** A function that plans each kind of event once. */
  #maker(fields: Wanted): (event: RawEvent) => Row {
    const makers = new Map<string, { make: MakeRow; sourcetype: string }>();
    let last: { make: MakeRow; sourcetype: string } | undefined;
    let lastEvent: RawEvent | undefined;
    return (event) => {
      if (last !== undefined && lastEvent !== undefined && this.#sameStream(event, lastEvent))
        return last.make(event, last.sourcetype);
      const key = this.#key(event);
      let maker = makers.get(key);
      if (maker === undefined) {
        const { steps, sourcetype } = this.#stream(event);
        maker = { make: planSteps([defaultFieldStep, ...steps], fields), sourcetype };
        if (makers.size >= MAX_STREAMS) makers.clear();
        makers.set(key, maker);
      }
      last = maker;
      lastEvent = event;
      return maker.make(event, maker.sourcetype);
    };
  }

  #sameStream(a: RawEvent, b: RawEvent): boolean {
    return (
      a.source === b.source &&
      a.sourcetype === b.sourcetype &&
      a.index === b.index &&
      a.extracted === b.extracted &&
      a.record?.shape === b.record?.shape &&
      (!this.#stanzas.usesHost || a.host === b.host)
    );
  }

  #key(event: StreamOf): string {
    const host = this.#stanzas.usesHost ? event.host : '';
    return `${event.extracted ? 1 : 0}${event.record === undefined ? '' : 'r'}\0${event.sourcetype}\0${event.source}\0${event.index}\0${host}`;
  }

  #stream(event: StreamOf): StreamKnowledge {
    const key = this.#key(event);
    const known = this.#streams.get(key);
    if (known !== undefined) return known;
    const settings = this.#stanzas.settings(event);
    const sourcetype = settings.get('rename')?.value || event.sourcetype;
    const stream = {
      sourcetype: event.extracted ? event.sourcetype : sourcetype,
      steps: event.extracted
        ? []
        : streamSteps(settings, knownFields({ ...event, sourcetype }), this.#sources),
    };
    if (this.#streams.size >= MAX_STREAMS) this.#streams.clear();
    this.#streams.set(key, stream);
    return stream;
  }
}

/** What decides which steps an event is read with. */
type StreamOf = Pick<RawEvent, 'sourcetype' | 'source' | 'host' | 'index' | 'extracted' | 'record'>;

type Place = Pick<EffectiveSetting, 'file' | 'line'>;

function placeOf(
  file: string,
  line: number,
): Pick<Diagnostic, 'file' | 'line' | 'column' | 'endLine' | 'endColumn'> {
  return { file, line, column: 1, endLine: line, endColumn: 1 };
}

function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => item === b[i]);
  return a === b;
}
