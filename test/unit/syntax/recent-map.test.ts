// Maps that share an age forget what nobody asks for, and nothing else.
import { expect, it } from 'vitest';
import { Age, RecentMap } from '../../../src/syntax/recent-map.js';

it('holds at most twice as many entries as its age, and what is asked for', () => {
  const age = new Age(100);
  const [one, other] = [new RecentMap<number, number>(age), new RecentMap<number, number>(age)];
  one.set(-1, 1);
  other.set(-2, 2);
  for (let at = 0; at < 5000; at++) {
    (at % 2 === 0 ? one : other).set(at, at);
    expect(one.get(-1)).toBe(1);
  }
  const held = Array.from({ length: 5000 }, (_, at) => one.get(at) ?? other.get(at)).filter(
    (value) => value !== undefined,
  );
  expect(held.length).toBeGreaterThanOrEqual(100);
  expect(held.length).toBeLessThanOrEqual(202);
  expect(other.get(-2)).toBeUndefined();
});
