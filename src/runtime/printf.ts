// Formatting in the manner of C's printf (Search Reference, Conversion functions, printf).
import { textOf } from './multivalue.js';
import { groupThousands, toNumber } from './number.js';
import type { FieldValue } from './value.js';

interface Flags {
  readonly minus: boolean;
  readonly plus: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly alternate: boolean;
  readonly group: boolean;
}

const conversion = /%([-+ 0#']*)(\*|\d{1,4})?(?:\.(\*|\d{0,3}))?(?:hh|h|ll|l|L|j|t)?([aAcdiueEfFgGopsxXz%])/g;
const widest = 10_000;

/** Builds a text; arguments that are missing count as empty, what is no number as 0. */
export function printf(format: string, args: readonly (FieldValue | undefined)[]): string {
  let next = 0;
  const take = () => args[next++];
  return format.replace(
    conversion,
    (_all, flagText: string, width?: string, precision?: string, letter?: string) => {
      if (letter === '%') return '%';
      const flags: Flags = {
        minus: flagText.includes('-'),
        plus: flagText.includes('+'),
        space: flagText.includes(' '),
        zero: flagText.includes('0'),
        alternate: flagText.includes('#'),
        group: flagText.includes("'"),
      };
      let left = flags.minus;
      let columns = width === '*' ? Math.trunc(toNumber(take() ?? 0)) || 0 : Number(width ?? 0);
      if (columns < 0) {
        left = true;
        columns = -columns;
      }
      const digits =
        precision === undefined
          ? undefined
          : precision === '*'
            ? Math.max(0, toNumber(take() ?? 0) || 0)
            : Number(precision);
      const value = take();
      const { sign, body, numeric } = convert(letter as string, value, digits, flags);
      const size = Math.min(columns, widest) - sign.length - body.length;
      if (size <= 0) return sign + body;
      if (left) return sign + body + ' '.repeat(size);
      const whole = 'diouxX'.includes(letter as string);
      if (flags.zero && numeric && !(whole && digits !== undefined)) return sign + '0'.repeat(size) + body;
      return ' '.repeat(size) + sign + body;
    },
  );
}

interface Converted {
  readonly sign: string;
  readonly body: string;
  readonly numeric: boolean;
}

function convert(
  letter: string,
  value: FieldValue | undefined,
  digits: number | undefined,
  flags: Flags,
): Converted {
  if (letter === 's' || letter === 'z') {
    const text = textOf(value) ?? '';
    return {
      sign: '',
      body: digits === undefined ? text : Array.from(text).slice(0, digits).join(''),
      numeric: false,
    };
  }
  if (letter === 'c') {
    const code = typeof value === 'number' ? Math.trunc(value) : -1;
    const body =
      code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : (Array.from(textOf(value) ?? '')[0] ?? '');
    return { sign: '', body, numeric: false };
  }
  let number = toNumber(value);
  if (Number.isNaN(number)) number = 0;
  const negative = number < 0 || Object.is(number, -0);
  const size = Math.abs(number);
  const signed = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  switch (letter) {
    case 'd':
    case 'i': {
      const text = digits === 0 && size < 1 ? '' : wholeText(size).padStart(digits ?? 1, '0');
      return {
        sign: Math.trunc(number) === 0 && negative ? '' : signed,
        body: flags.group ? groupThousands(text) : text,
        numeric: true,
      };
    }
    case 'u':
    case 'o':
    case 'x':
    case 'X':
    case 'p': {
      const base = letter === 'o' ? 8 : letter === 'u' ? 10 : 16;
      let whole = BigInt(Number.isFinite(number) ? Math.trunc(number) : 0);
      if (whole < 0n) whole = BigInt.asUintN(64, whole);
      let text = whole.toString(base).padStart(digits ?? 1, '0');
      if (letter === 'X' || letter === 'p') text = text.toUpperCase();
      if (digits === 0 && whole === 0n) text = '';
      if (letter === 'u' && flags.group) text = groupThousands(text);
      const hex = flags.alternate && base === 16 && whole !== 0n;
      const prefix = hex
        ? letter === 'x'
          ? '0x'
          : '0X'
        : flags.alternate && base === 8 && !text.startsWith('0')
          ? '0'
          : '';
      return { sign: prefix, body: text, numeric: true };
    }
    default: {
      if (!Number.isFinite(size))
        return { sign: signed, body: /[A-Z]/.test(letter) ? 'INF' : 'inf', numeric: false };
      const text = floatText(size, letter.toLowerCase(), digits, flags.alternate);
      const grouped = flags.group && /[fg]/i.test(letter) ? groupThousands(text) : text;
      return { sign: signed, body: /[A-Z]/.test(letter) ? grouped.toUpperCase() : grouped, numeric: true };
    }
  }
}

function wholeText(size: number): string {
  return Number.isFinite(size) ? BigInt(Math.trunc(size)).toString() : '0';
}

function floatText(size: number, letter: string, digits: number | undefined, alternate: boolean): string {
  if (letter === 'a') return hexFloat(size, digits);
  const precision = Math.min(digits ?? 6, 100);
  if (letter === 'f')
    return size < 1e21
      ? fixed(size, precision)
      : `${BigInt(size)}${precision > 0 ? `.${'0'.repeat(precision)}` : ''}`;
  if (letter === 'e') return exponentText(size.toExponential(precision));
  const significant = Math.max(1, precision);
  const exponent = size === 0 ? 0 : Number(size.toExponential(significant - 1).split('e')[1]);
  const text =
    exponent < -4 || exponent >= significant
      ? exponentText(size.toExponential(significant - 1))
      : fixed(size, Math.max(0, significant - 1 - exponent));
  if (alternate || !text.includes('.')) return text;
  return text.replace(/\.?0+(?=e|$)/, '');
}

/** Like toFixed, but an exact half goes to the even digit, as C has it. */
function fixed(size: number, precision: number): string {
  const text = size.toFixed(precision);
  const exact = size.toFixed(Math.min(100, precision + 60));
  const cut = exact.indexOf('.') + 1 + precision;
  if (!/^50*$/.test(exact.slice(cut))) return text;
  const down = exact.slice(0, precision === 0 ? cut - 1 : cut);
  return Number(down[down.length - 1]) % 2 === 0 ? down : text;
}

function exponentText(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

function hexFloat(size: number, digits: number | undefined): string {
  if (size === 0) return `0x0${digits ? `.${'0'.repeat(digits)}` : ''}p+0`;
  let exponent = Math.floor(Math.log2(size));
  let mantissa = size / 2 ** exponent;
  if (mantissa >= 2) {
    mantissa /= 2;
    exponent++;
  }
  if (digits !== undefined && digits < 13) mantissa = Math.round(mantissa * 16 ** digits) / 16 ** digits;
  let text = mantissa.toString(16);
  if (digits) text = `${text.includes('.') ? text : `${text}.`}`.padEnd(digits + 2, '0');
  return `0x${text}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}
