// detc run: runs one search on files or stdin and prints its rows.
import { type Command, Option } from 'commander';
import { counted } from '../../diagnostic/counted.js';
import { printable } from '../../diagnostic/printable.js';
import type { CompiledText } from '../../evaluate.js';
import type { LocalEvents } from '../../events.js';
import type { Row } from '../../runtime/value.js';
import { withChoices } from '../arguments.js';
import { withExamples } from '../examples.js';
import { misspelledFields } from '../field-sources.js';
import { fileLines } from '../file-lines.js';
import { showReading } from '../reading-progress.js';
import { formatRows, type RowFormat, rowTexts } from '../rows.js';
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
  readonly output: RowFormat;
  readonly stats?: boolean;
}

/** Adds `detc run`. */
export function register(program: Command): void {
  const command = program
    .command('run')
    .description('runs one search on log files, without Splunk')
    .argument('[spl]', 'the search');
  withSearchInputs(command)
    .addOption(
      withChoices(command, new Option('-o, --output <format>', 'how to print the rows'), [
        'table',
        'json',
        'ndjson',
        'csv',
      ]).default('table'),
    )
    .option('--stats', 'print time, rows, and of every file its format, source types and faults on stderr')
    .action(async (given: string | undefined, all: Options) => {
      const { argument: spl, options } = takeArgument(given, all);
      if (spl === undefined) command.error("error: missing required argument 'spl'", { exitCode: 2 });
      else if (spl.trim() === '') command.error('error: the search is empty', { exitCode: 2 });
      else process.exitCode = await run(command, spl, options);
    });
  withExamples(
    command,
    [
      ["detc run '| fieldsummary' --data events.log", 'which fields a file holds'],
      ["detc run 'EventCode=4688 | top Process_Name' --data logs/ -o json"],
      ["zcat events.json.gz | detc run 'status=5* | stats count by uri' --sourcetype nginx:json"],
      ["detc run '| tstats count from datamodel=Endpoint.Processes by Processes.user' --data sysmon.xml"],
      ["detc run '`my_macro` | head 5' --data logs/ --app ./Splunk_TA_windows", 'fields of that add-on'],
    ],
    '0 the search ran, 1 it has errors or data could not be read',
  );
}

async function run(command: Command, spl: string, options: Options): Promise<number> {
  const prepared = prepareInputs(command, options);
  const compiled = compileOrReport(spl, prepared, options);
  if (compiled === undefined) return 1;
  if (compiled.readsEvents && prepared.events === undefined)
    process.stderr.write('warning: the search reads events, and none are given: name files with --data\n');
  const started = performance.now();
  const reading = showReading(() => prepared.events?.report.files ?? []);
  let count = 0;
  try {
    const writer = rowWriter(options.output, compiled.columns, prepared.timezone);
    if (writer !== undefined) {
      await compiled.run(prepared.events, prepared.environment, {
        push: (row: Row) => {
          // What comes as it is found needs no other sign.
          if (count === 0) reading.stop();
          if (isNothingRead(prepared.events)) return;
          count++;
          writer.write(row);
        },
      });
      writer.end();
    } else {
      let made: readonly string[] = [];
      const orderColumns = (names: readonly string[]): void => {
        made = names;
      };
      const rows = await compiled.run(prepared.events, { ...prepared.environment, orderColumns });
      reading.stop();
      const columns = { all: compiled.columns, made };
      if (!isNothingRead(prepared.events)) {
        count = rows.length;
        const pieces = inPieces();
        for (const text of formatRows(rows, options.output, columns, prepared.timezone)) pieces.write(text);
        pieces.end();
      }
    }
  } catch (error) {
    if (!reportFault(error)) throw error;
    return 1;
  } finally {
    reading.stop();
  }
  const code = reportData(prepared.events);
  if (count === 0 && options.output === 'table' && code === 0)
    process.stderr.write(await whyNothing(compiled, prepared));
  if (options.stats) printStatistics(prepared.events, count, performance.now() - started);
  return code;
}

