// The typed model of a content repository. After the reader nothing knows in which dialect a file was written.
import type { Place, Span } from '../diagnostic/diagnostic.js';

/** The dialect a file was written in; for messages and the reader only. */
export type Dialect = '2022' | '4.x' | '5.x' | 'escu6';

/** A path into a YAML document or into the model: keys and list indexes. */
export type Path = readonly (string | number)[];

/** Answers where in its file a value of an object stands. */
export interface Locator {
  /**
   * Place of the value at a path. The path is the *model's* (`['risk', 'message']`), translated to wherever the
   * dialect writes it; the nearest enclosing value answers for one that is not in the file.
   */
  value(path: Path): Place;
  /** Place of the key itself. */
  key(path: Path): Place;
  /** Place of a stretch of a decoded scalar: `span` counts UTF-16 units of the string in the model. */
  span(path: Path, span: Span): Place;
}

interface Content {
  /** Path relative to the repository, with `/`. */
  readonly file: string;
  /** File name without its ending. */
  readonly stem: string;
  readonly dialect: Dialect;
  readonly at: Locator;
  readonly name: string;
  readonly id?: string;
  readonly version?: number;
  /** ISO day. Dialects with one `date` give it as both. */
  readonly creationDate?: string;
  readonly modificationDate?: string;
  readonly author?: string;
  readonly description: string;
  readonly status: Status;
  readonly references: readonly string[];
}

export type Status = 'production' | 'experimental' | 'deprecated' | 'removed';
export type DetectionType = 'TTP' | 'Anomaly' | 'Hunting' | 'Correlation' | (string & {});

export interface RiskObject {
  readonly field: string;
  /** user, system or other (as the conf writes it). */
  readonly type: string;
  readonly score: number;
  /** Only where the dialect gives each object its own message. */
  readonly message?: string;
}
export interface ThreatObject {
  readonly field: string;
  readonly type: string;
}
/** Risk-based alerting: what a hit adds to which objects. Computed from observables for older dialects. */
export interface Risk {
  readonly message?: string;
  readonly riskObjects: readonly RiskObject[];
  readonly threatObjects: readonly ThreatObject[];
  /** The highest score of a risk object; for older dialects the computed risk score. */
  readonly score: number;
}
/** A finding (ESCU 6) with its one entity. */
export interface Finding {
  readonly title: string;
  readonly entity: RiskObject;
}
export interface Observable {
  readonly name: string;
  readonly type: string;
  readonly roles: readonly string[];
}
export interface Drilldown {
  readonly name: string;
  readonly search: string;
  /** `null` when written as null, `undefined` when left out. */
  readonly earliestOffset?: string | null;
  readonly latestOffset?: string | null;
}
export interface AttackData {
  /** URL, or path relative to the repository. */
  readonly data: string;
  readonly source?: string;
  readonly sourcetype?: string;
  readonly host?: string;
  readonly customIndex?: string;
  readonly updateTimestamp?: boolean;
}
/** Assertions beyond "at least one row"; inline in the YAML or in `tests/<detection>.yml`. */
export interface Expectation {
  /** How many rows the search finds. */
  readonly rows?: number | { readonly min?: number; readonly max?: number };
  /** For each entry there is a row with these values. */
  readonly contains?: readonly Readonly<Record<string, unknown>>[];
  /** No row has all values of an entry. */
  readonly excludes?: readonly Readonly<Record<string, unknown>>[];
  /** Each has a value in some row. */
  readonly fields?: readonly string[];
  /** Alerts that are left after the detection's throttling, its schedule replayed over the time of the data. */
  readonly throttled?: number;
  /** Runs of the schedule that find at least one row, over the time of the data. */
  readonly schedule?: number | { readonly min?: number; readonly max?: number };
}
export interface Test {
  readonly name: string;
  readonly description?: string;
  /** unit (default) or experimental (run by hand only). */
  readonly testType: 'unit' | 'experimental';
  readonly attackData: readonly AttackData[];
  readonly earliest?: string;
  readonly latest?: string;
  /** Only where written; 0 = must not fire. */
  readonly expectedResults?: number;
  readonly passCondition?: string;
  readonly expectation?: Expectation;
}
export interface Throttling {
  readonly fields: readonly string[];
  readonly period: string;
}
export interface Schedule {
  readonly cronSchedule: string;
  readonly earliestTime: string;
  readonly latestTime: string;
  readonly scheduleWindow: string;
}
export interface AlertAction {
  readonly notable?: {
    readonly ruleDescription: string;
    readonly ruleTitle: string;
    readonly nesFields: readonly string[];
  };
  readonly rbaEnabled: boolean;
  readonly email?: { readonly message: string; readonly subject: string; readonly to: string };
  readonly slack?: { readonly channel: string; readonly message: string };
  readonly phantom?: {
    readonly camWorkers: string;
    readonly label: string;
    readonly phantomServer: string;
    readonly sensitivity: string;
    readonly severity: string;
  };
}
export interface DeprecationInfo {
  readonly reason: string;
  readonly removedInVersion: string;
  readonly replacementContent: readonly string[];
}
/** Tags that ATT&CK and other frameworks put on content, and what the pages show of them. */
export interface Tags {
  readonly analyticStories: readonly string[];
  readonly assetType?: string;
  readonly mitreAttackIds: readonly string[];
  readonly products: readonly string[];
  readonly securityDomain?: string;
  readonly cves: readonly string[];
  readonly atomicGuids: readonly string[];
  readonly groups: readonly string[];
  readonly manualTest?: string;
  readonly throttling?: Throttling;
  /** Further framework mappings, as written. */
  readonly mappings: Readonly<Record<string, unknown>>;
  // Of older dialects, still shown on the pages of those repositories:
  readonly nist: readonly string[];
  readonly cis20: readonly string[];
  readonly killChainPhases: readonly string[];
  readonly context: readonly string[];
  /** Addresses of sample data; `[]` for an entry that is an empty list. */
  readonly datasets: readonly string[];
  readonly observables: readonly Observable[];
  readonly requiredFields: readonly string[];
  /** `tags.deployments` of 2022 baselines: each names a deployment that carries the same tag. */
  readonly deployments: readonly string[];
  readonly confidence?: number;
  readonly impact?: number;
  readonly riskScore?: number;
}

