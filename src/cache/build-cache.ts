// What earlier builds found out, in detc's own folder inside the output folder.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from '../content/kinds.js';
import { ContentCache } from '../content/load.js';
import type { ContentObject } from '../content/model.js';
import type { ContentFile } from '../content/read-file.js';
import { restoreFile, type StoredFile, storeFile } from '../content/stored-file.js';
import type { FragmentStore } from '../output/fragments.js';
import type { ResultStore } from '../rules/result-cache.js';
import { asciiJson, readRecords, readTexts, recordsFile, recordsPath, sha, textsPath } from './cache-file.js';
import { type FileState, isUnchanged, stateOf } from './file-state.js';
import { OutputRecords } from './output-records.js';
import { programFingerprint } from './program.js';
import { type KeptResult, StoredResults } from './stored-results.js';

/*
 * Why it cannot be wrong: a record of a content file holds for the file's path and the hash of its bytes, and for the
 * program that wrote it. Findings hold besides for the answers to all questions that rules asked about other files,
 * fragments of the output for the key that their emitter gives, and both for the object with all that other files add
 * to it. Files with a wrong checksum, or of another program, are not there.
 */

/** What is known of one content file; a line of the records. */
interface Entry {
  readonly hash: string;
  readonly state: FileState;
  readonly stored: Omit<StoredFile, 'late'>;
  readonly late: Buffer;
  result: KeptResult | undefined;
  /** The line as it was read, while it still holds. */
  line: string | undefined;
}
type Line = readonly [
  file: string,
  state: FileState,
  hash: string,
  stored: Omit<StoredFile, 'late'>,
  lateLength: number,
  result: KeptResult | null,
];
/** First line of the records; the second is of the output. */
interface Head {
  readonly texts: string;
  readonly questions: readonly string[];
  readonly answers: readonly string[];
  readonly others: readonly (readonly [file: string, state: FileState, hash: string])[];
  /** What `remember` keeps. */
  readonly made: readonly (readonly [name: string, key: string, json: string])[];
}

/** The cache of one output folder. */
export class BuildCache {
  readonly #root: string;
  readonly #program = programFingerprint();
  readonly #entries = new Map<string, Entry>();
  /** Content files of this build, with the hash of their bytes. */
  readonly #seen = new Map<string, string>();
  /** Files that are no content, such as tables. */
  readonly #others = new Map<string, readonly [state: FileState, hash: string]>();
  readonly #otherHashes = new Map<string, string>();
  /** Before any file was looked at. */
  readonly #now = Date.now();
  readonly #made = new Map<string, readonly [key: string, json: string]>();
  #outputLine = '[]';
  #isChanged = false;
  readonly content: ContentCache;
  readonly results: ResultStore;
  readonly outputs: OutputRecords;

