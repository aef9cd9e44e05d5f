// detc docs: writes the documentation of a repository.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { loadRepository } from '../../content/load.js';
import { type Diagnostic, DiagnosticError } from '../../diagnostic/diagnostic.js';
import { formatText } from '../../diagnostic/report/text.js';
import { type DocsFlavor, docsFlavors, renderDocs } from '../../docs/render-docs.js';
import { publish, recover } from '../../publish.js';
import { withChoices } from '../arguments.js';
import { hasColors } from '../colors.js';
import { contentFolder, pathPrefix, unusableOutput, withContentOption } from '../content-folder.js';
import { withExamples } from '../examples.js';

interface Options {
  readonly content?: string;
  readonly flavor: DocsFlavor;
  readonly out?: string;
  readonly results?: string;
}

/** Adds `detc docs`. Pages are written as far as the content can be read; its errors are shown and make the exit code 1. */
export function register(program: Command): void {
  const command = program.command('docs').description('writes the documentation of the content');
  command
    .addOption(
      withChoices(command, new Option('--flavor <flavor>', 'kind of pages'), docsFlavors).default(
        docsFlavors[0],
      ),
    )
    .option('--out <dir>', 'folder for the pages (default: dist/docs/<flavor> of the repository)')
    .option('--results <file>', 'report of "detc test --reporter json" whose results the site shows');
  withContentOption(command).action(async (options: Options) => {
    const root = contentFolder(command, options.content);
    const out = options.out === undefined ? resolve(root, 'dist/docs', options.flavor) : resolve(options.out);
    const unusable = unusableOutput(root, existsSync(out) ? realpathSync(out) : out);
    if (unusable !== undefined)
      command.error(`error: "${options.out ?? out}" cannot be the output folder: ${unusable}`, {
        exitCode: 2,
      });
    requireResults(command, options);
    const { content, diagnostics, documents } = loadRepository(root);
    const report = (found: readonly Diagnostic[]): void => {
      const source = (file: string) => documents.get(file)?.text;
      const colors = hasColors(process.stderr);
      process.stderr.write(formatText(found, { source, colors, filePrefix: pathPrefix(root) }));
      process.exitCode = 1;
    };
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
    if (errors.length > 0) report(errors);
    try {
      const files = await renderDocs(content, {
        flavor: options.flavor,
        ...(options.results === undefined ? {} : { results: resolve(options.results) }),
      });
      recover(out);
      publish(out, new Map([['docs', files]]));
      process.stdout.write(`${files.length} files in ${options.out ?? out}\n`);
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      report(error.diagnostics);
    }
  });
  withExamples(
    command,
    [
      ['detc docs', 'pages for a Jekyll site'],
      ['detc docs --flavor markdown --out wiki', 'pages for a repository browser'],
      ['detc docs --flavor site', 'a website with search and an ATT&CK matrix'],
    ],
    '0 written, 1 the content has errors',
  );
}

/** Ends the command as wrong usage when the given results are none, or nothing would show them. */
function requireResults(command: Command, { results, flavor }: Options): void {
  if (results === undefined) return;
  const refuse = (why: string) => command.error(`error: ${why}`, { exitCode: 2 });
  if (flavor !== 'site') refuse('--results goes with --flavor site; other pages show no results');
  if (!existsSync(results)) refuse(`"${results}" does not exist`);
  if (!isResults(results)) refuse(`"${results}" is no report of detc test --reporter json`);
}

function isResults(file: string): boolean {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    return typeof report === 'object' && report !== null && 'tests' in report && Array.isArray(report.tests);
  } catch {
    return false;
  }
}
