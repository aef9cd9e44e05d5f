// The events of a group of tests, read once: what its searches scan, with the rows of data sets made once for all.
import type { Environment, EventStore, ScanRequest } from '../runtime/environment.js';
import type { Row } from '../runtime/value.js';
import { IndexedRows } from './indexed-rows.js';

/** Names of fields, or every field there is. */
export type Fields = ScanRequest['fields'];

/** Thrown when a search asks for fields that were not extracted; the events have to be read again with more. */
export class NeedsMoreFields extends Error {}

/** Makes the rows of a data-model data set, with these fields, out of events. */
export type MakeDataset = (
  name: string,
  fields: Fields,
  events: EventStore,
  environment: Environment,
) => Promise<readonly Row[]>;

/** What a group knows before a search is run. */
export interface GroupPlan {
  /** The fields that were, or are to be, extracted. */
  readonly fields: Fields;
  /** By data set, the fields that any search of the group reads of it. */
  readonly datasets: ReadonlyMap<string, Fields>;
}

/** What only an explanation asks for. */
export interface Names {
  /** Names of the fields that events of the data have, whether they were asked for or not. */
  readonly events: () => Promise<ReadonlySet<string>>;
  /** Names of the fields of a data set and of those with the same root, as a search calls them. */
  readonly dataset: (name: string) => readonly string[];
}

/** Events that any number of searches scan, and the data sets made of them. */
export class GroupEvents implements EventStore {
  readonly #plan: GroupPlan;
  readonly #make: MakeDataset;
  readonly #environment: Environment;
  readonly #names: Names;
  #eventNames: Promise<ReadonlySet<string>> | undefined;
  readonly #answers = new Map<string, Promise<readonly Row[] | undefined>>();
  readonly #events: IndexedRows;
  readonly #datasets = new Map<string, { readonly fields: Fields; readonly made: Promise<IndexedRows> }>();
  /** What relative times count from, epoch seconds: that of the environment, or just after the newest event. */
  readonly now: number;

  /**
   * @param rows        the events, newest first
   * @param environment what calculations of data sets see: tables and perhaps the clock
   */
  constructor(
    readonly rows: readonly Row[],
    plan: GroupPlan,
    make: MakeDataset,
    environment: Environment,
    names: Names,
  ) {
    this.#plan = plan;
    this.#make = make;
    this.#names = names;
    this.#events = new IndexedRows(rows);
    this.now = environment.now ?? Math.floor(newestTime(rows) ?? Date.now() / 1000) + 1;
    this.#environment = { ...environment, now: this.now };
  }

  /** The same kind of store over other rows, or with other tables: nothing made of these is taken for those. */
  with(rows: readonly Row[], environment: Environment): GroupEvents {
    return new GroupEvents(rows, this.#plan, this.#make, environment, this.#names);
  }

  fieldNames(): Promise<ReadonlySet<string>> {
    this.#eventNames ??= this.#names.events();
    return this.#eventNames;
  }

  datasetFields(name: string): readonly string[] {
    return this.#names.dataset(name);
  }

  /** The answer to a question about these events, worked out once. */
  answer(
    question: string,
    work: () => Promise<readonly Row[] | undefined>,
  ): Promise<readonly Row[] | undefined> {
    let answer = this.#answers.get(question);
    if (answer === undefined) {
      answer = work();
      this.#answers.set(question, answer);
    }
    return answer;
  }

  async *scan(request: ScanRequest): AsyncGenerator<Row, void, undefined> {
    for await (const rows of this.scanBatches(request)) yield* rows;
  }

  async *scanBatches(request: ScanRequest): AsyncGenerator<Iterable<Row>, void, undefined> {
    if (request.dataset === undefined) {
      if (!covers(this.#plan.fields, request.fields)) throw new NeedsMoreFields();
      yield this.#events.matching(request);
    } else yield (await this.#dataset(request.dataset, fieldsOf(request))).matching(request);
  }

  #dataset(name: string, fields: Fields): Promise<IndexedRows> {
    const known = this.#datasets.get(name);
    if (known !== undefined && covers(known.fields, fields)) return known.made;
    const wanted = joinFields(joinFields(fields, this.#plan.datasets.get(name)), known?.fields);
    const made = this.#make(name, wanted, this, this.#environment).then((rows) => new IndexedRows(rows));
    this.#datasets.set(name, { fields: wanted, made });
    return made;
  }
}

/** The fields of rows that have no raw text, which a search of free text reads whole. */
export const fieldsOf = ({ fields, text }: ScanRequest): Fields => (text ? 'all' : fields);

export function joinFields(a: Fields, b: Fields | undefined): Fields {
  if (b === undefined) return a;
  return a === 'all' || b === 'all' ? 'all' : new Set([...a, ...b]);
}

function covers(has: Fields, wanted: Fields): boolean {
  if (has === 'all') return true;
  return wanted !== 'all' && [...wanted].every((field) => has.has(field));
}

const timeOf = (row: Row): number => Number(row['_time'] ?? Number.NaN);

function newestTime(rows: readonly Row[]): number | undefined {
  let newest = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const time = timeOf(row);
    if (time > newest) newest = time;
  }
  return newest === Number.NEGATIVE_INFINITY ? undefined : newest;
}

/** Sorts events as an index gives them: newest first, and of the same time what was read later first. */
export function newestFirst(rows: readonly Row[]): Row[] {
  return rows.toReversed().sort((a, b) => (timeOf(b) || 0) - (timeOf(a) || 0));
}
