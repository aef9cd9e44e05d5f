// Published searches are read without a false word, print to what they were, and planted faults are found.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { analyseContentSearch, searchEnvironment } from '../../src/content-search.js';
import { language } from '../../src/language.js';
import { analyseSearch } from '../../src/syntax/analyse.js';
import { builtinMacros } from '../../src/syntax/builtin-macros.js';
import { checkFragment } from '../../src/syntax/fragment.js';
import { macroTable } from '../../src/syntax/macros.js';
import { parsePipelineText } from '../../src/syntax/pipeline.js';
import { formatSearch, printSearch } from '../../src/syntax/printer.js';
import { withoutSpans } from '../unit/syntax/trees.js';
import { corpora, hasShared, loadCorpus, sharedFolder } from './corpus.js';
import { plantFaults } from './planted-faults.js';

/** Faults that published searches really have: Splunk refuses these texts too. */
const trueDefects: ReadonlyMap<string, string> = new Map([
  // A placeholder that was never filled in.
  [
    'detections/cloud/o365_email_send_and_hard_delete_suspicious_behavior.yml',
    'expected a condition, found "="',
  ],
  // "(OR Operation=…": an operator without left side.
  ['detections/cloud/o365_sharepoint_suspicious_search_behavior.yml', 'expected a condition before "OR"'],
  // The macro gives a condition where a command must stand.
  ['detections/experimental/endpoint/exchange_powershell_abuse_via_ssrf.yml', 'unknown command "sourcetype"'],
]);

describe.skipIf(!hasShared)('published searches', () => {
  test.each(corpora)('%s have no faults but their true defects', (name) => {
    const { repository, searches } = loadCorpus(name);
    const found: string[] = [];
    for (const { owner, path, text } of searches) {
      // Of the newest format only some files are there, and macros of others are missing.
      const known = name === 'escu6' ? ['unknown-macro'] : [];
      const analysis = analyseContentSearch(owner, path, text, repository);
      for (const diagnostic of analysis?.diagnostics() ?? []) {
        if (known.includes(diagnostic.code) || / macro "\w+_filter"$/.test(diagnostic.message)) continue;
        if (trueDefects.get(owner.file) === diagnostic.message) continue;
        found.push(`${diagnostic.file}:${diagnostic.line}:${diagnostic.column}: ${diagnostic.message}`);
      }
    }
    expect(found.filter((fault) => !/mltk_input_filter/.test(fault))).toEqual([]);
    expect(searches.length).toBeGreaterThan(10);
  });

  test.each(corpora)('%s: macro definitions read as parts of searches', (name) => {
    const { repository } = loadCorpus(name);
    const found = repository.macros.flatMap((macro) =>
      checkFragment(macro.definition, language).map((fault) => `${macro.file}: ${fault.message}`),
    );
    expect(found).toEqual([]);
  });

  test.each(corpora)('%s print to what they were', (name) => {
    const { repository, searches } = loadCorpus(name);
    const environment = searchEnvironment(repository);
    for (const { owner, path, text } of searches) {
      const analysis = analyseContentSearch(owner, path, text, repository);
      if (analysis === undefined || analysis.diagnostics().length > 0) continue;
      for (const tree of [analysis.pipeline, analysis.analysis.pipeline])
        for (const print of [printSearch, formatSearch]) {
          const printed = print(tree);
          const again = parsePipelineText(printed, environment.language);
          expect(again.diagnostics, printed).toEqual([]);
          expect(withoutSpans(again.tree)).toEqual(withoutSpans(tree));
        }
    }
  });

  test('cases of the Search Reference are read, and those to be refused are refused', () => {
    interface Case {
      readonly id: string;
      readonly spl: string;
      readonly expect_error?: boolean;
      readonly macros?: Readonly<Record<string, { readonly args?: string[]; readonly definition: string }>>;
    }
    const folder = join(sharedFolder, 'splsuite');
    const wrong: string[] = [];
    for (const file of readdirSync(folder).filter((entry) => entry.endsWith('.yml')))
      for (const item of load(readFileSync(join(folder, file), 'utf8')) as Case[]) {
        const own = Object.entries(item.macros ?? {}).map(([name, { args = [], definition }]) => ({
          name: name.replace(/\(.*/, ''),
          arguments: args,
          definition,
        }));
        const { diagnostics } = analyseSearch(item.spl, { language, macros: macroTable(builtinMacros, own) });
        const refused = diagnostics.some(({ severity }) => severity === 'error');
        if (refused !== (item.expect_error ?? false))
          wrong.push(`${item.id}: ${diagnostics[0]?.message ?? 'is not refused'}`);
      }
    expect(wrong).toEqual([]);
  });
});

describe.skipIf(!hasShared)('planted faults', () => {
  // Of a hundred faults of a kind so many are reported, and so many at the planted place.
  const least: Readonly<Record<string, readonly [found: number, atPlace: number]>> = {
    'a letter of a command': [99.5, 99],
    'a letter of a function': [99.5, 99.5],
    'a letter of a macro': [99.5, 99.5],
    'a quote': [99.5, 96],
    'an opening bracket': [99.9, 98],
    'a closing bracket': [99.9, 98],
    'an opening bracket of a subsearch': [100, 98],
    'a backtick': [99, 98],
    'an argument of a function': [100, 99],
    'an argument of a macro': [100, 99],
  };
  test('are reported first, where they are', () => {
    const results = plantFaults(loadCorpus('4.x'));
    const table = [...results].map(([kind, { planted, found, atPlace }]) => ({
      kind,
      planted,
      found: (100 * found) / planted,
      atPlace: (100 * atPlace) / planted,
    }));
    console.table(table);
    for (const { kind, found, atPlace } of table) {
      const [leastFound, leastAtPlace] = least[kind] ?? [0, 0];
      expect(found, kind).toBeGreaterThanOrEqual(leastFound);
      expect(atPlace, kind).toBeGreaterThanOrEqual(leastAtPlace);
    }
  });
});
