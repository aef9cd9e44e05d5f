// Searches made from Sigma rules: the same events as an independent matcher, rule by rule and file by file.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  type Difference,
  expectedLines,
  flatFiles,
  hasSigma,
  jsonLines,
  type LogFile,
  logFiles,
  type Rule,
  rulesOf,
  runSuite,
  sigma,
} from './sigma-suite.js';

/**
 * Why a rule's search may find other events than the rule, if it may.
 *
 * Search Manual, "Backslashes": the backslash symbol can't be used to escape the asterisk in search strings. What made
 * the searches writes `\\*` for an asterisk that is meant literally; for Splunk it is a backslash and a wildcard.
 */
function explanation(rule: Rule, known: ReadonlySet<string>): string | undefined {
  if (known.has(rule.id)) return 'named by the material';
  if (!rule.agrees) return 'no oracle, or a search that is known to differ';
  if (/(?<!\\)(?:\\\\)*\\\*/.test(rule.spl)) return 'an escaped asterisk';
  // The raw event has these characters as entities.
  if (rule.keywords && /"[^"]*[&<>][^"]*"/.test(rule.spl))
    return 'free text with a character that XML escapes';
  if (rule.variant === 'channel' && rule.spl.includes('Provider_Name'))
    return 'flat JSON has the provider as SourceName';
  // An empty string of JSON is a value to Splunk, so `f=*` holds; to the oracle it is none.
  if (/NOT \w+=\*/.test(rule.spl)) return 'an empty string where a field should be missing';
  return undefined;
}

/**
 * Whether a difference is about events alone that are cut off in their file (d292e0af and line 8 of the Log4Shell log are
 * one): no XML parser reads them, so the oracle has none of their fields, while the add-on's regexes, and Splunk with
 * them, find those that stand before the cut.
 */
function isOfCutEvents({ missing, extra }: Difference, path: string | undefined): boolean {
  if (path === undefined || missing.length > 0) return false;
  const bytes = readFileSync(path);
  const lines = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  return extra.every((line) => {
    const text = lines[line - 1]?.trim() ?? '';
    return text.startsWith('<Event') && !text.endsWith('</Event>');
  });
}

async function judge(
  name: string,
  rules: readonly Rule[],
  files: readonly LogFile[],
  expected: ReadonlyMap<string, readonly number[]>,
  share: number,
  known: ReadonlySet<string> = new Set(),
): Promise<void> {
  const result = await runSuite(rules, files, expected);
  const explained = new Map(rules.map((rule) => [rule.id, explanation(rule, known)]));
  const paths = new Map(files.map(({ file, path }) => [file, path]));
  const open = result.differences.filter(
    (d) => explained.get(d.rule) === undefined && !isOfCutEvents(d, paths.get(d.file)),
  );
  const text = open
    .slice(0, 40)
    .map(
      (d) =>
        `${d.rule} ${d.file}: missing ${d.missing.slice(0, 5).join(',') || '-'} extra ${d.extra.slice(0, 5).join(',') || '-'}`,
    );
  console.log(
    `${name}: ${result.events} events, ${result.pairs} pairs, ${result.matchingPairs} with matches, ${result.differences.length} differ (${result.differences.length - open.length} explained), ${result.failed.length} not run\n${[...text, ...result.failed].join('\n')}`,
  );
  expect(result.failed).toEqual([]);
  expect(result.matchingPairs).toBeGreaterThan(0);
  expect(1 - open.length / result.pairs).toBeGreaterThanOrEqual(0.999);
  // Held against the pairs that have a match at all, which is the harder number.
  expect(1 - open.length / result.matchingPairs).toBeGreaterThanOrEqual(share);
}

/** Rules whose search does not mean what the rule means, as the material says. */
const different = new Set([
  ...jsonKnown('known_differences.json'),
  ...jsonKnown('known_differences_synthetic.json'),
]);
function jsonKnown(name: string): string[] {
  if (!hasSigma) return [];
  return (JSON.parse(readFileSync(join(sigma, name), 'utf8')) as { rule_id: string }[]).map((d) => d.rule_id);
}

describe.runIf(hasSigma)('sigma', () => {
  test('Windows events as XML', async () => {
    await judge(
      'xml',
      rulesOf('query_xml', 'default'),
      logFiles(),
      expectedLines('expected.jsonl'),
      0.999,
      different,
    );
  });
  test('process creations of the Security log', async () => {
    await judge(
      'audit',
      rulesOf('query_audit_xml', 'audit'),
      logFiles(),
      expectedLines('expected.jsonl'),
      0.999,
      different,
    );
  });
  test('Windows events as flat JSON', async () => {
    await judge(
      'flat JSON',
      rulesOf('query_channel', 'channel').filter((rule) => !rule.keywords),
      flatFiles(),
      expectedLines('expected_mordor.jsonl'),
      0.999,
      different,
    );
  });
  test('events made for every rule', async () => {
    const file: LogFile = {
      file: 'synthetic/synthetic.log',
      path: join(sigma, 'logs/synthetic/synthetic.log.gz'),
      options: { sourcetype: 'XmlWinEventLog' },
    };
    const expected = expectedLines('expected_synthetic.jsonl');
    const [, variant, name] = [...expected.keys()][0]!.split('|');
    await judge(
      'synthetic',
      rulesOf('query_xml', 'default').map((rule) => ({ ...rule, variant: variant! })),
      [{ ...file, file: name! }],
      expected,
      0.999,
      different,
    );
  });
  test('other logs', async () => {
    const rules: Rule[] = jsonLines('rules_other.jsonl')
      .filter((rule) => rule['malformed'] !== true && typeof rule['spl'] === 'string')
      .map((rule) => ({
        id: String(rule['rule_id']),
        variant: 'other',
        spl: String(rule['spl']),
        agrees: true,
        keywords: false,
      }));
    await judge('other', rules, otherFiles(), expectedLines('expected_other.jsonl'), 0.999);
  });
});

/** Non-Windows logs with the source type of their folder's entry in the index of logs. */
function otherFiles(): LogFile[] {
  const index = JSON.parse(readFileSync(join(sigma, '../logs/index.json'), 'utf8')) as {
    sourcetype: string;
    source: string;
    at: string;
    file: string;
  }[];
  return index.flatMap((log) => {
    const path = join(sigma, '..', 'logs', log.at);
    if (!log.at.startsWith('../sigma/logs/other') || !existsSync(path)) return [];
    return [{ file: `other/${log.file}`, path, options: { sourcetype: log.sourcetype, source: log.source } }];
  });
}
