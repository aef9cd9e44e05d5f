// Numbers as Splunk reads and prints them: what text counts as a number, and what text a number gives.
import type { FieldValue, Scalar } from './value.js';

/**
 * Reads a number from text, or NaN. The whole text must be a decimal number, with sign, fraction and exponent
 * allowed; blanks around it, hexadecimal and names such as `Infinity` are not numbers
 * ("tonumber" on the Conversion functions page trims first for that reason).
 */
export function parseNumber(text: string): number {
  const length = text.length;
  if (length === 0) return Number.NaN;
  const first = text.charCodeAt(0);
  // 0-9 + - . ; everything else (letters, blanks) cannot start a number
  if (!((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46)) return Number.NaN;
  const last = text.charCodeAt(length - 1);
  if (!((last >= 48 && last <= 57) || last === 46)) return Number.NaN;
  if (length > 1 && first === 48) {
    const second = text.charCodeAt(1) | 32;
    if (second === 120 || second === 98 || second === 111) return Number.NaN;
  }
  return Number(text);
}

/** The number that a value is, or NaN: numbers themselves, and text that reads as one. Multivalues are no numbers. */
export function toNumber(value: FieldValue | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return parseNumber(value);
  return Number.NaN;
}

/** Whether text reads as a number. */
export function isNumeric(value: FieldValue | undefined): boolean {
  return !Number.isNaN(toNumber(value));
}

/** Prints a number as Splunk does: shortest decimal text that reads back as the same number, exponents with a sign and two digits. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return value === 0 ? '0' : String(value);
  const text = String(value);
  const mark = text.indexOf('e');
  if (mark < 0) return text;
  const digits = text.slice(mark + 2);
  return digits.length < 2 ? text.slice(0, mark + 2) + '0' + digits : text;
}

/** The text of one value. */
export function formatScalar(value: Scalar | boolean): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return formatNumber(value);
  return value ? 'True' : 'False';
}

/**
 * The result of a calculation: null where an operand was no number, `inf` or `-inf` for what is too large (eval,
 * "Numeric calculations").
 */
export function calculated(value: number): number | string | null {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? null : special(value);
}

/** A finite number, or null: Splunk has no field value for a result that is not a number. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** 1, 10, … 10^9: a table is several times as fast as raising to a power. */
const powersOfTen = [1, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9] as const;

/** A number that is rounded to some decimals: as text where the last of them is 0, which a number would not show. */
export function withDecimals(rounded: number, decimals: number): number | string {
  const power = powersOfTen[decimals];
  const digits = power === undefined ? Number.NaN : Math.round(Math.abs(rounded) * power);
  if (power === undefined || digits >= 1e15) {
    const text = rounded.toFixed(decimals);
    return text.endsWith('0') ? text : rounded;
  }
  // Several times as fast as toFixed.
  if (digits % 10 !== 0) return rounded;
  const whole = Math.floor(digits / power);
  const fraction = String(digits - whole * power).padStart(decimals, '0');
  return `${rounded < 0 ? '-' : ''}${whole}.${fraction}`;
}

/** A result, or what Splunk shows for one that is no finite number: `nan`, `inf`, `-inf` (eval, "Numeric calculations"). */
export function special(value: number): number | string {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

/**
 * Rounds to a number of decimals, halves away from zero, judged on the decimal text of the number, so that 2.555 gives 2.56
 * (Mathematical functions, round).
 */
export function roundDecimal(value: number, decimals: number): number {
  if (!Number.isFinite(value)) return value;
  if (value < 0) return 0 - roundDecimal(-value, decimals);
  if (decimals === 0) return Math.round(value) + 0;
  const power = powersOfTen[decimals];
  if (power !== undefined) {
    const scaled = value * power;
    if (scaled < 1e12) {
      const whole = Math.floor(scaled);
      const fraction = scaled - whole;
      // Near a half: the number nearest to the decimal half, which of so few digits is that of no other text.
      const up = Math.abs(fraction - 0.5) > 1e-3 ? fraction > 0.5 : value >= (whole * 10 + 5) / (power * 10);
      return (up ? whole + 1 : whole) / power;
    }
  }
  const shifted = shift(value, decimals);
  if (!Number.isFinite(shifted)) return value;
  return shift(Math.round(shifted), -decimals) + 0;
}

function shift(value: number, places: number): number {
  const text = String(value);
  const mark = text.indexOf('e');
  if (mark < 0) return Number(`${text}e${places}`);
  return Number(`${text.slice(0, mark)}e${Number(text.slice(mark + 1)) + places}`);
}

/** Puts commas between groups of three digits of the whole part. */
export function groupThousands(text: string): string {
  const match = /^([+-]?)(\d+)(.*)$/s.exec(text);
  if (match === null) return text;
  const digits = match[2] as string;
  let out = '';
  for (let i = 0; i < digits.length; i++) {
    if (i > 0 && (digits.length - i) % 3 === 0) out += ',';
    out += digits[i];
  }
  return (match[1] as string) + out + (match[3] as string);
}
