// A search put together from commands that are known already is the search read as a whole.
import fc from 'fast-check';
import { expect, it } from 'vitest';
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
];
const pieces = [
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
  .tuple(fc.constantFrom(...definitions), fc.constantFrom(...definitions))
  .map(([first, second]) =>
    macroTable([
      { name: 'first', arguments: [], definition: first },
      { name: 'second', arguments: ['f'], definition: second },
    ]),
  );

function facts(analysis: SearchAnalysis): unknown {
  const { diagnostics, fields, output, eventFields, setFields, lookups, dataModels, pipeline } = analysis;
  const missing = analysis.missingFields.map(({ command, droppedBy, ...field }) => ({
    ...field,
    command: command.name,
    droppedBy: droppedBy?.name,
  }));
  return { diagnostics, fields, output, eventFields, setFields, lookups, dataModels, pipeline, missing };
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
    { numRuns: 400 },
  );
  expect(composed).toBeGreaterThan(100);
});
