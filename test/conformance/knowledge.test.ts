// Fields that Splunk showed for real events, beside those that the built-in knowledge gives them.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../src/knowledge-language.js';
import type { RawEvent } from '../../src/runtime/raw-event.js';
import type { Row } from '../../src/runtime/value.js';

const examplesFile = path.resolve(import.meta.dirname, '../../../shared/reference/field_examples.json');
const present = existsSync(examplesFile);
if (!present) console.warn(`knowledge: ${examplesFile} is not there, nothing is checked`);

interface Example {
  readonly name: string;
  readonly source: string;
  readonly sourcetype: string;
  readonly fields: readonly string[];
  readonly example_log: string;
}

/** Names that indexing gives, or that are Splunk's own. */
const indexTime =
  /^(?:_.*|host|source|sourcetype|index|punct|linecount|timestartpos|timeendpos|splunk_server(?:_group)?|date_.*|timestamp)$/;

/** Examples whose event is cut down to its first line, or belongs to another source type than the fields. */
const cutDown = (example: Example): boolean =>
  /^\d\d\/\d\d\/\d{4} [\d:]+ [AP]M$/.test(example.example_log.trim()) ||
  [
    'Windows Active Directory Admon',
    'Windows Event Log Microsoft Windows TerminalServices RDPClient 1024',
    'MS Defender ATP Alerts',
    'Azure Active Directory MicrosoftGraphActivityLogs',
  ].includes(example.name);

interface Score {
  events: number;
  raw: number;
  rawFound: number;
  derived: number;
  derivedFound: number;
  readonly missingRaw: Map<string, number>;
  readonly missingDerived: Map<string, number>;
  readonly wrong: string[];
}

const newScore = (): Score => ({
  events: 0,
  raw: 0,
  rawFound: 0,
  derived: 0,
  derivedFound: 0,
  missingRaw: new Map(),
  missingDerived: new Map(),
  wrong: [],
});

/** What an event itself says of a field: its values; undefined when the name does not stand in it. */
function standing(
  field: string,
  text: string,
  json: ReadonlyMap<string, readonly string[]> | null,
): readonly string[] | undefined {
  if (json !== null) return json.get(field);
  const name = field.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('_', '[_ -]');
  const element = new RegExp(
    `<${name}(?:\\s[^>]*)?>([^<]+)|Name=['"]${name}['"]>([^<]+)|[\\s]${name}=['"]([^'"]+)['"]`,
    'g',
  );
  const pair = new RegExp(`(?:^|[\\s,(\\[;'"])${name}=(?:"([^"]+)"|([^\\s",;]+))`, 'g');
  const found = [...text.matchAll(text.includes('<Event') ? element : pair)].map(
    (m) => m.slice(1).find((g) => g !== undefined) ?? '',
  );
  return found.length === 0 ? undefined : found;
}

function jsonFields(text: string): Map<string, string[]> | null {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return null;
  }
  if (root === null || typeof root !== 'object') return null;
  const fields = new Map<string, string[]>();
  const walk = (value: unknown, name: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, `${name}{}`);
    else if (value !== null && typeof value === 'object')
      for (const [key, item] of Object.entries(value)) walk(item, name === '' ? key : `${name}.${key}`);
    else fields.set(name, [...(fields.get(name) ?? []), String(value)]);
  };
  walk(root, '');
  return fields;
}

const decode = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

const valuesOf = (row: Row, field: string): string[] => {
  const value = row[field];
  return value === null || value === undefined ? [] : [value].flat().map(String);
};

function eventOf(example: Example): RawEvent {
  return {
    raw: example.example_log,
    time: 0,
    source: example.source,
    sourcetype: example.sourcetype,
    host: 'host',
    index: 'main',
    line: 1,
    file: '',
    preset: null,
    extracted: false,
  };
}

