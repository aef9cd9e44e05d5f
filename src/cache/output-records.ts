// The files that a build wrote, with the fragments they are made of.
import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import type { ContentObject } from '../content/model.js';
import type { Fragment, FragmentStore } from '../output/fragments.js';
import { bytesOf, type OutputFile, type PlacedFragment } from '../output/output-file.js';
import { asciiJson, sha } from './cache-file.js';

type KeptFragment = readonly [owner: string, key: string, start: number, length: number, note?: unknown];

/**
 * One file. Size, time and inode tell whether it is still what was written; the checksum, of those with fragments, also
 * whether the disk has kept it.
 */
export type KeptOutput = readonly [
  format: string,
  path: string,
  hash: string,
  size: number,
  mtime: number,
  inode: number,
  checksum: string,
  fragments: readonly KeptFragment[],
];

/** What the last build wrote into an output folder, and what this one makes. */
export class OutputRecords implements FragmentStore {
  readonly #out: string;
  readonly #identity: (object: ContentObject) => string;
  readonly #byPath: Map<string, KeptOutput>;
  readonly #fragments = new Map<string, ReadonlyMap<string, Fragment>>();
  readonly #hashes = new Map<OutputFile, string>();
  readonly #dependencies = new Map<string, string>();
  readonly #kept: readonly KeptOutput[];

  /** `line` is what `after` gave for the last build. */
  constructor(out: string, line: string, identity: (object: ContentObject) => string) {
    this.#out = out;
    this.#kept = JSON.parse(line) as KeptOutput[];
    this.#identity = identity;
    this.#byPath = new Map(this.#kept.map((one) => [one[1], one]));
  }

  identity(object: ContentObject): string {
    return this.#identity(object);
  }

  fragment(
    path: string,
    object: ContentObject,
    depends: (note: unknown) => string,
    make: () => { readonly text: string; readonly note?: unknown },
  ): Fragment {
    const keyFor = (note: unknown) => `${this.#identity(object)} ${this.#shortened(depends(note))}`;
    const known = this.fragmentsOf(path).get(object.file);
    if (known !== undefined && known.key === keyFor(known.note)) return known;
    const { text, note } = make();
    const fragment = { owner: object.file, key: keyFor(note), bytes: Buffer.from(text) };
    return note === undefined ? fragment : { ...fragment, note };
  }

  #shortened(text: string): string {
    let short = this.#dependencies.get(text);
    if (short === undefined) {
      short = sha(text);
      this.#dependencies.set(text, short);
    }
    return short;
  }

  /** The fragments of a file as the last build wrote it, by owner; none when somebody has changed it since. */
  fragmentsOf(path: string): ReadonlyMap<string, Fragment> {
    let fragments = this.#fragments.get(path);
    if (fragments === undefined) {
      fragments = this.#readFragments(path);
      this.#fragments.set(path, fragments);
    }
    return fragments;
  }

  #readFragments(path: string): ReadonlyMap<string, Fragment> {
    const record = this.#byPath.get(path);
    if (record === undefined || record[7].length === 0 || !this.#isThere(record)) return new Map();
    const bytes = readFileSync(join(this.#out, path));
    if (checksum(bytes) !== record[6]) return new Map();
    return new Map(
      record[7].map(([owner, key, start, length, note]) => {
        const fragment = { owner, key, bytes: bytes.subarray(start, start + length) };
        return [owner, note === undefined ? fragment : { ...fragment, note }];
      }),
    );
  }

  #isThere([, path, , size, mtime, inode]: KeptOutput): boolean {
    const state = lstatSync(join(this.#out, path), { throwIfNoEntry: false });
    return state?.isFile() === true && state.size === size && state.mtimeMs === mtime && state.ino === inode;
  }

  #hashOf(file: OutputFile): string {
    let hash = this.#hashes.get(file);
    if (hash === undefined) {
      hash = file.fragments === undefined ? sha(bytesOf(file)) : hashOfFragments(file, file.fragments);
      this.#hashes.set(file, hash);
    }
    return hash;
  }

  /** A hash of a file without its fragments. */
  hashBetween(file: OutputFile): string {
    return file.fragments === undefined
      ? this.#hashOf(file)
      : sha(Buffer.concat(stretchesBetween(file, file.fragments)));
  }

  /** The file that lies in the output folder already as it is to be, if it does. */
  find(file: OutputFile): { readonly ino: number; readonly mtimeMs: number } | undefined {
    const record = this.#byPath.get(file.path);
    if (record === undefined || record[2] !== this.#hashOf(file) || !this.#isThere(record)) return undefined;
    return { ino: record[5], mtimeMs: record[4] };
  }

  /** The records after a build, as a line: those of the formats it made are new. */
  after(output: ReadonlyMap<string, readonly OutputFile[]>, stateOf: (path: string) => Stats): string {
    const made = [...output].flatMap(([format, files]) =>
      files.map((file): KeptOutput => {
        const { size, mtimeMs, ino } = stateOf(file.path);
        const fragments = (file.fragments ?? []).map(
          ({ owner, key, start, bytes, note }): KeptFragment =>
            note === undefined ? [owner, key, start, bytes.length] : [owner, key, start, bytes.length, note],
        );
        const hash = this.#hashOf(file);
        const before = this.#byPath.get(file.path);
        const isSame = before?.[2] === hash;
        const sum = fragments.length === 0 ? '' : isSame ? before[6] : checksum(bytesOf(file));
        return [format, file.path, hash, size, mtimeMs, ino, sum, fragments];
      }),
    );
    return asciiJson([...this.#kept.filter(([format]) => !output.has(format)), ...made]);
  }
}

/** A hash of a file from the keys of its fragments, which tell their bytes, and what stands between them. */
function hashOfFragments(file: OutputFile, fragments: readonly PlacedFragment[]): string {
  const keys: string[] = [];
  let at = 0;
  for (const { owner, key, start, bytes } of fragments) {
    keys.push(`${owner}\t${key}\t${start - at}`);
    at = start + bytes.length;
  }
  return sha(Buffer.concat([...stretchesBetween(file, fragments), Buffer.from(keys.join('\n'))]));
}

function stretchesBetween(file: OutputFile, fragments: readonly PlacedFragment[]): Uint8Array[] {
  const content = bytesOf(file);
  const stretches: Uint8Array[] = [];
  let at = 0;
  for (const { start, bytes } of fragments) {
    stretches.push(content.subarray(at, start));
    at = start + bytes.length;
  }
  stretches.push(content.subarray(at));
  return stretches;
}

const checksum = (bytes: Uint8Array): string =>
  typeof zlib.crc32 === 'function' ? String(zlib.crc32(bytes)) : sha(bytes);
