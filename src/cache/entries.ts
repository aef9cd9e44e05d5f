// What is known of each content file, and how that is kept from build to build.
import type { StoredFile } from '../content/stored-file.js';
import { asciiJson, checksum, type Part, readPart, recordsPath, textsPath } from './cache-file.js';
import type { FileState } from './file-state.js';
import type { KeptResult } from './stored-results.js';

/** What is known of one content file. */
export interface Entry {
  readonly hash: string;
  /** What its object says, wherever in the file it says it. */
  readonly digests: Digests;
  readonly state: FileState;
  readonly stored: Omit<StoredFile, 'late'>;
  readonly late: () => string;
  readonly result: KeptResult | undefined;
}

/** Hashes of an object without its places: of the whole, and of what its searches are made of. */
export type Digests = readonly [content: string, search: string];

/** A line: of the records with the place of the late text in the file of texts, of the changes with the text itself. */
type Line = readonly [
  file: string,
  state: FileState,
  hash: string,
  digests: Digests,
  stored: Omit<StoredFile, 'late'>,
  result: KeptResult | null,
  late: readonly [offset: number, length: number] | string,
];

/** Tells the records and texts that changes belong to. */
export interface Base {
  readonly records: string;
  readonly texts: string;
  /** Files whose records do not hold any more. */
  readonly gone: readonly string[];
}

/** A file to be written; `same` tells the one that lies there with these bytes. */
export type Written = Pick<Part, 'bytes'> & Partial<Part>;

/** How much of the records may be written again as changes before all are. */
const mostChanges = 0.1;

/** All entries; a change is written beside the records, for to write them all takes as long as a build may. */
export class Entries {
  readonly #all = new Map<string, Entry>();
  /** Files whose entries are those of the records. */
  readonly #inBase = new Set<string>();
  /** Files of the records, in their order. */
  readonly #baseFiles: string[] = [];
  #base: { readonly sums: Base; readonly records: Part; readonly texts: Part } | undefined;
  #isChanged = false;

  /** Reads what a build kept; false when it is broken. */
  read(folder: string, base: Base, changes: readonly string[]): boolean {
    const [records, texts] = [recordsPath, textsPath].map((path) => readPart(folder, path));
    if (records === undefined || checksum(records.bytes) !== base.records) return false;
    if (texts === undefined || checksum(texts.bytes) !== base.texts) return false;
    const gone = new Set(base.gone);
    // All at once takes half as long as one by one.
    for (const line of JSON.parse(records.bytes.toString('latin1')) as Line[]) {
      this.#baseFiles.push(line[0]);
      if (gone.has(line[0])) continue;
      this.#add(line, texts.bytes);
      this.#inBase.add(line[0]);
    }
    for (const text of changes) this.#add(JSON.parse(text) as Line, texts.bytes);
    this.#base = { sums: base, records, texts };
    return true;
  }

  #add([file, state, hash, digests, stored, result, late]: Line, texts: Buffer): void {
    const text =
      typeof late === 'string' ? () => late : () => texts.toString('utf8', late[0], late[0] + late[1]);
    this.#all.set(file, { hash, digests, state, stored, result: result ?? undefined, late: text });
  }

  get(file: string): Entry | undefined {
    return this.#all.get(file);
  }

  set(file: string, entry: Entry): void {
    this.#all.set(file, entry);
    this.#inBase.delete(file);
    this.#isChanged = true;
  }

  /** Forgets all but these files. */
  keepOnly(files: { has(file: string): boolean }): void {
    for (const file of this.#all.keys()) if (!files.has(file)) this.delete(file);
  }

  delete(file: string): void {
    this.#inBase.delete(file);
    if (this.#all.delete(file)) this.#isChanged = true;
  }

  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** What to write: the changes, and records and texts where they are too old or missing. */
  write(): {
    readonly base: Base;
    readonly changes: readonly string[];
    readonly records: Written;
    readonly texts: Written;
  } {
    const changed = [...this.#all].filter(([file]) => !this.#inBase.has(file));
    if (this.#base !== undefined && changed.length <= this.#inBase.size * mostChanges) {
      const gone = this.#baseFiles.filter((file) => !this.#inBase.has(file));
      const changes = changed.map(([file, { state, hash, digests, stored, result, late }]) =>
        asciiJson([file, state, hash, digests, stored, result ?? null, late()] satisfies Line),
      );
      const { sums, records, texts } = this.#base;
      return { base: { ...sums, gone }, changes, records, texts };
    }
    const texts: Buffer[] = [];
    let offset = 0;
    const lines = [...this.#all]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, entry]) => {
        const { state, hash, digests, stored, result, late } = entry;
        const text = Buffer.from(late());
        texts.push(text);
        offset += text.length;
        return asciiJson([
          file,
          state,
          hash,
          digests,
          stored,
          result ?? null,
          [offset - text.length, text.length],
        ] satisfies Line);
      });
    const records = Buffer.from(`[${lines.join(',\n')}]`, 'latin1');
    const all = Buffer.concat(texts);
    const base = { records: checksum(records), texts: checksum(all), gone: [] };
    return { base, changes: [], records: { bytes: records }, texts: { bytes: all } };
  }
}
