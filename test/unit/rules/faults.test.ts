// Single faults put into a valid repository: each gives one diagnostic, at the faulty place, that names the value.
import { afterAll, describe, expect, it } from 'vitest';
import { readSchema, schemaNames } from '../../../src/content/schema.js';
import { tables } from './fault-tables.js';
import { type Fault, faultsIn } from './faults.js';
import { baseFiles, ScratchRepository } from './repository.js';

const scratch = new ScratchRepository();
afterAll(() => scratch.remove());

function original(file: string): string {
  const bytes = baseFiles.get(file);
  if (bytes === undefined) throw new Error(`no ${file}`);
  return bytes.toString('utf8');
}

function check(fault: Fault): void {
  const found = scratch.check({ [fault.file]: fault.change });
  const shown = found.map((d) => `${d.file}:${d.line}:${d.column}: ${d.severity}[${d.code}]: ${d.message}`);
  const where = `${fault.reportedIn ?? fault.file}:${fault.place}: ${fault.severity}[${fault.code}]: `;
  expect(shown, shown.join('\n')).toHaveLength(1);
  const [only = ''] = shown;
  expect(only.slice(0, where.length)).toBe(where);
  const message = only.slice(where.length);
  if (typeof fault.message === 'string') expect(message).toBe(fault.message);
  else expect(message).toMatch(fault.message);
}

describe.each(Object.entries(tables))('%s', (file, rows) => {
  it.each(
    faultsIn(file, original(file), rows).map((fault) => [`${fault.place} ${fault.message}`, fault] as const),
  )('%s', (_, fault) => check(fault));
});

/** A file of each kind, for the faults that every kind can have. */
const samples = {
  detection: [
    'detections/endpoint/rundll32_without_arguments.yml',
    'detections/cloud/console_login_from_new_country.yml',
    'detections/web/long_urls.yml',
    'detections/endpoint/shell_spawned_by_office.yml',
  ],
  macro: ['macros/sysmon.yml', 'macros/ctime.yml'],
  lookup: ['lookups/known_tools.yml', 'lookups/old_table.yml', 'lookups/seen_countries.yml'],
  story: ['stories/living_off_the_land.yml', 'stories/cloud_account_takeover.yml'],
  baseline: ['baselines/baseline_of_shells.yml'],
  investigation: ['investigations/get_process_info.yml'],
  'data-source': ['data_sources/sysmon_eventid_1.yml'],
  deployment: ['deployments/escu_default_configuration_ttp.yml'],
  schedule: ['schedules/example_hourly.yml'],
  dashboard: ['dashboards/overview.yml'],
} as const;

/** The block of a top-level key: its line and the deeper or list lines below it. */
function block(text: string, key: string): string {
  const match = new RegExp(`^${key}:.*\\n(?:(?:[ -].*)?\\n)*`, 'm').exec(text);
  if (match === null) throw new Error(`no key ${key}`);
  return match[0];
}

const every = Object.entries(samples).flatMap(([kind, files]) => files.map((file) => [kind, file] as const));

describe.each(every)('any %s, %s', (kind, file) => {
  const text = original(file);
  const keys = [...text.matchAll(/^([a-z_A-Z]+):/gm)].map((match) => match[1] ?? '');
  const required = new Set(
    schemaNames.flatMap((name) => (name === kind ? (readSchema(name).required ?? []) : [])),
  );

  it.each(keys.filter((key) => required.has(key)))('without %s', (key) => {
    const rest = text.replace(block(text, key), '');
    const row = [['schema', `missing key "${key}"`, ['', '«']] as const];
    for (const fault of faultsIn(file, rest, row)) check(fault);
  });

  it.each(keys)('with %s twice', (key) => {
    const again = block(text, key);
    const row = [
      ['yaml', `duplicate key "${key}"`, [again, `${again.replace(/\n*$/, '\n')}«${again}`]] as const,
    ];
    for (const fault of faultsIn(file, text, row)) check(fault);
  });

  it('with a key that there is not', () => {
    // Detections of the older dialects may hold keys that their tools passed over.
    const older = /^detections\/(?:cloud|web)\//.test(file);
    const row = [[older ? '~schema' : 'schema', 'unknown key "some_key"', ['', '«some_key: 1\n']] as const];
    for (const fault of faultsIn(file, text, row)) check(fault);
  });

  it.each(keys.filter((key) => new RegExp(`^${key}: [^|>'\\[]`, 'm').test(text)))(
    'with a mapping as %s',
    (key) => {
      const line = new RegExp(`^${key}: .*$`, 'm').exec(text)?.[0] ?? '';
      const row = [
        ['schema', new RegExp(`^${key} must be .*, found a mapping$`), [line, `${key}: «{a: b}`]] as const,
      ];
      for (const fault of faultsIn(file, text, row)) check(fault);
    },
  );

  it.each(keys.filter((key) => required.has(key)))('with nothing as %s', (key) => {
    const old = block(text, key);
    const row = [['schema', new RegExp(`^${key} must be .*, found nothing$`), [old, `«${key}:\n`]] as const];
    for (const fault of faultsIn(file, text, row)) check(fault);
  });

  it('with an unclosed quote', () => {
    const row = [['yaml', /^quote ' is not closed/, ['\nname: ', "\nname: «'"]] as const];
    for (const fault of faultsIn(file, `\n${text}`, row)) check(fault);
  });
});

describe('faults of bytes', () => {
  it.each(every)('%s: a wrong byte in %s', (_, file) => {
    const bytes = Buffer.concat([baseFiles.get(file) ?? Buffer.of(), Buffer.from('# caf\xe9\n', 'latin1')]);
    const found = scratch.check({ [file]: bytes });
    expect(found.map((d) => `${d.code}: ${d.message}`)).toEqual(['yaml: byte 0xe9 is not UTF-8']);
    expect(found[0]?.line).toBe(baseFiles.get(file)?.toString().split('\n').length ?? 0);
  });
});

it('a fault of one file hides none of another', () => {
  const found = scratch.check({
    'macros/sysmon.yml': 'name: [broken\n',
    'stories/living_off_the_land.yml': original('stories/living_off_the_land.yml').replace(
      'usecase: A',
      'usecase: B',
    ),
    'detections/web/long_urls.yml': original('detections/web/long_urls.yml').replace(
      'version: 1',
      'version: one',
    ),
  });
  expect(found.map((d) => d.file)).toEqual([
    'detections/web/long_urls.yml',
    'macros/sysmon.yml',
    'stories/living_off_the_land.yml',
  ]);
});
