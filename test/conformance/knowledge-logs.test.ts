// Real logs of every kind: which data sets their events reach, and how many of those data sets' recommended fields they fill.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEvents } from '../../src/events.js';
import { loadKnowledge } from '../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../src/knowledge-language.js';
import type { Row } from '../../src/runtime/value.js';

const shared = path.resolve(import.meta.dirname, '../../../shared');
const present = existsSync(shared);
if (!present) console.warn(`logs: ${shared} is not there, nothing is checked`);

const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(shared, file), 'utf8'));

interface Dataset {
  readonly id: string;
  readonly tags: readonly string[];
  /** Fields that the CIM recommends, but for those that only a data model's own calculation can give. */
  readonly recommended: readonly string[];
}

/** Data sets told by tags alone. */
function datasets(): Dataset[] {
  const { models } = readJson('reference/cim.json') as {
    models: readonly {
      model: string;
      displayName: string;
      datasets: readonly {
        name: string;
        parent: string;
        tags?: readonly string[];
        fields: readonly { name: string; recommended?: boolean }[];
      }[];
    }[];
  };
  return models
    .filter(({ displayName }) => !/deprecated/i.test(displayName))
    .flatMap(({ model, datasets: list }) =>
      list
        .filter(({ parent, tags }) => /^Base/.test(parent) && tags !== undefined && tags.length > 0)
        .map(({ name, tags, fields }) => ({
          id: `${model}.${name}`,
          tags: tags ?? [],
          recommended: fields
            .filter(({ recommended }) => recommended === true)
            .map(({ name: field }) => field),
        })),
    );
}

/**
 * Kinds of log that the CIM has no data set for, and why: their add-on maps none (its "Source types" page says N/A),
 * or there is no add-on and content searches the raw events.
 */
const WITHOUT_DATASET: ReadonlyMap<string, string> = new Map([
  ['bro:analyzer:json', 'analyzers’ own faults'],
  ['bro:capture_loss:json', 'the sensor’s health'],
  ['bro:dpd:json', 'analyzers’ own faults'],
  ['bro:known_certs:json', 'an inventory of what was seen'],
  ['bro:known_hosts:json', 'an inventory of what was seen'],
  ['bro:known_services:json', 'an inventory of what was seen'],
  ['bro:loaded_scripts:json', 'the sensor’s configuration'],
  ['bro:packet_filter:json', 'the sensor’s configuration'],
  ['bro:pe:json', 'properties of a file whose transfer is in files'],
  ['bro:reporter:json', 'the sensor’s messages'],
  ['bro:software:json', 'an inventory of what was seen'],
  ['bro:stats:json', 'the sensor’s health'],
  ['bro:weird:json', 'protocol oddities, which content searches as they are'],
  ['ms365:defender:advanced_hunting', 'rows of a query; only created processes are a data set’s'],
]);

/** The same for source types of which there are examples only. */
const EXAMPLES_WITHOUT_DATASET: readonly (readonly [string, string])[] = [
  ['circleci', 'no add-on; content searches the builds as they are'],
  ['aws:firehose:json', 'webhooks as delivered, without an add-on'],
  [
    'splunkd_ui_access',
    'in index _internal; Splunk_Audit takes the audit log’s searches (index _audit) alone',
  ],
  ['crushftp:sessionlogs', 'no add-on; content searches the sessions as they are'],
  ['ivanti_vtm_audit', 'no add-on; content searches the records as they are'],
  ['pwsh:installediismodules', 'an inventory by script'],
];

interface Kind {
  events: number;
  readonly datasets: Map<string, { events: number; filled: number; missing: Map<string, number> }>;
  withDataset: number;
}

const KIND_FIELDS = [
  'EventCode',
  'eventName',
  'Operation',
  'operationName',
  'eventType',
  'event_type',
  'event_simpleName',
  'type',
  'verb',
  'action',
];

const kindOf = (row: Row): string => {
  for (const field of KIND_FIELDS) {
    const value = row[field];
    if (value !== null && value !== undefined) return String(value);
  }
  return '';
};

const MAX_EVENTS = 4000;

