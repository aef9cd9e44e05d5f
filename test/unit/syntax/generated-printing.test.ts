// Searches made from the usage of every command print to themselves, on one line and one command a line.
import { describe, expect, test } from 'vitest';
import { language } from '../../../src/language.js';
import { parsePipelineText } from '../../../src/syntax/pipeline.js';
import { formatSearch, printSearch } from '../../../src/syntax/printer.js';
import { randomNumbers } from './mutations.js';
import { withoutSpans } from './trees.js';
import { UsageTexts } from './usage-texts.js';

const tries = Number(process.env['DETC_TRIES'] ?? 60);

describe('generated uses of', () => {
  test.each([...language.commands.keys()].sort())('%s print to themselves', (name) => {
    const texts = new UsageTexts(
      language,
      randomNumbers(Number(process.env['DETC_SEED'] ?? 5) + name.length),
    );
    let read = 0;
    for (let count = 0; count < tries; count++) {
      const spl = texts.search(name);
      const { tree, diagnostics } = parsePipelineText(spl, language);
      if (diagnostics.length > 0) continue;
      read++;
      for (const print of [printSearch, formatSearch]) {
        const printed = print(tree);
        const again = parsePipelineText(printed, language);
        expect(again.diagnostics, `${spl}\n${printed}`).toEqual([]);
        expect(withoutSpans(again.tree), `${spl}\n${printed}`).toEqual(withoutSpans(tree));
        expect(print(again.tree), spl).toBe(printed);
      }
    }
    // That so many have no fault shows that the generator writes what the command takes.
    expect(read, name).toBeGreaterThan(tries / 20);
  });
});
