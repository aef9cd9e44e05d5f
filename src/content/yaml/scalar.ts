// What a plain scalar means, as YAML 1.1 and thereby Splunk's own tools read it.

const integer =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

const words = new Map<string, boolean | null>([
  ['', null],
  ['~', null],
]);
for (const [word, value] of [
  ['null', null],
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
] as const) {
  words.set(word, value);
  words.set(word.toUpperCase(), value);
  words.set((word[0] ?? '').toUpperCase() + word.slice(1), value);
}
const longestWord = 5;

/**
 * Resolves a plain scalar to null, a boolean, a number or its own text. Follows PyYAML's resolver (YAML 1.1): `yes`,
 * `off`, `0x1f`, `017` and `1:30` are not text, `1e3` is. Dates stay text, for every user of a date wants its text.
 */
export function resolvePlain(text: string): string | number | boolean | null {
  if (text.length <= longestWord) {
    const word = words.get(text);
    if (word !== undefined) return word;
  }
  const first = text.charCodeAt(0);
  // Digits, and the signs and the point that may stand before one.
  if ((first < 48 || first > 57) && first !== 43 && first !== 45 && first !== 46) return text;
  if (text.length > 400) return text;
  if (integer.test(text)) return readInteger(text);
  if (float.test(text)) return readFloat(text);
  return text;
}

/** Whether a plain scalar is written as a floating-point number, such as `1.0`. */
export function isFloat(text: string): boolean {
  return text.length <= 400 && !integer.test(text) && float.test(text);
}

function readInteger(text: string): number {
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '');
  const sign = text.startsWith('-') ? -1 : 1;
  if (digits.includes(':')) return sign * sexagesimal(digits);
  if (/^0[0-7]+$/.test(digits)) return sign * Number.parseInt(digits, 8);
  return sign * Number(digits);
}

function readFloat(text: string): number {
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '').toLowerCase();
  const sign = text.startsWith('-') ? -1 : 1;
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (digits === '.nan') return Number.NaN;
  return sign * (digits.includes(':') ? sexagesimal(digits) : Number(digits));
}

function sexagesimal(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
