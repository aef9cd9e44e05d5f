// What is known of each content file, and how that is kept from build to build.
import { type FileState, type FileStats, isUnchanged, stateOf } from '../content/file-state.js';
import type { StoredFile } from '../content/stored-file.js';
import {
  asciiJson,
  checksum,
  type Part,
  PartReader,
  readPart,
  recordsPath,
  textsPath,
} from './cache-file.js';
import type { KeptResult, PartResult } from './stored-results.js';

/** A stored file but its late text. */
export type Early = Omit<StoredFile, 'late'>;

/** What is known of one content file. */
export interface Entry {
  readonly hash: string;
  /** What its object says, wherever in the file it says it. */
  readonly digests: Digests;
  readonly state: FileState;
  /** Nobody may change what this gives. */
  readonly stored: Early;
  /** Undefined when the disk has lost it. */
  late(): string | undefined;
  readonly result: KeptResult | undefined;
}

/** Hashes of an object without its places: of the whole, and of what its searches are made of. */
export type Digests = readonly [content: string, search: string];

/** A line of the changes. */
type Line = readonly [
  file: string,
  state: FileState,
  hash: string,
  digests: Digests,
  stored: Early,
  result: KeptResult | null,
  late: string,
];

/** What the records hold of a file, as a text of its own that is parsed when somebody asks. */
interface Row {
  readonly hash: string;
  readonly digests: Digests;
  readonly stored: Early;
  /** Of the result, where it is not the hash. */
  readonly identity?: string | undefined;
  /** What was found in each part. */
  readonly found?: readonly (PartResult['found'] | null)[] | undefined;
  /** Checksum of the late text. */
  readonly sum: string;
}

/**
 * The first line of the records; the rows follow one after the other, and so do the late texts in their file. States are
 * five values each, all of them numbers, which V8 keeps as such.
 */
interface Index {
  readonly files: readonly string[];
  /** Bytes of each row, and of each late text. */
  readonly rows: readonly number[];
  readonly late: readonly number[];
  readonly states: readonly number[];
  /** Where the questions of results lie among the texts. */
  readonly questions: readonly [start: number, length: number, sum: string];
}

/** Tells the records that changes belong to. */
export interface Base {
  readonly records: string;
  /** Files whose records do not hold any more. */
  readonly gone: readonly string[];
}

/** A file to be written; `same` tells the one that lies there with these bytes. */
export interface Written {
  readonly bytes: Buffer;
  readonly same?: Part['same'];
}

/** How much of the records may be written again as changes before all are. */
const mostChanges = 0.1;

/** Numbers of the questions of each part of each row. */
type AskedRows = readonly (readonly (readonly number[] | null)[] | null)[];

/** The questions of all results of the records, read when those of one are asked for. */
class Questions {
  readonly #read: () => Buffer | undefined;
  #all: AskedRows | undefined;

  constructor(read: () => Buffer | undefined) {
    this.#read = read;
  }

  /** Undefined when the disk has lost them. */
  of(row: number, part: number): readonly number[] | undefined {
    this.#all ??= JSON.parse(this.#read()?.toString('latin1') ?? '[]') as AskedRows;
    return this.#all[row]?.[part] ?? undefined;
  }
}

/** What all entries of the records share. */
interface Kept {
  readonly index: Index;
  /** The records. */
  readonly bytes: Buffer;
  readonly questions: Questions;
  readonly texts: PartReader;
}

/** An entry of the records: of most nothing is asked but the hash, so that the rest is made when it is. */
class KeptEntry implements Entry {
  readonly #kept: Kept;
  readonly #index: number;
  /** Where the row and the late text begin. */
  readonly #start: number;
  readonly #late: number;
  #parsed: Row | undefined;
  #result: KeptResult | undefined;

  constructor(kept: Kept, index: number, start: number, late: number) {
    this.#kept = kept;
    this.#index = index;
    this.#start = start;
    this.#late = late;
  }