async function measure(files: readonly string[], sourcetype: string, sets: readonly Dataset[]) {
  const knowledge = loadKnowledge({ language: knowledgeLanguage() });
  const kinds = new Set<string>();
  const total: Kind = { events: 0, withDataset: 0, datasets: new Map() };
  for (const file of files) {
    let read = 0;
    const events = openEvents([file], { sourcetype, knowledge });
    for await (const row of events.scan({ fields: 'all', rawTerms: [], metadata: [] })) {
      if (++read > MAX_EVENTS) break;
      total.events++;
      kinds.add(kindOf(row));
      const tags = new Set([row['tag'] ?? []].flat());
      let any = false;
      for (const set of sets) {
        if (!set.tags.every((tag) => tags.has(tag))) continue;
        any = true;
        let own = total.datasets.get(set.id);
        if (own === undefined) {
          own = { events: 0, filled: 0, missing: new Map() };
          total.datasets.set(set.id, own);
        }
        own.events++;
        for (const field of set.recommended) {
          if (row[field] !== null && row[field] !== undefined) own.filled++;
          else own.missing.set(field, (own.missing.get(field) ?? 0) + 1);
        }
      }
      if (any) total.withDataset++;
    }
  }
  return { total, kinds: kinds.size, knowledge };
}

describe.runIf(present)('real logs', () => {
  const index = present
    ? (readJson('logs/index.json') as readonly { sourcetype: string; at?: string }[])
    : [];
  const bySourcetype = new Map<string, string[]>();
  for (const { sourcetype, at } of index) {
    if (at === undefined || sourcetype === '(per line)') continue;
    const files = bySourcetype.get(sourcetype) ?? [];
    files.push(path.join(shared, 'logs', at));
    bySourcetype.set(sourcetype, files);
  }
  if (present)
    bySourcetype.set(
      'XmlWinEventLog',
      ['evtx_attack_samples', 'hayabusa', 'sigma_regression'].map((name) =>
        path.join(shared, 'sigma/logs', name),
      ),
    );
  const sets = present ? datasets() : [];

  it('reach their data sets and fill the fields that are recommended', { timeout: 600_000 }, async () => {
    const lines = [
      '# Data sets that real logs reach',
      '',
      'Written by `npm run conformance`. "Filled": of the fields that the CIM recommends, over all events of a data set,',
      'before its own calculations put a word for what is missing.',
      '',
      '| source type | events | kinds | in a data set | data sets: filled | most often missing |',
      '|---|---|---|---|---|---|',
    ];
    const faults: string[] = [];
    for (const [sourcetype, files] of [...bySourcetype].sort()) {
      const { total, kinds, knowledge } = await measure(files, sourcetype, sets);
      faults.push(...knowledge.diagnostics.map(({ message }) => `${sourcetype}: ${message}`));
      const reason = WITHOUT_DATASET.get(sourcetype);
      if (total.withDataset === 0 && reason === undefined)
        faults.push(`${sourcetype}: no event is in a data set`);
      const filled = [...total.datasets].map(([id, { events, filled: count }]) => {
        const wanted = (sets.find((set) => set.id === id)?.recommended.length ?? 0) * events;
        return wanted === 0 ? id : `${id} ${Math.round((100 * count) / wanted)} %`;
      });
      const missing = new Map<string, number>();
      for (const own of total.datasets.values())
        for (const [field, count] of own.missing) missing.set(field, (missing.get(field) ?? 0) + count);
      const often = [...missing]
        .sort((a, b) => b[1] - a[1])
        .slice(0, 6)
        .map(([field]) => field);
      const share = total.events === 0 ? 0 : Math.round((100 * total.withDataset) / total.events);
      lines.push(
        `| ${sourcetype} | ${total.events} | ${kinds} | ${share} % | ${filled.join(', ') || `– (${reason ?? ''})`} | ${often.join(', ')} |`,
      );
    }
    lines.push('', 'Without a data set, of examples only:', '');
    for (const [sourcetype, reason] of EXAMPLES_WITHOUT_DATASET) lines.push(`- ${sourcetype}: ${reason}`);
    const folder = path.resolve(import.meta.dirname, '../../dist/conformance');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'knowledge-logs.md'), `${lines.join('\n')}\n`);
    expect(faults).toEqual([]);
  });
});