export interface Detection extends Content {
  readonly kind: 'detection';
  /** Folder under `detections/`: `endpoint`, `deprecated`, `experimental/cloud` … */
  readonly folder: string;
  readonly type: DetectionType;
  readonly explanation?: string;
  /** As written: names, or "A AND B". */
  readonly dataSources: readonly string[];
  readonly search: string;
  readonly howToImplement: string;
  readonly knownFalsePositives: string;
  readonly enabledByDefault: boolean;
  readonly deployment?: Deployment;
  readonly schedule?: string;
  readonly customSchedule?: Schedule;
  readonly risk?: Risk;
  readonly finding?: Finding;
  /** ESCU 6 intermediate findings; `risk` holds the same objects in the common form. */
  readonly intermediateFindings: readonly RiskObject[];
  readonly drilldowns: readonly Drilldown[];
  readonly tests: readonly Test[];
  readonly tags: Tags;
  readonly category?: string;
  /** The `datamodel` list of older dialects. */
  readonly dataModels: readonly string[];
  readonly baselines: readonly string[];
  readonly deprecation?: DeprecationInfo;
}
export interface Macro extends Content {
  readonly kind: 'macro';
  readonly definition: string;
  readonly arguments: readonly string[];
  /** The definition is an eval expression that gives the text. */
  readonly isEval: boolean;
}
export interface Lookup extends Content {
  readonly kind: 'lookup';
  readonly lookupType: 'csv' | 'kvstore' | 'mlmodel';
  /** For csv and mlmodel: path of the table, relative to the repository. */
  readonly filename?: string;
  readonly collection?: string;
  readonly fields: readonly string[];
  readonly defaultMatch?: string;
  readonly matchType: readonly string[];
  readonly minMatches?: number;
  readonly maxMatches?: number;
  readonly caseSensitiveMatch?: boolean;
}
export interface Story extends Content {
  readonly kind: 'story';
  readonly narrative: string;
  readonly categories: readonly string[];
  readonly products: readonly string[];
  readonly usecase?: string;
  readonly cves: readonly string[];
  readonly groups: readonly string[];
  readonly deprecation?: DeprecationInfo;
}
export interface Baseline extends Content {
  readonly kind: 'baseline';
  readonly type: string;
  readonly search: string;
  readonly howToImplement: string;
  readonly knownFalsePositives: string;
  readonly dataModels: readonly string[];
  readonly deployment?: Deployment;
  readonly schedule?: string;
  readonly customSchedule?: Schedule;
  readonly tags: Tags;
  /** Names of the detections it serves, as written in either direction. */
  readonly detections: readonly string[];
  readonly deprecation?: DeprecationInfo;
}
export interface Investigation extends Content {
  readonly kind: 'investigation';
  readonly type: string;
  readonly search: string;
  readonly howToImplement: string;
  readonly knownFalsePositives: string;
  readonly dataModels: readonly string[];
  readonly inputs: readonly string[];
  readonly tags: Tags;
  readonly deprecation?: DeprecationInfo;
}
export interface DataSource extends Content {
  readonly kind: 'dataSource';
  readonly source: string;
  readonly sourcetype: string;
  readonly separator?: string;
  readonly separatorValue?: string;
  readonly configuration?: string;
  readonly supportedTA: readonly {
    readonly name: string;
    readonly url?: string;
    readonly version?: string;
  }[];
  readonly fields: readonly string[];
  readonly outputFields: readonly string[];
  readonly mitreComponents: readonly string[];
  readonly fieldMappings: readonly unknown[];
  readonly convertToLogSource: readonly unknown[];
  readonly exampleLog?: string;
}
export interface Deployment extends Content {
  readonly kind: 'deployment';
  /** Type of content it is the default for; older dialects match by tags. */
  readonly type?: string;
  readonly scheduling: Schedule;
  readonly alertAction: AlertAction;
  readonly tags: Readonly<Record<string, unknown>>;
}
export interface NamedSchedule extends Content {
  readonly kind: 'schedule';
  readonly schedule: Schedule;
}
export interface Dashboard extends Content {
  readonly kind: 'dashboard';
  readonly theme: 'light' | 'dark';
  /** Path of the definition beside it, relative to the repository. */
  readonly jsonFile: string;
  readonly products: readonly string[];
}
export interface Playbook extends Content {
  readonly kind: 'playbook';
  readonly type: string;
  readonly raw: Readonly<Record<string, unknown>>;
}
/** An entry of removed/deprecation_mapping*.YML. */
export interface DeprecationEntry {
  readonly content: string;
  readonly section: 'detections' | 'baselines' | 'investigations' | 'stories';
  readonly info: DeprecationInfo;
  readonly file: string;
  readonly place: Place;
  /** Of each item of `info.replacementContent`. */
  readonly replacementPlaces: readonly Place[];
}
/** What lies under removed/: kept for its name and id; nothing of it is emitted as content. */
export interface Removed extends Content {
  readonly kind: 'removed';
  readonly of: 'detection' | 'story' | 'baseline' | 'investigation';
  readonly deprecation?: DeprecationInfo;
  readonly raw: Readonly<Record<string, unknown>>;
}

