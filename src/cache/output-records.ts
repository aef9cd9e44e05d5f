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
 * whether the disk has kept it. Five numbers tell a fragment: those of its owner and of the two words of its key among
 * the names, offset, and length; notes stand by the number of the fragment.
 */
type KeptOutput = readonly [
  format: string,
  path: string,
  hash: string,
  size: number,
  mtime: number,
  inode: number,
  checksum: string,
  fragments: readonly number[],
  notes: Readonly<Record<string, unknown>>,
];
interface Kept {
  readonly names: readonly string[];
  readonly files: readonly KeptOutput[];
}

/** Numbers of names. */
class Names {
  readonly list: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.list.push(name) - 1;
      this.#numbers.set(name, number);
    }
    return number;
  }
}

/** A fragment in a file of the last build. */
interface FragmentPlace {
  readonly key: string;
  readonly start: number;
  readonly length: number;
  readonly note: unknown;
}

/** A fragment of the last build: the file is read when the bytes are wanted, which they are not where it stays as it is. */
class KeptFragment implements Fragment {
  readonly owner: string;
  readonly key: string;
  readonly length: number;
  note: unknown;
  readonly #read: () => Uint8Array;
  #bytes: Uint8Array | undefined;

  constructor(owner: string, { key, length, note }: FragmentPlace, read: () => Uint8Array) {
    this.owner = owner;
    this.key = key;
    this.length = length;
    this.note = note;
    this.#read = read;
  }

  get bytes(): Uint8Array {
    this.#bytes ??= this.#read();
    return this.#bytes;
  }
}

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
  readonly #byPath: Map<string, KeptOutput>;
  readonly #fragments = new Map<string, ReadonlyMap<string, FragmentPlace>>();
  readonly #bytes = new Map<string, Uint8Array | undefined>();
  readonly #hashes = new Map<OutputFile, string>();
  /** Fragments of this build. */
  readonly #ahead = new Map<string, Fragment>();
  readonly #identities = new Map<Block, string>();
  readonly #dependencies = new Map<string, string>();
  readonly #kept: Kept;

  /** `line` is what `after` gave for the last build. */
  constructor(out: string, line: string, identity: (object: ContentObject) => string) {
    this.#out = out;
    this.#kept = JSON.parse(line) as Kept;
    this.#identity = identity;
    this.#byPath = new Map(this.#kept.files.map((one) => [one[1], one]));
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
    let fragments = this.#fragments.get(path);
    if (fragments === undefined) {
      fragments = this.#fragmentsOf(path);
      this.#fragments.set(path, fragments);
    }
    const place = fragments.get(owner);
    if (place === undefined) return undefined;
    return new KeptFragment(owner, place, () => {
      const { start, length } = place;
      return this.#bytesOf(path)?.subarray(start, start + length) ?? make();
    });
  }

  #fragmentsOf(path: string): ReadonlyMap<string, FragmentPlace> {
    const record = this.#byPath.get(path);
    if (record === undefined || record[7].length === 0 || !this.#isThere(record)) return new Map();
    const { names } = this.#kept;
    const [numbers, notes] = [record[7], record[8]];
    const fragments = new Map<string, FragmentPlace>();
    for (let at = 0; at < numbers.length; at += 5) {
      const [owner, identity, depends] = [numbers[at]!, numbers[at + 1]!, numbers[at + 2]!].map(
        (number) => names[number]!,
      ) as [string, string, string];
      const [start, length] = [numbers[at + 3]!, numbers[at + 4]!];
      const key = depends === '' ? identity : `${identity} ${depends}`;
      fragments.set(owner, { key, start, length, note: notes[at / 5] });
    }
    return fragments;
  }

  /** The files of a format as the last build wrote them; who asks for bytes that are lost gets a `LostOutput`. */
  keptFiles(format: string): OutputFile[] {
    return this.#kept.files
      .filter(([name]) => name === format)
      .map(([, path, hash, size, , , , numbers]) => {
        const fragments = numbers.length === 0 ? undefined : this.#placedFragments(path);
        const read = fragments === undefined ? () => this.#readPlain(path) : () => this.#whole(path);
        const file = new LaterFile(path, size, read, fragments);
        this.#hashes.set(file, hash);
        return file;
      });
  }

  #placedFragments(path: string): PlacedFragment[] {
    return [...this.#fragmentsOf(path)].map(([owner, place]) =>
      Object.assign(
        new KeptFragment(owner, place, () =>
          this.#whole(path).subarray(place.start, place.start + place.length),
        ),
        { start: place.start },
      ),
    );
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
    if (record === undefined || record[7].length > 0 || !this.#isThere(record)) return undefined;
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

  /** The records after a build, as a line: those of the formats it made are new. */
  after(output: ReadonlyMap<string, readonly OutputFile[]>, stateOf: (path: string) => Stats): string {
    const names = new Names();
    const made = [...output].flatMap(([format, files]) =>
      files.map((file): KeptOutput => {
        const { size, mtimeMs, ino } = stateOf(file.path);
        const hash = this.hashOf(file);
        const before = this.#byPath.get(file.path);
        const sum =
          file.fragments === undefined ? '' : before?.[2] === hash ? before[6] : checksum(...piecesOf(file));
        const notes: Record<string, unknown> = {};
        const fragments = (file.fragments ?? []).flatMap(({ owner, key, start, length, note }, index) => {
          if (note !== undefined) notes[index] = note;
          const [identity = '', depends = ''] = key.split(' ');
          return [names.of(owner), names.of(identity), names.of(depends), start, length];
        });
        return [format, file.path, hash, size, mtimeMs, ino, sum, fragments, notes];
      }),
    );
    const others = this.#kept.files
      .filter(([format]) => !output.has(format))
      .map((file): KeptOutput => {
        const numbers = file[7].map((number, at) =>
          at % 5 < 3 ? names.of(this.#kept.names[number]!) : number,
        );
        return [file[0], file[1], file[2], file[3], file[4], file[5], file[6], numbers, file[8]];
      });
    return asciiJson({ names: names.list, files: [...others, ...made] } satisfies Kept);
  }
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
