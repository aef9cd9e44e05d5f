// The app against what the incumbent generators built from the same repositories.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { renderApp } from '../../src/app/app.js';
import { mergeConf, readConf } from '../../src/conf/read.js';
import { loadContent } from '../../src/content/load.js';

const shared = join(import.meta.dirname, '..', '..', '..', 'shared');
const isThere = existsSync(join(shared, 'expected'));
if (!isThere) console.warn(`SKIPPED: no reference data at ${shared}`);

/** The app's files by their path below the app. */
async function build(corpus: string): Promise<Map<string, string>> {
  const { content } = await loadContent(join(shared, 'corpus', corpus));
  const { files, diagnostics } = renderApp(content);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return new Map(
    files.map(({ path, content: bytes }) => [
      path.slice(path.indexOf('/') + 1),
      Buffer.from(bytes).toString('utf8'),
    ]),
  );
}

const settings = (text: string) =>
  new Map(
    [...mergeConf(readConf(text))].map(([stanza, keys]) => [
      stanza,
      new Map([...keys].map(([key, { value }]) => [key, value])),
    ]),
  );
const expectedFile = (corpus: string, name: string) =>
  readFileSync(join(shared, 'expected', corpus, name), 'utf8');

vi.setConfig({ hookTimeout: 600_000 });

describe.skipIf(!isThere)('5.x: byte for byte', () => {
  const header = /^(?:<!--\n)?#{13}\n(?:# .*\n){5}#{13}\n/;
  /** What the incumbent takes from the clock. */
  const undated = (text: string) =>
    text
      .replace(header, '')
      .replace(/^build = \d{14}$/m, 'build =')
      .replace(/data_sources_\d{8}/g, 'data_sources_')
      .replace(/"releaseDate": "[^"]*"/, '"releaseDate": ""');
  let app: Map<string, string>;
  beforeAll(async () => {
    app = await build('5.x');
  });
  const root = join(shared, 'expected', '5.x');
  const names = isThere ? readdirSync(root).filter((name) => /\.(conf|manifest)$/.test(name)) : [];

  test.each(names)('%s', (name) => {
    const ours = app.get(name.endsWith('.conf') ? `default/${name}` : name) ?? '';
    expect(
      undated(ours) === undated(expectedFile('5.x', name)),
      firstDifference(undated(ours), undated(expectedFile('5.x', name))),
    ).toBe(true);
  });

  test('views', () => {
    for (const name of readdirSync(join(root, 'views')))
      expect(undated(app.get(`default/data/ui/views/${name}`) ?? ''), name).toBe(
        undated(expectedFile('5.x', `views/${name}`)),
      );
  });

  test('names of lookups', () => {
    const ours = [...app.keys()]
      .filter((path) => path.startsWith('lookups/'))
      .map((path) => path.slice('lookups/'.length));
    expect(ours.map(undated).sort()).toEqual(
      undated(expectedFile('5.x', 'lookups.txt')).trim().split('\n').sort(),
    );
  });
});

/** The line where two texts part, for the message of a failed comparison. */
function firstDifference(ours: string, theirs: string): string {
  const left = ours.split('\n');
  const right = theirs.split('\n');
  const at = left.findIndex((line, index) => line !== right[index]);
  return `line ${at + 1}: ${JSON.stringify(left[at]?.slice(0, 300))} is not ${JSON.stringify(right[at]?.slice(0, 300))}`;
}

describe.skipIf(!isThere).each(['4.x', '2022'])('%s: stanzas and what runs', (corpus) => {
  let app: Map<string, string>;
  beforeAll(async () => {
    app = await build(corpus);
  });
  const confs = isThere
    ? readdirSync(join(shared, 'expected', corpus)).filter((name) => name.endsWith('.conf'))
    : [];

  test.each(confs)('every expected stanza of %s is there', (name) => {
    const ours = settings(app.get(`default/${name}`) ?? '');
    expect([...settings(expectedFile(corpus, name)).keys()].filter((stanza) => !ours.has(stanza))).toEqual(
      [],
    );
  });

  test('saved searches search, say and run the same', () => {
    const ours = settings(app.get('default/savedsearches.conf') ?? '');
    const different: string[] = [];
    for (const [stanza, keys] of settings(expectedFile(corpus, 'savedsearches.conf')))
      for (const [key, theirs] of keys) {
        const value = ours.get(stanza)?.get(key);
        if ((corpus === '2022' && changed.has(key)) || meaning(value) === meaning(theirs)) continue;
        // A value that ends in a backslash swallowed the keys after it in the app of 2022; ours keeps them apart.
        const swallows =
          value?.endsWith('\\') && meaning(theirs)?.startsWith(`${meaning(value)?.slice(0, -1)}\naction.`);
        if (!swallows) different.push(`${stanza} ${key}`);
      }
    expect(different).toEqual([]);
  });
});

/**
 * What the generator of 2022 wrote in another form than those of today: the name a second time, technologies and
 * annotations that are computed in another way, one severity for all, "Deprecated" in labels, titles of correlations, and
 * texts and days that are none.
 */
const changed: ReadonlySet<string> = new Set([
  'action.escu.full_search_name',
  'action.escu.providing_technologies',
  'action.correlationsearch.annotations',
  'action.correlationsearch.label',
  'action.notable.param.severity',
  'action.notable.param.rule_title',
  'action.escu.how_to_implement',
  'action.escu.creation_date',
  'action.escu.modification_date',
]);

/** A value; the items of a list, whose order says nothing, sorted and each once. */
function meaning(value: string | undefined): string | undefined {
  if (value?.startsWith('[') === true) {
    try {
      const items: unknown = JSON.parse(value);
      if (Array.isArray(items))
        return JSON.stringify([...new Set(items.map((item) => JSON.stringify(item)))].sort());
    } catch {
      // A text that begins with a bracket.
    }
  }
  return plain(value);
}

/** The 2022 generator dropped non-ASCII characters and broke lines without a blank. */
const plain = (value: string | undefined) =>
  value
    ?.replace(/[^\0-\x7f]/g, '')
    .replace(/[^\S\n]*\n/g, '\n')
    .trim();
