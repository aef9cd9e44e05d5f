// detc test: runs the tests of detections on their data and reports them.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  lstatSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { type Command, CommanderError, InvalidArgumentError } from 'commander';
import { wholeOf } from '../../content/late-members.js';
import { ContentCache, loadRepository } from '../../content/load.js';
import type { Detection, Repository } from '../../content/model.js';
import { formatText } from '../../diagnostic/report/text.js';
import { makeFolder } from '../../make-folder.js';
import { attackVersionOf, loadAttack } from '../../output/attack.js';
import { affectedDetections } from '../../testing/affected.js';
import { type DataRoot, parseDataRoot } from '../../testing/data/locate.js';
import { noteResults } from '../../testing/last-results.js';
import { githubAnnotations, githubSummary } from '../../testing/report/github.js';
import { htmlReport } from '../../testing/report/html.js';
import { jsonReport } from '../../testing/report/json.js';
import { junitReport } from '../../testing/report/junit.js';
import {
  parseReporter,
  planReporters,
  type Reporter,
  reporterNames,
} from '../../testing/report/reporters.js';
import { terminalReport } from '../../testing/report/terminal.js';
import type { TestResult, TestRun } from '../../testing/result.js';
import { notRun, runTests } from '../../testing/run-tests.js';
import { meantDetection, selectDetections } from '../../testing/select.js';
import { positiveNumber, wholeNumber } from '../arguments.js';
import { hasColors } from '../colors.js';
import { contentFolder, pathPrefix, withContentOption } from '../content-folder.js';
import { withExamples } from '../examples.js';
import { progressLine } from '../progress.js';
import { repeatable, requireApps } from '../search-options.js';
import { watchRepository } from '../watch.js';

interface Options {
  readonly content?: string;
  readonly reporter: readonly string[];
  readonly out?: string;
  readonly grep?: RegExp;
  readonly bail?: boolean;
  readonly watch?: boolean;
  readonly jobs?: number;
  readonly changed?: string | true;
  readonly offline?: boolean;
  readonly dataRoot: readonly string[];
  readonly timeout: number;
  readonly memory?: number;
  readonly app: readonly string[];
  readonly cache: boolean;
  readonly verbose?: boolean;
}

