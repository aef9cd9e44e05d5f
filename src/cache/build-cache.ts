// What earlier runs found out: of builds in detc's own folder inside the output folder, of `validate` in the user's.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type FileState, type FileStats, isEqual, isUnchanged, stateOf } from '../content/file-state.js';
import type { Kind } from '../content/kinds.js';
import { ContentCache } from '../content/load.js';
import type { ContentObject } from '../content/model.js';
import type { ContentFile } from '../content/read-file.js';
import { restoreFile, type StoredFile, storeFile } from '../content/stored-file.js';
import {
  answersPath,
  asciiJson,
  type CacheFile,
  changesPath,
  type KeptText,
  keptFile,
  linesFile,
  linesOf,
  outputsPath,
  type Part,
  readPart,
  readText,
  recordsPath,
  sha,
  textFile,
  textsPath,
} from './cache-file.js';
import { Differences } from './differences.js';
import { type Base, type Digests, Entries, type Entry } from './entries.js';
import { EvaluatorRecords } from './evaluator-records.js';
import { OutputRecords } from './output-records.js';
import { programFingerprint } from './program.js';
import { StoredResults, type Table } from './stored-results.js';
import { WordRecords } from './word-records.js';

/*
 * Why it cannot be wrong: a record of a content file holds for the file's path and the hash of its bytes, and for the
 * program that wrote it. Findings hold besides for the answers to all questions that rules asked about other files,
 * fragments of the output for the key that their emitter gives, and both for the object with all that other files add
 * to it. Files with a wrong checksum, or of another program, are not there.
 */

/** First line of the changes; the further ones are entries. */
interface Head {
  readonly base: Base;
  /** Hash of the answers that the results belong to. */
  readonly answers: string;
  /** Tells all searches in place of the answers, which a build after one edit leaves as they are. */
  readonly sources?: string | undefined;
  readonly others: readonly (readonly [file: string, state: FileState, hash: string])[];
  /** What `remember` keeps. */
  readonly made: readonly (readonly [name: string, key: string, json: string])[];
}

/** The cache of one output folder. */
export class BuildCache {
  readonly #root: string;
  readonly #program: string;
  readonly #entries = new Entries();
  /** Content files of this build, with the hash of their bytes. */
  readonly #seen = new Map<string, string>();
  /** Files that are no content, such as tables. */
  readonly #others = new Map<string, readonly [state: FileState, hash: string]>();
  readonly #otherHashes = new Map<string, string>();
  /** Before any file was looked at. */
  readonly #now: number;
  readonly #made = new Map<string, readonly [key: string, json: string]>();
  #answers: KeptText | undefined;
  #output: KeptText | undefined;
  #changes: Part | undefined;
  #sources: string | undefined;
  #isChanged = false;
  #isEdit = false;
  readonly #differences = new Differences();
  /** Files of the last build that are there. */
  #found = 0;
  /** Files of the last build. */
  #known = 0;
  readonly #words: WordRecords;
  readonly content: ContentCache;
  readonly results: StoredResults;
  readonly outputs: OutputRecords;
  readonly evaluators: EvaluatorRecords;

