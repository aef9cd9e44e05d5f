// Results of earlier runs, taken again while nothing that a test depends on has changed.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheHome, packageRoot, packageVersion, programFolder } from '../package-root.js';
import { openWorkspace, type Workspace } from '../workspace.js';
import { FileIdentities } from './file-identity.js';
import type { RunSettings, TestJob } from './job.js';
import type { TestResult } from './result.js';
import { mayCallSaved } from './saved.js';
import type { TestData } from './select.js';

/** Where results are kept: on disk for other processes, in memory for this one. */
export interface CachePlaces {
  readonly disk: boolean;
  readonly memory?: Map<string, TestResult>;
}

/** What the file on disk holds. */
interface Kept {
  readonly results: Readonly<Record<string, TestResult>>;
  readonly files: ReturnType<FileIdentities['toJson']>;
}

/** What a process that keeps results knows of files. */
const remembered = new WeakMap<Map<string, TestResult>, FileIdentities>();

/** Keys are hashes of everything a result depends on; an entry whose inputs changed is simply not found again. */
export class ResultCache {
  readonly #file: string;
  readonly #disk: boolean;
  readonly #memory: Map<string, TestResult> | undefined;
  readonly #old: Map<string, TestResult>;
  readonly #used = new Map<string, TestResult>();
  readonly #keys = new Map<number, string>();
  #workspace: Workspace | undefined;
  #base: string | undefined;
  readonly #files: FileIdentities;

  private constructor(
    file: string,
    places: CachePlaces,
    old: Map<string, TestResult>,
    files: FileIdentities,
  ) {
    this.#file = file;
    this.#disk = places.disk;
    this.#memory = places.memory;
    this.#old = old;
    this.#files = files;
  }

  /** Opens the cache of a repository; one that is missing or damaged is empty. */
  static async open(root: string, places: CachePlaces): Promise<ResultCache> {
    const name = createHash('sha256').update(root).digest('hex').slice(0, 24);
    const file = join(cacheHome(), 'results', `${name}.json`);
    let old = new Map<string, TestResult>();
    let files = new FileIdentities();
    if (places.disk) {
      try {
        const kept = JSON.parse(await readFile(file, 'utf8')) as Kept;
        old = new Map(Object.entries(kept.results));
        files = FileIdentities.fromJson(kept.files);
      } catch {
        // A new or damaged cache: every test runs.
      }
    }
    if (places.memory !== undefined) {
      files = remembered.get(places.memory)?.next() ?? files;
      remembered.set(places.memory, files);
    }
    return new ResultCache(file, places, old, files);
  }

  /** The earlier result of a test whose search, macros, lookups, data and knowledge are all as they were. */
  async find(
    job: TestJob,
    data: readonly TestData[],
    settings: RunSettings,
  ): Promise<TestResult | undefined> {
    if (!this.#disk && this.#memory === undefined) return undefined;
    const key = await this.#key(job, data, settings);
    this.#keys.set(job.index, key);
    const found = this.#memory?.get(key) ?? this.#old.get(key);
    if (!found) return undefined;
    this.#used.set(key, found);
    this.#memory?.set(key, found);
    return { ...found, cached: true };
  }

  /** Remembers a result. Faults of ours and tests that were ended are not: they may have been of the moment. */
  keep(job: TestJob, result: TestResult): void {
    const key = this.#keys.get(job.index);
    if (key === undefined || result.status === 'error') return;
    this.#used.set(key, result);
    this.#memory?.set(key, result);
  }

  /** Writes what this run used; entries of other tests stay, up to a few thousand. */
  async save(): Promise<void> {
    if (!this.#disk) return;
    const entries = new Map(this.#used);
    for (const [key, result] of this.#old) {
      if (entries.size >= 20_000) break;
      if (!entries.has(key)) entries.set(key, result);
    }
    try {
      await mkdir(dirname(this.#file), { recursive: true });
      const part = `${this.#file}.${process.pid}.part`;
      const kept: Kept = { results: Object.fromEntries(entries), files: this.#files.toJson() };
      await writeFile(part, JSON.stringify(kept));
      await rename(part, this.#file);
    } catch {
      // Without a place for the cache the next run is slower, nothing more.
    }
  }

  async #key(job: TestJob, data: readonly TestData[], settings: RunSettings): Promise<string> {
    this.#base ??= await this.#programIdentity(settings);
    this.#workspace ??= openWorkspace(settings.content);
    const hash = createHash('sha256').update(this.#base);
    const { index: _, detection, baselines, contributors, ...rest } = job;
    hash.update(JSON.stringify(rest));
    hash.update(
      JSON.stringify({
        risk: detection.risk ?? null,
        tags: detection.tags,
        name: detection.name,
        file: detection.file,
      }),
    );
    for (const content of [detection, ...baselines, ...contributors]) {
      const analysis = this.#workspace.analyse(content.search);
      hash.update(`\0${content.name}\0${analysis.expansion.text}`);
      if (mayCallSaved(analysis.expansion.text))
        hash.update(`\0${JSON.stringify([...(settings.content.savedSearches ?? [])])}`);
      for (const use of analysis.lookups)
        hash.update(
          `\0${use.name}\0${JSON.stringify(this.#workspace.lookups[use.name] ?? settings.knownLookups?.has(use.name) ?? null)}`,
        );
      if (contributors.length > 0)
        hash.update(JSON.stringify('risk' in content ? (content.risk ?? null) : null));
    }
    for (const one of data) hash.update(`\0${JSON.stringify(one)}\0${await this.#files.of(one.file)}`);
    return hash.digest('hex');
  }

  /** What of the program and its settings decides results: the version, its own files, the apps, the clock. */
  async #programIdentity(settings: RunSettings): Promise<string> {
    const parts = [
      packageVersion(),
      settings.now ?? '',
      settings.sampleRows,
      settings.attackVersion,
      settings.app.label,
    ];
    for (const path of [
      // The program itself, compiled or not.
      programFolder(),
      join(packageRoot(), 'knowledge'),
      ...settings.apps,
    ]) {
      try {
        parts.push(await this.#files.of(path));
      } catch {
        parts.push('none');
      }
    }
    return parts.join('\0');
  }
}