/** Adds `detc test`. */
export function register(program: Command): void {
  const command = program
    .command('test')
    .description('runs the tests of detections on their data, without Splunk');
  command
    .argument('[filter...]', 'detections by path, name or glob; all without one')
    .option(
      '-t, --grep <pattern>',
      'only tests whose "detection > test" matches a regular expression',
      pattern,
    )
    .addOption(
      repeatable(
        '--reporter <name[=file]>',
        `how to report: ${reporterNames.join(', ')} (default: "default"); several with files of their own`,
      ),
    )
    .option('--out <file>', 'write the report to a file')
    .option('--bail', 'stop after the first failure')
    .option('--watch', 'run again what a change touches')
    .option('--jobs <n>', 'worker threads (default: one per core)', wholeNumber(command, '--jobs', 1))
    .option(
      '--changed [ref]',
      'only detections that differ from a git ref (default: HEAD), also through macros and lookups',
    )
    .option('--offline', 'never download data')
    .addOption(repeatable('--data-root <prefix=dir>', 'look for data whose URL begins with prefix under dir'))
    .option('--timeout <seconds>', 'end a test that takes longer', positiveNumber(command, '--timeout'), 60)
    .option(
      '--memory <MiB>',
      'memory of a worker (default: 4096, or what the machine has)',
      wholeNumber(command, '--memory', 1),
    )
    .addOption(repeatable('--app <dir>', 'knowledge of an installed Splunk app'))
    .option('--no-cache', 'run every test anew')
    .option('--verbose', 'list passed tests too');
  withContentOption(command).action(async (filters: string[], options: Options) => {
    const root = contentFolder(command, options.content);
    requireApps(command, options.app);
    const dataRoots = options.dataRoot.map((text) => {
      const parsed = parseDataRoot(text, process.cwd());
      if (!parsed)
        command.error(`error: --data-root takes <url-prefix>=<folder>, found "${text}"`, { exitCode: 2 });
      return parsed!;
    });
    const given = options.reporter.map((text) => {
      const parsed = parseReporter(text);
      if (!parsed)
        command.error(
          `error: --reporter takes one of ${reporterNames.join(', ')}, or <name>=<file>, found "${text}"`,
          { exitCode: 2 },
        );
      return parsed!;
    });
    const reporters = planReporters(given, options.out);
    if (typeof reporters === 'string') return command.error(`error: ${reporters}`, { exitCode: 2 });
    const files = reporters.flatMap(({ file }) => (file === undefined ? [] : [resolve(file)]));
    // Before the tests run: a folder that cannot be made is told at once.
    for (const file of files) makeFolder(dirname(file));
    const wantedFilters = filters.map((filter) => inRepository(root, filter));
    const cache = new ContentCache();
    const memory = new Map<string, TestResult>();
    const once = async (): Promise<void> => {
      const { content, diagnostics, documents } = loadRepository(root, cache);
      const unread = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
      if (unread.length > 0)
        process.stderr.write(
          formatText(unread, {
            source: (file) => documents.get(file)?.text,
            colors: hasColors(process.stderr),
            filePrefix: pathPrefix(root),
          }),
        );
      const wanted = selectDetections(content, wantedFilters);
      const idle = wantedFilters.find((filter) => selectDetections(content, [filter]).length === 0);
      if (idle !== undefined) {
        const help = meantDetection(content, idle);
        command.error(
          `error: no detection matches "${idle}"${help === undefined ? '' : `\n  help: ${help}`}`,
          {
            exitCode: 2,
          },
        );
      }
      if (wanted.length === 0) {
        // Where there are errors, detections are here, and what keeps them from being read has been told.
        process.exitCode = unread.length === 0 ? 0 : 1;
        if (unread.length === 0)
          process.stderr.write('no detections yet, so nothing was tested; "detc new detection" makes one\n');
        return;
      }
      const detections =
        options.changed === undefined
          ? wanted
          : affectedDetections(content, wanted, changedFiles(command, root, options.changed));
      const named = options.grep === undefined ? detections : withTests(detections, options.grep);
      if (named.length === 0 && detections.length > 0)
        command.error(`error: no test matches ${String(options.grep)}`, { exitCode: 2 });
      const run = await runOnce(content, named, dataRoots, options, memory);
      noteResults(content.root, run, notRun);
      report(run, content, reporters, options);
      process.stderr.write(nothingRun(run));
      process.exitCode = run.summary.failed + run.summary.errors > 0 || unread.length > 0 ? 1 : 0;
    };
    if (!options.watch) return once();
    // What is wrong with the content for a moment must not end the watch; it has been said already.
    const check = (): Promise<void> =>
      once().catch((error: unknown) => {
        if (!(error instanceof CommanderError))
          process.stderr.write(`bug: ${error instanceof Error ? error.message : String(error)}\n`);
      });
    watchRepository(root, check, { ignored: [...files, ...files.map(partOf)] });
  });
  withExamples(
    command,
    [
      ['detc test', 'every test of the repository'],
      ["detc test detections/endpoint 'windows_*'", 'some of them'],
      ["detc test -t 'burst|spray'", 'tests by their names'],
      [
        'detc test --changed origin/main --reporter default --reporter junit=report.xml --reporter html=report.html',
      ],
      [
        'detc test --offline --data-root https://media.githubusercontent.com/media/splunk/attack_data/master=../attack_data',
      ],
    ],
    '0 all passed or skipped, 1 a test failed',
  );
}

async function runOnce(
  content: Repository,
  detections: Repository['detections'],
  dataRoots: readonly DataRoot[],
  options: Options,
  memory: Map<string, TestResult>,
): Promise<TestRun> {
  const progress = progressLine();
  try {
    return await runTests(content, detections, {
      dataRoots: [
        ...dataRoots,
        ...Object.entries(content.settings.dataRoots).map(([prefix, folder]) => ({
          prefix,
          folder: resolve(content.root, folder),
        })),
      ],
      offline: options.offline ?? false,
      bail: options.bail ?? false,
      timeoutMs: options.timeout * 1000,
      ...(options.memory === undefined ? {} : { memoryMb: options.memory }),
      apps: options.app.map((app) => resolve(app)),
      cache: options.cache,
      ...(options.watch ? { memory } : {}),
      ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
      onProgress(event) {
        if (event.kind === 'tests') progress.show(`${event.done} of ${event.total} tests`);
        else if (event.kind === 'data')
          progress.show(`data ${event.done + 1} of ${event.total}: ${event.what}`);
        else
          progress.show(
            `downloaded ${(event.received / 1e6).toFixed(1)} MB${event.total === undefined ? '' : ` of ${(event.total / 1e6).toFixed(1)} MB`}`,
          );
      },
    });
  } finally {
    progress.clear();
  }
}