  get #row(): Row {
    const { bytes, index } = this.#kept;
    this.#parsed ??= JSON.parse(
      bytes.toString('latin1', this.#start, this.#start + index.rows[this.#index]!),
    ) as Row;
    return this.#parsed;
  }

  get hash(): string {
    return this.#row.hash;
  }

  get digests(): Digests {
    return this.#row.digests;
  }

  get state(): FileState {
    const at = this.#index * 5;
    const [size, mtime, ctime, inode, isSettled] = this.#kept.index.states.slice(at, at + 5) as number[];
    return [size!, mtime!, ctime!, inode!, isSettled === 1];
  }

  get stored(): Early {
    return this.#row.stored;
  }

  late(): string | undefined {
    const length = this.#kept.index.late[this.#index]!;
    return length === 0 ? '' : this.#kept.texts.read(this.#late, length, this.#row.sum)?.toString('utf8');
  }

  get result(): KeptResult | undefined {
    const { found, identity = this.hash } = this.#row;
    if (found === undefined) return undefined;
    this.#result ??= {
      identity,
      parts: found.map((one, part) => one && new KeptPart(one, this.#kept.questions, this.#index, part)),
    };
    return this.#result;
  }

  /** What was found in the parts of an object with an identity; undefined where one of them is not known. */
  foundIn(identity: string, parts: readonly number[]): PartResult['found'] | undefined {
    const { found, identity: own = this.hash } = this.#row;
    return found === undefined || own !== identity ? undefined : joined(parts, (part) => found[part]);
  }

  /** Whether the file cannot have changed since. */
  isOf({ size, mtimeMs, ctimeMs, ino }: FileStats): boolean {
    const { states } = this.#kept.index;
    const at = this.#index * 5;
    return (
      states[at + 4] === 1 &&
      states[at] === size &&
      states[at + 1] === mtimeMs &&
      states[at + 2] === ctimeMs &&
      states[at + 3] === ino
    );
  }
}

const nothing: PartResult['found'] = [];

/** What was found in parts, as one list; undefined where one of them is not known. */
function joined(
  parts: readonly number[],
  foundIn: (part: number) => PartResult['found'] | null | undefined,
): PartResult['found'] | undefined {
  let all = nothing;
  for (const part of parts) {
    const one = foundIn(part);
    if (one === null || one === undefined) return undefined;
    if (one.length > 0) all = all.length === 0 ? one : [...all, ...one];
  }
  return all;
}

/** A part of a result of the records. */
class KeptPart implements PartResult {
  readonly found: PartResult['found'];
  readonly #questions: Questions;
  readonly #row: number;
  readonly #part: number;

  constructor(found: PartResult['found'], questions: Questions, row: number, part: number) {
    this.found = found;
    this.#questions = questions;
    this.#row = row;
    this.#part = part;
  }

  get questions(): readonly number[] | undefined {
    return this.#questions.of(this.#row, this.#part);
  }

  toJSON(): PartResult {
    return { found: this.found, questions: this.questions };
  }
}

/** All entries; a change is written beside the records, for to write them all takes as long as a build may. */
export class Entries {
  readonly #all = new Map<string, Entry>();
  /** Files whose entries are those of the records. */
  readonly #inBase = new Set<string>();
  /** Files of the records, in their order. */
  readonly #baseFiles: string[] = [];
  #base: { readonly sums: Base; readonly records: Part; readonly texts: PartReader } | undefined;
  #isChanged = false;

  /** Reads what a build kept; false when it is broken. */
  read(folder: string, base: Base, changes: readonly string[]): boolean {
    const records = readPart(folder, recordsPath);
    if (records === undefined || checksum(records.bytes) !== base.records) return false;
    const texts = PartReader.open(folder, textsPath);
    if (texts === undefined) return false;
    this.#addRecords(records.bytes, texts, new Set(base.gone));
    for (const line of changes) {
      const [file, state, hash, digests, stored, result, late] = JSON.parse(line) as Line;
      this.#all.set(file, { hash, digests, state, stored, result: result ?? undefined, late: () => late });
    }
    this.#base = { sums: base, records, texts };
    return true;
  }

