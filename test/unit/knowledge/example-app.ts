// Makes throw-away apps and events for tests of search-time knowledge.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Knowledge, loadKnowledge } from '../../../src/knowledge/knowledge.js';
import { knowledgeLanguage } from '../../../src/knowledge-language.js';
import type { RawEvent } from '../../../src/runtime/raw-event.js';
import type { FieldValue, Row } from '../../../src/runtime/value.js';

/** Writes an app of the given files and returns its folder. */
export function writeApp(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'app-'));
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return root;
}

/** Knowledge of one app alone, given by its default/*.conf without the folder and the ending. */
export function knowledgeOf(confs: Readonly<Record<string, string>>, builtIn = false): Knowledge {
  const files = Object.fromEntries(
    Object.entries(confs).map(([name, text]) => [
      name.includes('.') ? `lookups/${name}` : `default/${name}.conf`,
      text,
    ]),
  );
  return loadKnowledge({ apps: [writeApp(files)], language: knowledgeLanguage(), builtIn });
}

/** An event of the source type `st`. */
export function eventOf(raw: string, members: Partial<RawEvent> = {}): RawEvent {
  return {
    raw,
    time: 1_700_000_000,
    source: 'src',
    sourcetype: 'st',
    host: 'h',
    index: 'main',
    line: 1,
    file: 'f.log',
    preset: null,
    extracted: false,
    ...members,
  };
}

/** Fields of a row with a value, but for those that every event has. */
export function fieldsOf(row: Row | undefined | null): Record<string, FieldValue> {
  const fields: [string, FieldValue][] = [];
  for (const name of Object.keys(row ?? {})) {
    const value = row?.[name] ?? null;
    if (value !== null && !['_time', '_raw', 'host', 'source', 'sourcetype', 'index'].includes(name))
      fields.push([name, value]);
  }
  return Object.fromEntries(fields);
}

/** All fields that knowledge gives one event. */
export function fieldsFrom(
  confs: Readonly<Record<string, string>>,
  raw: string,
  members: Partial<RawEvent> = {},
): Record<string, FieldValue> {
  return fieldsOf(knowledgeOf(confs).extractor('all')(eventOf(raw, members)));
}
