// A build after the edit of one file, when all else is as the last build found it: what the file says is read and checked,
// what of the output it stands in is made anew, and nothing else is looked at.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderApiBlock } from './app/api.js';
import { renderDetectionBlock } from './app/app.js';
import type { AppFacts } from './app/app-context.js';
import { packArchive } from './app/archive.js';
import { isAsClean } from './app/checks/inspect-fragments.js';
import type { BuildOptions, BuildResult } from './build.js';
import { type Configured, EditFiles } from './build-edit-files.js';
import { type Report, resultOf, writeBuild } from './build-report.js';
import type { BuildCache } from './cache/build-cache.js';
import { changedMembers } from './cache/changed-members.js';
import type { Entry } from './cache/entries.js';
import { LostOutput } from './cache/output-records.js';
import { PieceStore } from './cache/piece-store.js';
import type { Receipt } from './cache/receipt.js';
import type { StoredResults } from './cache/stored-results.js';
import type { Kind } from './content/kinds.js';
import { contentKind, readConfig } from './content/load.js';
import type { ContentObject, Detection, Repository } from './content/model.js';
import { type ContentFile, largestFile, readContentFile } from './content/read-file.js';
import { restoreFile } from './content/stored-file.js';
import type { Tree } from './content/tree.js';
import type { Diagnostic } from './diagnostic/diagnostic.js';
import { sortDiagnostics } from './diagnostic/order.js';
import type { FormatName } from './formats.js';
import { isBehavioral } from './output/behavioral.js';
import { beginsBlock, type Fragment } from './output/fragments.js';
import { lengthOf, type OutputFile } from './output/output-file.js';
import { dataModelsOf } from './output/search-facts.js';
import { answeredContext, isOfItself, UnansweredQuestion } from './rules/answered-context.js';
import type { ListName, Question } from './rules/answers.js';
import { rules } from './rules/index.js';
import type { Part } from './rules/result-cache.js';
import { asSet, checkAlone } from './rules/run.js';
import type { SearchWords } from './rules/search-words.js';

/*
 * Why it cannot be wrong: the receipt tells that all else is the same. An edit is taken here only where it changes no more
 * of an object than members of which nothing is said but in the object's own parts of the output (a test holds every
 * emitter and every rule to that), and where its rules ask nothing that the last build has not answered. All other edits
 * are for the build that looks at everything.
 */

interface Given {
  readonly tree: Tree;
  readonly receipt: Receipt<Report>;
  /** A cache of its own: what is noted there of an edit that is not taken holds for no other build. */
  readonly cache: BuildCache;
  /** ISO day. */
  readonly today: string;
  /** Formats to make. */
  readonly formats: readonly FormatName[];
}

/** Builds; undefined where more must be looked at, and then nothing is written. */
export async function buildEdit(options: BuildOptions, given: Given): Promise<BuildResult | undefined> {
  try {
    return await new EditBuild(options, given).run();
  } catch (error) {
    if (error instanceof UnansweredQuestion || error instanceof LostOutput) return undefined;
    throw error;
  }
}

/** Formats whose files are told from their fragments. */
const withFragments: ReadonlySet<FormatName> = new Set(['app', 'api']);

/**
 * Members of a detection that nothing is made of but its own parts of the app and of the API. The date counts among those
 * of all content, too; and the search gives words to all searches, and its data models to its stories.
 */
export const ownMembers: ReadonlySet<string> = new Set([
  ...['description', 'references', 'howToImplement', 'knownFalsePositives', 'explanation'],
  ...['author', 'version', 'creationDate', 'modificationDate', 'search', 'risk', 'drilldowns'],
]);

/** Those of them that no rule on searches asks for. */
export const textMembers: ReadonlySet<string> = new Set(
  [...ownMembers].filter((name) => !['search', 'risk', 'drilldowns'].includes(name)),
);

/** Lists of the repository that fragments of detections rest on. */
const listsOfBlocks = ['macros', 'lookups', 'deployments', 'schedules'] as const satisfies ListName[];

/** What a detection's fragments do not rest on. */
const noObjects = {
  ...{
    detections: [],
    macros: [],
    lookups: [],
    stories: [],
    baselines: [],
    investigations: [],
    dataSources: [],
  },
  ...{ deployments: [], schedules: [], dashboards: [], playbooks: [], removed: [] },
} satisfies Pick<Repository, ListName>;