/** True when none of the data could be read: what a search makes of no events, a count of 0, would say something else. */
function isNothingRead(events: ReturnType<typeof prepareInputs>['events']): boolean {
  if (events === undefined || events.report.files.length > 0) return false;
  return events.report.diagnostics.some(({ severity }) => severity === 'error');
}

/**
 * Writes rows as they come, in larger pieces; undefined for a format that has to see all rows first: a table for its
 * widths, CSV for its columns where they are not known before.
 */
function rowWriter(
  format: RowFormat,
  columns: readonly string[] | undefined,
  timezone: string,
): { write(row: Row): void; end(): void } | undefined {
  const text = rowTexts(format, columns, timezone);
  if (text === undefined) return undefined;
  const pieces = inPieces();
  pieces.write(text.start);
  let isFirst = true;
  return {
    write(row) {
      pieces.write((isFirst ? text.first : text.between) + text.row(row));
      isFirst = false;
    },
    end() {
      pieces.write(isFirst ? text.none : text.end);
      pieces.end();
    },
  };
}

/** Standard output, written to in larger pieces. */
function inPieces(): { write(text: string): void; end(): void } {
  let buffer = '';
  return {
    write(text) {
      buffer += text;
      if (buffer.length <= 65_536) return;
      process.stdout.write(buffer);
      buffer = '';
    },
    end() {
      process.stdout.write(buffer);
    },
  };
}

/** What a person asks when a search finds nothing: was anything read, is a field misspelled, and where did it end. */
async function whyNothing(compiled: CompiledText, prepared: PreparedInputs): Promise<string> {
  const { events, environment } = prepared;
  const files = events?.report.files ?? [];
  const read = files.reduce((total, file) => total + file.events + file.skipped, 0);
  if (events === undefined || files.length === 0) return '';
  const sourcetypes = [...new Set(files.flatMap((file) => file.sourcetypes))].slice(0, 5);
  const kinds = sourcetypes.length === 0 ? '' : ` (${printable(sourcetypes.join(', '))})`;
  const what = `${counted(read, 'event')} of ${counted(files.length, 'file')}${kinds}`;
  if (read === 0) return `${what}\n`;
  if (!(await isAnyInRange(events, environment))) return `${what}, none of them in the time range\n`;
  const fields = (await misspelledFields(compiled, events)).map(({ field, help, events }) => {
    const looked = read > events ? `none of ${events} that were looked at` : 'none of them';
    return `${looked} has a field "${printable(field)}"; ${printable(help)}\n`;
  });
  return `${what}; detc explain shows after which command none was left\n${fields.join('')}`;
}

/** Whether an event lies in the time range that the options give. */
async function isAnyInRange(
  events: LocalEvents,
  { earliest, latest }: PreparedInputs['environment'],
): Promise<boolean> {
  if (earliest === undefined && latest === undefined) return true;
  const range = {
    ...(earliest === undefined ? {} : { earliest }),
    ...(latest === undefined ? {} : { latest }),
  };
  for await (const batch of events.dataset.scan(range)) if (batch.length > 0) return true;
  return false;
}

function printStatistics(
  events: ReturnType<typeof prepareInputs>['events'],
  rows: number,
  milliseconds: number,
): void {
  const files = events?.report.files ?? [];
  const sum = (pick: (file: (typeof files)[number]) => number): number =>
    files.reduce((total, file) => total + pick(file), 0);
  process.stderr.write(
    `${counted(rows, 'row')} in ${Math.round(milliseconds)} ms; read ${counted(
      sum((file) => file.events),
      'event',
    )} of ${counted(files.length, 'file')} (${sum((file) => file.bytes)} bytes), ` +
      `${sum((file) => file.skipped)} skipped unread\n${fileLines(files)}`,
  );
}
