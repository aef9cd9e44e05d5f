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
  /** It looks for free text: the search in the raw event, the rule in decoded values. */
  readonly keywords: boolean;
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
const now = 1789000000;
/** Events that are held at a time: files are read until there are so many, then every rule is run over them. */
const HELD_EVENTS = 20_000;

/** Runs every rule over every file; a pair that is not in `expected` has no match. */
export async function runSuite(
  rules: readonly Rule[],
  files: readonly LogFile[],
  expected: ReadonlyMap<string, readonly number[]>,
): Promise<SuiteResult> {
  const knowledge = loadKnowledge({ language: knowledgeLanguage({ now }) });
  const extract = knowledge.extractor('all');
  const failed: string[] = [];
  const searches = rules.flatMap((rule) => {
    const compiled = compileText(rule.spl, { dataModels: knowledge.dataModels });
    const faults = compiled.diagnostics.filter((d) => d.severity === 'error');
    if (faults.length === 0) return [{ rule, compiled }];
    failed.push(`${rule.id} ${rule.variant}: ${faults.map((d) => d.message).join('; ')}`);
    return [];
  });
  const differences: Difference[] = [];
  let [equalPairs, matchingPairs, events] = [0, 0, 0];
  const judge = async (held: readonly LogFile[], rows: readonly Row[]): Promise<void> => {
    const store = indexed(rows);
    for (const { rule, compiled } of searches) {
      const found = new Map<string, Set<number>>();
      const channel = /^Channel="([^"]*)"/.exec(rule.spl)?.[1];
      for (const row of await compiled.run(store, { now })) {
        // For the matcher a channel has its case, for Splunk's search "security" is "Security".
        if (channel !== undefined && row['Channel'] !== channel) continue;
        const [file, line] = String(row[place]).split('|') as [string, string];
        const lines = found.get(file);
        if (lines) lines.add(Number(line));
        else found.set(file, new Set([Number(line)]));
      }
      for (const { file } of held) {
        const want = new Set(expected.get(`${rule.id}|${rule.variant}|${file}`) ?? []);
        const have = found.get(file) ?? new Set<number>();
        const missing = [...want].filter((line) => !have.has(line));
        const extra = [...have].filter((line) => !want.has(line));
        if (want.size > 0 || have.size > 0) matchingPairs++;
        if (missing.length + extra.length === 0) equalPairs++;
        else differences.push({ rule: rule.id, variant: rule.variant, file, missing, extra });
      }
    }
  };
  let held: LogFile[] = [];
  let rows: Row[] = [];
  for (const log of files) {
    const { file, path, options } = log;
    for await (const batch of openDataset([path], { now, ...options }).scan())
      for (const event of batch)
        for (const one of knowledge.expand?.(event) ?? [event]) {
          const row = extract(one);
          if (row === null) continue;
          row[place] = `${file}|${event.line}`;
          rows.push(row);
        }
    held.push(log);
    if (rows.length < HELD_EVENTS && log !== files.at(-1)) continue;
    await judge(held, rows);
    events += rows.length;
    [held, rows] = [[], []];
  }
  return { pairs: rules.length * files.length, matchingPairs, equalPairs, differences, failed, events };
}

/** Hands a search only the rows of the source, channel or event that it names, whichever are fewest, as an index would. */
function indexed(rows: readonly Row[]): EventStore {
  const names = ['source', 'Channel', 'sourcetype', 'EventID', 'EventCode'];
  const groups = new Map(names.map((name) => [name, groupBy(rows, name)]));
  return {
    scan(request) {
      let best: readonly Row[] = rows;
      for (const { field, patterns } of [...request.metadata, ...(request.conditions ?? [])]) {
        const group = groups.get(field);
        if (group === undefined || patterns.some((pattern) => pattern.includes('*'))) continue;
        const found = patterns.map((pattern) => group.get(pattern.toLowerCase()) ?? []);
        const size = found.reduce((sum, list) => sum + list.length, 0);
        if (size < best.length) best = found.length === 1 ? found[0]! : found.flat();
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
      ? [
          {
            id: String(rule['rule_id']),
            variant,
            spl: String(rule[query]),
            agrees: rule[agrees] === true,
            keywords: String(rule['notes']).includes('unbound keywords'),
          },
        ]
      : [],
  );
}

/** The files of Windows events that have one event a line. */
export function logFiles(): LogFile[] {
  return listed(/^logs\/(?!synthetic|other|mordor)/, 'XmlWinEventLog');
}

/** The files of Windows events as flat JSON. */
export function flatFiles(): LogFile[] {
  return listed(/^logs\/mordor\//, '_json');
}

function listed(where: RegExp, sourcetype: string): LogFile[] {
  const list = JSON.parse(readFileSync(join(sigma, 'logs.json'), 'utf8')) as { file: string; gz: string }[];
  return list
    .filter((log) => where.test(log.gz))
    .map((log) => ({ file: log.file, path: join(sigma, log.gz), options: { sourcetype } }));
}