function score(examples: readonly Example[]): Map<string, Score> {
  const knowledge = loadKnowledge({ language: knowledgeLanguage() });
  const extract = knowledge.extractor('all');
  const scores = new Map<string, Score>();
  for (const example of examples) {
    const text = example.example_log;
    const event = eventOf(example);
    const row = extract(event) as Row;
    const key = cutDown(example) ? '(events cut down or of another kind)' : example.sourcetype.toLowerCase();
    const own = scores.get(key) ?? newScore();
    scores.set(key, own);
    own.events++;
    const json = jsonFields(text);
    for (const field of example.fields) {
      if (indexTime.test(field)) continue;
      const inEvent = standing(field, text, json);
      const found = valuesOf(row, field);
      if (inEvent !== undefined) {
        own.raw++;
        if (found.length > 0) {
          own.rawFound++;
          const allowed = new Set(
            inEvent.flatMap((value) => [value, value.trim(), decode(value), decode(value).trim()]),
          );
          if (
            json !== null &&
            !found.some((value) => allowed.has(value) || allowed.has(String(Number(value)))) &&
            !DERIVED_OVER_RAW.has(field)
          )
            own.wrong.push(`${example.name}: ${field}`);
        } else own.missingRaw.set(field, (own.missingRaw.get(field) ?? 0) + 1);
      } else {
        own.derived++;
        if (found.length > 0) own.derivedFound++;
        else own.missingDerived.set(field, (own.missingDerived.get(field) ?? 0) + 1);
      }
    }
  }
  return scores;
}

/** Fields that an add-on computes although the event has one of that name. */
const DERIVED_OVER_RAW = new Set([
  'severity',
  'status',
  'action',
  'category',
  'user',
  'id',
  'description',
  'TenantId',
]);

const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

const listed = (missing: ReadonlyMap<string, number>): string =>
  [...missing]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name, count]) => (count > 1 ? `${name} ×${count}` : name))
    .join(', ');

function table(scores: ReadonlyMap<string, Score>): string {
  const lines = [
    '# Fields of published examples that the built-in knowledge gives',
    '',
    'Written by `npm run conformance`. Index-time names are left out. "In the event": the name stands in the event.',
    '"Derived": only the add-on can have made it; those listed as missing cannot be known from the event.',
    '',
    '| source type | events | in the event | derived | missing |',
    '|---|---|---|---|---|',
  ];
  for (const [name, own] of [...scores].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const missing = [listed(own.missingRaw), listed(own.missingDerived)]
      .filter((text) => text !== '')
      .join('; ');
    lines.push(
      `| ${name} | ${own.events} | ${own.rawFound}/${own.raw} | ${own.derivedFound}/${own.derived} | ${missing.replaceAll('|', '\\|')} |`,
    );
  }
  const total = [...scores.values()].reduce(
    (sum, own) => ({
      raw: sum.raw + own.raw,
      rawFound: sum.rawFound + own.rawFound,
      derived: sum.derived + own.derived,
      derivedFound: sum.derivedFound + own.derivedFound,
    }),
    { raw: 0, rawFound: 0, derived: 0, derivedFound: 0 },
  );
  lines.push(
    '',
    `In the event: ${total.rawFound} of ${total.raw} (${percent(total.rawFound, total.raw)}); derived: ${total.derivedFound} of ${total.derived} (${percent(total.derivedFound, total.derived)}).`,
    '',
  );
  return lines.join('\n');
}

describe.runIf(present)('published examples', () => {
  const examples = present ? (JSON.parse(readFileSync(examplesFile, 'utf8')) as Example[]) : [];
  const scores = present ? score(examples) : new Map<string, Score>();
  const whole = [...scores].filter(([name]) => !name.startsWith('(')).map(([, own]) => own);
  const sum = (member: (own: Score) => number): number =>
    whole.reduce((total, own) => total + member(own), 0);

  it('writes a table', () => {
    const folder = path.resolve(import.meta.dirname, '../../dist/conformance');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'knowledge-fields.md'), table(scores));
  });

  it('show 99 % of the fields that stand in the event', () => {
    expect(sum((own) => own.rawFound) / sum((own) => own.raw)).toBeGreaterThanOrEqual(0.99);
  });

  it('with the values that stand there', () => {
    expect(whole.flatMap((own) => own.wrong)).toEqual([]);
  });

  it('show 85 % of the derived fields', () => {
    expect(sum((own) => own.derivedFound) / sum((own) => own.derived)).toBeGreaterThanOrEqual(0.85);
  });

  it('give one field alone the value that it has among all', () => {
    const knowledge = loadKnowledge({ language: knowledgeLanguage() });
    const extract = knowledge.extractor('all');
    const wrong: string[] = [];
    examples.forEach((example, index) => {
      const all = extract(eventOf(example)) as Row;
      const names = Object.keys(all).filter((name) => all[name] !== null && all[name] !== undefined);
      for (let i = 0; i < 3; i++) {
        const name = names[(index * 7 + i * 13) % names.length] as string;
        const alone = knowledge.extractor(new Set([name]))(eventOf(example)) as Row;
        if (JSON.stringify(alone[name]) !== JSON.stringify(all[name])) wrong.push(`${example.name}: ${name}`);
      }
    });
    expect(wrong).toEqual([]);
  });
});
