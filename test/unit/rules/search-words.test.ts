// Words of searches are counted again only where something has changed, with the counts of a fresh look.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ContentObject } from '../../../src/content/model.js';
import { type CountedText, WordIndex } from '../../../src/rules/word-index.js';

const words = ['alpha', 'beta', 'gamma', 'delta'];
const text = fc.array(fc.constantFrom(...words), { maxLength: 4 }).map((list) => list.join(' '));
/** Texts of one moment: each an object, whose text never changes, and how often it counts. */
const moment = fc.array(fc.tuple(fc.nat({ max: 7 }), fc.constantFrom(1, 2)), { maxLength: 8 });

it('counts as a fresh look does', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 8, maxLength: 8 }), fc.array(moment), (texts, moments) => {
      const objects = texts.map((search) => ({ search }) as unknown as ContentObject);
      const index = new WordIndex();
      let last: { revision: number; several: readonly string[] } = { revision: 0, several: [] };
      for (const chosen of moments) {
        const once = new Map(chosen);
        const counted = [...once].map(
          ([number, times]): CountedText => ({ object: objects[number]!, text: () => texts[number]!, times }),
        );
        const of = (known: WordIndex) => {
          const { counts } = known.count(counted);
          return words.map((word) => counts[known.numberOf(word) ?? -1] ?? 0);
        };
        expect(of(index)).toEqual(of(new WordIndex()));
        const { revision } = index.count(counted);
        const several = words.filter((_, number) => of(index)[number]! > 1);
        if (revision === last.revision) expect(several).toEqual(last.several);
        last = { revision, several };
      }
    }),
  );
});
