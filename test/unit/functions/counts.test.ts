// Every function refuses an argument more than it takes, and one less, at its place.
import { expect, test } from 'vitest';
import { language } from '../../../src/language.js';
import { analyseSearch } from '../../../src/syntax/analyse.js';

const counted = (name: string, count: number): string[] => {
  const list = Array.from({ length: count }, (_, index) => `f${index}`);
  const spl = `a=1 | eval x=${name}(${list.join(', ')})`;
  return analyseSearch(spl, { language, macros: new Map() })
    .diagnostics.filter(({ code }) => code === 'argument-count')
    .map(({ span }) => spl.slice(span.start, span.end));
};

test.each([...language.functions])('%s', (name, { parameters: { min, max, pairs } }) => {
  if (Number.isFinite(max)) {
    expect(counted(name, max)).toEqual([]);
    expect(counted(name, max + 1)).toEqual([`f${max}`]);
    expect(counted(name, max + 3)).toEqual([`f${max}, f${max + 1}, f${max + 2}`]);
  }
  if (min > 0) expect(counted(name, min - 1)).toEqual([name]);
  expect(counted(name, min + (pairs && min % 2 === 1 ? 1 : 0))).toEqual([]);
});
