// The Splunk app of a repository as files: what the author's template holds, and over it what the content gives.
import type { Repository } from '../content/model.js';
import type { Diagnostic } from '../diagnostic/diagnostic.js';
import { type Fragment, splice } from '../output/fragments.js';
import { bytesOf, type OutputFile, SplicedFile } from '../output/output-file.js';
import { analyticStoriesPath, analyticStoriesView, analyticStoryFragments } from './analyticstories.js';
import { type AppContext, appContext, type ContextOptions } from './app-context.js';
import { appFilesView, manifestView } from './app-files.js';
import { checksFor } from './checks/index.js';
import { inspectFragment } from './checks/inspect-fragments.js';
import { dashboards } from './dashboards.js';
import { findingBasedFile, findingBasedStanzas } from './finding-based.js';
import { generatedLookups, techniquesTable } from './generated-lookups.js';
import { investigationsView, panels, workflowActionsView } from './investigations.js';
import {
  collectionsView,
  generatedFile,
  lookupFile,
  macroFragments,
  macrosPath,
  macrosView,
  transformsView,
} from './knowledge-objects.js';
import { fileDiagnostic, listFiles, type Report, readRepositoryFile } from './repository-files.js';
import { savedSearchesPath, savedSearchesView, savedSearchFragments } from './savedsearches.js';
import { render } from './templates.js';

export interface RenderedApp {
  /** Sorted by path; every path starts with the app's id. */
  readonly files: readonly OutputFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Seconds since 1970 that the archive puts on every file. */
  readonly epoch: number;
}

/**
 * Renders the whole app. The same repository gives the same bytes wherever and whenever it is built.
 *
 * Reads app_template/, lookups/, dashboards/ and static_configs/ of the repository; writes nothing.
 */
export function renderApp(repository: Repository, options: ContextOptions = {}): RenderedApp {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const context = appContext(repository, options);
  const { appid } = repository.app;
  const files = new Map<string, OutputFile>();
  const add = (path: string, content: string | Uint8Array) =>
    files.set(path, { path: `${appid}/${path}`, content });
  for (const [path, content] of defaultFiles(context)) add(path, content);
  const template = new Map(templateFiles(repository.root, report));
  for (const [path, content] of template) add(path, content);
  const replace = (path: string): void => {
    if (isLost(path, template.get(path))) report(lostFile(path));
  };
  for (const [path, content] of lookupTables(context, report)) {
    replace(path);
    add(path, content);
  }
  for (const [path, content] of contentFiles(context, files, report)) {
    replace(path);
    if (content instanceof SplicedFile) files.set(path, content);
    else add(path, content);
  }
  return {
    files: [...files.values()].sort((left, right) => (left.path < right.path ? -1 : 1)),
    diagnostics,
    epoch: context.epoch,
  };
}

/** Makes the fragments of the app's files and looks them through; for a rendering that follows. */
export function renderAppFragments(repository: Repository, options: ContextOptions, strict: boolean): void {
  const context = appContext(repository, options);
  const { appid } = repository.app;
  for (const [path, fragments] of [
    [savedSearchesPath, savedSearchFragments(context)],
    [analyticStoriesPath, analyticStoryFragments(context)],
    [macrosPath, macroFragments(context)],
  ] as const)
    for (const fragment of fragments) inspectFragment(appid, `${appid}/${path}`, fragment, checksFor(strict));
}

/** What a block of detections gives to files of the app: path and fragment, which are looked through. */
export function renderDetectionBlock(
  repository: Repository,
  options: ContextOptions,
  strict: boolean,
): (readonly [path: string, fragment: Fragment])[] {
  const context = appContext({ ...repository, stories: [] }, options);
  const { appid } = repository.app;
  return (
    [
      [savedSearchesPath, savedSearchFragments],
      [analyticStoriesPath, analyticStoryFragments],
    ] as const
  ).flatMap(([name, fragmentsOf]) => {
    const path = `${appid}/${name}`;
    return fragmentsOf(context).map((fragment) => {
      inspectFragment(appid, path, fragment, checksFor(strict));
      return [path, fragment] as const;
    });
  });
}

/** Files that every template brings for the time before content is there, or that ours is added to. */
const isForeseen = new Set([
  'app.manifest',
  'default/app.conf',
  'default/content-version.conf',
  'default/server.conf',
]);