  #addRecords(bytes: Buffer, texts: PartReader, gone: ReadonlySet<string>): void {
    const head = bytes.indexOf('\n');
    const index = JSON.parse(bytes.toString('latin1', 0, head)) as Index;
    const kept: Kept = {
      index,
      bytes,
      texts,
      questions: new Questions(() => texts.read(...index.questions)),
    };
    let start = head + 1;
    let late = 0;
    for (const [number, file] of index.files.entries()) {
      this.#baseFiles.push(file);
      if (!gone.has(file)) {
        this.#all.set(file, new KeptEntry(kept, number, start, late));
        this.#inBase.add(file);
      }
      start += index.rows[number]!;
      late += index.late[number]!;
    }
  }

  get(file: string): Entry | undefined {
    return this.#all.get(file);
  }

  /** What was found in some parts of the object of a file, when its identity is that of then. */
  foundIn(file: string, identity: string, parts: readonly number[]): PartResult['found'] | undefined {
    const entry = this.#all.get(file);
    if (entry instanceof KeptEntry) return entry.foundIn(identity, parts);
    const { result } = entry ?? {};
    return result?.identity === identity ? joined(parts, (part) => result.parts[part]?.found) : undefined;
  }

  /** The entry of a file that cannot have changed since it was made; undefined where that is not known. */
  unchanged(file: string, state: FileStats, now: number): Entry | undefined {
    const entry = this.#all.get(file);
    if (entry === undefined) return undefined;
    const isSame =
      entry instanceof KeptEntry ? entry.isOf(state) : isUnchanged(entry.state, stateOf(state, now));
    return isSame ? entry : undefined;
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

  /** Nothing more is asked for: long texts that somebody wants all the same are read from their files. */
  close(): void {
    this.#base?.texts.close();
  }

  get files(): Iterable<string> {
    return this.#all.keys();
  }

  get size(): number {
    return this.#all.size;
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
    if (this.#base === undefined || changed.length > this.#inBase.size * mostChanges) return this.#writeAll();
    const { sums, records, texts } = this.#base;
    const gone = this.#baseFiles.filter((file) => !this.#inBase.has(file));
    const changes = changed.flatMap(([file, entry]) => {
      const { state, hash, digests, stored, result } = entry;
      const text = entry.late();
      if (text === undefined) return [];
      return asciiJson([file, state, hash, digests, stored, result ?? null, text] satisfies Line);
    });
    return { base: { ...sums, gone }, changes, records, texts };
  }

  #writeAll(): ReturnType<Entries['write']> {
    const late: Buffer[] = [];
    const states: number[] = [];
    const questions: AskedRows[number][] = [];
    const files: string[] = [];
    const rows: string[] = [];
    for (const [file, entry] of [...this.#all].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { state, hash, digests, stored, result } = entry;
      const text = entry.late();
      // What the disk has lost is read anew by the next build.
      if (text === undefined) continue;
      const bytes = Buffer.from(text);
      late.push(bytes);
      states.push(...state.map(Number));
      questions.push(result?.parts.map((part) => part?.questions ?? null) ?? null);
      files.push(file);
      rows.push(
        asciiJson({
          ...{ hash, digests, stored },
          identity: result === undefined || result.identity === hash ? undefined : result.identity,
          found: result?.parts.map((part) => (part?.questions === undefined ? null : part.found)),
          sum: checksum(bytes),
        } satisfies Row),
      );
    }
    const asked = Buffer.from(JSON.stringify(questions), 'latin1');
    const index = asciiJson({
      files,
      rows: rows.map(({ length }) => length),
      late: late.map(({ length }) => length),
      states,
      questions: [late.reduce((sum, { length }) => sum + length, 0), asked.length, checksum(asked)],
    } satisfies Index);
    const records = Buffer.from(`${index}\n${rows.join('')}`, 'latin1');
    const base = { records: checksum(records), gone: [] };
    const texts = Buffer.concat([...late, asked]);
    return { base, changes: [], records: { bytes: records }, texts: { bytes: texts } };
  }
}
