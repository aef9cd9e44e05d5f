// Puts the files of a build into its output folder in one atomic step, and cleans up after builds that were killed.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
  writevSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cachePaths } from './cache/cache-file.js';
import { exchange } from './exchange.js';
import { makeFolder } from './make-folder.js';
import { type OutputFile, piecesOf } from './output/output-file.js';

/**
 * How it stays whole
 *
 * 1. The new output is written into a staging folder beside the output folder, its manifest (the list of its files)
 *    first. A build killed up to here has not touched the output folder.
 * 2. Output and staging folder are exchanged by one system call. Before it every reader sees the old build, after it
 *    the new one. (Where no exchange is to be had, two renames stand in for it; between them, for some microseconds,
 *    there is no output folder, and the next build puts the old one back.)
 * 3. What the old folder holds and this build did not make (other programs' files, formats of earlier builds that
 *    were not asked for now) moves over by renames. A build killed here has left them in the staging folder, and the
 *    next build moves them.
 *    Where the output folder is a mount of its own, or the folder it lies in cannot be written, staging lies inside it
 *    and its entries are exchanged one after the other.
 * 4. Files of the old manifest that are left in the staging folder are removed, one by one, and then the folders that
 *    are empty. Nothing that is not in a manifest is ever removed.
 */

/** Formats of a build with their files; paths are relative to the output folder. */
export type Output = ReadonlyMap<string, readonly OutputFile[]>;

interface Manifest {
  /** Files by format. */
  readonly formats: ReadonlyMap<string, readonly string[]>;
  /** All of them. */
  readonly paths: ReadonlySet<string>;
}

/** detc's own folder inside the output folder: the manifest and the cache. */
export const stateFolder = '.detc';
const ownFiles = cachePaths.map((path) => `${stateFolder}/${path}`);
const manifestPath = `${stateFolder}/manifest.json`;
const insidePrefix = 'staging-';
/** Lies in an output that is being written, and for a moment after it has taken its place. */
const unfinished = `${stateFolder}/unfinished`;

/** Recovers from earlier builds that were killed; the first thing a build does with its output folder. */
export function recover(out: string): void {
  const { target, prefix, parent } = places(out);
  const folders = [...leftIn(parent, prefix), ...leftIn(join(target, stateFolder), insidePrefix)];
  // Killed between the renames that stand in for an exchange: the old output has no place; its own is free.
  const homeless = existsSync(target) ? undefined : folders.find(isFormerOutput);
  if (homeless !== undefined) renameSync(homeless, target);
  for (const folder of folders) {
    if (folder === homeless) continue;
    if (isFormerOutput(folder)) settle(folder, target);
    else removeStaged(folder);
  }
  rmSync(join(target, unfinished), { force: true });
}

/** Staging folders of builds that run no more. */
function leftIn(folder: string, prefix: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length).split('-')[0])))
    .map((name) => join(folder, name))
    .filter((path) => lstatSync(path).isDirectory());
}

/** Whether a folder beside the output is what the output was, and not one that was still being written. */
const isFormerOutput = (folder: string): boolean =>
  !existsSync(join(folder, unfinished)) && readdirSync(folder).length > 0;

/** Removes a folder that never became the output; all it can hold is what its manifest lists. */
function removeStaged(folder: string): void {
  remove(folder, [...readManifest(folder).paths, manifestPath, unfinished]);
}

/** What an earlier build knows of the output folder; paths are relative to it. */
export interface Earlier {
  /** The file that lies there already as it is to be, if it does. */
  find(file: OutputFile): FileIdentity | undefined;
  /** What is to be known of this build, given the state of its files. */
  records(stateOf: (path: string) => Stats): readonly KeptFile[];
  /** Told when nothing more is asked for, before the output folder is touched. */
  close(): void;
}
/** Tells a file from one that has taken its place. */
export interface FileIdentity {
  readonly ino: number;
  readonly mtimeMs: number;
}
export interface KeptFile {
  readonly path: string;
  /** Asked for only where the file is written anew. */
  readonly content: () => Uint8Array;
  /** The file that lies there already with this content. */
  readonly same?: FileIdentity | undefined;
}

/** The format under which the manifest lists what detc keeps for itself. */
const ownFormat = 'cache';

/**
 * Replaces the files of the given formats in the output folder. A file that is there already is the same file
 * afterwards, under its second name.
 *
 * @throws Error when a path would leave the folder or two formats write the same path
 */