/** Whether something that the author wrote is replaced; a dashboard of the same name is told where it is made. */
function isLost(path: string, content: string | Uint8Array | undefined): boolean {
  if (content === undefined || isForeseen.has(path) || path.startsWith('default/data/ui/views/'))
    return false;
  if (!path.endsWith('.conf')) return true;
  return /^[^\S\n]*[^\s#;]/m.test(Buffer.from(content).toString('utf8'));
}

const lostFile = (path: string): Diagnostic =>
  fileDiagnostic(
    `app_template/${path}`,
    'warning',
    'template-collision',
    `"app_template/${path}" is replaced by what is made of content`,
    'write it as content, or under another name',
  );

type Files = Iterable<readonly [path: string, content: string | Uint8Array]>;

/** What an app needs and a repository without app_template/ does not bring. */
function* defaultFiles({ repository }: AppContext): Files {
  yield ['lookups/mitre_enrichment.csv', techniquesTable(repository)];
  const { title, description } = repository.app;
  yield ['README.md', `# ${title.trim()}\n\n${description.trim()}\n`];
  yield [
    'metadata/default.meta',
    '[]\naccess = read : [ * ], write : [ admin, sc_admin ]\nexport = system\n',
  ];
}

/** The author's own app, but for files whose name starts with a dot: no app may ship those. */
function* templateFiles(root: string, report: Report): Files {
  const folder = 'app_template';
  for (const file of listFiles(root, folder, report)) {
    const path = file.slice(folder.length + 1);
    if (path.split('/').some((part) => part.startsWith('.'))) continue;
    const content = readRepositoryFile(root, file, report);
    if (content) yield [path, content];
  }
}

function* lookupTables(context: AppContext, report: Report): Files {
  const { repository } = context;
  for (const lookup of repository.lookups) {
    const name = lookupFile(lookup);
    if (lookup.filename === undefined || name === undefined) continue;
    const content = readRepositoryFile(repository.root, lookup.filename, report);
    if (content) yield [`lookups/${name}`, content];
  }
  for (const { name, csv } of generatedLookups(repository))
    yield [`lookups/${generatedFile(context, name)}`, csv];
}

/** What derives from the content; replaces what the template has under the same name, but adds to its server.conf. */
function* contentFiles(
  context: AppContext,
  template: ReadonlyMap<string, OutputFile>,
  report: Report,
): Iterable<readonly [path: string, content: string | SplicedFile]> {
  const { repository } = context;
  const { appid } = repository.app;
  const findingBased = findingBasedText(repository.root, report);
  const macros = macroFragments(context);
  const views: readonly (readonly [string, object, (readonly Fragment[])?])[] = [
    ['savedsearches.conf', savedSearchesView(context, findingBased), savedSearchFragments(context)],
    ['analyticstories.conf', analyticStoriesView(context), analyticStoryFragments(context)],
    ['macros.conf', macrosView(context, macros), macros],
    ['transforms.conf', transformsView(context, generatedLookups(repository))],
    ['collections.conf', collectionsView(context)],
    ['es_investigations.conf', investigationsView(context)],
    ['workflow_actions.conf', workflowActionsView(context)],
  ];
  for (const [name, view, fragments] of views) {
    const path = `default/${name}`;
    const text = render(name, view);
    yield [path, fragments === undefined ? text : splice(`${appid}/${path}`, text, fragments)];
  }
  const custom = appFilesView(
    context,
    confNames([...template.keys(), ...views.map(([name]) => `default/${name}`)]),
  );
  for (const name of ['app.conf', 'content-version.conf']) yield [`default/${name}`, render(name, custom)];
  yield [
    'default/server.conf',
    endedLines(template.get('default/server.conf')) + render('server.conf', custom),
  ];
  yield ['app.manifest', render('app.manifest', manifestView(context))];
  for (const { path, view } of panels(context)) yield [path, render('panel.xml', view)];
  for (const { path, view } of dashboards(context, report)) {
    if (template.has(path))
      report(
        fileDiagnostic(
          `app_template/${path}`,
          'error',
          'dashboard-collision',
          `a dashboard of the same name would replace "${path}"`,
        ),
      );
    yield [path, render('dashboard.xml', view)];
  }
}

/** The text of a file of the template that ours is added to; '' where there is none. */
function endedLines(file: OutputFile | undefined): string {
  const text = file === undefined ? '' : Buffer.from(bytesOf(file)).toString('utf8');
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** Names of all .conf files under default/, sorted, with those that are still to be written. */
function confNames(paths: readonly string[]): string[] {
  const names = new Set(['app', 'content-version', 'server']);
  for (const path of paths) {
    const match = /^default\/([^/]+)\.conf$/.exec(path);
    if (match) names.add(match[1]!);
  }
  return [...names].sort();
}

function findingBasedText(root: string, report: Report): string[] {
  if (!listFiles(root, 'static_configs', report).includes(findingBasedFile)) return [];
  return findingBasedStanzas(readRepositoryFile(root, findingBasedFile, report)?.toString('utf8') ?? '');
}
