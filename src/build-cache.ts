// What earlier builds found out about files, by the content of the files, in detc's own folder inside the output folder.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TextStore } from './app/app-context.js';
import type { Kind } from './content/kinds.js';
import { ContentCache, type ContentStore } from './content/load.js';
import type { ContentObject, Repository } from './content/model.js';
import type { ContentFile } from './content/read-file.js';
import { restoreFile, storeFile } from './content/stored-file.js';
import type { Diagnostic } from './diagnostic/diagnostic.js';
import type { OutputFile } from './output/output-file.js';
import { packageRoot } from './package-root.js';
import { stateFolder } from './publish.js';
import { ResultCache } from './rules/result-cache.js';
import type { Rule, RuleContext } from './rules/rule.js';

/*
 * Why it cannot be wrong: an entry holds for a file's path and the hash of its bytes, and for the program that wrote it
 * (its files' sizes and times). Results of rules hold besides for everything that the check of one object may ask
 * about others. A shard whose checksum does not match, or that another program wrote, is not there.
 */

/** What is known of one file; the texts are JSON and are parsed when they are needed. */
interface Entry {
  readonly hash: string;
  readonly stored: string;
  /** Key and findings of the rules, '' when they are not known. */
  resultKey: string;
  results: string;
  /** What templates made of the object: key and text (as JSON) by template. */
  readonly texts: Map<string, { readonly key: string; readonly text: string }>;
}

/** Entries lie in this many files, so that an edit rewrites little. */
const shardCount = 32;

const shardPath = (shard: number) => `${stateFolder}/cache/${shard}`;

const sha = (data: string | Uint8Array) => createHash('sha1').update(data).digest('base64url');

/** Sizes and times of all files of the running program and its templates: two programs share nothing. */
function programFingerprint(): string {
  const parts = [process.version];
  for (const folder of [import.meta.dirname, join(packageRoot(), 'templates')])
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (!/\.(js|ts|json|hbs)$/.test(name) || name.endsWith('.d.ts')) continue;
      const { size, mtimeMs } = statSync(join(folder, name));
      parts.push(`${name}\0${size}\0${mtimeMs}`);
    }
  return sha(parts.join('\n'));
}

/** The cache of one output folder. */
export class BuildCache {
  readonly #fingerprint = programFingerprint();
  readonly #entries = new Map<string, Entry>();
  /** Files that the build asked about, with the hash of their bytes now. */
  readonly #seen = new Map<string, string>();
  /** Files that are no content, such as tables, with their hash. */
  readonly #otherFiles = new Map<string, string>();
  readonly #changed = new Set<number>();
  readonly content: ContentCache;
  readonly results: ResultCache;
  readonly texts: TextStore;

  /** Opens the cache in an output folder; one that is missing or broken is empty. */
  constructor(root: string, out: string) {
    for (let shard = 0; shard < shardCount; shard++) this.#readShard(out, shard);
    const store: ContentStore = {
      find: (file, kind, bytes) => this.#find(file, kind, bytes),
      keep: (file, bytes, result) => this.#keep(file, bytes, result),
    };
    this.content = new ContentCache(store);
    const access: StoredAccess = {
      hashOf: (object) => {
        const isWhole = this.content.files.get(object.file)?.result.object === object;
        const hash = this.#seen.get(object.file) ?? '';
        // Parts of other files have been joined to the object.
        return isWhole ? hash : `${hash}${sha(joinedParts(object))}`;
      },
      entryOf: (object) => this.#entries.get(object.file),
      changed: (object) => this.#changed.add(shardOf(object.file)),
      fileHash: (file) => {
        let hash = this.#otherFiles.get(file);
        if (hash === undefined) {
          hash = hashOfFile(join(root, file));
          this.#otherFiles.set(file, hash);
        }
        return hash;
      },
    };
    this.results = new StoredResults(access);
    this.texts = storedTexts(access);
  }

