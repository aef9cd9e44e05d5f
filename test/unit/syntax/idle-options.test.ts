// Options of macros that change nothing of what a search says: which are left out of a command, and that they change nothing.
import { describe, expect, it, test } from 'vitest';
import { commands } from '../../../src/commands/index.js';
import { language } from '../../../src/language.js';
import { analyseSearch } from '../../../src/syntax/analyse.js';
import { CommandMemo } from '../../../src/syntax/command-memo.js';
import { booleanOption, integerOption } from '../../../src/syntax/grammar-values.js';
import { withoutIdleOptions } from '../../../src/syntax/idle-options.js';
import { macroTable } from '../../../src/syntax/macros.js';
import { MappedText } from '../../../src/syntax/mapped-text.js';

const macroNamed = (definition: string) => ({ name: 'm', arguments: [], definition });

/** A text in which what stands between braces is of a macro. */
function mappedOf(text: string): MappedText {
  const parts = text
    .split(/[{}]/)
    .map((part, index) => MappedText.of(part, index % 2 === 0 ? {} : { macro: macroNamed(part) }));
  return MappedText.join(parts);
}

test.each<[text: string, plain: string | undefined, what: string]>([
  [' tstats {summariesonly=t} count by a', ' tstats  count by a', 'one option'],
  ['tstats {summariesonly=t chunk_size=500 } count', 'tstats  count', 'all of them'],
  ['TSTATS {chunk_size=5 prestats=t local=f} count', 'TSTATS prestats=t  count', 'those that have no effect'],
  ['tstats {fillnull_value=x summariesonly=t} count', 'tstats fillnull_value=x  count', 'a last one'],
  ['tstats {fillnull_value=x} count', undefined, 'one that has an effect'],
  ['tstats summariesonly=t count', undefined, 'what the author wrote'],
  ['tstats {summariesonly=t}count', undefined, 'a value that goes on'],
  ['tstats {summariesonly=t} , count', undefined, 'a comma behind'],
  ['tstats {chunk_size=x} count', undefined, 'a value that the option does not take'],
  ['tstats {summariesonly=t count} by a', undefined, 'more than options'],
  ['tstats {summariesonly=t a="b c"} count', undefined, 'a text'],
  ['tstats count {summariesonly=t} by a', undefined, 'options elsewhere'],
  ['stats {summariesonly=t} count', undefined, 'an option of another command'],
  ['nonesuch {summariesonly=t} count', undefined, 'an unknown command'],
])('%s → %s: %s', (text, plain) => {
  const cut = withoutIdleOptions(mappedOf(text), language);
  expect(cut?.plain.text).toBe(plain);
  if (cut === undefined) return;
  // What was taken out and what is left are the text.
  let whole = cut.plain.text;
  for (const { at, length } of [...cut.gaps].reverse())
    whole = `${whole.slice(0, at)}${' '.repeat(length)}${whole.slice(at)}`;
  expect(whole.length).toBe(text.replaceAll(/[{}]/g, '').length);
});

/** Options that may be left out, of every command. */
const idle = commands.flatMap(({ name, grammar, withoutEffect, examples }) =>
  Object.keys(withoutEffect ?? {}).flatMap((option) => {
    const kind = grammar.options?.[option];
    const values = kind === booleanOption ? ['t', 'f'] : kind === integerOption ? ['5', '77777'] : [];
    return values.map((value) => ({ name, option: `${option}=${value}`, examples }));
  }),
);

describe('a search says the same with the option and without', () => {
  it.each(idle)('$name $option', ({ name, option, examples }) => {
    for (const { spl } of examples) {
      const text = spl.replace(new RegExp(`(\\|\\s*${name}\\s)`), '$1`m` ');
      if (text === spl) continue;
      const search = text.startsWith('|') ? text : `| makeresults | ${text}`;
      const said = (memo?: CommandMemo) => (definition: string) => {
        const environment = { language, macros: macroTable([macroNamed(definition)]) };
        const analysis = analyseSearch(search, environment, memo);
        const { expansion } = analysis;
        const written = <T extends { readonly span: { readonly start: number; readonly end: number } }>(
          items: readonly T[],
        ) => items.map(({ span }) => [expansion.text.slice(span.start, span.end), expansion.original(span)]);
        return {
          fields: analysis.fields,
          missing: written(analysis.missingFields),
          events: written(analysis.eventFields),
          set: analysis.setFields.map(({ field, by, end }) => [
            field.name,
            by,
            expansion.text.slice(0, end).trimEnd(),
          ]),
          sets: written(analysis.setFields.map(({ field }) => field)),
          kept: written(analysis.keptFields.map(({ field }) => field)),
          lookups: written(analysis.lookups),
          wildcards: analysis.wildcardsRead,
          diagnostics: analysis.diagnostics,
        };
      };
      const memo = new CommandMemo(language);
      expect({ ...said(memo)(option), set: 0 }).toEqual({ ...said()(''), set: 0 });
      expect(said(memo)(option)).toEqual(said()(option));
      expect(said(memo)(`${option} ${option}`)).toEqual(said()(`${option} ${option}`));
    }
  });
});
