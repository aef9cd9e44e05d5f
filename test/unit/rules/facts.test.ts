// Rules that say they look at facts of a search look at nothing else of it, and find the same when only facts are kept.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ContentCache, loadRepository } from '../../../src/content/load.js';
import { analyseContentSearch } from '../../../src/content-search.js';
import { rules } from '../../../src/rules/index.js';
import type { SearchAnalyser } from '../../../src/rules/rule.js';
import { checkContent } from '../../../src/rules/run.js';
import type { Expansion } from '../../../src/syntax/macros.js';
import { validateRepository } from '../../../src/validate.js';
import { source } from './random-edits.js';
import { ScratchRepository } from './repository.js';

const today = '2026-11-25';
const ofFacts = new Set<string | symbol>(
  'macros fields output eventFields setFields keptFields wildcardsRead lookups diagnostics missingFields expansion commands'.split(
    ' ',
  ),
);

/** Of a thing only some members, some of them others. */
const only = <T extends object>(of: T, allowed: ReadonlySet<string | symbol>, other: Partial<T> = {}): T =>
  new Proxy(of, {
    get(target, key) {
      if (!allowed.has(key)) throw new Error(`looks at ${String(key)}`);
      return Reflect.get(key in other ? other : target, key) as unknown;
    },
  });

/** Searches of which nothing can be looked at but what their facts stand for. */
const analyseFacts: SearchAnalyser = (...search) => {
  const read = analyseContentSearch(...search);
  if (read === undefined) return undefined;
  const { hasCalls, isWritten, lookedUp } = read.analysis.expansion;
  const members = { hasCalls, isWritten, lookedUp };
  const expansion = only(members, new Set(Object.keys(members))) as unknown as Expansion;
  return Object.create(read, {
    analysis: { value: only(read.analysis, ofFacts, { expansion }) },
  }) as typeof read;
};

it.each(rules.filter((rule) => rule.isByFacts === true).map((rule) => [rule.code, rule] as const))(
  '%s looks at nothing but facts',
  (_, rule) => {
    const scratch = new ScratchRepository();
    try {
      for (const example of [...rule.examples.fail, ...rule.examples.pass])
        scratch.with(example.files, () => {
          const loaded = loadRepository(scratch.root, new ContentCache());
          const check = (analyse: SearchAnalyser) => checkContent(loaded, { rules: [rule], today, analyse });
          expect(check(analyseFacts)).toEqual(check(analyseContentSearch));
        });
    } finally {
      scratch.remove();
    }
  },
);

it.each([
  ['another text', 'eval $field$=strftime($field$, "%d")'],
  ['another field set', 'eval other=1'],
  ['a field that no result has', 'where len(nothing)>1'],
  ['fields dropped', 'stats count by nothing'],
  ['fields kept', 'fields $field$'],
  ['a lookup that is not there', 'lookup nonesuch url'],
  ['a command that is risky', 'delete'],
  ['a call of an unknown macro', '`nonesuch`'],
  ['a fault', 'eval x='],
])('a macro becomes %s, and what it was', (_, definition) => {
  const root = mkdtempSync(join(tmpdir(), 'detc-facts-'));
  try {
    cpSync(source, root, { recursive: true });
    const cache = new ContentCache();
    const search = join(root, 'detections/web/long_urls.yml');
    writeFileSync(
      search,
      readFileSync(search, 'utf8').replace('| `long_urls_filter`', '| `ctime(url)` | `long_urls_filter`'),
    );
    const macro = join(root, 'macros/ctime.yml');
    const before = readFileSync(macro, 'utf8');
    const changed = before.replace(/^definition: .*$/m, () => `definition: '${definition}'`);
    expect(changed).not.toBe(before);
    for (const text of [before, changed, `${changed}# once more\n`, before, changed]) {
      writeFileSync(macro, text);
      cache.files.delete('macros/ctime.yml');
      const { diagnostics } = validateRepository(root, { cache, today });
      expect(diagnostics).toEqual(validateRepository(root, { today }).diagnostics);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
});
