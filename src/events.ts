// Opens local files as the events of a search, with the knowledge of the built-in add-ons and of given apps.
import type { Dataset, DatasetOptions, DatasetReport, IndexTimeSettings } from './dataset/dataset.js';
import { openDataset } from './dataset/open-dataset.js';
import { type FileEventStore, openEventStore } from './event-store.js';
import { type Knowledge, loadKnowledge } from './knowledge/knowledge.js';
import { knowledgeLanguage } from './knowledge-language.js';
import type { LookupTable } from './runtime/environment.js';

/** How to read events; what is left out has the readers' defaults. */
export interface EventsOptions extends Omit<DatasetOptions, 'indexTime'> {
  /** Folders of installed Splunk apps, laid over the built-in knowledge. */
  readonly apps?: readonly string[];
  /** Lookup tables by name, which the apps' automatic lookups find before their own. */
  readonly lookups?: Readonly<Record<string, string | LookupTable>>;
  /** Knowledge that is loaded already, instead of `apps`. */
  readonly knowledge?: Knowledge;
  /** Splunk's order, newest `_time` first. Default: as the files have them. */
  readonly newestFirst?: boolean;
}

/** Events of local files, to be handed to a search. Every scan reads them anew. */
export interface LocalEvents extends FileEventStore {
  readonly knowledge: Knowledge;
  /** The events before extraction. */
  readonly dataset: Dataset;
  /** What the newest scan read and could not read; complete when that scan is. */
  readonly report: DatasetReport;
}

/** Opens files, folders, globs and `-` (standard input). Nothing is read before a scan is iterated. */
export function openEvents(inputs: readonly string[], options: EventsOptions = {}): LocalEvents {
  const { apps = [], lookups = {}, knowledge: given, newestFirst, ...reading } = options;
  const { now, timezone, index, source, sourcetype, host } = reading;
  const clock = { ...(now === undefined ? {} : { now }), ...(timezone === undefined ? {} : { timezone }) };
  const knowledge = given ?? loadKnowledge({ apps, lookups, language: knowledgeLanguage(clock) });
  const dataset = openDataset(inputs, {
    ...reading,
    indexTime: (stream) => indexTimeSettings(knowledge.indexTimeSettings(stream)),
  });
  let report: DatasetReport = { files: [], diagnostics: [] };
  const store = openEventStore(dataset, knowledge, {
    newestFirst: newestFirst ?? false,
    told: { index, source, sourcetype, host },
    onScan: (scan) => {
      report = scan.report;
    },
  });
  return {
    ...store,
    knowledge,
    dataset,
    get report() {
      return report;
    },
  };
}

const isTrue = (value: string) => /^(?:true|1|t|y|yes)$/i.test(value.trim());

/** Reads the settings that line breaking and timestamps use out of a stream's props.conf settings. */
export function indexTimeSettings(settings: ReadonlyMap<string, string>): IndexTimeSettings {
  const text = (key: string) => settings.get(key);
  const flag = (key: string) => {
    const value = text(key);
    return value === undefined ? undefined : isTrue(value);
  };
  const number = (key: string) => {
    const value = Number(text(key) ?? Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  };
  const all = {
    LINE_BREAKER: text('LINE_BREAKER'),
    SHOULD_LINEMERGE: flag('SHOULD_LINEMERGE'),
    BREAK_ONLY_BEFORE: text('BREAK_ONLY_BEFORE'),
    BREAK_ONLY_BEFORE_DATE: flag('BREAK_ONLY_BEFORE_DATE'),
    MUST_BREAK_AFTER: text('MUST_BREAK_AFTER'),
    MUST_NOT_BREAK_AFTER: text('MUST_NOT_BREAK_AFTER'),
    MUST_NOT_BREAK_BEFORE: text('MUST_NOT_BREAK_BEFORE'),
    MAX_EVENTS: number('MAX_EVENTS'),
    TRUNCATE: number('TRUNCATE'),
    TIME_PREFIX: text('TIME_PREFIX'),
    TIME_FORMAT: text('TIME_FORMAT'),
    MAX_TIMESTAMP_LOOKAHEAD: number('MAX_TIMESTAMP_LOOKAHEAD'),
    TZ: text('TZ'),
    DATETIME_CONFIG: text('DATETIME_CONFIG'),
    CHARSET: text('CHARSET'),
    INDEXED_EXTRACTIONS: text('INDEXED_EXTRACTIONS'),
    FIELD_DELIMITER: text('FIELD_DELIMITER'),
    TIMESTAMP_FIELDS: text('TIMESTAMP_FIELDS'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ''));
}
