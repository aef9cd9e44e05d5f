// CIM data models: what a data set is made of, as read from data-model JSON.

/** A field of a data set, without the data set's prefix. */
export interface DataModelField {
  readonly name: string;
  /**
   * The path of the data set that declares it, which stands before its name in a search: `All_Certificates.SSL`. ''
   * for what every event has.
   */
  readonly owner: string;
  readonly type: 'string' | 'number' | 'boolean' | 'timestamp' | 'ipv4' | 'objectCount' | 'childCount';
  readonly multivalue?: boolean;
}

/** A calculation, applied in list order to the events that meet the constraints. */
export type Calculation =
  | { readonly kind: 'eval'; readonly field: string; readonly expression: string }
  | {
      readonly kind: 'lookup';
      readonly lookup: string;
      readonly inputs: readonly { lookupField: string; field: string }[];
      readonly outputs: readonly { lookupField: string; field: string }[];
    }
  | {
      readonly kind: 'rex';
      readonly field: string;
      readonly expression: string;
      readonly outputs: readonly string[];
    };

export interface DataModelDataset {
  readonly name: string;
  readonly displayName: string;
  /** Names from the root to this data set: `['All_Changes', 'Auditing_Changes']`. */
  readonly lineage: readonly string[];
  /** SPL search expressions that an event of the parent must meet to be of this data set. */
  readonly constraints: readonly string[];
  /** The search that the root gets its events by in place of constraints (Endpoint.Processes…). */
  readonly baseSearch?: string;
  /** Own and inherited fields; calculated ones included. `_time host source sourcetype` are always there. */
  readonly fields: readonly DataModelField[];
  /** Own ones, in order; they follow those of the parents and the constraints. */
  readonly calculations: readonly Calculation[];
}

export interface DataModel {
  readonly name: string;
  readonly displayName: string;
  readonly datasets: readonly DataModelDataset[];
}

/** Every data model known, by name; lookups ignore nothing: names are case-sensitive as in Splunk. */
export type DataModels = ReadonlyMap<string, DataModel>;
