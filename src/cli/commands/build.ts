// detc build: validates a repository and writes what is made of it.

import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import type { BuildResult } from '../../build.js';
import { counted } from '../../diagnostic/counted.js';
import { countSeverities } from '../../diagnostic/order.js';
import { formatText } from '../../diagnostic/report/text.js';
import { type FormatName, formatNames } from '../../formats.js';
import { stateFolder } from '../../publish.js';
import { oneOf, wholeNumber } from '../arguments.js';
import { hasColors } from '../colors.js';
import { contentFolder, pathPrefix, unusableOutput, withContentOption } from '../content-folder.js';
import { withExamples } from '../examples.js';

interface Options {
  readonly content?: string;
  readonly only?: readonly FormatName[];
  readonly out?: string;
  readonly keepGoing?: boolean;
  readonly strict?: boolean;
  readonly jobs?: number;
}

/** Adds `detc build`. */
export function register(program: Command): void {
  const command = program
    .command('build')
    .description('validates the content and writes app, docs, evaluators and api in one atomic step');
  command
    .option(
      '--only <formats>',
      `make only these, with commas between: ${formatNames.join(', ')}`,
      formatList(command),
    )
    .option('--out <dir>', 'output folder (default: dist in the repository)')
    .option('--keep-going', 'leave out detections with errors and write the rest; exits with 1')
    .option('--strict', 'what AppInspect would object to is an error')
    .option(
      '--jobs <n>',
      'threads at most, for what no earlier build has read',
      wholeNumber(command, '--jobs', 1),
    );
  withContentOption(command).action(async (options: Options) => {
    const started = performance.now();
    const root = contentFolder(command, options.content);
    const out = outputFolder(command, root, options.out);
    const progress = progressLine();
    const { build } = await import('../../build.js');
    const result = await build({
      root,
      out,
      ...(options.only ? { only: options.only } : {}),
      keepGoing: options.keepGoing ?? false,
      strict: options.strict ?? false,
      ...(options.jobs ? { jobs: options.jobs } : {}),
      epoch: sourceDateEpoch(command),
      onProgress: progress.show,
    });
    progress.clear();
    process.stderr.write(findings(result, root));
    process.stdout.write(summary(result, out, performance.now() - started));
    process.exitCode = countSeverities(result.diagnostics).errors > 0 ? 1 : 0;
  });
  withExamples(
    command,
    [
      ['detc build', 'app, docs, evaluators and api under dist/'],
      ['detc build --only app --strict', 'the app, held to what AppInspect demands'],
      ['detc build --keep-going --out /tmp/dist', 'leaves out what has errors'],
    ],
    '0 written, 1 the content has errors',
  );
}

const formatList =
  (command: Command) =>
  (text: string): FormatName[] =>
    text.split(',').map((name) => oneOf(command, '--only', formatNames)(name.trim()));

/** Seconds since 1970 of the standard variable (reproducible-builds.org), undefined when it is not set. */
function sourceDateEpoch(command: Command): number | undefined {
  const text = process.env['SOURCE_DATE_EPOCH'];
  if (text === undefined || text === '') return undefined;
  // The largest time that an archive's eleven octal digits hold.
  if (/^\d{1,10}$/.test(text) && Number(text) < 8 ** 11) return Number(text);
  return command.error(`error: SOURCE_DATE_EPOCH must be seconds since 1970, found "${text}"`, {
    exitCode: 2,
  });
}

/** Entries of other programs that an output folder may hold; more, and it is no folder for output. */
const mostForeign = 64;

/** The output folder is exchanged as a whole, so it must not be one that other things live in. */
function outputFolder(command: Command, root: string, given: string | undefined): string {
  const out = resolve(given ?? join(root, 'dist'));
  const real = existsSync(out) ? realpathSync(out) : out;
  const refuse = (why: string): string =>
    command.error(`error: "${given ?? out}" cannot be the output folder: ${why}`, { exitCode: 2 });
  for (const [folder, what] of [
    [realpathSync(root), 'the repository'],
    [process.cwd(), 'the working folder'],
    [homedir(), 'the home folder'],
  ] as const)
    if (folder === real || folder.startsWith(real.endsWith(sep) ? real : real + sep))
      return refuse(`it holds ${what}`);
  const unusable = unusableOutput(root, real);
  if (unusable !== undefined) return refuse(unusable);
  if (existsSync(real)) {
    const names = readdirSync(real);
    if (!names.includes(stateFolder) && names.length > mostForeign)
      return refuse('it is in use for other things');
  }
  return out;
}

/** One line that is written over, on a terminal only. */
function progressLine(): { show(stage: string): void; clear(): void } {
  const { stderr } = process;
  const put = (text: string) => {
    if (stderr.isTTY) stderr.write(`\r\x1b[2K${text}`);
  };
  return { show: (stage) => put(`${stage} …`), clear: () => put('') };
}

function findings({ diagnostics, source }: BuildResult, root: string): string {
  return formatText(
    diagnostics.filter(({ severity }) => severity !== 'info'),
    {
      source,
      colors: hasColors(process.stderr),
      filePrefix: pathPrefix(root),
    },
  );
}

function summary(result: BuildResult, out: string, milliseconds: number): string {
  const { errors, warnings } = countSeverities(result.diagnostics);
  if (!result.isWritten) return `nothing written: ${counted(errors, 'error')}\n`;
  const path = relative(process.cwd(), out) || out;
  const shown = path.startsWith('..') ? out : path;
  const lines = result.formats.map(
    ({ name, files, bytes }) =>
      `  ${name.padEnd(12)}${counted(files, 'file').padStart(12)}${size(bytes).padStart(12)}`,
  );
  if (result.archive) lines.push(`  ${join(shown, result.archive.path)} ${size(result.archive.bytes)}`);
  if (result.skipped.length > 0)
    lines.push(`  left out: ${result.skipped.map((name) => JSON.stringify(name)).join(', ')}`);
  const found = `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  const built = counted(result.detections - result.skipped.length, 'detection');
  return `${shown}: ${built}, ${found}, ${(milliseconds / 1000).toFixed(2)} s\n${lines.join('\n')}\n`;
}

const size = (bytes: number) =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