class EditBuild {
  readonly #options: BuildOptions;
  readonly #given: Given;
  readonly #files: EditFiles;

  constructor(options: BuildOptions, given: Given) {
    this.#options = options;
    this.#given = given;
    this.#files = new EditFiles(given.tree, given.cache);
  }

  async run(): Promise<BuildResult | undefined> {
    const { receipt, cache, formats } = this.#given;
    const { files: [file] = [], report } = receipt.edit ?? {};
    const kind = file === undefined ? undefined : contentKind(file);
    if (file === undefined || kind === undefined || report?.whole === undefined) return undefined;
    if (report.cache !== cache.tag || !formats.every((name) => withFragments.has(name))) return undefined;
    cache.beginEdit();
    const edit = this.#read(file, kind, report.whole);
    if (edit === undefined) return undefined;
    const { read, members } = edit;
    // What has only been touched says what it said.
    const diagnostics = members === undefined ? report.diagnostics : await this.#check(edit, members, report);
    if (diagnostics === undefined) return undefined;
    for (const name of formats) this.#options.onProgress?.(name);
    const output = new Map(formats.map((name) => [name, cache.outputs.keptFiles(name)] as const));
    if (members !== undefined && members.length > 0 && !(await this.#render(edit, report, output)))
      return undefined;
    return this.#write(read.file, report, diagnostics, output);
  }

  /** Reads the file; undefined where it may mean something for others, or where it has or had errors. */
  #read(file: string, kind: Kind, facts: AppFacts): Edited | undefined {
    const { tree, cache } = this.#given;
    const before = cache.entry(file);
    const stats = tree.state(file);
    const { store } = cache.content;
    if (before === undefined || stats.size > largestFile || store === undefined) return undefined;
    const { stored, digests } = before;
    if (stored.hasIgnoreMark || stored.tests !== undefined || stored.deprecations !== undefined)
      return undefined;
    const late = before.late();
    if (late === undefined) return undefined;
    const bytes = readFileSync(join(tree.root, file));
    const configured = readConfig(tree.root, store);
    const same = store.find(file, kind, stats, () => bytes);
    if (same !== undefined) return { read: same, was: same.object, before, configured };
    const was = restoreFile(
      stored,
      file,
      kind,
      () => late,
      () => bytes,
    ).object;
    const read = readContentFile(file, kind, bytes);
    if (!isPlain(read)) return undefined;
    store.keep(file, bytes, read);
    cache.content.files.set(file, { state: before.state, result: read });
    const after = cache.entry(file);
    if (after === undefined || !cache.isSameNamed) return undefined;
    if (after.digests[0] === digests[0]) return { read, was, before, members: [], configured };
    const members = changedMembers({ stored, late }, { stored: after.stored, late: after.late() ?? '' });
    if (read.object?.kind !== 'detection' || !members.every((name) => ownMembers.has(name))) return undefined;
    if (members.includes('modificationDate')) {
      // The newest content dates the app.
      const days = [String(stored.object?.['modificationDate']), String(read.object.modificationDate)];
      if (days.some((day) => day.slice(0, 10) >= facts.date)) return undefined;
    }
    return { read, was, before, members, configured };
  }

  /** What is found now, given what was found in all. */
  async #check(
    { read, was, before: { stored, result }, configured }: Edited,
    members: readonly string[],
    { diagnostics: all, whole }: Report,
  ): Promise<readonly Diagnostic[] | undefined> {
    const { tree, cache, today } = this.#given;
    const { file, object } = read;
    const { results } = cache;
    if (object === undefined || result === undefined) return undefined;
    // What others were found to be may depend on the file, or on what its object says.
    const asked: Question[] = [`read ${file}`];
    if (members.length > 0) asked.push('everything', 'list detections', `object detection ${object.name}`);
    if (asked.some((question) => results.wasAsked(question))) return undefined;
    const before = [...stored.diagnostics, ...result.parts.flatMap((part) => part?.found ?? [])];
    const own = all.filter((diagnostic) => diagnostic.file === file);
    const others = all.filter((diagnostic) => diagnostic.file !== file);
    // What is said of all files together may stand in this one, and others may point into it.
    if (JSON.stringify(own) !== JSON.stringify(asSet(before, configured.settings))) return undefined;
    if (own.some(isError) || before.some((diagnostic) => diagnostic.file !== file)) return undefined;
    if (others.some((diagnostic) => mentions(diagnostic, file))) return undefined;
    const held = heldParts(object, members, (part) => results.partOf(result, part));
    results.carry(object, result, held);
    const repository = this.#files.repository(configured, ['macros']);
    const isRead = object.kind === 'macro' || partsOf(object).some((part) => !held.includes(part));
    // To get the language ready takes as long as all else here.
    const reading = isRead ? await import('./content-search.js') : undefined;
    const filters = [...results.answersOfThen('macro')].filter(([, text]) => text.startsWith('filter'));
    reading?.prepareEnvironment(
      repository,
      filters.map(([name]) => reading.filterMacro(name)),
    );
    const answer = (question: Question) => results.answerOfThen(question);
    const names = (kind: ContentObject['kind']) => this.#files.namesOf(kind);
    const isTold = whole?.hasUnreadable === false;
    const words = once(() => (isTold && cache.trustWords(file) ? this.#files.words() : undefined));
    if (members.includes('search') && !this.#isSameForOthers(was, object, words)) return undefined;
    const context = answeredContext({ repository, tree, today, file: read, names, words, answer });
    const found = checkAlone(read, context, {
      ...{ rules, today, cache: results },
      analyse: reading?.analyseContentSearch ?? unread,
      checkMacro: reading?.checkMacro ?? unread,
    });
    const isAnswered = results
      .freshQuestions()
      .every(([question, isNew]) => (isNew ? isOfItself(question) : !/^macro(?:s|Names)$/.test(question)));
    if (!isAnswered || found.some((diagnostic) => isError(diagnostic) || diagnostic.file !== file))
      return undefined;
    return sortDiagnostics([...others, ...found]);
  }

  /** Whether another search leaves what is said of others. */
  #isSameForOthers(
    before: ContentObject | undefined,
    after: ContentObject,
    words: () => SearchWords | undefined,
  ): boolean {
    if (before?.kind !== 'detection' || after.kind !== 'detection') return false;
    const models = ({ search }: Detection) => JSON.stringify(dataModelsOf(search));
    if (models(before) !== models(after)) return false;
    return words()?.isSameBasisBefore(before.search, after.search) === true;
  }

  /** Makes what an object stands in anew; false where more than that would have to be looked at. */
  async #render(
    { read, was, configured }: Edited,
    report: Report,
    output: Map<FormatName, OutputFile[]>,
  ): Promise<boolean> {
    const { cache, tree } = this.#given;
    const block = this.#blockOf(read.object as Detection, report);
    if (block === undefined) return false;
    if (block.length === 0) return true;
    const { macros, lookups, deployments, schedules } = this.#files.repository(configured, listsOfBlocks);
    const repository: Repository = {
      ...{ ...noObjects, ...configured, root: tree.root, deprecations: [] },
      ...{ detections: block, macros, lookups, deployments, schedules },
    };
    const { epoch, strict = false } = this.#options;
    const store = new PieceStore(cache.outputs, was, read.object);
    const context = { epoch, store, facts: report.whole };
    const app = output.get('app');
    const api = output.get('api');
    if (api !== undefined) this.#replace(api, renderApiBlock(repository, context));
    if (app === undefined) return true;
    const made = renderDetectionBlock(repository, context, strict);
    for (const [path, fragment] of made) {
      const before = app
        .find((one) => one.path === path)
        ?.fragments?.find(({ owner }) => owner === fragment.owner);
      const isTold = report.diagnostics.some(({ file }) => file === path);
      if (before === undefined || !isAsClean(before, fragment, isTold)) return false;
    }
    this.#replace(app, made);
    const path = report.archive?.path ?? '';
    const at = app.findIndex((one) => one.path === path);
    if (at < 0) return false;
    const files = app.filter((_, index) => index !== at);
    app[at] = await packArchive(
      path,
      files,
      epoch ?? Date.parse(`${report.whole!.date}T00:00:00Z`) / 1000,
      (hash, make) => cache.outputs.kept(path, hash, make),
      (one) => cache.outputs.hashOf(one),
    );
    return true;
  }

  #replace(files: OutputFile[], made: readonly (readonly [path: string, fragment: Fragment])[]): void {
    for (const [path, fragment] of made) {
      const at = files.findIndex((file) => file.path === path);
      // Without such a file nothing of the kind was written.
      if (at < 0) throw new LostOutput(path);
      files[at] = this.#given.cache.outputs.respliced(files[at]!, new Map([[fragment.owner, fragment]]));
    }
  }

