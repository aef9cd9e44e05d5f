// Where the value of a comparison ends: what follows a blank is a term of its own, what is glued on belongs to it.
import { describe, expect, test } from 'vitest';
import { language } from '../../../src/language.js';
import { parsePipelineText } from '../../../src/syntax/pipeline.js';
import { printSearch } from '../../../src/syntax/printer.js';

const cases: readonly (readonly [spl: string, printed: string])[] = [
  ['source="a" sshd password (Failed OR Accepted)', 'source="a" sshd password (Failed OR Accepted)'],
  ['a="b" c d', 'a="b" c d'],
  ['a="b"  "c" d=e', 'a="b" "c" d=e'],
  ['"x y" a=b', '"x y" a=b'],
  ['a="b" NOT c', 'a="b" NOT c'],
  ['a="b" OR c="d" e', '(a="b" OR c="d") e'],
  ['source=WinEventLog:"Security" x', 'source="WinEventLog:Security" x'],
];

describe('values of comparisons', () => {
  for (const [spl, printed] of cases)
    test(spl, () => {
      const { tree, diagnostics } = parsePipelineText(spl, language);
      expect(diagnostics).toEqual([]);
      expect(printSearch(tree).replace(/\s+/g, ' ')).toBe(printed);
    });
});

describe('a condition with blanks around its operator is the same', () => {
  const values = [
    'b',
    'by',
    'BY',
    'and',
    'AND',
    'OR',
    'NOT',
    'span=1h',
    'c=d',
    '"b"',
    '"b"c',
    '*b*',
    'b\\|c',
    '=b',
  ];
  const read = (spl: string) => {
    const { tree, diagnostics } = parsePipelineText(spl, language);
    return diagnostics.length > 0 ? diagnostics.map(({ code }) => code) : printSearch(tree);
  };
  for (const value of values)
    for (const operator of ['=', '!='])
      for (const [before, after] of [
        ['| tstats count where ', ' by x'],
        ['search ', ' e=f'],
        ['search (', ')'],
      ] as const)
        test(`${before}a${operator}${value}${after}`, () => {
          const glued = read(`${before}a${operator}${value}${after}`);
          // An "=" behind a blank would be a value of "=".
          if (value !== '=b') expect(glued).toEqual(read(`${before}a ${operator} ${value}${after}`));
          expect(read(`${before}"a"${operator}${value}${after}`).toString().replaceAll('"a"', 'a')).toBe(
            glued.toString(),
          );
        });
});