  /**
   * Opens the cache; one that is missing or broken is empty. `folder` is detc's own inside the output folder `out`; a
   * cache without any knows only what it is told. `program` tells the program, whose own records alone are read, and `now`
   * is a time before any file was looked at.
   */
  constructor(root: string, out = '', folder?: string, program = programFingerprint(), now = Date.now()) {
    this.#now = now;
    this.#root = root;
    this.#program = program;
    if (folder !== undefined) this.#read(folder);
    this.content = new ContentCache({
      find: (file, kind, state, bytes) => this.#find(file, kind, state, bytes),
      keep: (file, bytes, result) => this.#keep(file, bytes, result),
      remember: (file, bytes, make) => this.remember(file, sha(bytes), make),
    });
    this.#words = new WordRecords({
      program: this.#program,
      folder,
      identity: (object) => this.#searchIdentity(object),
    });
    this.results = new StoredResults(this.#table(), {
      identity: (object) => this.#identity(object),
      searchIdentity: (object) => this.#searchIdentity(object),
      placedIdentity: (object) => this.#placedIdentity(object),
      fileIdentity: (file) => this.fileHash(file),
      words: this.#words.index,
      isSame: (category, keptKinds) =>
        this.#found === this.#known && this.#differences.leaves(category, keptKinds),
      foundIn: (object, identity, parts) => this.#entries.foundIn(object.file, identity, parts),
      resultOf: (object) => this.#entries.get(object.file)?.result,
      keep: (object, result) => {
        const entry = this.#entries.get(object.file);
        if (entry !== undefined) this.#entries.set(object.file, withChange(entry, { result }));
      },
    });
    this.outputs = new OutputRecords(out, this.#output?.text ?? '', (object) => this.#identity(object));
    this.evaluators = new EvaluatorRecords({
      program: this.#program,
      folder,
      outputs: this.outputs,
      identity: (object) => this.#placedIdentity(object),
    });
  }

  #read(folder: string): void {
    // Results are nothing without the answers to their questions.
    const answers = readText(folder, answersPath, this.#program);
    const part = readPart(folder, changesPath);
    this.#output = readText(folder, outputsPath, this.#program);
    if (answers === undefined || part === undefined) return;
    const [first, ...changes] = linesOf(this.#program, part);
    if (first === undefined) return;
    const head = JSON.parse(first) as Head;
    if (head.answers !== sha(answers.text) || !this.#entries.read(folder, head.base, changes)) return;
    for (const [file, state, hash] of head.others) this.#others.set(file, [state, hash]);
    for (const [name, key, json] of head.made) this.#made.set(name, [key, json]);
    this.#known = this.#entries.size;
    this.#sources = head.sources;
    this.#answers = answers;
    this.#changes = part;
  }

  #table(): Table {
    if (this.#answers === undefined) return { questions: [], answers: [], kinds: '', categories: {} };
    const table = JSON.parse(this.#answers.text) as Table;
    if (this.#sources === undefined) return table;
    return { ...table, categories: { ...table.categories, searchSources: this.#sources } };
  }

  /** Tells all searches of this build; after the edit of one no build that looks at all of them gives the same. */
  #sourcesNow(): string {
    const { sources } = this.results;
    const { searches } = this.#differences;
    return this.#isEdit && searches !== '' ? sha(`${sources}${searches}`) : sources;
  }

  /** Whether anything is known of a content file. */
  knows(file: string): boolean {
    return this.#entries.get(file) !== undefined;
  }

  /** What is known of a file, for another thread; undefined for a file that must be read anew. */
  share(file: string): SharedFile | undefined {
    const entry = this.#entries.get(file);
    const late = entry?.late();
    if (entry === undefined || late === undefined) return undefined;
    return [file, entry.state, entry.hash, entry.digests, entry.stored, late];
  }

  /** Takes what another thread knows. */
  adopt([file, state, hash, digests, stored, late]: SharedFile): void {
    this.#differences.isWide = true;
    this.#entries.set(file, { state, hash, digests, stored, late: () => late, result: undefined });
  }

  #find(file: string, kind: Kind, stats: FileStats, bytes: () => Uint8Array): ContentFile | undefined {
    const unchanged = this.#entries.unchanged(file, stats, this.#now);
    const hash = unchanged?.hash ?? sha(bytes());
    this.#seen.set(file, hash);
    let entry = unchanged;
    if (entry === undefined) {
      const state = stateOf(stats, this.#now);
      this.#states.set(file, state);
      entry = this.#entries.get(file);
      if (entry?.hash !== hash) return undefined;
      if (!isEqual(entry.state, state)) this.#entries.set(file, withChange(entry, { state }));
    }
    this.#found++;
    const { stored } = entry;
    return restoreFile(stored, file, kind, () => entry.late(), bytes);
  }
  readonly #states = new Map<string, FileState>();

  #keep(file: string, bytes: Uint8Array, result: ContentFile): void {
    const stored = storeFile(result);
    const before = this.#entries.get(file);
    if (before !== undefined) this.#found++;
    this.#entries.delete(file);
    const state = this.#states.get(file);
    if (stored === undefined || state === undefined) {
      this.#differences.isWide = true;
      return;
    }
    const { late, ...early } = stored;
    const digests = digestsOf(early.object, late);
    this.#differences.add(before, { digests, stored: early });
    this.#entries.set(file, {
      hash: this.#seen.get(file) ?? sha(bytes),
      digests,
      state,
      stored: early,
      late: () => late,
      result: undefined,
    });
  }

  /** What is known of a content file; undefined when that is nothing. */
  entry(file: string): Entry | undefined {
    return this.#entries.get(file);
  }

  /** Takes all files to be as the last build found them, but for those that are read now. */
  beginEdit(): void {
    this.#isEdit = true;
    this.results.give();
  }

  /** Whether what has been read since is called and of the kind that it was. */
  get isSameNamed(): boolean {
    return !this.#differences.isWide;
  }

  /** Tells the files that were read: what rests on them holds for no others. */
  get tag(): string {
    return [this.#changes, this.#output?.part]
      .map((part) => (part === undefined ? '' : headOf(part.bytes)))
      .join();
  }

  /** The same for files that are to be written. */
  tagOf(files: readonly CacheFile[]): string {
    return [changesPath, outputsPath]
      .map((path) => files.find((file) => file.path === path)?.content())
      .map((bytes) => (bytes === undefined ? '' : headOf(bytes)))
      .join();
  }

  /** Whether the words of all searches are known but for those of one file. */
  trustWords(edited: string): boolean {
    return this.#words.trust(edited, this.results.sources);
  }

  /** All content files of the last build, in no order. */
  get known(): Iterable<string> {
    return this.#entries.files;
  }

  /** A content file as it was read by the last build; `bytes` reads it. */
  restore(file: string, kind: Kind, bytes: () => Uint8Array): ContentFile | undefined {
    const entry = this.#entries.get(file);
    if (entry === undefined) return undefined;
    const result = restoreFile(entry.stored, file, kind, () => entry.late(), bytes);
    this.#seen.set(file, entry.hash);
    this.content.files.set(file, { state: entry.state, result });
    return result;
  }

  /** What was made under a name with the same key, now or by an earlier build; plain data. */
  remember<T>(name: string, key: string, make: () => T): T {
    const known = this.#made.get(name);
    if (known?.[0] === key) return JSON.parse(known[1]) as T;
    const made = make();
    this.#made.set(name, [key, JSON.stringify(made)]);
    this.#isChanged = true;
    return made;
  }

  /** A text that is the same for an object that says the same, with what other files have added to it. */
  #identity(object: ContentObject): string {
    return this.#withJoined(object, this.#entries.get(object.file)?.digests[0]);
  }

  /** The same for what an object's searches are made of. */
  #searchIdentity({ file }: { readonly file: string }): string {
    return this.#entries.get(file)?.digests[1] ?? this.#seen.get(file) ?? '';
  }

  /** The same for an object that says the same at the same places. */
  #placedIdentity(object: ContentObject): string {
    return this.#withJoined(object, this.#seen.get(object.file));
  }

  #withJoined(object: ContentObject, known: string | undefined): string {
    const isWhole = this.content.files.get(object.file)?.result.object === object;
    const hash = known ?? this.#seen.get(object.file) ?? '';
    return isWhole ? hash : `${hash}${sha(joinedParts(object))}`;
  }

  /** Hash of a file of the repository that is no content, '' when it cannot be read. */
  fileHash(file: string): string {
    let hash = this.#otherHashes.get(file);
    if (hash === undefined) {
      hash = this.#hashOf(file);
      this.#otherHashes.set(file, hash);
    }
    return hash;
  }

  #hashOf(file: string): string {
    const path = join(this.#root, file);
    try {
      const state = stateOf(statSync(path), this.#now);
      const known = this.#others.get(file);
      if (known !== undefined && isUnchanged(known[0], state)) return known[1];
      const hash = sha(readFileSync(path));
      if (known === undefined || known[1] !== hash || !isEqual(known[0], state)) {
        this.#others.set(file, [state, hash]);
        this.#isChanged = true;
      }
      return hash;
    } catch {
      this.#isChanged ||= this.#others.delete(file);
      return '';
    }
  }

  /**
   * The files of the cache, below detc's folder, after a build.
   *
   * @param outputs  `OutputRecords.after` of what the build wrote; default: as it was
   */
  files(outputs = this.#output?.text ?? ''): CacheFile[] {
    if (!this.#isEdit) this.#entries.keepOnly(this.#seen);
    const { base, changes, records, texts } = this.#entries.write();
    const others = [this.evaluators.file(), this.#words.file(() => this.#sourcesNow())];
    const parts: CacheFile[] = [
      keptFile(recordsPath, records),
      keptFile(textsPath, texts),
      textFile(outputsPath, this.#program, outputs, this.#output),
      ...others.filter((file) => file !== undefined),
    ];
    if (
      !this.#isChanged &&
      !this.#entries.isChanged &&
      this.#changes !== undefined &&
      this.#answers !== undefined
    )
      return [...parts, keptFile(answersPath, this.#answers.part), keptFile(changesPath, this.#changes)];
    const answers =
      this.results.isSameTable && this.#answers !== undefined
        ? this.#answers.text
        : asciiJson(this.results.table());
    const head: Head = {
      base,
      answers: sha(answers),
      sources: this.#isEdit ? this.#sourcesNow() : undefined,
      others: [...this.#others]
        .filter(([file]) => this.#isEdit || this.#otherHashes.has(file))
        .map(([file, [state, hash]]) => [file, state, hash]),
      made: [...this.#made].map(([file, [hash, json]]) => [file, hash, json]),
    };
    const content = linesFile(this.#program, [asciiJson(head), ...changes]);
    return [
      ...parts,
      textFile(answersPath, this.#program, answers, this.#answers),
      { path: changesPath, content: () => content },
    ];
  }

  /** Nothing more is read from its files. */
  close(): void {
    this.#entries.close();
  }
}

/** The first line of a file of lines, which tells the others. */
const headOf = (bytes: Buffer): string => bytes.toString('latin1', 0, bytes.indexOf('\n'));

/** What is known of a content file, as data. */
export type SharedFile = readonly [
  file: string,
  state: FileState,
  hash: string,
  digests: Digests,
  stored: Omit<StoredFile, 'late'>,
  late: string,
];

/** An entry with a change. */
const withChange = (entry: Entry, change: Partial<Pick<Entry, 'state' | 'result'>>): Entry => ({
  hash: entry.hash,
  digests: entry.digests,
  state: entry.state,
  stored: entry.stored,
  result: entry.result,
  late: () => entry.late(),
  ...change,
});

/** Members that are searches or give fields to them. */
const searching = ['search', 'definition', 'fields', 'outputFields'];

function digestsOf(early: StoredFile['object'], late: string): Digests {
  const members = { ...early, ...(late === '' ? {} : (JSON.parse(late) as object)) };
  const of = (value: unknown) => sha(JSON.stringify(value));
  return [of([early, late]), of(searching.map((name) => Reflect.get(members, name) as unknown))];
}

/** What other files can add to an object. */
function joinedParts(object: ContentObject): string {
  return JSON.stringify([
    'tests' in object ? object.tests : null,
    'detections' in object ? object.detections : null,
  ]);
}