/** Writes every report; where none is for people, what they read goes to standard error. */
function report(run: TestRun, content: Repository, reporters: readonly Reporter[], options: Options): void {
  // Files first: who sees the end of a run may interrupt it.
  const inFilesFirst = [...reporters].sort(
    (a, b) => Number(a.file === undefined) - Number(b.file === undefined),
  );
  for (const reporter of inFilesFirst) {
    const text = reportText(run, content, reporter, options);
    if (reporter.file === undefined) process.stdout.write(text);
    else writeWhole(resolve(reporter.file), text);
  }
  const isSeen = reporters.some(({ name, file }) => name === 'default' || file === undefined);
  if (!isSeen) process.stderr.write(terminalReport(run, terminal(process.stderr, options)));
  const summary = process.env['GITHUB_STEP_SUMMARY'];
  if (summary && reporters.some(({ name }) => name === 'github')) appendFileSync(summary, githubSummary(run));
}

/** Said where no test ran, which must not look like tests that pass: the exit code is 0 all the same. */
function nothingRun({ summary: { passed, failed, errors, skipped } }: TestRun): string {
  if (passed + failed + errors > 0 || skipped === 0) return '';
  const what = skipped === 1 ? 'the only test was' : `all ${skipped} tests were`;
  return `warning: nothing was tested: ${what} skipped\n`;
}

/** Where a file is written before it takes its place. */
const partOf = (file: string): string => `${file}.${process.pid}.part`;

/** Writes a file so that an interrupt leaves the earlier one; a pipe or device is written to as it is. */
function writeWhole(file: string, text: string): void {
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== false) {
    try {
      writeFileSync(partOf(file), text);
      renameSync(partOf(file), file);
      return;
    } catch {
      // A folder that takes no new file may hold one that can be written.
      rmSync(partOf(file), { force: true });
    }
  }
  writeFileSync(file, text);
}

function reportText(run: TestRun, content: Repository, reporter: Reporter, options: Options): string {
  switch (reporter.name) {
    case 'json':
      return jsonReport(run);
    case 'junit':
      return junitReport(run);
    case 'github':
      return githubAnnotations(run) + terminalReport(run, { color: false, width: 120 });
    case 'html': {
      const { techniques } = loadAttack(attackVersionOf(content));
      return htmlReport(run, {
        tactics: new Map([...techniques.values()].map((technique) => [technique.id, technique.tactics])),
        names: new Map([...techniques.values()].map((technique) => [technique.id, technique.name])),
      });
    }
    default:
      return terminalReport(
        run,
        reporter.file === undefined
          ? terminal(process.stdout, options)
          : { color: false, width: 120, verbose: options.verbose ?? false },
      );
  }
}

function terminal(stream: NodeJS.WriteStream, options: Options) {
  const color = hasColors(stream);
  return { color, width: stream.columns ?? 100, verbose: options.verbose ?? false };
}

/** A filter that is a path from the current folder, as a path of the repository; any other as it is. */
function inRepository(root: string, filter: string): string {
  if (!existsSync(filter)) return filter;
  const inside = relative(realpathSync(root), realpathSync(filter)).split(sep).join('/');
  if (inside === '') return '**';
  return inside.startsWith('..') ? filter : inside;
}

/** Files that differ from a ref, new ones included, relative to the repository. */
function changedFiles(command: Command, root: string, ref: string | true): string[] {
  const base = ref === true ? 'HEAD' : ref;
  const git = (...args: string[]): string[] =>
    execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
      .split('\0')
      .filter(Boolean);
  try {
    // Without the check an option could be passed off as a ref.
    git('rev-parse', '--verify', '--quiet', '--end-of-options', `${base}^{commit}`);
    return [
      ...new Set([
        ...git('diff', '--name-only', '-z', '--relative', '--end-of-options', base),
        ...git('ls-files', '--others', '--exclude-standard', '-z'),
      ]),
    ];
  } catch {
    return command.error(`error: --changed needs a git repository that knows "${base}"`, { exitCode: 2 });
  }
}

/** Detections with those of their tests whose name matches; others are left out. */
function withTests(detections: readonly Detection[], grep: RegExp): Detection[] {
  return detections.flatMap((detection) => {
    const tests = detection.tests.filter(({ name }) => grep.test(`${detection.name} > ${name}`));
    return tests.length === 0 ? [] : [{ ...wholeOf(detection), tests }];
  });
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    throw new InvalidArgumentError(`expected a regular expression: ${(error as Error).message}`);
  }
}