  /** The detections that a detection makes fragments with; none when it is in no output. */
  #blockOf(detection: Detection, report: Report): Detection[] | undefined {
    const faulty = new Set(report.diagnostics.filter(isError).map(({ file }) => file));
    const files = this.#files.filesOf('detection');
    const isIn = (file: string): boolean => {
      const object = this.#files.object(file);
      return object?.kind === 'detection' && !faulty.has(file) && !isBehavioral(object);
    };
    const at = files.indexOf(detection.file);
    if (at < 0) return undefined;
    if (!isIn(detection.file)) return [];
    const block = [detection.file];
    for (let first = at; first > 0 && !beginsBlock(block[0]!); )
      if (isIn(files[--first]!)) block.unshift(files[first]!);
    for (const file of files.slice(at + 1)) {
      if (!isIn(file)) continue;
      if (beginsBlock(file)) break;
      block.push(file);
    }
    return block.map((file) => this.#files.object(file) as Detection);
  }

  #write(
    file: string,
    report: Report,
    diagnostics: readonly Diagnostic[],
    output: ReadonlyMap<FormatName, readonly OutputFile[]>,
  ): BuildResult {
    const { cache, receipt, tree, formats } = this.#given;
    const texts = new Set([...report.sources, file]);
    const archive = output.get('app')?.find(({ path }) => path === report.archive?.path);
    const told: Report = {
      ...report,
      diagnostics,
      sources: [...texts],
      formats: formats.map((name) => {
        const files = output.get(name) ?? [];
        return { name, files: files.length, bytes: files.reduce((sum, one) => sum + lengthOf(one), 0) };
      }),
      ...(archive ? { archive: { path: archive.path, bytes: lengthOf(archive) } } : {}),
    };
    const result = resultOf(told, tree.root);
    this.#options.onProgress?.('writing');
    writeBuild(this.#options.out, output, {
      cache,
      receipt,
      result,
      texts,
      whole: report.whole,
      isEdit: true,
    });
    return result;
  }
}

