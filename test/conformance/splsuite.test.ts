// Every case of the SPL suite, three ways: in process, as an emitted module, and with rewrites off.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load } from 'js-yaml';
import { afterAll, describe, expect, test } from 'vitest';
import { compileText } from '../../src/evaluate.js';
import type { Environment, LookupTable } from '../../src/runtime/environment.js';
import type { Row } from '../../src/runtime/value.js';
import { builtinMacros } from '../../src/syntax/builtin-macros.js';
import { macroTable } from '../../src/syntax/macros.js';
import { type Expected, sameRows } from './compare-rows.js';

const root = join(import.meta.dirname, '../..');
const suite = join(root, '../shared/splsuite');
const emitted = join(root, 'dist/conformance');

interface Case extends Expected {
  readonly id: string;
  readonly spl: string;
  readonly input?: Row[];
  readonly expect_error?: boolean;
  readonly lookups?: Record<string, string>;
  readonly lookup_defs?: Record<string, Record<string, unknown>>;
  readonly macros?: Record<string, { readonly args?: string[]; readonly definition: string }>;
  readonly datamodel?: string;
  readonly now?: number;
}

function lookupsOf(item: Case): Record<string, LookupTable> {
  const tables: Record<string, LookupTable> = {};
  for (const [name, csv] of Object.entries(item.lookups ?? {})) {
    const settings = item.lookup_defs?.[name] ?? {};
    const number = (key: string) => (settings[key] === undefined ? undefined : Number(settings[key]));
    const isCaseSensitive = settings['case_sensitive_match'];
    const maxMatches = number('max_matches');
    const minMatches = number('min_matches');
    tables[name] = {
      csv,
      ...(settings['match_type'] === undefined
        ? {}
        : { matchType: [settings['match_type']].flat().map(String) }),
      ...(isCaseSensitive === undefined
        ? {}
        : { caseSensitiveMatch: !/^(?:false|f|0)$/i.test(String(isCaseSensitive)) }),
      ...(maxMatches === undefined ? {} : { maxMatches }),
      ...(minMatches === undefined ? {} : { minMatches }),
      ...(settings['default_match'] === undefined ? {} : { defaultMatch: String(settings['default_match']) }),
    };
  }
  return tables;
}

function compileCase(item: Case, rewrites: boolean) {
  const own = Object.entries(item.macros ?? {}).map(([name, macro]) => ({
    name: name.replace(/\(.*/, ''),
    arguments: macro.args ?? [],
    definition: macro.definition,
  }));
  return compileText(item.spl, {
    macros: macroTable(builtinMacros, own),
    rewrites,
    ...(item.datamodel === undefined ? {} : { dataModel: item.datamodel }),
  });
}

if (!existsSync(suite)) console.warn(`splsuite: ${suite} is not there, nothing is checked`);

describe.skipIf(!existsSync(suite))('SPL suite', () => {
  if (!existsSync(suite)) return;
  rmSync(emitted, { recursive: true, force: true });
  mkdirSync(emitted, { recursive: true });
  afterAll(() => rmSync(emitted, { recursive: true, force: true }));
  const files = readdirSync(suite).filter((name) => name.endsWith('.yml'));
  for (const file of files) {
    const cases = load(readFileSync(join(suite, file), 'utf8')) as Case[];
    test.each(cases)(`${file}: $id`, async (item) => {
      const compiled = compileCase(item, true);
      const errors = compiled.diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
      if (item.expect_error === true) {
        expect(errors).not.toEqual([]);
        return;
      }
      expect(errors).toEqual([]);
      const lookups = lookupsOf(item);
      const environment: Environment = { lookups, ...(item.now === undefined ? {} : { now: item.now }) };
      const events = (): Row[] => structuredClone(item.input ?? []);
      const rows = await compiled.run(events(), environment);
      expect(sameRows(rows, item, compiled.columns)).toBe('');

      const plain = await compileCase(item, false).run(events(), environment);
      expect(sameRows(plain, item, undefined)).toBe('');

      const path = join(emitted, `${item.id}.ts`);
      writeFileSync(path, compiled.module({ runtime: join(root, 'src/evaluator-runtime.ts') }));
      const module = (await import(pathToFileURL(path).href)) as {
        run(events: Row[], environment: Environment): Promise<Row[]>;
      };
      const fromModule = await module.run(events(), environment);
      const isRandom = /random\(/.test(item.spl) || item.now === undefined;
      if (isRandom) expect(sameRows(fromModule, item, undefined)).toBe('');
      else expect(fromModule).toEqual(rows);
    });
  }
});
