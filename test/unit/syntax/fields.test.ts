// Which fields leave each command, and which are read though they are not there.
import { describe, expect, test } from 'vitest';
import { language } from '../../../src/language.js';
import { analyseSearch } from '../../../src/syntax/analyse.js';
import { builtinMacros } from '../../../src/syntax/builtin-macros.js';
import { mayHave } from '../../../src/syntax/field-set.js';
import { macroTable } from '../../../src/syntax/macros.js';

const analyse = (spl: string) => analyseSearch(spl, { language, macros: macroTable(builtinMacros) });

/** `open`, or the names of a closed set in order. */
function outputOf(spl: string): string {
  const { output } = analyse(spl);
  const names = [...output.known, ...output.patterns].join(' ');
  return output.closed ? names : `open ${names}`.trimEnd();
}

describe('output', () => {
  test.each([
    ['a=1', 'open'],
    ['a=1 | stats count dc(b) as n values(c) by d, e', 'd e count n values(c)'],
    ['a=1 | stats values(*) as * by a', 'a *'],
    ['a=1 | stats count by a | eval b=1 | fields - a', 'count b'],
    ['a=1 | stats count by a | lookup l a OUTPUT b AS c, d', 'a count c d'],
    ['a=1 | stats count by a | lookup l a', 'open a count'],
    ['a=1 | stats count by a | rex field=a "(?<x>.)(?P<y>.)"', 'a count x y'],
    ['a=1 | stats count by a | rename a as b, count as "n o"', 'b n o'],
    ['a=1 | stats count AS a_b_c | rename *_* AS *.*', 'a_b.c'],
    [
      '| tstats count min(_time) as t from datamodel=Endpoint.Processes by Processes.user _time | `drop_dm_object_name("Processes")`',
      'user _time count t',
    ],
    ['a=1 | stats count by a b | table b c a', 'b a'],
    ['a=1 | table b c*', 'b c*'],
    ['a=1 | stats count by a | append [search x | stats sum(y) as z by w]', 'a count w z'],
    ['a=1 | stats count by a | join a [search x | table a q]', 'a count q'],
    ['a=1 | top limit=5 a showperc=f', 'a count'],
    ['a=1 | stats count by a | spath input=a path=b.c output=d', 'a count d'],
    ['a=1 | stats count by a | iplocation a', 'a count City Country Region lat lon'],
    ['a=1 | stats count by a | foreach a [eval n_<<FIELD>>=1]', 'open a count'],
    ['a=1 | stats count by a | eval {a}=1', 'open a count {a}'],
    ['a=1 | timechart count', '_time _span count'],
    ['| makeresults | eval a=1', '_time a'],
  ])('%s', (spl, expected) => {
    expect(outputOf(spl)).toBe(expected);
  });

  test('an open set knows what was removed', () => {
    const { output } = analyse('a=1 | fields - b, c*');
    expect([mayHave(output, 'a'), mayHave(output, 'b'), mayHave(output, 'cd')]).toEqual([true, false, false]);
  });
});

describe('missing fields', () => {
  test.each<[spl: string, missing: string[]]>([
    ['a=1 | stats count by a | where b>1', ['where b']],
    ['a=1 | stats count by a | eval x=1, y=x+z', ['eval z']],
    ['a=1 | stats count by a | search b=* OR a=1', ['search b']],
    ['a=1 | stats count by a | stats sum(b) by c', ['stats b', 'stats c']],
    ['a=1 | stats count by a | append [search b=1 | stats count by c | where d=1]', ['where d']],
    ['a=1 | stats count by a | eval x=coalesce(b, a), y=if(isnull(c), 1, 0)', []],
    ['a=1 | stats count by a | appendpipe [stats sum(count) as count | eval a="all"]', []],
    ['a=1 | stats values(*) as * by a | where b=1', []],
    ['a=1 | stats count by a | sort - count | dedup b', ['dedup b']],
    ['a=1 | fields a b | where c=1', ['where c']],
    ['a=1 | rename a as b | where a=1', ['where a']],
  ])('%s', (spl, missing) => {
    expect(
      analyse(spl)
        .missingFields.filter(({ asked }) => !asked)
        .map(({ command, name }) => `${command.name} ${name}`),
    ).toEqual(missing);
  });
});

describe('uses', () => {
  test('lookups and data models, subsearches included', () => {
    const { lookups, dataModels, expansion } = analyse(
      '| tstats count from datamodel=Web.Web by Web.url | lookup l.csv url | append [| inputlookup m | outputlookup n] | eval x=lookup("o", json_object("a", 1), json_array("b")) | append [| from datamodel:"Risk.All_Risk"]',
    );
    expect(lookups.map(({ name, writes }) => `${name}${writes ? ' (written)' : ''}`)).toEqual([
      'l.csv',
      'm',
      'n (written)',
      'o',
    ]);
    for (const { name, span } of lookups) expect(expansion.text.slice(span.start, span.end)).toContain(name);
    expect(dataModels.map(({ model, dataset }) => `${model}.${dataset}`)).toEqual([
      'Web.Web',
      'Risk.All_Risk',
    ]);
  });

  test('thousands of fields cost no more than their reading', () => {
    const evals = Array.from({ length: 5000 }, (_, index) => ` | eval f${index}=f${index}+1`).join('');
    const started = process.cpuUsage();
    expect(analyse(`index=x${evals}`).missingFields).toEqual([]);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2500);
  });
});
