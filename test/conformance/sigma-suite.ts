// Runs searches made from Sigma rules over real logs and compares the events they find with an independent matcher's.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetOptions } from '../../src/dataset/dataset.js';
import { openDataset } from '../../src/dataset/open-dataset.js';
import { compileText } from '../../src/evaluate.js';
import { loadKnowledge } from '../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../src/knowledge-language.js';
import type { EventStore } from '../../src/runtime/environment.js';
import type { Row } from '../../src/runtime/value.js';

export const sigma = join(import.meta.dirname, '..', '..', '..', 'shared', 'sigma');
export const hasSigma = existsSync(join(sigma, 'rules.jsonl'));

export interface Rule {
  readonly id: string;
  readonly variant: string;
  readonly spl: string;
  /** Whether the search and the rule are known to mean the same on all logs. */
  readonly agrees: boolean;
}
export interface LogFile {
  /** Name by which expected lines refer to it. */
  readonly file: string;
  readonly path: string;
  readonly options: DatasetOptions;
}
export interface Difference {
  readonly rule: string;
  readonly variant: string;
  readonly file: string;
  readonly missing: readonly number[];
  readonly extra: readonly number[];
}
export interface SuiteResult {
  readonly pairs: number;
  readonly matchingPairs: number;
  readonly equalPairs: number;
  readonly differences: readonly Difference[];
  readonly failed: readonly string[];
  readonly events: number;
}

/** Reads a file of JSON lines. */
export function jsonLines(name: string): Record<string, unknown>[] {
  return readFileSync(join(sigma, name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Expected lines by rule, variant and file. */
export function expectedLines(name: string): Map<string, readonly number[]> {
  return new Map(
    jsonLines(name).map((e) => [
      `${e['rule_id']}|${e['variant']}|${e['file']}`,
      e['line_numbers'] as number[],
    ]),
  );
}

const place = 'detc_place';

/** Runs every rule over every file; a pair that is not in `expected` has no match. */
export async function runSuite(
  rules: readonly Rule[],
  files: readonly LogFile[],
  expected: ReadonlyMap<string, readonly number[]>,
): Promise<SuiteResult> {
  const knowledge = loadKnowledge({ language: knowledgeLanguage({ now: 1789000000 }) });
  const rows: Row[] = [];
  for (const { file, path, options } of files) {
    for await (const batch of openDataset([path], { now: 1789000000, ...options }).scan())
      for (const event of batch) {
        for (const row of knowledge.rows([event], 'all')) {
          row[place] = `${file}|${event.line}`;
          rows.push(row);
        }
      }
  }
  const store = indexed(rows);
  const differences: Difference[] = [];
  const failed: string[] = [];
  let equalPairs = 0;
  let matchingPairs = 0;
  for (const rule of rules) {
    const compiled = compileText(rule.spl, { dataModels: knowledge.dataModels });
    if (compiled.diagnostics.some((d) => d.severity === 'error')) {
      failed.push(`${rule.id} ${rule.variant}: ${compiled.diagnostics.map((d) => d.message).join('; ')}`);
      continue;
    }
    const found = new Map<string, Set<number>>();
    for (const row of await compiled.run(store, { now: 1789000000 })) {
      const [file, line] = String(row[place]).split('|') as [string, string];
      const lines = found.get(file);
      if (lines) lines.add(Number(line));
      else found.set(file, new Set([Number(line)]));
    }
    for (const { file } of files) {
      const want = new Set(expected.get(`${rule.id}|${rule.variant}|${file}`) ?? []);
      const have = found.get(file) ?? new Set<number>();
      const missing = [...want].filter((line) => !have.has(line));
      const extra = [...have].filter((line) => !want.has(line));
      if (want.size > 0 || have.size > 0) matchingPairs++;
      if (missing.length + extra.length === 0) equalPairs++;
      else differences.push({ rule: rule.id, variant: rule.variant, file, missing, extra });
    }
  }
  return {
    pairs: rules.length * files.length,
    matchingPairs,
    equalPairs,
    differences,
    failed,
    events: rows.length,
  };
}

/** Hands a search only the rows of the sources and channels that it names, as an index would. */
function indexed(rows: readonly Row[]): EventStore {
  const names = ['source', 'Channel', 'sourcetype'];
  const groups = new Map(names.map((name) => [name, groupBy(rows, name)]));
  return {
    scan(request) {
      let best: readonly Row[] = rows;
      for (const { field, patterns } of [...request.metadata, ...(request.conditions ?? [])]) {
        const group = groups.get(field);
        if (group === undefined || patterns.some((pattern) => pattern.includes('*'))) continue;
        const found = patterns.flatMap((pattern) => group.get(pattern.toLowerCase()) ?? []);
        if (found.length < best.length) best = found;
      }
      return best;
    },
  };
}

function groupBy(rows: readonly Row[], field: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = String(row[field] ?? '').toLowerCase();
    const list = groups.get(name);
    if (list) list.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}

/** The rules that `query` has a search for. */
export function rulesOf(query: string, variant: string, agrees = 'sigma_and_spl_agree_on_all_logs'): Rule[] {
  return jsonLines('rules.jsonl').flatMap((rule) =>
    typeof rule[query] === 'string'
      ? [{ id: String(rule['rule_id']), variant, spl: String(rule[query]), agrees: rule[agrees] === true }]
      : [],
  );
}

/** The files of Windows events that have one event a line. */
export function logFiles(): LogFile[] {
  const list = JSON.parse(readFileSync(join(sigma, 'logs.json'), 'utf8')) as { file: string; gz: string }[];
  return list
    .filter((log) => !/^logs\/(synthetic|other|mordor)\//.test(log.gz))
    .map((log) => ({
      file: log.file,
      path: join(sigma, log.gz),
      options: { sourcetype: 'XmlWinEventLog' },
    }));
}
