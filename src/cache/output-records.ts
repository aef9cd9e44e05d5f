// The files that a build wrote, with the fragments they are made of.
import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { ContentObject } from '../content/model.js';
import { type Block, type Fragment, type FragmentStore, type Made, ownerOf } from '../output/fragments.js';
import {
  bytesOf,
  LaterFile,
  type OutputFile,
  type PlacedFragment,
  piecesOf,
  SplicedFile,
  stretchesOf,
} from '../output/output-file.js';
import { asciiJson, checksum, sha } from './cache-file.js';

/**
 * One file. Size, time and inode tell whether it is still what was written; the checksum, of those with fragments, also
 * whether the disk has kept it. All files are the first line of the records; the lines of fragments follow, each its JSON
 * and that of its note, which few builds look at, with a tab between.
 */
type KeptOutput = readonly [
  format: string,
  path: string,
  hash: string,
  size: number,
  mtime: number,
  inode: number,
  checksum: string,
  fragments: number,
];
type KeptPlace = readonly [owner: string, key: string, start: number, length: number];

/** A fragment of the last build: the file is read when the bytes are wanted, which they are not where it stays as it is. */
class KeptFragment implements PlacedFragment {
  readonly owner: string;
  readonly key: string;
  readonly length: number;
  readonly start: number;
  readonly #noteText: string;
  readonly #read: () => Uint8Array;
  #note: unknown;
  #hasNote = false;
  #bytes: Uint8Array | undefined;

  constructor([owner, key, start, length]: KeptPlace, noteText: string, read: () => Uint8Array) {
    this.owner = owner;
    this.key = key;
    this.start = start;
    this.length = length;
    this.#noteText = noteText;
    this.#read = read;
  }

  get bytes(): Uint8Array {
    this.#bytes ??= this.#read();
    return this.#bytes;
  }

  get note(): unknown {
    if (!this.#hasNote) this.note = this.#noteText === '' ? undefined : JSON.parse(this.#noteText);
    return this.#note;
  }

  set note(note: unknown) {
    this.#note = note;
    this.#hasNote = true;
  }

  /** The note as ASCII. */
  get noteText(): string {
    return this.#hasNote ? noteText(this.#note) : this.#noteText;
  }
}

const noteText = (note: unknown): string => (note === undefined ? '' : asciiJson(note));

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Told when the disk has not kept what the last build wrote. */
export class LostOutput extends Error {}

/** What the last build wrote into an output folder, and what this one makes. */
export class OutputRecords implements FragmentStore {
  readonly #out: string;
  readonly #identity: (object: ContentObject) => string;
  readonly #byPath = new Map<string, KeptOutput>();
  /** Lines of fragments. */
  readonly #lines: readonly string[];
  /** The first of these by path. */
  readonly #firstLines = new Map<string, number>();
  readonly #fragments = new Map<string, ReadonlyMap<string, KeptFragment>>();
  readonly #bytes = new Map<string, Uint8Array | undefined>();
  readonly #hashes = new Map<OutputFile, string>();
  /** Fragments of this build. */
  readonly #ahead = new Map<string, Fragment>();
  readonly #identities = new Map<Block, string>();
  readonly #dependencies = new Map<string, string>();

  /** `text` is what `after` gave for the last build, '' when there was none. */
  constructor(out: string, text: string, identity: (object: ContentObject) => string) {
    this.#out = out;
    this.#identity = identity;
    const [head, ...lines] = text.split('\n');
    this.#lines = lines;
    let first = 0;
    for (const file of JSON.parse(head || '[]') as KeptOutput[]) {
      this.#byPath.set(file[1], file);
      this.#firstLines.set(file[1], first);
      first += file[7];
    }
  }

  identity(object: ContentObject): string {
    return this.#identity(object);
  }