export type ContentObject =
  | Detection
  | Macro
  | Lookup
  | Story
  | Baseline
  | Investigation
  | DataSource
  | Deployment
  | NamedSchedule
  | Dashboard
  | Playbook
  | Removed;

/** The app that the repository builds, from detc.yml, build.yml or contentctl.yml. */
export interface AppConfig {
  readonly uid?: number;
  readonly title: string;
  readonly appid: string;
  readonly version: string;
  readonly description: string;
  readonly prefix?: string;
  readonly label: string;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly authorCompany: string;
  readonly buildPath?: string;
  readonly enforceDeprecationMapping: boolean;
}
/** Settings of detc.yml; of build.yml only what other apps provide. */
export interface Settings {
  readonly extends: readonly string[];
  readonly rules: Readonly<Record<string, Severity3>>;
  readonly overrides: readonly {
    readonly files: readonly string[];
    readonly rules: Readonly<Record<string, Severity3>>;
  }[];
  readonly dataRoots: Readonly<Record<string, string>>;
  /** What searches may call because other apps provide it. */
  readonly external: ExternalNames;
  readonly docs: Readonly<Record<string, unknown>>;
}
/** Names that `external` of detc.yml declares; macros as `name` or `name(number of arguments)`. */
export type ExternalNames = Readonly<
  Record<'commands' | 'functions' | 'macros' | 'lookups', readonly string[]>
>;
export type Severity3 = 'error' | 'warn' | 'off';

/** A whole repository. Every list is sorted by file path (bytes), as the incumbent orders stanzas. */
export interface Repository {
  /** Absolute path of the folder. */
  readonly root: string;
  readonly configFile?: string;
  readonly app: AppConfig;
  readonly settings: Settings;
  readonly detections: readonly Detection[];
  readonly macros: readonly Macro[];
  readonly lookups: readonly Lookup[];
  readonly stories: readonly Story[];
  readonly baselines: readonly Baseline[];
  readonly investigations: readonly Investigation[];
  readonly dataSources: readonly DataSource[];
  readonly deployments: readonly Deployment[];
  readonly schedules: readonly NamedSchedule[];
  readonly dashboards: readonly Dashboard[];
  readonly playbooks: readonly Playbook[];
  readonly removed: readonly Removed[];
  readonly deprecations: readonly DeprecationEntry[];
}

/** What `tags.dataset` holds for an entry that is an empty list. */
export const emptyDataset = '[]';
