// rex: fields from the groups of a regex, and sed expressions over a field.
import { fromValues, mapText, textOf, valuesOf } from '../multivalue.js';
import { compileRegex, type Regex } from '../regex.js';
import type { FieldValue, Scalar } from '../value.js';
import type { ValuesFunction } from './apply.js';

/**
 * Values of the named groups of the first match, or of `maxMatch` matches (0: of all) as multivalues. Takes the field
 * and then the present values of the groups' fields, which stay where nothing matches (Search Reference, rex).
 */
export const rexValues: ValuesFunction = (_run, args) => {
  const regex = compileRegex(String(args['pattern']));
  const names = args['names'] as readonly string[];
  const maxMatch = Number(args['maxMatch'] ?? 1);
  const offsets = args['offsets'] === true;
  const groups = names.map((name) =>
    regex.groupNames.filter((group) => group.name === name).map((group) => group.index),
  );
  const single = groups.map((list) => list[0] ?? -1);
  const isSimple = maxMatch === 1 && !offsets && groups.every((list) => list.length === 1);
  return (source = null, ...present) => {
    if (isSimple && typeof source === 'string') {
      const match = regex.exec(source, 0);
      if (single.length === 1) return match?.[single[0] as number] ?? present[0] ?? null;
      return single.map((group, index) => match?.[group] ?? present[index] ?? null);
    }
    const found: Scalar[][] = names.map(() => []);
    const places: string[] = [];
    let matches = 0;
    for (const value of valuesOf(source)) {
      const text = textOf(value) ?? '';
      let from = 0;
      while (from <= text.length && (maxMatch === 0 || matches < maxMatch)) {
        const match = regex.exec(text, from);
        if (match === null) break;
        matches++;
        names.forEach((_, index) => {
          for (const group of groups[index] ?? []) {
            const captured = match[group];
            if (captured !== undefined) (found[index] as Scalar[]).push(captured);
          }
        });
        if (offsets) places.push(...offsetsOf(regex, text, from));
        from = match.index + Math.max(match.length === 0 ? 0 : (match[0] ?? '').length, 1);
      }
      if (maxMatch !== 0 && matches >= maxMatch) break;
    }
    const results: FieldValue[] = names.map((_, index) => {
      const values = found[index] as Scalar[];
      return values.length === 0 ? (present[index] ?? null) : fromValues(values);
    });
    if (offsets) results.push(places.length === 0 ? (present[names.length] ?? null) : places.join('&'));
    return results.length === 1 ? (results[0] ?? null) : results;
  };
};

function offsetsOf(regex: Regex, text: string, from: number): string[] {
  const indices = regex.indices(text, from);
  if (indices === null) return [];
  return regex.groupNames.flatMap((group) => {
    const range = indices[group.index];
    return range === undefined ? [] : [`${group.name}=${range[0]}-${range[1] - 1}`];
  });
}

interface SedStep {
  readonly apply: (text: string) => string;
}

/** Edits a field with sed expressions `s/regex/replacement/flags` and `y/from/to/`. */
export const rexSed: ValuesFunction = (_run, args) => {
  const steps = parseSed(String(args['expression']));
  return (value = null) =>
    mapText(value, (text) => steps.reduce((current, step) => step.apply(current), text));
};

/**
 * Reads sed expressions.
 *
 * @throws Error when the text is none
 */
export function parseSed(expression: string): readonly SedStep[] {
  const steps: SedStep[] = [];
  let rest = expression.trim();
  while (rest !== '') {
    const command = rest[0];
    const delimiter = rest[1];
    if ((command !== 's' && command !== 'y') || delimiter === undefined || /[\w\s\\]/.test(delimiter))
      throw new Error(`"${expression}" is no sed expression`);
    const [pattern, afterPattern] = section(rest, 2, delimiter);
    const [replacement, after] = section(rest, afterPattern, delimiter);
    const flags = /^[a-z0-9]*/i.exec(rest.slice(after))?.[0] ?? '';
    rest = rest.slice(after + flags.length).replace(/^[\s;]+/, '');
    steps.push(
      command === 's' ? substitution(pattern, replacement, flags) : transliteration(pattern, replacement),
    );
  }
  if (steps.length === 0) throw new Error('a sed expression is empty');
  return steps;
}

/** The text up to an unescaped delimiter, and the offset behind it. */
function section(text: string, from: number, delimiter: string): [string, number] {
  let out = '';
  for (let i = from; i < text.length; i++) {
    const char = text[i] as string;
    if (char === delimiter) return [out, i + 1];
    if (char === '\\' && i + 1 < text.length) {
      const next = text[i + 1] as string;
      out += next === delimiter ? delimiter : char + next;
      i++;
    } else out += char;
  }
  throw new Error(`a sed expression does not end with "${delimiter}"`);
}

function substitution(pattern: string, replacement: string, flags: string): SedStep {
  const regex = compileRegex(pattern, flags.includes('i') ? 'i' : '');
  const count = /\d+/.exec(flags);
  const which = flags.includes('g') ? 'all' : count === null ? 1 : Number(count[0]);
  return { apply: (text) => regex.replace(text, replacement, which) };
}

function transliteration(from: string, to: string): SedStep {
  const replacements = [...to];
  if ([...from].length !== replacements.length)
    throw new Error(
      `"y" of sed exchanges letter for letter: "${from}" and "${to}" are not of the same length`,
    );
  const map = new Map([...from].map((char, index) => [char, replacements[index]!] as const));
  return { apply: (text) => [...text].map((char) => map.get(char) ?? char).join('') };
}
