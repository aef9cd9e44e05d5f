// A search put together from commands that are known already is the search read as a whole.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Span } from '../../../src/diagnostic/diagnostic.js';
import { language } from '../../../src/language.js';
import { analyseSearch, type SearchAnalysis } from '../../../src/syntax/analyse.js';
import { CommandMemo } from '../../../src/syntax/command-memo.js';
import { macroTable } from '../../../src/syntax/macros.js';

const definitions = [
  'eval made=1',
  'convert ctime($f$)',
  'search other=$f$ | where a > 1',
  'stats count by $f$, host',
  'x=1 `second(b)`',
  '"unclosed',
  'fields [',
  '',
  // What stands beside a call reads on in what it becomes, and the other way round.
  '| tstats count from datamodel=Web',
  '|',
  'where a=1 | stats count by b',
  'where a=1 |',
  'eval a=b\\',
  'where x=$token',
  's$ | where b=c',
  '```a note``` ',
  '``',
  'a] [b',
  '`other`',
  '`second(x',
  '`first`',
];
const pieces = [
  '',
  '`first`  ',
  's$ | where c=d',
  '`first``second(x)`',
  '`other(1)`',
  'search a=b `first` c=d',
  'stats count by a, `second("a, b")`',
  'index=main user=ann OR "a | b"',
  '| tstats count from datamodel=Endpoint.Processes where `second(x)` by Processes.dest',
  '| inputlookup tools.csv',
  'tstats count by x',
  '`first`',
  '`second(user)`',
  '`unknown(a, b)`',
  '```a note | not a pipe``` where a=b',
  'stats count, values(a) as b by user where, dest',
  'stats min(_time) as t by dest',
  'eval c=if(a="x*", b, coalesce(d, e)), f=c.c',
  'eval c=lenn(a)',
  'rename a as b, Processes.* as *',
  'table user dest b',
  'fields - a*',
  'lookup tools name as user OUTPUT owner as team',
  'join user [search index=other | stats count by user | eval z=y]',
  'appendpipe [stats count by b | where c > 1]',
  'append [| tstats count from datamodel=Web by Web.url]',
  'foreach a* [eval <<FIELD>>=b]',
  'search not user=x and [| inputlookup tools | fields name]',
  'rex field=a "(?<g>\\w+)|x"',
  'where like(b, "%\\"|%") $token|s$',
  'outputlookup tools',
  'where (a > 1',
  'nonesuch x',
  'sort - count',
  ' ',
];
const searches = fc.array(
  fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((list) => list.join(' | ')),
  { minLength: 1, maxLength: 6 },
);
const macros = fc
  .tuple(fc.constantFrom(...definitions), fc.constantFrom(...definitions), fc.nat({ max: 3 }), fc.nat())
  .map(([first, second, other, line]) => {
    const at = ({ start }: Span) => ({ file: 'macro', line, column: start, endLine: line, endColumn: start });
    return macroTable([
      { name: 'first', arguments: [], definition: first, at },
      { name: 'second', arguments: ['f'], definition: second, at },
      ...(other === 0 ? [{ name: 'other', arguments: [], definition: '', isExternal: true }] : []),
      ...(other === 1 ? [{ name: 'others', arguments: [], definition: 'search a=1', at }] : []),
    ]);
  });

function facts(analysis: SearchAnalysis): unknown {
  const { diagnostics, fields, output, eventFields, setFields, lookups, dataModels, pipeline } = analysis;
  const { expansion } = analysis;
  const { text, macros, isWritten } = expansion;
  const offsets = [...text, ''].map((_, offset) => [
    isWritten(offset),
    expansion.original({ start: offset, end: offset + 2 }),
  ]);
  const missing = analysis.missingFields.map(({ command, droppedBy, ...field }) => ({
    ...field,
    command: command.name,
    droppedBy: droppedBy?.name,
  }));
  const { keptFields, wildcardsRead, tree } = analysis;
  const uses = macros.map(({ definition, ...use }) => ({
    ...use,
    definition: definition && { ...definition, at: definition.at?.({ start: 0, end: 1 }) },
  }));
  return {
    ...{ diagnostics, fields, output, eventFields, setFields, lookups, dataModels, pipeline, missing, tree },
    ...{
      text,
      uses,
      offsets,
      keptFields,
      wildcardsRead,
      whole: expansion.pattern({ start: 0, end: text.length }),
    },
  };
}

it('is the same as of a fresh look', () => {
  const memo = new CommandMemo(language);
  let composed = 0;
  fc.assert(
    fc.property(macros, searches, (table, texts) => {
      for (const text of texts) {
        const known = analyseSearch(text, { language, macros: table }, memo);
        if (known.commands !== undefined) composed++;
        expect(facts(known)).toEqual(facts(analyseSearch(text, { language, macros: table })));
      }
    }),
    { numRuns: 500 },
  );
  expect(composed).toBeGreaterThan(100);
});
