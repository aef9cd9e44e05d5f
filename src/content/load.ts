// A folder → Repository: finds the files, reads each once, puts the objects together. The only part that touches files.
import { type Dirent, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { sortDiagnostics } from '../diagnostic/order.js';
import { assemble } from './assemble.js';
import { checkSchema } from './check-schema.js';
import { type ConfigFile, configFiles, isAppBuild, readApp, readSettings } from './config.js';
import { type FileState, type FileStats, isSettled, isUnchanged, stateOf } from './file-state.js';
import { contentFolders, type Kind, kindOf, type TestFile } from './kinds.js';
import type { Repository } from './model.js';
import { isRaw, type Raw } from './read/fields.js';
import { type ContentFile, fileDiagnostic, largestFile, readContentFile, readYaml } from './read-file.js';
import { Tree } from './tree.js';
import { decodeText } from './yaml/decode.js';
import { YamlDocument } from './yaml/document.js';

/** A loaded repository with what its checks need beyond the model. */
export interface LoadedContent {
  readonly content: Repository;
  readonly tree: Tree;
  /** Faults of files: YAML, schema, links; sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every content file that was looked at, with its text where it has one. */
  readonly documents: ReadonlyMap<string, YamlDocument | undefined>;
  /** Those that are text: they have a document, which takes some time to make. */
  readonly texts: ReadonlySet<string>;
  /** Files that are no YAML but lie in folders of content, such as tables of lookups. */
  readonly otherFiles: readonly string[];
  /** Names of lookups that searches write. */
  readonly writtenLookups: ReadonlySet<string>;
  /** Files in which comments may except lines from rules. */
  readonly ignoring: ReadonlySet<string>;
  /** Tests and assertions from tests/. */
  readonly testFiles: readonly TestFile[];
  /** Content files with errors: their names may be missing from the model, which is no fault of who refers to them. */
  readonly unreadable: readonly { readonly file: string; readonly kind: Kind }[];
}

/** Files of earlier runs of the program, by content. */
export interface ContentStore {
  /** What the file was read as when its bytes were the same; `bytes` reads it, where its state leaves a doubt. */
  find(file: string, kind: Kind, state: FileStats, bytes: () => Uint8Array): ContentFile | undefined;
  keep(file: string, bytes: Uint8Array, result: ContentFile): void;
  /** What was made of the bytes of a file that is no content, now or earlier; plain data. */
  remember<T>(file: string, bytes: Uint8Array, make: () => T): T;
}

/** Files of an earlier load, kept while nothing shows that they have changed. */
export class ContentCache {
  readonly store: ContentStore | undefined;
  constructor(store?: ContentStore) {
    this.store = store;
  }
  readonly files = new Map<
    string,
    {
      readonly state: FileState;
      /** Of a file whose state does not tell whether it is the same. */
      readonly bytes?: Uint8Array | undefined;
      readonly result: ContentFile;
    }
  >();
}

/**
 * Loads the content of a repository in every dialect.
 *
 * @returns the model and all faults of its files; a file with faults is in the model as far as it can be read
 */
export async function loadContent(
  dir: string,
): Promise<{ readonly content: Repository; readonly diagnostics: readonly Diagnostic[] }> {
  if (typeof dir !== 'string') throw new TypeError(`expected the path of a folder, found ${String(dir)}`);
  const { content, diagnostics } = loadRepository(dir);
  return { content, diagnostics };
}

/**
 * Loads a repository; with a cache only files that changed since are read.
 *
 * @param tree  where somebody has looked at the folders already
 */
export function loadRepository(
  dir: string,
  cache = new ContentCache(),
  tree = new Tree(resolve(dir)),
): LoadedContent {
  const root = resolve(dir);
  const diagnostics: Diagnostic[] = [];
  const documents = new Documents();
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    diagnostics.push(fileDiagnostic(dir, 'file', `"${dir}" is not a folder`));
  const config = readConfig(root, cache.store, documents, diagnostics);
  const listing = listContent(tree, diagnostics);
  const files: ContentFile[] = [];
  const otherFiles: string[] = [];
  const seen = new Set<string>();
  const texts = new Set(configFiles.filter((file) => documents.get(file) !== undefined) as string[]);
  for (const file of listing.files) {
    const kind = contentKind(file);
    if (kind === undefined) {
      otherFiles.push(file);
      continue;
    }
    seen.add(file);
    const read = readCached(tree, file, kind, cache, diagnostics);
    documents.add(file, read);
    if (read === undefined) continue;
    if (read.isText) texts.add(file);
    diagnostics.push(...read.diagnostics);
    files.push(read);
  }
  for (const file of cache.files.keys()) if (!seen.has(file)) cache.files.delete(file);
  const faulty = new Set(diagnostics.filter((d) => d.severity === 'error').map((d) => d.file));
  const unreadable = listing.files.flatMap((file) => {
    const kind = faulty.has(file) ? kindOf(file) : undefined;
    return kind === undefined ? [] : [{ file, kind }];
  });
  const content = assemble({ root, ...config }, files);
  return {
    content,
    tree,
    diagnostics: sortDiagnostics(diagnostics),
    documents,
    texts,
    otherFiles,
    testFiles: files.flatMap((file) => file.tests ?? []),
    ignoring: new Set(files.flatMap(({ file, hasIgnoreMark }) => (hasIgnoreMark ? file : []))),
    writtenLookups: new Set(files.flatMap((file) => file.writes ?? [])),
    unreadable,
  };
}

/** The kind of a content file by its path; undefined for files of other forms. */
export const contentKind = (file: string): Kind | undefined =>
  /\.ya?ml$/i.test(file) ? kindOf(file) : undefined;

function listContent(tree: Tree, diagnostics: Diagnostic[]): Listing {
  const listing = new Listing(tree, diagnostics);
  for (const folder of contentFolders) listing.addFolder(folder);
  sortPaths(listing.files);
  return listing;
}

/** The content files of a repository, in the order in which they are read. */
export const contentFiles = (tree: Tree): string[] =>
  listContent(tree, []).files.filter((file) => contentKind(file) !== undefined);

/** Reads a content file into a cache, for a load that follows; what is wrong with it is told then. */
export function readAhead(tree: Tree, file: string, cache: ContentCache): ContentFile | undefined {
  const kind = contentKind(file);
  return kind === undefined ? undefined : readCached(tree, file, kind, cache, []);
}

/** Documents by file; that of a file which was not parsed this time is made when it is asked for. */
class Documents extends Map<string, YamlDocument | undefined> {
  readonly #files = new Map<string, ContentFile>();

  add(file: string, read: ContentFile | undefined): void {
    this.set(file, undefined);
    if (read !== undefined) this.#files.set(file, read);
  }
  override get(file: string): YamlDocument | undefined {
    return super.get(file) ?? this.#files.get(file)?.document;
  }
  override *entries(): MapIterator<[string, YamlDocument | undefined]> {
    for (const file of this.keys()) yield [file, this.get(file)];
  }
  override *values(): MapIterator<YamlDocument | undefined> {
    for (const file of this.keys()) yield this.get(file);
  }
  override [Symbol.iterator](): MapIterator<[string, YamlDocument | undefined]> {
    return this.entries();
  }
  override forEach(
    each: (
      document: YamlDocument | undefined,
      file: string,
      map: Map<string, YamlDocument | undefined>,
    ) => void,
  ): void {
    for (const [file, document] of this) each(document, file, this);
  }
}

/** Sorts paths as lists of their parts, the order in which Splunk's tools write stanzas. */
export function sortPaths(paths: string[]): void {
  const parts = paths.map((path) => path.replaceAll('/', '\0')).sort();
  for (const [index, path] of parts.entries()) paths[index] = path.replaceAll('\0', '/');
}

function readCached(
  tree: Tree,
  file: string,
  kind: Kind,
  cache: ContentCache,
  diagnostics: Diagnostic[],
): ContentFile | undefined {
  try {
    const stats = tree.state(file);
    const state = stateOf(stats, tree.now);
    const known = cache.files.get(file);
    if (known !== undefined && isUnchanged(known.state, state)) return known.result;
    if (stats.size > largestFile) {
      diagnostics.push(fileDiagnostic(file, 'file', tooLarge(stats.size)));
      return undefined;
    }
    let bytes: Uint8Array | undefined;
    const read = (): Uint8Array => {
      bytes ??= readFileSync(join(tree.root, file));
      return bytes;
    };
    const keep = (result: ContentFile): ContentFile => {
      cache.files.set(file, { state, bytes: isSettled(stats, tree.now) ? undefined : read(), result });
      return result;
    };
    if (known?.bytes !== undefined && Buffer.compare(known.bytes, read()) === 0) return keep(known.result);
    const stored = cache.store?.find(file, kind, stats, read);
    const result = stored ?? readContentFile(file, kind, read());
    if (stored === undefined) cache.store?.keep(file, read(), result);
    return keep(result);
  } catch (error) {
    diagnostics.push(fileDiagnostic(file, 'file', `file cannot be read: ${reasonOf(error)}`));
    return undefined;
  }
}

function tooLarge(size: number): string {
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`;
  return `file has ${megabytes(size)}, a content file may have at most ${megabytes(largestFile)}`;
}

/** The system's code for a failed access, such as EACCES; anything else is a bug and thrown on. */
function reasonOf(error: unknown): string {
  if (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('E')
  ) {
    return error.code;
  }
  throw error;
}

/** Walks folders; links are followed to files inside the repository only. */
class Listing {
  readonly files: string[] = [];
  readonly #realRoot: string;

  constructor(
    private readonly tree: Tree,
    private readonly diagnostics: Diagnostic[],
  ) {
    const { root } = tree;
    this.#realRoot = existsSync(root) ? realpathSync(root) : root;
  }

  addFolder(folder: string): void {
    let entries: readonly Dirent[];
    try {
      entries = this.tree.entries(folder);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason !== 'ENOENT' && reason !== 'ENOTDIR') {
        this.diagnostics.push(fileDiagnostic(folder, 'file', `folder cannot be read: ${reason}`));
      }
      return;
    }
    for (const entry of entries) {
      const file = `${folder}/${entry.name}`;
      if (entry.isDirectory()) this.addFolder(file);
      else if (entry.isFile()) this.files.push(file);
      else if (entry.isSymbolicLink()) this.#addLink(file);
    }
  }

  #addLink(file: string): void {
    let target: string;
    try {
      target = realpathSync(join(this.tree.root, file));
      if (!target.startsWith(this.#realRoot + sep)) {
        this.diagnostics.push(fileDiagnostic(file, 'file', 'link leads out of the repository'));
      } else if (statSync(target).isFile()) this.files.push(file);
      else this.diagnostics.push(fileDiagnostic(file, 'file', 'link to a folder is not followed', 'warning'));
    } catch (error) {
      this.diagnostics.push(fileDiagnostic(file, 'file', `link leads nowhere: ${reasonOf(error)}`));
    }
  }
}

const configSchemas = { 'detc.yml': 'detc', 'build.yml': 'build', 'contentctl.yml': 'contentctl' } as const;

/** A file of settings, held against its schema. */
function checkedConfig(
  file: ConfigFile,
  bytes: Uint8Array,
): { readonly value: unknown; readonly found: readonly Diagnostic[]; readonly isText: boolean } {
  const { document, diagnostics } = readYaml(file, bytes);
  if (document?.value === undefined)
    return { value: null, found: diagnostics, isText: document !== undefined };
  const found = [...diagnostics, ...checkSchema(configSchemas[file], document, '5.x')];
  return { value: document.value, found, isText: true };
}

/** Reads the files of settings. */
export function readConfig(
  root: string,
  store: ContentStore | undefined,
  documents: Map<string, YamlDocument | undefined> = new Map(),
  diagnostics: Diagnostic[] = [],
): Pick<Repository, 'configFile' | 'app' | 'settings'> {
  const raws: Record<ConfigFile, Raw> = { 'detc.yml': {}, 'build.yml': {}, 'contentctl.yml': {} };
  let configFile: string | undefined;
  for (const file of configFiles) {
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(join(root, file));
    } catch (error) {
      if (reasonOf(error) === 'ENOENT' || reasonOf(error) === 'ENOTDIR') continue;
      diagnostics.push(fileDiagnostic(file, 'file', `file cannot be read: ${reasonOf(error)}`));
      continue;
    }
    if (file === 'build.yml' && !isAppBuild(bytes)) continue;
    configFile ??= file;
    const make = () => checkedConfig(file, bytes);
    const { value, found, isText } = store === undefined ? make() : store.remember(file, bytes, make);
    documents.set(file, isText ? new YamlDocument(file, decodeText(bytes).text) : undefined);
    diagnostics.push(...found);
    if (isRaw(value)) raws[file] = value;
  }
  return {
    ...(configFile === undefined ? {} : { configFile }),
    app: readApp(raws),
    settings: readSettings(raws),
  };
}