export function publish(out: string, output: Output, earlier?: Earlier): void {
  const { target } = places(out);
  checkPaths(output);
  const old = readManifest(target);
  const kept = new Map<string, FileIdentity>();
  for (const file of [...output.values()].flat()) {
    const same = earlier?.find(file);
    if (same !== undefined) kept.set(file.path, same);
  }
  const formats = new Map(old.formats);
  for (const [format, files] of output) formats.set(format, files.map((file) => file.path).sort());
  if (kept.size > 0 && isAllKept(formats, old, output, kept)) {
    const records = earlier?.records((path) => lstatSync(join(target, path))) ?? [];
    replaceOwn(out, records);
    earlier?.close();
    return;
  }
  const { staging, isInside } = makeStaging(out);
  mkdirSync(join(staging, stateFolder), { recursive: true });
  writeFileSync(join(staging, unfinished), '');
  const writer = new Writer(target, staging);
  // The manifest stands first, so that whatever is written can be removed again.
  const ownPaths = earlier === undefined ? [] : ownFiles;
  writeFileSync(join(staging, manifestPath), manifestText(new Map(formats).set(ownFormat, ownPaths)));
  for (const file of [...output.values()].flat())
    writer.put(file.path, () => piecesOf(file), kept.get(file.path));
  for (const { path, content, same } of earlier?.records((name) => lstatSync(join(staging, name))) ?? [])
    writer.put(path, () => [content()], same);
  earlier?.close();
  if (isInside) exchangeEntries(staging, target);
  else if (existsSync(target)) exchange(staging, target);
  else {
    renameSync(staging, target);
    rmSync(join(target, unfinished), { force: true });
    return;
  }
  settle(staging, target, writer.paths);
  rmSync(join(target, unfinished), { force: true });
}

/**
 * Replaces files of detc's own in an output that stays as it is, one by one: what a build that is killed meanwhile
 * leaves of old and new ones does not fit together, and is not believed.
 */
function replaceOwn(out: string, records: readonly KeptFile[]): void {
  const changed = records.filter(({ same }) => same === undefined);
  if (changed.length === 0) return;
  const { target } = places(out);
  const { staging } = makeStaging(out);
  mkdirSync(join(staging, stateFolder), { recursive: true });
  writeFileSync(join(staging, unfinished), '');
  writeFileSync(join(staging, manifestPath), manifestText(new Map([[ownFormat, ownFiles]])));
  const writer = new Writer(target, staging);
  for (const { path, content } of changed) {
    writer.put(path, () => [content()]);
    mkdirSync(dirname(join(target, path)), { recursive: true });
    renameSync(join(staging, path), join(target, path));
  }
  removeStaged(staging);
}

/** Whether a build makes just the files that are there. */
function isAllKept(
  formats: Manifest['formats'],
  old: Manifest,
  output: Output,
  kept: ReadonlyMap<string, unknown>,
): boolean {
  for (const files of output.values()) if (!files.every(({ path }) => kept.has(path))) return false;
  return manifestText(formats) === manifestText(old.formats);
}

