// Builds after the edit of one file: like builds without a cache, whether or not they look at nothing else; and nothing else
// says what they take for a detection's own.
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { renderApi } from '../../src/app/api.js';
import { renderApp } from '../../src/app/app.js';
import { appFacts } from '../../src/app/app-context.js';
import { build } from '../../src/build.js';
import { ownMembers, textMembers } from '../../src/build-edit.js';
import { Receipt } from '../../src/cache/receipt.js';
import { type LoadedContent, loadRepository } from '../../src/content/load.js';
import type { ContentObject, Detection } from '../../src/content/model.js';
import { formatText } from '../../src/diagnostic/report/text.js';
import type { FragmentStore } from '../../src/output/fragments.js';
import { checkObjects } from '../../src/rules/check-objects.js';
import { allObjects, createContext } from '../../src/rules/context.js';
import { rules } from '../../src/rules/index.js';
import type { Part } from '../../src/rules/result-cache.js';
import { checkOptions } from '../../src/validate.js';

vi.setConfig({ testTimeout: 120_000 });
const golden = join(import.meta.dirname, '../golden/app/repository');
const detection = 'detections/endpoint/mailed_hunt.yml';
let folder: string;
let root: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detc-edit-'));
  root = join(folder, 'repository');
  out = join(folder, 'dist');
  cpSync(golden, root, { recursive: true });
  // So many that they stand in several fragments, and one that has a fault.
  for (let number = 0; number < 40; number++)
    write(`detections/endpoint/hunt_${number}.yml`, another(number));
  write('detections/endpoint/hunt_7.yml', another(7).replace('| eval', '| | eval'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const write = (file: string, text: string) => writeFileSync(join(root, file), text);
/** A detection like another one, with a finding of its own. */
function another(number: number): string {
  return readFileSync(join(golden, detection), 'utf8')
    .replace(/^name: .*/m, `name: Hunt ${number}`)
    .replace(/^id: ......../m, `id: ${String(number).padStart(8, '0')}`)
    .replace('2025-01-02', '2024-06-02')
    .replace('`mailed_hunt_filter`', `eval unread_${number}=1 | \`hunt_${number}_filter\``);
}

/** What a build says, prints and writes, and whether it has looked at one file alone. */
async function outcome(into = out) {
  const keeping = vi.spyOn(Receipt.prototype, 'file');
  try {
    const { source, ...result } = await build({ root, out: into, only: ['app', 'api'], keepGoing: true });
    const printed = formatText(result.diagnostics, { source, colors: false });
    const files = readdirSync(into, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('.detc'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(into.length), readFileSync(path).toString('base64')]);
    return { isEdit: keeping.mock.calls[0]?.[3] === true, said: { ...result, printed, files: files.sort() } };
  } finally {
    keeping.mockRestore();
  }
}
const fresh = async () => (await outcome(join(folder, `fresh-${Math.random()}`))).said;

const lookup = 'lookups/tools.yml';
const hunt = 'detections/endpoint/hunt_20.yml';
const edits: readonly [isEdit: boolean, what: string, file: string, edit: (text: string) => string][] = [
  [true, 'description', detection, (text) => text.replace('First line', 'Another line')],
  [true, 'description of several lines', hunt, (text) => text.replace('First line.', 'One.\n  Two.')],
  [true, 'description in the middle of a fragment', hunt, (text) => text.replace('First line', 'Odd `"]')],
  [true, 'how to implement', hunt, (text) => text.replace('Send Endpoint', 'Send all')],
  [true, 'references', hunt, (text) => text.replace('references: []', 'references: [https://a.example]')],
  [true, 'version', hunt, (text) => text.replace('version: 1', 'version: 2')],
  [true, 'author', hunt, (text) => text.replace('Ada', 'Eve')],
  [true, 'an older date', hunt, (text) => text.replace('2024-06-02', '2024-01-02')],
  [true, 'comment', detection, (text) => `# More.\n${text}`],
  [true, 'comment in a lookup', lookup, (text) => `# More.\n${text}`],
  [true, 'comment in a story', 'stories/quotes.yml', (text) => `${text}# More.\n`],
  [true, 'comment in a macro', 'macros/sysmon.yml', (text) => `${text}# More.\n`],
  [
    true,
    'comment in a deployment',
    'deployments/escu_default_configuration_ttp.yml',
    (text) => `# More.\n${text}`,
  ],
  [true, 'a word that a rule objects to', hunt, (text) => text.replace('First line', 'TODO describe')],
  [false, 'a key that nobody knows', hunt, (text) => `${text}unread_key: 1\n`],
  [true, 'search', hunt, (text) => text.replace('count FROM', 'count(x) FROM')],
  [
    true,
    'search with a name that nobody knows',
    hunt,
    (text) => text.replace('| eval', '| eval odd_one=1 | eval'),
  ],
  [
    false,
    'search with another data model',
    hunt,
    (text) => text.replace('Endpoint.Processes', 'Web.Web').replace('Processes.', 'Web.'),
  ],
  [
    false,
    'search with a word of one other',
    hunt,
    (text) => text.replace('| eval', '| eval unread_30=1 | eval'),
  ],
  [false, 'name', hunt, (text) => text.replace('name: Hunt 20', 'name: Hunting 20')],
  [false, 'id', hunt, (text) => text.replace(/^id: ..../m, 'id: ffff')],
  [false, 'status', hunt, (text) => text.replace('experimental', 'production')],
  [false, 'a newer date', hunt, (text) => text.replace('2024-06-02', '2025-11-02')],
  [false, 'story', hunt, (text) => text.replace('analytic_story: []', 'analytic_story: [Quotes]')],
  [false, 'a fault', hunt, (text) => text.replace('type: Hunting', 'type: 7')],
  [false, 'damage', hunt, (text) => text.slice(0, text.length >> 1)],
  [false, 'a fault that is mended', 'detections/endpoint/hunt_7.yml', () => another(7)],
  [false, 'a comment that excepts', hunt, (text) => `# detc-ignore unread-field\n${text}`],
  [
    false,
    'description of a story',
    'stories/quotes.yml',
    (text) => text.replace(/^description: /m, '$&More '),
  ],
  [false, 'app', 'contentctl.yml', (text) => text.replace('label: AWK', 'label: OTHER')],
  [false, 'table', 'lookups/tools.csv', (text) => text.replace('a', 'b')],
];

describe('a build after one edit is like a first one', () => {
  test.each(edits)('%s: %s', async (isEdit, _, file, edit) => {
    await outcome();
    write(file, edit(read(file)));
    const second = await outcome();
    expect(second.said).toEqual(await fresh());
    expect(second.isEdit).toBe(isEdit);
  });

  test('with many edits one after the other', async () => {
    await outcome();
    for (const [, what, file, edit] of [...edits, ...edits.slice(0, 8)]) {
      write(file, edit(read(file)));
      expect((await outcome()).said, what).toEqual(await fresh());
    }
  });

  test('when something is told of the lines behind those that are made anew', async () => {
    write(detection, read(detection).replace('Last line', '<<<<<<< HEAD'));
    const first = await outcome();
    expect(first.said.printed).toContain('check_for_git_merge_conflict_in_app');
    const file = 'detections/endpoint/hunt_1.yml';
    write(file, read(file).replace('First line', 'Another line'));
    expect(await outcome()).toEqual({ isEdit: true, said: await fresh() });
    write(file, read(file).replace('Another line.', 'One.\n  Two.'));
    expect(await outcome()).toEqual({ isEdit: false, said: await fresh() });
  });

  test('after a build that looked at a search which was as once before', async () => {
    const search = read(hunt);
    await outcome();
    write(hunt, search.replace('unread_20', 'odd_one'));
    expect((await outcome()).isEdit).toBe(true);
    write(hunt, search);
    write(detection, read(detection).replace('First line', 'Another line'));
    await outcome();
    const other = 'detections/endpoint/hunt_21.yml';
    write(other, read(other).replace('| eval', '| eval unread_20=1 | eval'));
    expect(await outcome()).toEqual({ isEdit: false, said: await fresh() });
  });

  test.each<[string, () => void]>([
    [
      'another file is there',
      () => write('macros/more.yml', read('macros/two.yml').replace(/^name: .*/m, 'name: more')),
    ],
    ['a file is elsewhere', () => renameSync(join(root, 'macros/two.yml'), join(root, 'macros/three.yml'))],
    ['another file is edited', () => write('macros/two.yml', read('macros/two.yml').replace('- b', '- c'))],
    ['a part of the output is damaged', () => writeFileSync(join(out, 'api/stories_v2.json'), '{}')],
    ['the cache is gone', () => rmSync(join(out, '.detc/cache'), { recursive: true })],
    ...['records', 'texts', 'changes', 'answers', 'outputs', 'receipt'].flatMap(
      (name): [string, () => void][] => {
        const path = () => join(out, '.detc/cache', name);
        return [
          [`${name} are gone`, () => rmSync(path())],
          [`${name} are cut short`, () => writeFileSync(path(), readFileSync(path()).subarray(0, 999))],
          [
            `${name} have another byte`,
            () => {
              const bytes = readFileSync(path());
              bytes[bytes.length - 9]! ^= 1;
              writeFileSync(path(), bytes);
            },
          ],
        ];
      },
    ),
  ])('when %s besides', async (_, change) => {
    await outcome();
    write(hunt, read(hunt).replace('First line', 'Another line'));
    change();
    expect((await outcome()).said).toEqual(await fresh());
  });

  test('when files of the cache are of different builds', async () => {
    await outcome();
    const cache = join(out, '.detc/cache');
    const names = readdirSync(cache);
    for (const name of names) {
      const old = readFileSync(join(cache, name));
      write(hunt, read(hunt).replace('line', 'old line'));
      await outcome();
      writeFileSync(join(cache, name), old);
      write(detection, read(detection).replace('line', 'new line'));
      expect((await outcome()).said, name).toEqual(await fresh());
    }
  });
});

describe('what a build after one edit takes for a detection’s own', () => {
  /** The repository with detections that tell which of these members are asked for. */
  function watched(): { loaded: LoadedContent; asked: Set<string> } {
    const asked = new Set<string>();
    const loaded = loadRepository(root);
    const watch = (one: Detection): Detection =>
      new Proxy(one, {
        get(target, name) {
          if (typeof name === 'string' && ownMembers.has(name)) asked.add(name);
          return Reflect.get(target, name) as unknown;
        },
      });
    return {
      asked,
      loaded: { ...loaded, content: { ...loaded.content, detections: loaded.content.detections.map(watch) } },
    };
  }

  test('nothing else of the app and of the API says', () => {
    const { loaded, asked } = watched();
    const facts = appFacts(loaded.content);
    // It dates the app.
    expect([...asked]).toEqual(['modificationDate']);
    asked.clear();
    const store: FragmentStore = {
      identity: ({ file }) => file,
      fragment(_path, block, depends, make) {
        const note = { called: { macros: [], lookups: [] }, tested: 0 };
        depends(note);
        const text = block[0]?.kind === 'detection' ? '' : make(block).text;
        return {
          owner: block[0]?.file ?? '',
          key: 'x',
          bytes: Buffer.from(text),
          length: Buffer.byteLength(text),
          note,
        };
      },
    };
    renderApp(loaded.content, { store, facts });
    expect([...asked]).toEqual([]);
    renderApi(loaded.content, { store, facts });
    // Stories tell the data models of their searches.
    expect([...asked]).toEqual(['search']);
  });

  test('no rule asks of all, and none of others without a note of it', () => {
    const { loaded, asked } = watched();
    const { today, analyse, checkMacro } = checkOptions({});
    const context = createContext(loaded, today);
    for (const rule of rules) rule.repository?.(loaded.content, () => {}, context);
    expect([...asked]).toEqual([]);
    const questions = new Set<string>();
    const cache = {
      begin() {},
      get: () => undefined,
      set: (_object: ContentObject, _part: unknown, _found: unknown, all: readonly string[]) => {
        for (const question of all) questions.add(question);
      },
    };
    const others = allObjects(loaded.content).filter(({ kind }) => kind !== 'detection');
    checkObjects(others, rules, context, { analyse: analyse!, checkMacro: checkMacro!, cache }, () => {});
    const isNoted = [...questions].some((question) =>
      /^(?:everything$|list detections|object detection)/.test(question),
    );
    if (!isNoted) expect([...asked]).toEqual([]);
  });

  test('no rule on searches asks for the texts', () => {
    const { loaded, asked } = watched();
    const { today, analyse, checkMacro } = checkOptions({});
    const cache = {
      begin() {},
      get: (_: ContentObject, part: Part) => (part === 'search' || part === 'drilldowns' ? undefined : []),
      set() {},
    };
    const context = createContext(loaded, today);
    asked.clear();
    const { detections } = loaded.content;
    checkObjects(detections, rules, context, { analyse: analyse!, checkMacro: checkMacro!, cache }, () => {});
    expect([...asked].filter((name) => textMembers.has(name))).toEqual([]);
  });
});