  /** Opens the cache; one that is missing or broken is empty. `folder` is detc's own inside the output folder `out`. */
  constructor(root: string, out: string, folder: string) {
    this.#root = root;
    const head = this.#read(folder);
    this.content = new ContentCache({
      find: (file, kind, state, bytes) => this.#find(file, kind, stateOf(state, this.#now), bytes),
      keep: (file, bytes, result) => this.#keep(file, bytes, result),
      remember: (file, bytes, make) => this.remember(file, sha(bytes), make),
    });
    this.results = new StoredResults(head?.questions ?? [], head?.answers ?? [], {
      identity: (object) => this.#identity(object),
      fileIdentity: (file) => this.fileHash(file),
      resultOf: (object) => this.#entries.get(object.file)?.result,
      keep: (object, result) => {
        const entry = this.#entries.get(object.file);
        if (entry === undefined) return;
        entry.result = result;
        entry.line = undefined;
        this.#isChanged = true;
      },
    });
    this.outputs = new OutputRecords(out, this.#outputLine, (object) => this.#identity(object));
  }

  get fragments(): FragmentStore {
    return this.outputs;
  }

  #read(folder: string): Head | undefined {
    const [first, outputs, ...lines] = readRecords(folder, this.#program);
    if (first === undefined || outputs === undefined) return undefined;
    const head = JSON.parse(first) as Head;
    const texts = readTexts(folder, head.texts);
    if (texts === undefined) return undefined;
    let at = 0;
    for (const line of lines) {
      const [file, state, hash, stored, length, result] = JSON.parse(line) as Line;
      const late = texts.subarray(at, at + length);
      this.#entries.set(file, { hash, state, stored, late, result: result ?? undefined, line });
      at += length;
    }
    for (const [file, state, hash] of head.others) this.#others.set(file, [state, hash]);
    for (const [file, hash, json] of head.made) this.#made.set(file, [hash, json]);
    this.#outputLine = outputs;
    return head;
  }

  #find(file: string, kind: Kind, state: FileState, bytes: () => Uint8Array): ContentFile | undefined {
    const entry = this.#entries.get(file);
    const isSame = entry !== undefined && isUnchanged(entry.state, state);
    const hash = isSame ? entry.hash : sha(bytes());
    this.#seen.set(file, hash);
    this.#states.set(file, state);
    if (entry?.hash !== hash) return undefined;
    if (!isSame) {
      this.#entries.set(file, { ...entry, state, line: undefined });
      this.#isChanged = true;
    }
    return restoreFile(entry.stored, file, kind, () => entry.late.toString('utf8'), bytes);
  }
  readonly #states = new Map<string, FileState>();

  #keep(file: string, bytes: Uint8Array, result: ContentFile): void {
    const stored = storeFile(result);
    this.#isChanged = true;
    this.#entries.delete(file);
    const state = this.#states.get(file);
    if (stored === undefined || state === undefined) return;
    const { late, ...early } = stored;
    this.#entries.set(file, {
      hash: this.#seen.get(file) ?? sha(bytes),
      state,
      stored: early,
      late: Buffer.from(late),
      result: undefined,
      line: undefined,
    });
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

  /** A text that is the same for the same object, with what other files have added to it. */
  #identity(object: ContentObject): string {
    const isWhole = this.content.files.get(object.file)?.result.object === object;
    const hash = this.#seen.get(object.file) ?? '';
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
      this.#others.set(file, [state, hash]);
      this.#isChanged = true;
      return hash;
    } catch {
      this.#isChanged ||= this.#others.delete(file);
      return '';
    }
  }

  /**
   * The files of the cache, below detc's folder, after a build; those without content have not changed.
   *
   * @param outputs  `OutputRecords.after` of what the build wrote
   */
  files(outputs: string): { readonly path: string; readonly content: Buffer | undefined }[] {
    const files = [...this.#entries.keys()].filter((file) => this.#seen.has(file)).sort();
    const entries = files.map((file) => [file, this.#entries.get(file)!] as const);
    const isSame = !this.#isChanged && files.length === this.#entries.size && outputs === this.#outputLine;
    if (isSame) return [recordsPath, textsPath].map((path) => ({ path, content: undefined }));
    const texts = Buffer.concat(entries.map(([, { late }]) => late));
    const { questions, answers } = (this.results as StoredResults).table();
    const head: Head = {
      texts: sha(texts),
      questions,
      answers,
      others: [...this.#others]
        .filter(([file]) => this.#otherHashes.has(file))
        .map(([file, [state, hash]]) => [file, state, hash]),
      made: [...this.#made].map(([file, [hash, json]]) => [file, hash, json]),
    };
    const lines = entries.map(([file, { hash, state, stored, late, result, line }]) => {
      const written: Line = [file, state, hash, stored, late.length, result ?? null];
      return line ?? asciiJson(written);
    });
    return [
      { path: recordsPath, content: recordsFile(this.#program, [asciiJson(head), outputs, ...lines]) },
      { path: textsPath, content: texts },
    ];
  }
}

/** What other files can add to an object. */
function joinedParts(object: ContentObject): string {
  return JSON.stringify([
    'tests' in object ? object.tests : null,
    'detections' in object ? object.detections : null,
  ]);
}