/** Beside the output folder where that can be, else inside it. */
function makeStaging(out: string): { staging: string; isInside: boolean } {
  const { parent, prefix, target } = places(out);
  const name = `${process.pid}-${randomBytes(4).toString('hex')}`;
  makeFolder(parent);
  if (!existsSync(target) || statSync(target).dev === statSync(parent).dev) {
    try {
      const staging = join(parent, prefix + name);
      mkdirSync(staging);
      return { staging, isInside: false };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!existsSync(target) || (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM')) throw error;
    }
  }
  const staging = join(target, stateFolder, insidePrefix + name);
  mkdirSync(staging, { recursive: true });
  return { staging, isInside: true };
}

function exchangeEntries(staging: string, target: string): void {
  // From here on what lies in the staging folder is partly old: nothing of it may be taken for a build cut short.
  rmSync(join(staging, unfinished));
  for (const name of readdirSync(staging)) {
    if (name === stateFolder) continue;
    const [from, to] = [join(staging, name), join(target, name)];
    if (!isThere(to)) renameSync(from, to);
    else if (lstatSync(to).isDirectory() && lstatSync(from).isDirectory()) exchange(from, to);
    else renameSync(from, to);
  }
  const aside = join(target, `${manifestPath}~`);
  if (existsSync(join(target, manifestPath))) renameSync(join(target, manifestPath), aside);
  renameSync(join(staging, manifestPath), join(target, manifestPath));
  if (existsSync(aside)) renameSync(aside, join(staging, manifestPath));
}

function places(out: string): { parent: string; prefix: string; target: string } {
  const target = existsSync(out) ? realpathSync(out) : out;
  const parent = dirname(target);
  return { parent, prefix: `.${basename(target)}.detc-`, target };
}

function checkPaths(output: Output): void {
  const seen = new Set<string>([manifestPath, unfinished, ...ownFiles]);
  for (const { path } of [...output.values()].flat()) {
    if (!isSafe(path)) throw new Error(`output path "${path}" leaves the output folder`);
    if (seen.has(path)) throw new Error(`two outputs are called "${path}"`);
    seen.add(path);
  }
}

/** Puts files into a staging folder: new ones, or those of the target under a second name. */
class Writer {
  readonly #target: string;
  readonly #staging: string;
  readonly #folders = new Set<string>();
  /** What has been put. */
  readonly paths = new Set<string>();

  constructor(target: string, staging: string) {
    this.#target = target;
    this.#staging = staging;
  }

  put(path: string, pieces: () => readonly Uint8Array[], same?: FileIdentity): void {
    const to = join(this.#staging, path);
    this.paths.add(path);
    const folder = dirname(to);
    if (!this.#folders.has(folder)) {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      this.#folders.add(folder);
    }
    if (same !== undefined && isLinked(join(this.#target, path), to, same)) return;
    writePieces(to, pieces());
  }
}

/** Pieces that one call writes at most: the least that POSIX lets a system take is 16, Linux and macOS take 1024. */
const mostPieces = 1024;

/** Writes a new file, without putting its pieces together first. */
function writePieces(path: string, pieces: readonly Uint8Array[]): void {
  if (pieces.length === 1) {
    writeFileSync(path, pieces[0]!, { flag: 'wx' });
    return;
  }
  const file = openSync(path, 'wx');
  try {
    for (let at = 0; at < pieces.length; at += mostPieces) {
      const some = pieces.slice(at, at + mostPieces);
      const length = some.reduce((sum, piece) => sum + piece.length, 0);
      const written = writevSync(file, some);
      // A call may write less than it was given; what is left goes as one.
      if (written < length) writeFileSync(file, Buffer.concat(some).subarray(written));
    }
  } finally {
    closeSync(file);
  }
}

/**
 * Gives a file a second name, where the file system can do that and the file is still the one that is meant: another
 * build may have put its own in the place.
 */
function isLinked(from: string, to: string, same: FileIdentity): boolean {
  try {
    linkSync(from, to);
  } catch {
    return false;
  }
  const { ino, mtimeMs } = lstatSync(to);
  if (ino === same.ino && mtimeMs === same.mtimeMs) return true;
  unlinkSync(to);
  return false;
}

const isSafe = (path: string) =>
  !/[\\\0]/.test(path) &&
  !/^[A-Za-z]:/.test(path) &&
  path.split('/').every((part) => !['', '.', '..'].includes(part));

/**
 * Empties a folder that was the output: what the new output has in its place, or what the old manifest lists and the
 * new one does not, goes; all else moves over.
 *
 * @param inPlace  files of which it is known that they lie in the new output
 */
function settle(old: string, target: string, inPlace: ReadonlySet<string> = new Set()): void {
  const before = readManifest(old).paths;
  const after = readManifest(target).paths;
  const doomed = new Set([manifestPath, unfinished]);
  for (const path of before)
    if (!after.has(path) || inPlace.has(path) || isThere(join(target, path))) doomed.add(path);
  const above = new Set<string>();
  for (const path of doomed) for (const folder of foldersOf(path)) above.add(folder);
  moveOver(old, target, '', { doomed, above });
  remove(old, doomed);
}

function moveOver(
  old: string,
  target: string,
  folder: string,
  plan: { readonly doomed: ReadonlySet<string>; readonly above: ReadonlySet<string> },
): void {
  for (const entry of readdirSync(join(old, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (plan.doomed.has(path)) continue;
    const from = join(old, path);
    const to = join(target, path);
    const isFree = !isThere(to);
    if (isFree && !plan.above.has(path)) {
      mkdirSync(dirname(to), { recursive: true });
      renameSync(from, to);
    } else if (entry.isDirectory()) {
      moveOver(old, target, path, plan);
      removeEmpty(from);
    } else if (!isFree) {
      // The new build writes a file of its own at this path: what was there has been replaced.
      rmSync(from, { force: true });
    }
  }
}

const isThere = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** The folders above a path, innermost first. */
function* foldersOf(path: string): Iterable<string> {
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
    yield path.slice(0, cut);
}

/** Removes the listed files and then every folder that is empty; one that is not stays for the next build to settle. */
function remove(root: string, paths: Iterable<string>): void {
  const folders = new Set(['']);
  for (const path of paths) {
    removeFile(join(root, path));
    for (const folder of foldersOf(path)) folders.add(folder);
  }
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) removeEmpty(join(root, folder));
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Gone already, or a folder of somebody else's.
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty or not there: then there is nothing to do.
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const manifestText = (formats: Manifest['formats']) =>
  `${JSON.stringify({ version: 1, formats: Object.fromEntries([...formats].sort()) }, null, 1)}\n`;

/** The manifest of a folder; a missing or broken one owns nothing, so that nothing is taken for ours. */
function readManifest(folder: string): Manifest {
  const formats = new Map<string, string[]>();
  try {
    const written: unknown = JSON.parse(readFileSync(join(folder, manifestPath), 'utf8'));
    const listed = (written as { formats?: Record<string, unknown> }).formats ?? {};
    for (const [format, paths] of Object.entries(listed))
      if (Array.isArray(paths))
        formats.set(
          format,
          paths.filter((path) => typeof path === 'string' && isSafe(path)),
        );
  } catch {
    formats.clear();
  }
  return { formats, paths: new Set([...formats.values()].flat()) };
}
