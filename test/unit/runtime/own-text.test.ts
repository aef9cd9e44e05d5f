// Texts of their own are the same texts.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ownText, ownValue } from '../../../src/runtime/own-text.js';

it('gives back any text, lone surrogates too', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.integer({ min: 0, max: 5000 }),
      (text, times) => {
        for (const whole of [text, `${text}\ud800`, 'é'.repeat(times), `${text}${'x'.repeat(times)}`]) {
          expect(ownText(whole)).toBe(whole);
          expect(ownValue([whole, 1])).toEqual([whole, 1]);
        }
      },
    ),
    { numRuns: 50 },
  );
  expect([ownValue(null), ownValue(3), ownValue(true)]).toEqual([null, 3, true]);
});