  fragment<T extends ContentObject>(
    path: string,
    block: readonly T[],
    depends: (note: unknown) => string,
    make: (part: readonly T[]) => Made,
  ): Fragment {
    const keyFor = (note: unknown) => `${this.#blockIdentity(block)} ${this.#shortened(depends(note))}`;
    const name = `${path}\n${ownerOf(block)}`;
    const known = this.#ahead.get(name);
    if (known !== undefined && known.key === keyFor(known.note)) return known;
    const kept = this.kept(path, ownerOf(block), () => Buffer.from(make(block).text));
    if (kept !== undefined && kept.key === keyFor(kept.note)) return kept;
    const { text, note } = make(block);
    const bytes = Buffer.from(text);
    const made = { owner: ownerOf(block), key: keyFor(note), bytes, length: bytes.length };
    const fragment = note === undefined ? made : { ...made, note };
    this.#ahead.set(name, fragment);
    return fragment;
  }

  /** Takes a fragment that another thread has made of the same content. */
  adopt(path: string, fragment: Fragment): void {
    this.#ahead.set(`${path}\n${fragment.owner}`, fragment);
  }

  #blockIdentity(block: Block): string {
    let identity = this.#identities.get(block);
    if (identity === undefined) {
      identity = sha(block.map((object) => `${object.file} ${this.#identity(object)}`).join('\n'));
      this.#identities.set(block, identity);
    }
    return identity;
  }

