// detc explain: the search with macros expanded, its plan, and with data the number of rows after every command.
import { type Command, Option } from 'commander';
import { printable } from '../../diagnostic/printable.js';
import type { CompiledText, Stage } from '../../evaluate.js';
import { explainPlan, planText } from '../../plan/explain.js';
import { formatSearch, printCommand } from '../../syntax/printer.js';
import { funnelLines } from '../../testing/report/funnel.js';
import { meantDetection, selectDetections } from '../../testing/select.js';
import { withChoices } from '../arguments.js';
import { withExamples } from '../examples.js';
import { type FieldSource, fieldSources } from '../field-sources.js';
import {
  compileOrReport,
  type PreparedInputs,
  prepareInputs,
  reportData,
  reportFault,
  type SearchInputs,
  takeArgument,
  withSearchInputs,
} from '../search-options.js';

interface Options extends SearchInputs {
  readonly spl?: string;
  readonly format: 'text' | 'json';
  readonly source?: string;
}

/** Adds `detc explain`. */
export function register(program: Command): void {
  const command = program
    .command('explain')
    .description('shows what a search expands to, its plan and, with data, the rows after every command')
    .argument('[detection]', 'a detection by name or path')
    .option('--spl <s>', 'a search instead of a detection');
  withSearchInputs(command)
    .addOption(
      withChoices(command, new Option('--format <format>', 'how to print'), ['text', 'json']).default('text'),
    )
    .action(async (given: string | undefined, all: Options) => {
      const { argument: detection, options } =
        all.spl === undefined ? takeArgument(given, all) : { argument: given, options: all };
      process.exitCode = await explain(command, detection, options);
    });
  withExamples(
    command,
    [
      ["detc explain 'Windows MSIExec With Network Connections'", 'by name or path'],
      ['detc explain detections/web/x.yml --data access.log', 'with the rows after every command'],
      ["detc explain --spl '`sysmon` EventID=1 | stats count by Image' --format json"],
    ],
    '0 explained, 1 the search has errors',
  );
}

async function explain(command: Command, detection: string | undefined, options: Options): Promise<number> {
  if ((detection === undefined) === (options.spl === undefined))
    command.error('error: name a detection or give a search with --spl', { exitCode: 2 });
  if (options.spl?.trim() === '') command.error('error: the search is empty', { exitCode: 2 });
  const prepared = prepareInputs(command, options);
  const spl = options.spl ?? searchOf(command, detection ?? '', prepared);
  const compiled = compileOrReport(spl, prepared, options);
  if (compiled === undefined) return 1;
  let stages: readonly Stage[] | undefined;
  if (prepared.events !== undefined) {
    try {
      ({ stages } = await compiled.runCounted(prepared.events, prepared.environment));
    } catch (error) {
      if (!reportFault(error)) throw error;
      return 1;
    }
  }
  const code = reportData(prepared.events);
  const fields =
    prepared.events === undefined
      ? undefined
      : await fieldSources(compiled, prepared.events, prepared.environment);
  process.stdout.write(
    options.format === 'json' ? asJson(compiled, stages, fields) : asText(compiled, stages, fields),
  );
  return code;
}

function searchOf(command: Command, name: string, prepared: PreparedInputs): string {
  const { repository } = prepared;
  if (repository === undefined)
    return command.error('error: no content repository here; name it with -C', { exitCode: 2 });
  const exact = repository.detections.find(
    (item) => item.name === name || item.stem === name || item.file === name,
  );
  const found = exact === undefined ? selectDetections(repository, [name]) : [exact];
  const only = found[0];
  if (only === undefined) {
    const help = meantDetection(repository, name);
    return command.error(`error: no detection "${name}"${help === undefined ? '' : `\n  help: ${help}`}`, {
      exitCode: 2,
    });
  }
  if (found.length > 1)
    return command.error(`error: "${name}" names ${found.length} detections`, { exitCode: 2 });
  return only.search;
}

function asJson(
  compiled: CompiledText,
  stages: readonly Stage[] | undefined,
  fields: readonly FieldSource[] | undefined,
): string {
  const plan = explainPlan(compiled.plan);
  const expanded = compiled.analysis.expansion.text;
  return `${JSON.stringify({ search: expanded, plan, ...(stages === undefined ? {} : { stages }), ...(fields === undefined ? {} : { fields }) }, undefined, 2)}\n`;
}

function asText(
  compiled: CompiledText,
  stages: readonly Stage[] | undefined,
  fields: readonly FieldSource[] | undefined,
): string {
  const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');
  const shown = (text: string): string => text.split('\n').map(printable).join('\n');
  const { pipeline } = compiled.analysis;
  let text = `search\n${indent(shown(formatSearch(pipeline)))}\n\nplan, last step first\n${indent(shown(planText(explainPlan(compiled.plan))))}`;
  if (stages !== undefined) {
    const commands = stages.map(({ command, rowsIn, rowsOut }, index) => {
      const step = pipeline.commands[index];
      return { command: step === undefined ? command : printCommand(step), rowsIn, rowsOut };
    });
    text += `\nrows after every command\n${indent(
      funnelLines(commands, process.stdout.columns ?? 100)
        .map(printable)
        .join('\n'),
    )}\n`;
  }
  if (fields !== undefined && fields.length > 0) {
    const width = (part: (field: FieldSource) => string): number =>
      Math.max(...fields.map((field) => printable(part(field)).length));
    const [name, step] = [width((field) => field.field), width((field) => field.step)];
    text += '\nfields\n';
    for (const field of fields)
      text +=
        `  ${printable(field.field).padEnd(name)}  ${printable(field.step).padEnd(step)}  ${printable(field.origin)}`.trimEnd() +
        '\n';
  }
  return text;
}
