// detc validate: prints what is wrong with a repository.
import { type Command, Option } from 'commander';
import { openValidationCache } from '../../cache/validation-cache.js';
import { ContentCache } from '../../content/load.js';
import type { Diagnostic } from '../../diagnostic/diagnostic.js';
import { countSeverities } from '../../diagnostic/order.js';
import { formatGithub } from '../../diagnostic/report/github.js';
import { formatJson } from '../../diagnostic/report/json.js';
import { formatSarif } from '../../diagnostic/report/sarif.js';
import { formatText } from '../../diagnostic/report/text.js';
import { packageVersion } from '../../package-root.js';
import { describeCodes } from '../../rules/codes.js';
import { prepareEdits, type ValidateOptions, type Validation, validateRepository } from '../../validate.js';
import { wholeNumber, withChoices } from '../arguments.js';
import { hasColors } from '../colors.js';
import { contentFolder, pathInRepository, pathPrefix, withContentOption } from '../content-folder.js';
import { withExamples } from '../examples.js';
import { watchRepository } from '../watch.js';

interface Options {
  readonly content?: string;
  readonly format: 'text' | 'json' | 'sarif' | 'github';
  readonly maxWarnings?: number;
  readonly watch?: boolean;
  readonly cache: boolean;
}

/** Adds `detc validate`. */
export function register(program: Command): void {
  const command = program
    .command('validate')
    .description('checks the content: schema, links, SPL and rules')
    .argument('[path...]', 'report only on these files and folders; everything is read all the same');
  command
    .addOption(
      withChoices(command, new Option('--format <format>', 'how to report'), [
        'text',
        'json',
        'sarif',
        'github',
      ]).default('text'),
    )
    .option(
      '--max-warnings <n>',
      'exit with 1 when there are more warnings',
      wholeNumber(command, '--max-warnings'),
    )
    .option('--watch', 'check again after every change')
    .option('--no-cache', 'check everything anew');
  withContentOption(command).action((paths: string[], options: Options) => {
    const root = contentFolder(command, options.content);
    const wanted = paths.map((path) => pathInRepository(command, root, path));
    const check = (known: ValidateOptions): Validation => {
      const validation = validateRepository(root, known);
      const diagnostics = validation.diagnostics.filter((diagnostic) => isWanted(diagnostic.file, wanted));
      process.stdout.write(report(validation, diagnostics, options, root));
      const { errors, warnings } = countSeverities(diagnostics);
      process.exitCode = errors > 0 || warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY) ? 1 : 0;
      return validation;
    };
    if (options.watch === true) {
      const cache = new ContentCache();
      watchRepository(root, () => check({ cache }), { spare: prepareEdits });
    } else if (options.cache) {
      const { content, results, save } = openValidationCache(root);
      check({ cache: content, results });
      save();
    } else check({});
  });
  withExamples(
    command,
    [
      ['detc validate', 'the whole repository'],
      ['detc validate detections/endpoint', 'only what is wrong there'],
      ['detc validate --watch', 'again after every save'],
      ['detc validate --no-cache', 'without what earlier runs found'],
      ['detc validate --max-warnings 0', 'warnings fail too'],
      ['detc validate --format sarif > detc.sarif', 'for code scanning'],
    ],
    '0 no errors, 1 errors or too many warnings',
  );
}

function isWanted(file: string, wanted: readonly string[]): boolean {
  return (
    wanted.length === 0 || wanted.some((path) => path === '' || file === path || file.startsWith(`${path}/`))
  );
}

function report(
  validation: Validation,
  diagnostics: readonly Diagnostic[],
  { format }: Options,
  root: string,
): string {
  const files = validation.documents.size;
  const filePrefix = pathPrefix(root);
  if (format === 'json') return formatJson(diagnostics, files);
  if (format === 'text') {
    const colors = hasColors(process.stdout);
    const source = (file: string) => validation.documents.get(file)?.text;
    const text = formatText(diagnostics, { source, colors, filePrefix });
    return text === '' ? `${files} files checked, nothing found\n` : text;
  }
  const prefixed = diagnostics.map((diagnostic) => ({ ...diagnostic, file: filePrefix + diagnostic.file }));
  if (format === 'github') return formatGithub(prefixed);
  return formatSarif(prefixed, { version: packageVersion(), rules: describeCodes() });
}
