// The place at which a text ceases to be JSON, and agreement with the parser on which texts are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault } from '../../../src/diagnostic/json-fault.js';

describe('jsonFault', () => {
  it.each([
    ['{"a": }', 6],
    ['{"a": 1,}', 8],
    ['[1, 2,]', 6],
    ['[1 2]', 3],
    ["{'a': 1}", 1],
    ['{"a" 1}', 5],
    ['{"a": 01}', 6],
    ['{"a": "b\nc"}', 6],
    ['{"a": [1}', 8],
    ['{} {}', 3],
    ['{"a": 1', 7],
    ['', 0],
    ['nul', 0],
  ])('%s ceases at %d', (text, offset) => expect(jsonFault(text)).toBe(offset));

  it('agrees with the parser on which texts are JSON', () => {
    const parses = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const marks = fc.array(fc.constantFrom(...'{}[],:" \n1a\\-.e0'.split(''), 'null', '"a"'), {
      maxLength: 12,
    });
    const changed = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', '0', ' '))
      .map(([text, at, mark]) => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + mark + text.slice(cut + 1);
      });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          changed,
          marks.map((m) => m.join('')),
        ),
        (text) => {
          expect(jsonFault(text) === undefined).toBe(parses(text));
        },
      ),
      { numRuns: 500 },
    );
  });
});
