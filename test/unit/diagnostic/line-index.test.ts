// Lines and columns of offsets, checked against a plain count.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../src/diagnostic/line-index.js';

describe('LineIndex', () => {
  it.each([
    ['abc', 0, 1, 1],
    ['abc', 3, 1, 4],
    ['a\nb', 2, 2, 1],
    ['a\r\nb', 3, 2, 1],
    ['a\rb', 2, 2, 1],
    ['a\n', 2, 2, 1],
    ['a\nb', 99, 2, 2],
    ['', 0, 1, 1],
  ])('%j at %i is line %i, column %i', (text, offset, line, column) => {
    expect(new LineIndex(text).position(offset)).toEqual({ line, column });
  });

  it('gives back the lines and the offsets of any text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', 'é', '😀')), (parts) => {
        const text = parts.join('');
        const index = new LineIndex(text);
        const lines = text.split(/\r\n|\n|\r/);
        expect(Array.from({ length: index.lineCount }, (_, i) => index.line(i + 1))).toEqual(lines);
        for (let offset = 0; offset <= text.length; offset++) {
          if (text[offset] === '\n' && text[offset - 1] === '\r') continue;
          const { line, column } = index.position(offset);
          expect(index.offset(line, column)).toBe(offset);
        }
      }),
    );
  });
});