  #shortened(text: string): string {
    let short = this.#dependencies.get(text);
    if (short === undefined) {
      short = sha(text);
      this.#dependencies.set(text, short);
    }
    return short;
  }

  /**
   * A fragment as the last build wrote it; undefined when somebody has changed the file since. `make` gives its bytes
   * where it turns out that the disk has not kept them.
   */
  kept(path: string, owner: string, make: () => Uint8Array): Fragment | undefined {
    const place = this.#fragmentsOf(path).get(owner);
    if (place === undefined) return undefined;
    const { key, start, length } = place;
    return new KeptFragment(
      [owner, key, start, length],
      place.noteText,
      () => this.#bytesOf(path)?.subarray(start, start + length) ?? make(),
    );
  }

  #fragmentsOf(path: string): ReadonlyMap<string, KeptFragment> {
    let fragments = this.#fragments.get(path);
    if (fragments === undefined) {
      const record = this.#byPath.get(path);
      const isThere = record !== undefined && record[7] > 0 && this.#isThere(record);
      fragments = new Map(isThere ? this.#placed(record).map((one) => [one.owner, one]) : []);
      this.#fragments.set(path, fragments);
    }
    return fragments;
  }

  #linesOf([, path, , , , , , count]: KeptOutput): readonly string[] {
    const first = this.#firstLines.get(path) ?? 0;
    return this.#lines.slice(first, first + count);
  }

  #placed(record: KeptOutput): KeptFragment[] {
    return this.#linesOf(record).map((line) => {
      const tab = line.indexOf('\t');
      const place = JSON.parse(line.slice(0, tab)) as KeptPlace;
      const [, , start, length] = place;
      const read = () => this.#whole(record[1]).subarray(start, start + length);
      return new KeptFragment(place, line.slice(tab + 1), read);
    });
  }

  /** The files of a format as the last build wrote them; who asks for bytes that are lost gets a `LostOutput`. */
  keptFiles(format: string): OutputFile[] {
    return [...this.#byPath.values()]
      .filter(([name]) => name === format)
      .map((record) => {
        const [, path, hash, size, , , , count] = record;
        const fragments = count === 0 ? undefined : this.#placed(record);
        const read = count === 0 ? () => this.#readPlain(path) : () => this.#whole(path);
        const file = new LaterFile(path, size, read, fragments);
        this.#hashes.set(file, hash);
        return file;
      });
  }

  /** A file of the last build with other fragments in the place of those of the same owners. */
  respliced(file: OutputFile, others: ReadonlyMap<string, Fragment>): OutputFile {
    const fragments = (file.fragments ?? []).map((fragment) => others.get(fragment.owner) ?? fragment);
    return new SplicedFile(file.path, stretchesOf(file), fragments);
  }

  #whole(path: string): Uint8Array {
    const bytes = this.#bytesOf(path);
    if (bytes === undefined) throw new LostOutput(path);
    return bytes;
  }

  #readPlain(path: string): Uint8Array {
    const bytes = readIfThere(join(this.#out, path));
    if (bytes === undefined || sha(bytes) !== this.#byPath.get(path)?.[2]) throw new LostOutput(path);
    return bytes;
  }

  /** A file with fragments, read once; undefined when it is not what was written. */
  #bytesOf(path: string): Uint8Array | undefined {
    if (!this.#bytes.has(path)) {
      const bytes = readIfThere(join(this.#out, path));
      const isWhole = bytes !== undefined && checksum(bytes) === this.#byPath.get(path)?.[6];
      this.#bytes.set(path, isWhole ? bytes : undefined);
    }
    return this.#bytes.get(path);
  }

  /** The text of a file without fragments as the last build wrote it; undefined when somebody has changed it since. */
  contentOf(path: string): string | undefined {
    const record = this.#byPath.get(path);
    if (record === undefined || record[7] > 0 || !this.#isThere(record)) return undefined;
    const bytes = readFileSync(join(this.#out, path));
    return sha(bytes) === record[2] ? bytes.toString('utf8') : undefined;
  }

  #isThere([, path, , size, mtime, inode]: KeptOutput): boolean {
    const state = lstatSync(join(this.#out, path), { throwIfNoEntry: false });
    return state?.isFile() === true && state.size === size && state.mtimeMs === mtime && state.ino === inode;
  }

  /** Tells a file's bytes. */
  hashOf(file: OutputFile): string {
    let hash = this.#hashes.get(file);
    if (hash === undefined) {
      hash = file.fragments === undefined ? sha(bytesOf(file)) : hashOfFragments(file, file.fragments);
      this.#hashes.set(file, hash);
    }
    return hash;
  }

  /** A hash of a file without its fragments. */
  hashBetween(file: OutputFile): string {
    return file.fragments === undefined ? this.hashOf(file) : sha(Buffer.concat(stretchesOf(file)));
  }

  /** The file that lies in the output folder already as it is to be, if it does. */
  find(file: OutputFile): { readonly ino: number; readonly mtimeMs: number } | undefined {
    const record = this.#byPath.get(file.path);
    if (record === undefined || record[2] !== this.hashOf(file) || !this.#isThere(record)) return undefined;
    return { ino: record[5], mtimeMs: record[4] };
  }

  /** The records after a build, as a text of lines: those of the formats it made are new. */
  after(output: ReadonlyMap<string, readonly OutputFile[]>, stateOf: (path: string) => Stats): string {
    const lines: string[] = [];
    const others = [...this.#byPath.values()].filter(([format]) => !output.has(format));
    for (const record of others) for (const line of this.#linesOf(record)) lines.push(line);
    const made = [...output].flatMap(([format, files]) =>
      files.map((file): KeptOutput => {
        const { size, mtimeMs, ino } = stateOf(file.path);
        const hash = this.hashOf(file);
        const before = this.#byPath.get(file.path);
        const { fragments = [] } = file;
        const isSame = before?.[2] === hash;
        const sum = fragments.length === 0 ? '' : isSame ? before[6] : checksum(...piecesOf(file));
        if (isSame && file instanceof LaterFile) lines.push(...this.#linesOf(before));
        else for (const fragment of fragments) lines.push(lineOf(fragment));
        return [format, file.path, hash, size, mtimeMs, ino, sum, fragments.length];
      }),
    );
    return [asciiJson([...others, ...made]), ...lines].join('\n');
  }
}

function lineOf(fragment: PlacedFragment): string {
  const { owner, key, start, length } = fragment;
  const note = fragment instanceof KeptFragment ? fragment.noteText : noteText(fragment.note);
  return `${asciiJson([owner, key, start, length] satisfies KeptPlace)}\t${note}`;
}

/** A hash of a file from the keys of its fragments, which tell their bytes, and what stands between them. */
function hashOfFragments(file: OutputFile, fragments: readonly PlacedFragment[]): string {
  const keys: string[] = [];
  let at = 0;
  for (const { owner, key, start, length } of fragments) {
    keys.push(`${owner}\t${key}\t${start - at}`);
    at = start + length;
  }
  return sha(Buffer.concat([...stretchesOf(file), Buffer.from(keys.join('\n'))]));
}