  #find(file: string, kind: Kind, bytes: Uint8Array): ContentFile | undefined {
    const hash = sha(bytes);
    this.#seen.set(file, hash);
    const entry = this.#entries.get(file);
    return entry?.hash === hash ? restoreFile(entry.stored, file, kind, bytes) : undefined;
  }

  #keep(file: string, bytes: Uint8Array, result: ContentFile): void {
    const stored = storeFile(result);
    this.#changed.add(shardOf(file));
    if (stored === undefined) this.#entries.delete(file);
    else
      this.#entries.set(file, {
        hash: this.#seen.get(file) ?? sha(bytes),
        stored,
        resultKey: '',
        results: '',
        texts: new Map(),
      });
  }

  /**
   * The shards as files of the output folder: those that changed with their content, and the paths of those that did
   * not. They are a function of the content and the program, so that equal builds stay equal to the last file.
   */
  shards(): { readonly changed: readonly OutputFile[]; readonly kept: readonly string[] } {
    for (const file of this.#entries.keys())
      if (!this.#seen.has(file)) {
        this.#entries.delete(file);
        this.#changed.add(shardOf(file));
      }
    const lines = new Map<number, string[]>([...this.#changed].map((shard) => [shard, []]));
    for (const [file, entry] of this.#entries) lines.get(shardOf(file))?.push(entryLine(file, entry));
    const changed = [...lines].map(([shard, texts]) => {
      const body = texts.sort().join('\n');
      return { path: shardPath(shard), content: `${this.#fingerprint} ${sha(body)}\n${body}` };
    });
    const all = Array.from({ length: shardCount }, (_, shard) => shard);
    return { changed, kept: all.filter((shard) => !this.#changed.has(shard)).map(shardPath) };
  }

  #readShard(out: string, shard: number): void {
    let text: string;
    try {
      text = readFileSync(join(out, shardPath(shard)), 'utf8');
    } catch {
      this.#changed.add(shard);
      return;
    }
    const head = text.indexOf('\n');
    const body = text.slice(head + 1);
    if (head === -1 || text.slice(0, head) !== `${this.#fingerprint} ${sha(body)}`) {
      this.#changed.add(shard);
      return;
    }
    for (const line of body.split('\n')) {
      const [file, hash = '', stored = '', resultKey = '', results = '', ...more] = line.split('\t');
      const texts: Entry['texts'] = new Map();
      for (let at = 0; at + 2 < more.length; at += 3)
        texts.set(more[at]!, { key: more[at + 1]!, text: more[at + 2]! });
      if (file) this.#entries.set(JSON.parse(file) as string, { hash, stored, resultKey, results, texts });
    }
  }
}

/** An entry on one line; JSON holds no tabs and no line ends. */
function entryLine(file: string, { hash, stored, resultKey, results, texts }: Entry): string {
  const more = [...texts].flatMap(([template, { key, text }]) => [template, key, text]);
  return [JSON.stringify(file), hash, stored, resultKey, results, ...more].join('\t');
}

function shardOf(file: string): number {
  let sum = 0;
  for (let at = 0; at < file.length; at++) sum = (sum * 31 + file.charCodeAt(at)) >>> 0;
  return sum % shardCount;
}

function hashOfFile(path: string): string {
  try {
    return sha(readFileSync(path));
  } catch {
    return '';
  }
}

/** What other files can add to an object. */
function joinedParts(object: ContentObject): string {
  return JSON.stringify([
    'tests' in object ? object.tests : null,
    'detections' in object ? object.detections : null,
    'deprecation' in object ? object.deprecation : null,
  ]);
}

/** Findings, and the files that were looked at for them with the hash of their bytes ('' of one that is not there). */
interface KeptResults {
  readonly files: readonly (readonly [file: string, hash: string])[];
  readonly found: readonly Diagnostic[];
}
const noResults = '{"files":[],"found":[]}';

interface StoredAccess {
  hashOf(object: ContentObject): string;
  entryOf(object: ContentObject): Entry | undefined;
  changed(object: ContentObject): void;
  /** Hash of a file of the repository, '' when it cannot be read. */
  fileHash(file: string): string;
}

/** Rendered texts that outlive the program. */
function storedTexts({ hashOf, entryOf, changed }: StoredAccess): TextStore {
  const hashes = new Map<string, string>();
  const keyOf = (object: ContentObject, key: string) => {
    let hash = hashes.get(key);
    if (hash === undefined) {
      hash = sha(key);
      hashes.set(key, hash);
    }
    return `${hash} ${hashOf(object)}`;
  };
  return {
    find(object, template, key) {
      const known = entryOf(object)?.texts.get(template);
      return known?.key === keyOf(object, key) ? (JSON.parse(known.text) as string) : undefined;
    },
    keep(object, template, key, text) {
      entryOf(object)?.texts.set(template, { key: keyOf(object, key), text: JSON.stringify(text) });
      changed(object);
    },
  };
}

/** Findings of rules that outlive the program. */
class StoredResults extends ResultCache {
  readonly #access: StoredAccess;

  constructor(access: StoredAccess) {
    super();
    this.#access = access;
  }

  protected override identity(object: ContentObject): string {
    return this.#access.hashOf(object);
  }

  override keyOf(
    repository: Repository,
    objects: readonly ContentObject[],
    rules: readonly Rule[],
    context: RuleContext,
  ): string {
    return sha(super.keyOf(repository, objects, rules, context));
  }

  override get(object: ContentObject, key: string): readonly Diagnostic[] | undefined {
    const entry = this.#access.entryOf(object);
    if (!entry?.resultKey.startsWith(`${key} ${this.#access.hashOf(object)} `)) return undefined;
    if (entry.results === noResults) return [];
    const { files, found } = JSON.parse(entry.results) as KeptResults;
    const isSame = files.every(([file, hash]) => this.#access.fileHash(file) === hash);
    return isSame ? found : undefined;
  }

  override set(
    object: ContentObject,
    key: string,
    found: readonly Diagnostic[],
    files: readonly string[],
  ): void {
    const entry = this.#access.entryOf(object);
    if (entry === undefined) return;
    const kept: KeptResults = { files: files.map((file) => [file, this.#access.fileHash(file)]), found };
    entry.resultKey = `${key} ${this.#access.hashOf(object)} `;
    entry.results = JSON.stringify(kept);
    this.#access.changed(object);
  }
}
