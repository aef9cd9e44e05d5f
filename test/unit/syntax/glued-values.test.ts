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
