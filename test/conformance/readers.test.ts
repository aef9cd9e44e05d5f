// Real logs beside the checkout: every file is read, its format recognised, its events counted and dated.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileReport } from '../../src/dataset/dataset.js';
import { openDataset } from '../../src/dataset/open-dataset.js';

const shared = path.resolve(import.meta.dirname, '../../../shared');
const present = existsSync(shared);
if (!present) console.warn(`readers: ${shared} is not there, nothing is checked`);

interface LogFile {
  readonly file: string;
  readonly gz?: string;
  readonly at?: string;
  readonly sourcetype: string;
  readonly source: string | readonly string[];
  readonly events: number;
}

// Some entries of the two lists name the same file; the file holds what one of them says.
function logFiles(): [string, LogFile[]][] {
  const files = new Map<string, LogFile[]>();
  const add = (list: string, place: (entry: LogFile) => string) => {
    for (const entry of JSON.parse(readFileSync(path.join(shared, list), 'utf8')) as LogFile[]) {
      const file = path.normalize(path.join(shared, path.dirname(list), place(entry)));
      files.set(file, [...(files.get(file) ?? []), entry]);
    }
  };
  add('sigma/logs.json', (entry) => entry.gz ?? '');
  add('logs/index.json', (entry) => entry.at ?? '');
  return [...files];
}

// Events without a time of their own: rule tests cut down to the members that a rule needs, Zeek's list of scripts,
// published examples of which only a part is shown.
const mayLackTime = /panther_analysis_rule_tests|loaded_scripts|splunk_examples/;

// What a file's content says of its type, where the list has the name of the product and not of its add-on, or
// where several types have the same members.
const otherNames: readonly (readonly [RegExp, RegExp])[] = [
  [/gws_reports_activity/, /^gws:reports:\w+$/],
  [/crowdstrike_fdr/, /^crowdstrike:events:sensor$/],
  [/zscaler_admin/, /^zscalernss-audit$/],
  [/azure_monitor_(?:intune|activity)/, /^(?:azure:monitor:(?:aad|activity)|mscs:azure:audit)$/],
  // Windows events that NXLog wrote as JSON.
  [/sigma\/logs\/mordor/, /^XmlWinEventLog$/],
  [/splunk_examples/, /./],
];

interface Reading {
  readonly report: FileReport;
  readonly sources: ReadonlySet<string>;
  readonly messages: readonly string[];
  /** Events with a text and a time. */
  readonly whole: number;
}

async function read(file: string): Promise<Reading> {
  const scan = openDataset([file]).scan();
  const sources = new Set<string>();
  let whole = 0;
  for await (const batch of scan) {
    for (const { raw, source, time } of batch) {
      sources.add(source);
      if (raw.length > 0 && time !== null && time >= 0) whole++;
    }
  }
  const { files, diagnostics } = scan.report;
  return { report: files[0]!, sources, messages: diagnostics.map(({ message }) => message), whole };
}

function faultsOf(
  name: string,
  entries: readonly LogFile[],
  { report, sources, messages, whole }: Reading,
): string[] {
  const faults: string[] = [];
  const { source, sourcetype } = entries[0]!;
  if (!entries.some(({ events }) => events === report.events))
    faults.push(`${report.events} events, not ${entries[0]!.events}`);
  if (whole !== report.events) faults.push(`${report.events - whole} events without text or time`);
  if (report.timeless > 0 && !mayLackTime.test(name))
    faults.push(`${report.timeless} events without a timestamp`);
  // One event of this file is cut off in the original.
  if (report.broken > 0 && !name.includes('log4shell')) faults.push(`broken: ${messages.join('; ')}`);
  if (sourcetype === 'XmlWinEventLog') {
    for (const wanted of name.includes('synthetic') ? [] : source)
      if (!sources.has(wanted)) faults.push(`no source ${wanted}`);
    if (report.format !== 'windows-xml') faults.push(`format ${report.format}`);
  }
  const other = otherNames.find(([files]) => files.test(name))?.[1];
  const fits = (type: string) => type === sourcetype || type === '_json' || (other?.test(type) ?? false);
  if (!report.sourcetypes.every(fits))
    faults.push(`source types ${report.sourcetypes.join(', ')}, not ${sourcetype}`);
  return faults.map((fault) => `${name}: ${fault}`);
}

describe.runIf(present)('real logs', () => {
  it('are all read: events, times, sources and source types', async () => {
    const files = logFiles();
    const faults: string[] = [];
    const unknown = new Set<string>();
    let events = 0;
    for (const [file, entries] of files) {
      const name = path.relative(shared, file);
      const reading = await read(file);
      events += reading.report.events;
      faults.push(...faultsOf(name, entries, reading));
      const { sourcetype } = entries[0]!;
      if (sourcetype !== '_json' && reading.report.sourcetypes.includes('_json')) unknown.add(sourcetype);
    }
    console.log(
      `${files.length} files, ${events} events; as _json without being told: ${[...unknown].sort().join(', ')}`,
    );
    expect(faults).toEqual([]);
  });

  it('have the source type and host that they are told', async () => {
    for (const [file, entries] of logFiles().filter((_, i) => i % 20 === 0)) {
      const { sourcetype } = entries[0]!;
      for await (const batch of openDataset([file], { sourcetype, host: 'h' }).scan()) {
        expect(batch.every((event) => event.sourcetype === sourcetype && event.host === 'h')).toBe(true);
      }
    }
  });
});

interface FieldExample {
  readonly name: string;
  readonly source: string;
  readonly sourcetype: string;
  readonly example_log?: string;
}

// Not one whole event: a viewer's rendering of one, a part of one, or several.
const noEvent = /^GitHub (?:Enterprise|Organizations) Audit Logs$|^Google Workspace$/;
// A time of day without a day, the 65th second of a minute, no time at all.
const noTime = /^Kubernetes Falco$|^O365 UserLoginFailed$|^Powershell Installed IIS Modules$/;

describe.runIf(present)('published example events', () => {
  it('are each read as one event with a time', async () => {
    const list = path.join(shared, 'reference/field_examples.json');
    const examples = JSON.parse(readFileSync(list, 'utf8')) as FieldExample[];
    const usable = examples.filter(
      ({ example_log, name }) => (example_log ?? '').trim() !== '' && !noEvent.test(name),
    );
    const faults: string[] = [];
    for (const { name, example_log, sourcetype, source } of usable) {
      async function* stdin() {
        yield Buffer.from(example_log ?? '');
      }
      const scan = openDataset(['-'], { sourcetype, source, stdin: stdin(), now: 1_760_000_000 }).scan();
      let count = 0;
      for await (const batch of scan) count += batch.length;
      const report = scan.report.files[0]!;
      if (count !== 1) faults.push(`${name}: ${count} events (${report.format})`);
      if (report.timeless > 0 && !noTime.test(name))
        faults.push(`${name}: no time in ${example_log?.slice(0, 160)}`);
    }
    console.log(`${usable.length} examples, ${faults.length} faults`);
    expect(faults).toEqual([]);
  });
});
