// detc init, new and schema: what they write is valid content and valid schemas.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { editorSchema } from '../../../src/content/editor-schema.js';
import { loadRepository } from '../../../src/content/load.js';
import { isDay, schemaNames } from '../../../src/content/schema.js';
import { runProgram } from './run-program.js';

const base = join(import.meta.dirname, '../../data/repository');
// The first run loads the whole program.
beforeAll(async () => {
  await runProgram('validate', '-C', base);
}, 60_000);

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
function scratch(from?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'detc-scaffold-'));
  folders.push(folder);
  if (from !== undefined) cpSync(from, folder, { recursive: true });
  return folder;
}

describe('init and new', () => {
  it('make a repository in which nothing is wrong', async () => {
    const root = scratch();
    const flags = [
      '--title',
      'My: App',
      '--appid',
      'DA-ESS-My',
      '--label',
      'MY',
      '--author',
      'Ann "A" Author',
      '--email',
      'a@b.example',
    ];
    expect(await runProgram('init', root, ...flags)).toMatchObject({ stderr: '', code: 0 });
    const made: [string, ...string[]][] = [
      ['story', 'My Story'],
      ['macro', 'my_macro'],
      ['lookup', 'my_lookup'],
      ['detection', 'My TTP', '--type', 'TTP', '--story', 'My Story'],
      ['detection', 'My Hunt - 2.0', '--type', 'Hunting', '--folder', 'web'],
      ['detection', 'My Anomaly', '--type', 'Anomaly', '--folder', 'cloud'],
      ['detection', 'My Correlation', '--type', 'Correlation'],
    ];
    for (const args of made) {
      expect(await runProgram('new', ...args, '-C', root, '--author', 'Bob')).toMatchObject({
        stderr: '',
        code: 0,
      });
    }
    const { stdout } = await runProgram('validate', '-C', root, '--format', 'json');
    expect(
      JSON.parse(stdout).diagnostics.filter((d: { severity: string }) => d.severity === 'error'),
    ).toEqual([]);
    const { content } = loadRepository(root);
    expect(content.app).toMatchObject({ title: 'My: App', label: 'MY', authorName: 'Ann "A" Author' });
    expect(content.detections.map((detection) => detection.name)).toContain('My Hunt - 2.0');
  });

  it('gives the app of a folder with a short name a title that Splunk takes', async () => {
    const root = join(scratch(), 'ab');
    expect(await runProgram('init', root)).toMatchObject({ stderr: '', code: 0 });
    expect(loadRepository(root).content.app).toMatchObject({ title: 'ab content', appid: 'DA-ESS-ab' });
  });

  it.each(['4.x', '5.x', 'escu6'])(
    'writes detections in the dialect of the repository: %s',
    async (dialect) => {
      const root = scratch(base);
      const keep = {
        '4.x': 'cloud',
        '5.x': 'endpoint/rundll32_without_arguments.yml',
        escu6: 'endpoint/shell_spawned_by_office.yml',
      }[dialect];
      const all = [
        'cloud',
        'web',
        'endpoint/rundll32_without_arguments.yml',
        'endpoint/shell_spawned_by_office.yml',
      ];
      for (const path of all) if (path !== keep) rmSync(join(root, 'detections', path), { recursive: true });
      for (const type of ['TTP', 'Anomaly', 'Hunting']) {
        const args = ['--type', type, '--story', 'Living Off The Land', '-C', root];
        expect(await runProgram('new', 'detection', `New ${type}`, ...args)).toMatchObject({
          stderr: '',
          code: 0,
        });
      }
      const { content, diagnostics } = loadRepository(root);
      expect(diagnostics).toEqual([]);
      const made = content.detections.filter((detection) => detection.name.startsWith('New '));
      expect(made.map((detection) => detection.dialect)).toEqual(Array(3).fill(dialect));
      const { stdout } = await runProgram('validate', '-C', root, '--format', 'json', 'detections/endpoint');
      const own = JSON.parse(stdout).diagnostics.filter((d: { file: string }) => d.file.includes('/new_'));
      expect(own).toEqual([]);
    },
  );

  it('never overwrites a file, and names what is wrong', async () => {
    const root = scratch(base);
    const again = await runProgram('new', 'story', 'Living Off The Land', '-C', root);
    expect(again).toMatchObject({
      code: 2,
      stderr: 'error: stories/living_off_the_land.yml is already there\n',
    });
    const wrong = await runProgram(
      'new',
      'detection',
      'x',
      '--story',
      'Living off',
      '-C',
      root,
      '--folder',
      '../..',
    );
    expect(wrong.code).toBe(2);
    const story = await runProgram('new', 'detection', 'x', '--story', 'Living Of The Land', '-C', root);
    expect(story.stderr).toContain('unknown story "Living Of The Land", did you mean "Living Off The Land"?');
    expect((await runProgram('new', 'detection', '-C', root)).code).toBe(2);
    expect((await runProgram('new', 'detection', 'My: "Hunt"', '-C', root)).code).toBe(2);
  });

  it('tells editors about the schemas and keeps their other settings', async () => {
    const root = scratch(base);
    await runProgram('init', root);
    const path = join(root, '.vscode/settings.json');
    const settings = JSON.parse(readFileSync(path, 'utf8'));
    expect(settings['yaml.schemas']['./.detc/schemas/detection.schema.json']).toEqual([
      'detections/**/*.yml',
    ]);
    writeFileSync(path, '{"editor.tabSize": 2}');
    await runProgram('init', root);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveProperty('editor\\.tabSize'.replace('\\', ''), 2);
    writeFileSync(path, '{ // mine\n}');
    expect((await runProgram('init', root)).code).toBe(2);
  });
});

describe('schema', () => {
  it('lists the kinds', async () => {
    const { stdout } = await runProgram('schema');
    for (const name of schemaNames) expect(stdout).toContain(name);
  });
  it('suggests a kind', async () => {
    const { stderr, code } = await runProgram('schema', 'detektion');
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean "detection"?');
  });
  it('has the names of the repository as choices', async () => {
    const { stdout } = await runProgram('schema', 'detection', '-C', base);
    const schema = JSON.parse(stdout);
    const stories = ['Cloud Account Takeover', 'Living Off The Land'];
    expect(schema.properties.tags.properties.analytic_story.items.enum).toEqual(stories);
    expect(schema.properties.data_source.items.anyOf[0].enum).toEqual([
      'AWS CloudTrail',
      'Linux Auditd',
      'Sysmon EventID 1',
    ]);
    expect(schema.$defs.macroName.enum).toEqual(['cloudtrail', 'ctime', 'sysmon']);
    expect(schema.$defs.deprecationInfo.properties.replacement_content.items.enum).toContain('Long URLs');
  });
  it.each(schemaNames)('%s is a strict JSON Schema 2020-12 that takes the content of its kind', (name) => {
    const { content, documents } = loadRepository(base);
    const ajv = new Ajv2020({
      allErrors: true,
      strictSchema: true,
      strictTypes: false,
      allowUnionTypes: true,
    });
    ajv.addFormat('uuid', /^[0-9a-f-]{36}$/i);
    ajv.addFormat('date', isDay);
    const validate = ajv.compile(editorSchema(name, content));
    const folder = { 'data-source': 'data_sources', story: 'stories' }[name as string] ?? `${name}s`;
    for (const [file, document] of documents) {
      if (file.startsWith(`${folder}/`))
        expect([file, validate(document?.value), validate.errors]).toEqual([file, true, null]);
    }
  });
});