/** The file that was edited. */
interface Edited {
  readonly read: ContentFile;
  /** The object as it was. */
  readonly was: ContentObject | undefined;
  readonly before: Entry;
  /** Members of the object that are not the same; undefined when the bytes are. */
  readonly members?: readonly string[];
  readonly configured: Configured;
}

/** Parts of the check of an object that are about its searches. */
const partsOf = ({ kind }: ContentObject): readonly Part[] =>
  kind === 'detection'
    ? ['search', 'drilldowns']
    : kind === 'baseline' || kind === 'investigation'
      ? ['search']
      : [];

/**
 * Parts in which nothing was found, nor is now: what is asked of searches does not depend on other members than these
 * (a test holds the rules to that), nor on the text of the file.
 */
function heldParts(
  object: ContentObject,
  members: readonly string[],
  partOf: (part: Part) => ReturnType<StoredResults['partOf']>,
): readonly Part[] {
  if (!members.every((name) => textMembers.has(name))) return [];
  return partsOf(object).filter((name) => {
    const part = partOf(name);
    return part !== undefined && part.found.length === 0 && !part.questions.includes('text');
  });
}

/** A function that is called once. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Stands for the reading of searches where none is to be read. */
const unread = (): never => {
  throw new UnansweredQuestion('search');
};

const isError = ({ severity }: Pick<Diagnostic, 'severity'>): boolean => severity === 'error';

/** Whether a file holds an object without errors, and nothing that others take part in. */
const isPlain = ({
  object,
  document,
  deprecations,
  tests,
  hasIgnoreMark,
  diagnostics,
}: ContentFile): boolean =>
  object !== undefined &&
  document !== undefined &&
  deprecations === undefined &&
  tests === undefined &&
  hasIgnoreMark === undefined &&
  !diagnostics.some(isError);

/** Whether a diagnostic of another file names a file, which tells a line of it. */
const mentions = (diagnostic: Diagnostic, file: string): boolean =>
  JSON.stringify(diagnostic).includes(JSON.stringify(file).slice(1, -1));
