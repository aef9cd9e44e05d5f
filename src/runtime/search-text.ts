// Search expressions that only exist as data: what format and return make, and fields named search or query.
import { equal, greater, greaterEqual, less, lessEqual, unequal } from './compare.js';
import { textOf } from './multivalue.js';
import { term } from './pattern.js';
import { rawText, read, rowText } from './row.js';
import { searchTest } from './search-test.js';
import type { FieldValue, Row } from './value.js';

export type RowTest = (row: Row) => boolean;

interface Token {
  readonly kind: 'open' | 'close' | 'word' | 'comma';
  readonly text: string;
  readonly field?: string;
  readonly operator?: string;
}

const tokenPattern =
  /\s*(?:(\()|(\))|(,)|([^\s()"=<>!,]+|"(?:[^"\\]|\\.)*")\s*(!=|<=|>=|=|<|>)\s*("(?:[^"\\]|\\.)*"|[^\s()]+)|("(?:[^"\\]|\\.)*"|[^\s(),]+))/y;

function unquote(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1
    ? text.slice(1, -1).replace(/\\(["\\])/g, '$1')
    : text;
}

function tokens(text: string): Token[] {
  const list: Token[] = [];
  tokenPattern.lastIndex = 0;
  for (;;) {
    const match = tokenPattern.exec(text);
    if (match === null || match[0] === '') break;
    if (match[1]) list.push({ kind: 'open', text: '(' });
    else if (match[2]) list.push({ kind: 'close', text: ')' });
    else if (match[3]) list.push({ kind: 'comma', text: ',' });
    else if (match[4] !== undefined)
      list.push({
        kind: 'word',
        text: unquote(match[6] ?? ''),
        field: unquote(match[4]),
        operator: match[5] ?? '=',
      });
    else list.push({ kind: 'word', text: match[7] ?? '' });
  }
  return list;
}

/**
 * Reads the text of a search expression of comparisons, terms, AND, OR, NOT and brackets, and returns its test. Used
 * only where the text is a result of the search itself; what stands in the search is compiled before it runs.
 * `evaluated`: comparisons are those of eval expressions.
 */
export function searchTextTest(text: string, evaluated = false): RowTest {
  const comparison = evaluated ? evaluatedComparison : searchComparison;
  const list = tokens(text);
  let at = 0;
  const word = (): string | undefined => {
    const token = list[at];
    return token?.kind === 'word' && token.field === undefined ? token.text : undefined;
  };
  const or = (depth: number): RowTest => {
    const tests = [and(depth)];
    while (word() === 'OR' || word() === '||') {
      at++;
      tests.push(and(depth));
    }
    return tests.length === 1 ? (tests[0] as RowTest) : (row) => tests.some((test) => test(row));
  };
  const and = (depth: number): RowTest => {
    const tests: RowTest[] = [];
    for (;;) {
      const token = list[at];
      if (token === undefined || token.kind === 'close' || token.kind === 'comma') break;
      if (word() === 'OR' || word() === '||') break;
      if (word() === 'AND' || word() === '&&') {
        at++;
        continue;
      }
      tests.push(unary(depth));
    }
    return tests.length === 1 ? (tests[0] as RowTest) : (row) => tests.every((test) => test(row));
  };
  const unary = (depth: number): RowTest => {
    if (word() === 'NOT') {
      at++;
      const operand = unary(depth);
      return (row) => !operand(row);
    }
    const token = list[at++];
    if (token === undefined || depth > 200) return () => false;
    if (token.kind === 'open') {
      if (list[at]?.kind === 'close') {
        at++;
        return () => true;
      }
      const inner = or(depth + 1);
      if (list[at]?.kind === 'close') at++;
      return inner;
    }
    if (token.field !== undefined) return comparison(token.field, token.operator ?? '=', token.text);
    const next = list[at];
    if (word() === 'IN' && list[at + 1]?.kind === 'open') {
      at += 2;
      const tests: RowTest[] = [];
      while (list[at] !== undefined && list[at]?.kind !== 'close') {
        const value = list[at++] as Token;
        if (value.kind === 'word') tests.push(comparison(unquote(token.text), '=', unquote(value.text)));
      }
      at++;
      return (row) => tests.some((test) => test(row));
    }
    void next;
    const contains = term(unquote(token.text));
    return (row) => contains(rawText(read(row, '_raw'), () => rowText(row)));
  };
  return or(0);
}

function searchComparison(field: string, operator: string, text: string): RowTest {
  const test = searchTest(operator, text);
  return (row) => test(read(row, field));
}

const evaluatedTests: Readonly<Record<string, (a: FieldValue, b: FieldValue) => boolean>> = {
  '=': equal,
  '!=': unequal,
  '<': less,
  '<=': lessEqual,
  '>': greater,
  '>=': greaterEqual,
};

function evaluatedComparison(field: string, operator: string, text: string): RowTest {
  const test = evaluatedTests[operator] ?? equal;
  return (row) => test(read(row, field), text);
}

/** The text that a row stands for in format and in a subsearch: the value of `search` or `query`, if it has one. */
export function searchFieldOf(row: Row): string | null {
  return textOf(read(row, 'search')) ?? textOf(read(row, 'query'));
}
