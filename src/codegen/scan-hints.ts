// What a source may know before it parses an event: texts that must stand in it, and where it came from.
import type { SearchExpression, SearchValue } from '../syntax/tree.js';

interface Condition {
  readonly field: string;
  readonly patterns: readonly string[];
}

export interface ScanHints {
  readonly rawTerms: readonly (readonly string[])[];
  readonly metadata: readonly Condition[];
  readonly conditions: readonly Condition[];
  /** Conditions on several fields, of every inner list at least one. */
  readonly alternatives: readonly (readonly Condition[])[];
}

const metadataFields = new Set(['index', 'source', 'sourcetype', 'host']);

/** Derives necessary conditions from the parts of a search that must all hold. */
export function scanHints(conjuncts: readonly SearchExpression[]): ScanHints {
  const rawTerms: string[][] = [];
  const metadata: Condition[] = [];
  const conditions: Condition[] = [];
  const alternatives: Condition[][] = [];
  for (const part of conjuncts) {
    const condition = equality(part);
    if (condition !== undefined)
      (metadataFields.has(condition.field) ? metadata : conditions).push(condition);
    else {
      const several = anyEquality(part);
      if (several !== undefined && several.length <= mostAlternatives) alternatives.push(several);
    }
    const terms = rawAlternatives(part);
    if (terms !== undefined && terms.length > 0 && terms.length <= 32) rawTerms.push(terms);
  }
  return { rawTerms, metadata, conditions, alternatives };
}

/** Whether a text holds `$name$`. */
export const holdsParameter = (text: string): boolean => /\$[^$\s]+\$/.test(text);

/** Whether a text that is compared with holds `$name$`. */
export function hasParameter(part: SearchExpression): boolean {
  const open = (value: SearchValue): boolean => holdsParameter(value.text);
  switch (part.kind) {
    case 'and':
    case 'or':
      return part.operands.some(hasParameter);
    case 'not':
      return hasParameter(part.operand);
    case 'comparison':
    case 'term':
      return open(part.value);
    case 'in':
      return part.values.some(open);
    default:
      return false;
  }
}

const mostAlternatives = 64;

/** Conditions of which one must hold if the part is to hold; undefined when nothing is known. */
function anyEquality(part: SearchExpression): Condition[] | undefined {
  const own = equality(part);
  if (own !== undefined) return [own];
  if (part.kind === 'or') {
    const all: Condition[] = [];
    for (const operand of part.operands) {
      const several = anyEquality(operand);
      if (several === undefined) return undefined;
      all.push(...several);
    }
    return all;
  }
  if (part.kind !== 'and') return undefined;
  // Any one operand's conditions are necessary; few of them with long patterns tell most.
  const candidates = part.operands.map(anyEquality).filter((several) => several !== undefined);
  return candidates.sort((a, b) => vagueness(a) - vagueness(b))[0];
}

/** How little conditions tell: their number over the shortest text they ask for. */
function vagueness(conditions: readonly Condition[]): number {
  const texts = conditions.flatMap(({ patterns }) => patterns);
  const least = Math.min(...texts.map((text) => text.replaceAll('*', '').length));
  return texts.length / Math.max(least, 0.1);
}

/** A part that holds only when one field equals one of some patterns. */
function equality(part: SearchExpression): Condition | undefined {
  if (part.kind === 'comparison' && part.operator === '=' && part.value.directive === undefined)
    return part.value.literalStars?.length || part.value.subsearch !== undefined
      ? undefined
      : { field: part.field.name, patterns: [part.value.text] };
  if (part.kind === 'in')
    return part.values.some(
      (value) => value.literalStars?.length || value.directive !== undefined || value.subsearch !== undefined,
    )
      ? undefined
      : { field: part.field.name, patterns: part.values.map((value) => value.text) };
  if (part.kind === 'or') {
    const parts = part.operands.map(equality);
    const field = parts[0]?.field;
    if (field === undefined || parts.some((item) => item?.field !== field)) return undefined;
    return { field, patterns: parts.flatMap((item) => item?.patterns ?? []) };
  }
  return undefined;
}

/** Texts of which one must stand in the raw event if the condition is to hold; undefined when nothing is known. */
function rawAlternatives(part: SearchExpression): string[] | undefined {
  switch (part.kind) {
    case 'term':
      return single(longestPiece(part.value));
    case 'or': {
      const all: string[] = [];
      for (const operand of part.operands) {
        const terms = rawAlternatives(operand);
        if (terms === undefined) return undefined;
        all.push(...terms);
      }
      return all;
    }
    case 'and': {
      // Any one operand's condition is necessary; the one with the longest texts tells most.
      const candidates = part.operands.map(rawAlternatives).filter((terms) => terms !== undefined);
      candidates.sort((a, b) => shortest(b) - shortest(a));
      return candidates[0];
    }
    default:
      return undefined;
  }
}

const shortest = (terms: readonly string[]): number => Math.min(...terms.map((term) => term.length));
const single = (text: string | undefined): string[] | undefined => (text === undefined ? undefined : [text]);

function longestPiece(value: SearchValue): string | undefined {
  if (value.literalStars?.length) return undefined;
  const pieces = value.text.split('*').sort((a, b) => b.length - a.length);
  const best = pieces[0] ?? '';
  return best.length >= 2 ? best : undefined;
}
