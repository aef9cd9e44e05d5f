// Commands that were read in other searches are the same as those that are read where they stand.
import { describe, expect, test } from 'vitest';
import { language } from '../../../src/language.js';
import { analyseSearch } from '../../../src/syntax/analyse.js';
import { macroTable } from '../../../src/syntax/macros.js';
import { parsePipelineText } from '../../../src/syntax/pipeline.js';
import { walkPipeline } from '../../../src/syntax/walk.js';
import { randomNumbers } from './mutations.js';
import { UsageTexts } from './usage-texts.js';

/** The same language to whom nothing is known yet. */
const fresh = () => ({ ...language });

describe('the tree of', () => {
  test.each([...language.commands.keys()].sort())('%s', (name) => {
    const texts = new UsageTexts(language, randomNumbers(name.length + 11));
    let read = 0;
    for (let count = 0; count < 15; count++) {
      const spl = texts.search(name);
      const known = fresh();
      // Met twice, kept, and put to other places.
      for (const before of ['', ' ', '  ']) parsePipelineText(before + spl, known);
      for (const before of ['', '\n   ', '| makeresults ', 'search a=b [ ']) {
        const text = before === 'search a=b [ ' ? `${before}${spl} ]` : before + spl;
        const expected = parsePipelineText(text, fresh());
        const found = parsePipelineText(text, known);
        expect(found, text).toEqual(expected);
        const kinds = (tree: typeof found.tree): string[] => {
          const seen: string[] = [];
          walkPipeline(tree, {
            command: ({ span }) => seen.push(`command ${span.start}`),
            expression: ({ kind }) => seen.push(`expression ${kind}`),
            search: ({ kind }) => seen.push(`search ${kind}`),
            aggregation: ({ written }) => seen.push(`aggregation ${written}`),
          });
          return seen;
        };
        expect(kinds(found.tree), text).toEqual(kinds(expected.tree));
        if (expected.diagnostics.length === 0) read++;
      }
    }
    expect(read, name).toBeGreaterThan(2);
  });
});

describe('the faults of', () => {
  test.each([
    '| stats count(a) AS b BY b',
    '| eval x=lowr(y)',
    '| rename a AS b, a AS c',
    '| where match(x, "(")',
    '| eval x=1 | tstats count',
    '| multisearch [ search a ] [ search b | stats count ]',
    '| timechart eval(round(avg(x), 2)) AS y BY z',
    '| stats eval(round(avg(x), 2)) AS y BY z',
  ])('%s', (spl) => {
    const macros = macroTable([]);
    const known = fresh();
    for (const before of ['', ' ', '  ', '   ']) {
      const text = `${before}search index=main ${spl}`;
      const expected = analyseSearch(text, { language: fresh(), macros });
      const found = analyseSearch(text, { language: known, macros });
      expect(found.diagnostics).toEqual(expected.diagnostics);
      expect(found.missingFields).toEqual(expected.missingFields);
    }
  });

  test('a command that is right in one place and wrong in another', () => {
    const known = { language: fresh(), macros: macroTable([]) };
    for (let count = 0; count < 4; count++)
      expect(analyseSearch('| tstats count where index=a by host', known).diagnostics).toEqual([]);
    const [fault] = analyseSearch('search a | tstats count where index=a by host', known).diagnostics;
    expect(fault?.message).toBe('"tstats" must be the first command of a search');
  });

  test('a command behind more faults than are told', () => {
    const known = { language: fresh(), macros: macroTable([]) };
    const wrong = '| nosuch x| head 1| nosuch x';
    const many = Array.from({ length: 100 }, (_, i) => `| lacking${i} x`).join(' ');
    analyseSearch(`index=a ${many}${wrong}${wrong}${wrong}`, known);
    expect(analyseSearch(`index=a ${wrong}`, known).diagnostics).toHaveLength(2);
  });
});
