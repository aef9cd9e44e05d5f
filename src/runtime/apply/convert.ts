// convert: field values to numbers, times and back.
import { parseDuration, parseMinuteTime } from '../duration.js';
import { mapText, textOf } from '../multivalue.js';
import { finite, parseNumber } from '../number.js';
import { fillWildcards, wildcardParts } from '../pattern.js';
import { copyRow, fieldNames, read } from '../row.js';
import type { Run } from '../run.js';
import { strftime } from '../strftime.js';
import { strptime } from '../strptime.js';
import type { FieldValue, Row } from '../value.js';
import { zoneOf } from '../zone.js';
import type { RowFunction, ValuesFunction } from './apply.js';

type Convert = (text: string) => FieldValue;

/** convert's own default, unlike that of strftime (Search Reference, convert). */
const defaultFormat = '%m/%d/%Y %H:%M:%S';

/** A conversion by name; null where the value cannot be converted. */
function conversion(name: string, run: Run, format: string, timezone: string | undefined): Convert {
  const zone = zoneOf(timezone ?? run.timezone);
  const number = (text: string): number | null => finite(parseNumber(text));
  const withoutCommas = (text: string): number | null => number(text.replaceAll(',', ''));
  switch (name) {
    case 'ctime':
      return (text) => {
        const time = number(text);
        return time === null ? null : strftime(time, format, zone);
      };
    case 'mktime':
      return (text) => strptime(text, format, zone, run.now);
    case 'dur2sec':
      return (text) => finite(parseDuration(text));
    case 'mstime':
      return (text) => finite(parseMinuteTime(text));
    case 'memk':
      return memoryKilobytes;
    case 'rmcomma':
      return withoutCommas;
    case 'rmunit':
      return (text) => {
        const match = /^\s*([-+]?\d[\d,]*\.?\d*(?:e[-+]?\d+)?)/i.exec(text);
        return match === null ? null : withoutCommas(match[1] as string);
      };
    case 'num':
      return (text) => automatic(text);
    default:
      // auto leaves what it cannot convert as it is
      return (text) => automatic(text) ?? text;
  }

  /** Numbers, numbers with commas, and durations (convert, auto, and extended example 3). */
  function automatic(text: string): number | null {
    const trimmed = text.trim();
    const plain = number(trimmed);
    if (plain !== null) return plain;
    if (/^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(trimmed)) return withoutCommas(trimmed);
    return /^(?:\d+\+)?\d+:\d\d:\d\d(?:\.\d+)?$/.test(trimmed) ? finite(parseDuration(trimmed)) : null;
  }
}

function memoryKilobytes(text: string): number | null {
  const match = /^\s*([-+]?\d+(?:\.\d+)?)\s*([kmg]?)b?\s*$/i.exec(text);
  if (match === null) return null;
  const factor = { k: 1, m: 1024, g: 1024 * 1024 }[(match[2] ?? '').toLowerCase()] ?? 1;
  return Number(match[1]) * factor;
}

/** One conversion of one field. */
export const convertValue: ValuesFunction = (run, args) => {
  const convert = conversion(
    String(args['function']),
    run,
    String(args['format'] ?? defaultFormat),
    args['timezone'] as string | undefined,
  );
  const keeps = args['function'] === 'auto';
  return (value = null) => {
    if (value === null) return null;
    const result = mapText(typeof value === 'number' ? textOf(value) : value, convert);
    return result === null && keeps ? value : result;
  };
};

interface Conversion {
  readonly function: string;
  readonly field: string;
  readonly as: string;
}

/** Conversions of fields named by wildcards; `none` exempts fields from those after it. */
export const convertRow: RowFunction = (run, args) => {
  const list = args['conversions'] as readonly Conversion[];
  const exempt = list.filter((item) => item.function === 'none');
  const steps = list
    .filter((item) => item.function !== 'none')
    .map((item) => ({ item, convert: convertValue(run, { ...args, function: item.function }) }));
  return (row: Row) => {
    const before = copyRow(row);
    for (const { item, convert } of steps) {
      for (const name of fieldNames(before)) {
        const parts = wildcardParts(item.field, name);
        if (parts === null || (name.startsWith('_') && !item.field.startsWith('_'))) continue;
        if (exempt.some((other) => wildcardParts(other.field, name) !== null)) continue;
        row[fillWildcards(item.as, parts)] = convert(read(before, name)) as FieldValue;
      }
    }
  };
};
