// INGEST_EVAL of transforms.conf: eval expressions that write an event's parts and index-time fields.
import { createRow, type FieldValue, type Row } from '../runtime/value.js';
import type { CompiledExpression, KnowledgeLanguage } from './language.js';

/** What index-time settings may write of an event. */
export interface IngestDraft {
  raw: string;
  time: number | null;
  source: string;
  sourcetype: string;
  host: string;
  index: string;
  /** Fields made at index time; shared with the event until something is written. */
  fields: Row | null;
  dropped: boolean;
}

interface Assignment {
  readonly field: string;
  /** `:=`: what the field holds is replaced, and a null takes it away. */
  readonly replaces: boolean;
  readonly expression: CompiledExpression;
}

const TEXT_MEMBERS = ['source', 'sourcetype', 'host', 'index'] as const;

/**
 * Makes what an INGEST_EVAL does (Admin Manual, transforms.conf): expressions separated by commas, run in order, each
 * seeing what the ones before it wrote. `field=x` gives an index-time field one more value, `field:=x` replaces them;
 * `_raw`, `_time`, `queue`, `host`, `source`, `sourcetype` and `index` are the event's own.
 */
export function ingestEval(
  text: string,
  language: Pick<KnowledgeLanguage, 'expression'>,
): (draft: IngestDraft) => void {
  const assignments = splitExpressions(text).map((part): Assignment => {
    const [, field, sign, expression] = /^\s*([\w.{}-]+)\s*(:?=)(?!=)([\s\S]*)$/.exec(part) ?? [];
    if (field === undefined || expression === undefined)
      throw new Error('INGEST_EVAL: expected "field=expression, …"');
    return { field, replaces: sign === ':=', expression: language.expression(expression.trim()) };
  });
  return (draft) => {
    const row = rowOf(draft);
    for (const assignment of assignments) assign(draft, row, assignment);
  };
}

function rowOf(draft: IngestDraft): Row {
  const row = createRow();
  for (const name in draft.fields) row[name] = draft.fields[name] ?? null;
  row['_raw'] = draft.raw;
  row['_time'] = draft.time;
  for (const member of TEXT_MEMBERS) row[member] = draft[member];
  return row;
}

function assign(draft: IngestDraft, row: Row, { field, replaces, expression }: Assignment): void {
  const value = expression.evaluate(row);
  const member = TEXT_MEMBERS.find((name) => name === field);
  if (field === 'queue') {
    if (value !== null) draft.dropped = value === 'nullQueue';
    return;
  }
  if (field === '_raw' || field === '_time' || member !== undefined) {
    if (value === null) return;
    if (field === '_time') {
      const time = Number(value);
      if (Number.isFinite(time)) row['_time'] = draft.time = time;
      return;
    }
    const text = [value].flat().join('\n');
    row[field] = text;
    if (member === undefined) draft.raw = text;
    else draft[member] = text;
    return;
  }
  if (value === null && !replaces) return;
  const old: FieldValue = row[field] ?? null;
  const next: FieldValue = replaces || old === null ? value : ([old, value].flat().map(String) as FieldValue);
  row[field] = next;
  const fields = createRow();
  for (const name in draft.fields) fields[name] = draft.fields[name] ?? null;
  fields[field] = next;
  draft.fields = fields;
}

/** Splits at commas outside quotes and parentheses. */
function splitExpressions(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"' || char === "'") {
      for (at++; at < text.length && text[at] !== char; at++) if (text[at] === '\\') at++;
    } else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === ',' && depth <= 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.filter((part) => part.trim() !== '');
}
