// foreach: assignments repeated for every field that a pattern matches, or for every value of one.

import { parseJson, stringifyJson } from '../json.js';
import { nativeOf, scalarOf } from '../json-path.js';
import { textOf, valuesOf } from '../multivalue.js';
import { wildcardParts } from '../pattern.js';
import { fieldNames, read, setField } from '../row.js';
import type { FieldValue, Row } from '../value.js';
import { argumentsAs, expressionHook, type RowFunction, type Token } from './apply.js';

interface Step {
  readonly kind: 'set' | 'keep';
  /** Name of the field that is set, perhaps with tokens. */
  readonly target: string;
  readonly hook: string;
}
interface Options {
  readonly mode: 'multifield' | 'multivalue' | 'json_array' | 'auto_collections';
  readonly patterns: readonly string[];
  readonly steps: readonly Step[];
}

/** What the tokens stand for in one round. */
function tokenOf(texts: ReadonlyMap<string, string>, item: FieldValue | undefined): Token {
  return {
    fill: (text) => text.replace(/<<[A-Z0-9]+>>/g, (token) => texts.get(token) ?? token),
    value: (token, row) => {
      if (token === '<<FIELD>>') return read(row, texts.get(token) ?? '');
      if (token === '<<ITEM>>' && item !== undefined) return item;
      return texts.get(token) ?? null;
    },
    text: (token) => texts.get(token) ?? (token === '<<ITEM>>' && item !== undefined ? textOf(item) : null),
  };
}

/** Search Reference, foreach. */
export const forEachField: RowFunction = (_run, args, hooks) => {
  const options = argumentsAs<Options>(args);
  const steps = options.steps.map((step) => ({ ...step, compute: expressionHook(hooks, step.hook) }));
  const round = (row: Row, token: Token): void => {
    for (const step of steps) setField(row, token.fill(step.target), step.compute?.(row, token) ?? null);
  };
  return (row) => {
    if (options.mode === 'multifield') {
      for (const pattern of options.patterns) {
        for (const name of matching(row, pattern)) round(row, tokenOf(fieldTokens(pattern, name), undefined));
      }
      return;
    }
    const names =
      options.patterns.length === 0 && options.mode === 'auto_collections'
        ? fieldNames(row).filter((name) => isCollection(read(row, name)))
        : options.patterns;
    for (const name of names) {
      items(read(row, name), options.mode).forEach((item, index) => {
        const texts = new Map([
          ['<<FIELD>>', name],
          ['<<ITER>>', String(index)],
        ]);
        round(row, tokenOf(texts, item));
      });
    }
  };
};

/** Whether a value has items: without a field, auto_collections goes over those that are present (foreach, example 7). */
function isCollection(value: FieldValue): boolean {
  return (
    Array.isArray(value) ||
    (typeof value === 'string' && value.startsWith('[') && Array.isArray(parseJson(value)))
  );
}

function matching(row: Row, pattern: string): string[] {
  if (!pattern.includes('*')) return [pattern];
  return fieldNames(row).filter(
    (name) => (!name.startsWith('_') || pattern.startsWith('_')) && wildcardParts(pattern, name) !== null,
  );
}

function fieldTokens(pattern: string, name: string): Map<string, string> {
  const parts = wildcardParts(pattern, name) ?? [];
  const texts = new Map([
    ['<<FIELD>>', name],
    ['<<MATCHSTR>>', parts.join('')],
  ]);
  parts.forEach((part, index) => void texts.set(`<<MATCHSEG${index + 1}>>`, part));
  return texts;
}

function items(value: FieldValue, mode: Options['mode']): FieldValue[] {
  const single = Array.isArray(value) ? undefined : textOf(value);
  if (mode !== 'multivalue' && single !== undefined && single !== null) {
    const json = parseJson(single);
    if (Array.isArray(json))
      return json.map((item) =>
        item !== null && typeof item === 'object' && (Array.isArray(item) || item instanceof Map)
          ? stringifyJson(item)
          : typeof item === 'string'
            ? item
            : (nativeOf(item) ?? scalarOf(item)),
      );
    if (mode === 'json_array') return [];
  }
  return [...valuesOf(value)];
}
