// Printing a tree and reading it again gives the same tree, whatever the search.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/commands/index.js';
import { language } from '../../../src/language.js';
import { analyseSearch } from '../../../src/syntax/analyse.js';
import { printExpression } from '../../../src/syntax/expression.js';
import { macroTable } from '../../../src/syntax/macros.js';
import { parsePipelineText } from '../../../src/syntax/pipeline.js';
import { printSearchExpression } from '../../../src/syntax/print-search.js';
import { formatSearch, printSearch } from '../../../src/syntax/printer.js';
import type { BinaryOperator, Expression, SearchExpression } from '../../../src/syntax/tree.js';
import { mutate, randomNumbers } from './mutations.js';
import { parsed, searchCondition, whereCondition, withoutSpans } from './trees.js';

/** One search for every way of writing arguments that a command has. */
const samples = [
  'index=main (a=1 OR b!="x y") NOT c IN (1, "2 3", d*) earliest=-1d | search "phrase" TERM(a.b) d>=5',
  '| tstats prestats=t summariesonly=false count dc(P.x) AS "n x" values(P.*) AS * FROM datamodel=Endpoint.Processes WHERE P.a="b\\\\c*" BY P.user, _time span=1h',
  '| mstats avg(cpu.idle) AS idle WHERE index=m host=* BY host span=30s',
  'a=1 | eval x=if(isnull(y), "n\\"q", \'a b\'.c), z=-1+2*(3-4) | where like(x, "a%") AND NOT z IN (1, 2)',
  'a=1 | stats count, p95(x), perc99.5(x) AS "p", sum(eval(a*2)) AS s, sparkline(avg(x), 1h) BY "b c", d',
  'a=1 | eventstats max(x) BY y | streamstats window=5 current=f reset_before=(x > 1) sum(x) AS r',
  'a=1 | chart limit=5 count OVER x BY y WHERE sum IN top5 | untable x, y, z | xyseries x y z',
  'a=1 | timechart span=1d@d useother=f avg(eval(a/b)) AS r, count BY host',
  'a=1 | top limit=3 showperc=f x BY y | rare 5 x',
  'a=1 | table a, "b c", d* | fields - a, _raw | fields + b',
  'a=1 | rename "P.*" AS *, values(x) AS "all x"',
  'a=1 | join type=left max=0 a, b [search c=1 | fields a] | append maxtime=5 [| inputlookup x.csv where a="b*"]',
  'a=1 | appendcols override=t [search b] | appendpipe [stats count]',
  'a=1 | convert timeformat="%Y-%m" ctime(a) AS b, num(c*) none(d)',
  'a=1 | dedup 3 a, b keepevents=t sortby -c, +num(d) | sort 0 -a, +ip(b), c desc',
  'a=1 | head 5 | head (x < 3) keeplast=t null=f | tail 2 | reverse',
  'a=1 | rex field=b max_match=0 "(?<c>\\\\d+\\"[^,]+)" | rex mode=sed "s/a b/c/g" | regex d!="^a|b$"',
  'a=1 | lookup local=t l.csv k AS b, k2 OUTPUTNEW v AS w, x | inputlookup append=t m | outputlookup append=f n',
  'a=1 | fillnull value="n a" b, c | filldown d | bin span=2log10 x AS y | bucket _time span=5m | makecontinuous _time span=1d',
  'a=1 | spath output=x path=a{}.b | spath input=_raw | xpath outfield=v "//a/@b" | xmlkv',
  'a=1 | makemv delim="," allowempty=t b | mvexpand b limit=10 | mvcombine delim=";" b | nomv b',
  'a=1 | transaction user, host maxspan=5m startswith="logged in" endswith=eval(x > 1) mvlist=t | transaction maxpause=1m startswith=(a=1 OR b=2)',
  'a=1 | foreach x_* fieldstr="#F#" [ eval y=y + \'<<FIELD>>\' ] | map maxsearches=5 search="search a=$b$ | head 1"',
  'a=1 | replace "a*" WITH b, c WITH "d e" IN f, g | rangemap field=x low=0-10 high=11-20 default=none',
  'a=1 | iplocation prefix=p_ allfields=t ip | accum x AS y | delta x AS d p=2 | autoregress x p=1-3 | strcat a "-" b c',
  'a=1 | addtotals row=f col=t labelfield=l a b | addcoltotals | trendline sma5(x) AS t, ema3(y)',
  'a=1 | format "(" "(" "AND" ")" "OR" ")" | return 5 a, b=c, $d',
  '| set diff [search a] [search b] | multisearch',
  '| multisearch [search a=1] [search b=2] | union maxout=5 [search c]',
  '| from datamodel:"Endpoint.Processes" | fieldsummary maxvals=5 a | transpose 3 header_field=a',
  '| makeresults count=2 annotate=t | setfields a="b c", d=e | fieldformat x=tostring(x, "commas")',
  '| datamodel Endpoint Processes search | metadata type=hosts index=* | rest /services/server/info | apply model',
  '(`m`) a=1 | dedup `f` a, `g`_x, `h` , b | append [ (CASE(Ab) OR word) c=1 | table `f` ]',
  'CASE(Ab) TERM(c.d) | append [ (`m(x)`) | head 1 ] | append [ a=1 ]',
  'a=`m` `n(x, "y")` | `o` | stats `p` by `q`, b | eval z=`r`+1 | where $tok$=1',
];

describe('samples', () => {
  test.each(samples)('%s', (spl) => {
    const { tree, diagnostics } = parsePipelineText(spl, language);
    if (spl.includes('multisearch\n') || spl.endsWith('| multisearch')) expect(diagnostics.length).toBe(1);
    else expect(diagnostics).toEqual([]);
    for (const print of [printSearch, formatSearch])
      expect(withoutSpans(parsePipelineText(print(tree), language).tree)).toEqual(withoutSpans(tree));
  });

  test('every command says how it is used', () => {
    for (const { name, usage, summary, source } of commands) {
      expect(usage.startsWith(name), name).toBe(true);
      expect(summary, name).toMatch(/^[A-Z].*\.$/);
      expect(source, name).toMatch(/: \S+/);
    }
  });
});

const span = { start: 0, end: 0 };
const fieldName = fc
  .stringMatching(/^[a-z_][a-z0-9_]{0,8}$/)
  .filter((name) => !/^(?:and|or|not|xor|in|like|by|as)$/.test(name));
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((value) => !/[\r\0]/.test(value));
const binaryOperators: BinaryOperator[] = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '.',
  '=',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'LIKE',
  'AND',
  'OR',
  'XOR',
];

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.nat(1000).map((value): Expression => ({ kind: 'number', value, text: String(value), span })),
    text.map((value): Expression => ({ kind: 'string', value, span })),
    fieldName.map((name): Expression => ({ kind: 'field', name, quoted: false, span })),
    text
      .filter((name) => name !== '' && !/["`[\]|]/.test(name))
      .map((name): Expression => ({ kind: 'field', name, quoted: true, span })),
    fc
      .tuple(fc.constantFrom('-' as const, '+' as const, 'NOT' as const), tie('expression'))
      .map(([operator, operand]): Expression => ({ kind: 'unary', operator, operand, span })),
    fc
      .tuple(fc.constantFrom(...binaryOperators), tie('expression'), tie('expression'))
      .map(([operator, left, right]): Expression => ({ kind: 'binary', operator, left, right, span })),
    fc
      .tuple(tie('expression'), fc.array(tie('expression'), { minLength: 1, maxLength: 3 }))
      .map(([operand, values]): Expression => ({ kind: 'in', operand, values, span })),
    fc
      .tuple(fc.constantFrom('if', 'coalesce', 'now'), fc.array(tie('expression'), { maxLength: 3 }))
      .map(([name, args]): Expression => ({ kind: 'call', name, nameSpan: span, arguments: args, span })),
  ),
}));

const value = fc.oneof(
  text.map((content) => ({ text: content, quoted: true, span })),
  fc.stringMatching(/^[a-z0-9_.*:/-]{1,10}$/).map((content) => ({ text: content, quoted: false, span })),
);
const { condition } = fc.letrec<{ condition: SearchExpression }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    fc
      .tuple(fieldName, fc.constantFrom('=' as const, '!=' as const, '<' as const, '>=' as const), value)
      .filter(([name]) => name !== 'earliest' && name !== 'latest')
      .map(
        ([name, operator, right]): SearchExpression => ({
          kind: 'comparison',
          field: { name, quoted: false, span },
          operator,
          value: right,
          span,
        }),
      ),
    value
      // a word like a::b would be read as a comparison
      .filter(({ text }) => !/^[A-Za-z_][\w.]*::/.test(text))
      .map((content): SearchExpression => ({ kind: 'term', value: content, span })),
    fc.tuple(fieldName, fc.array(value, { minLength: 1, maxLength: 3 })).map(
      ([name, values]): SearchExpression => ({
        kind: 'in',
        field: { name, quoted: false, span },
        values,
        span,
      }),
    ),
    tie('condition').map((operand): SearchExpression => ({ kind: 'not', operand, span })),
    fc
      .tuple(fc.array(tie('condition'), { minLength: 2, maxLength: 3 }), fc.boolean())
      .map(([operands, implicit]): SearchExpression => ({ kind: 'and', operands, implicit, span })),
    fc
      .array(tie('condition'), { minLength: 2, maxLength: 3 })
      .map((operands): SearchExpression => ({ kind: 'or', operands, span })),
  ),
}));

describe('generated searches', () => {
  test('eval expressions print to themselves', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        expect(withoutSpans(whereCondition(printExpression(tree)))).toEqual(withoutSpans(tree));
      }),
      { numRuns: 500 },
    );
  });

  test('search expressions print to themselves', () => {
    fc.assert(
      fc.property(condition, (tree) => {
        expect(withoutSpans(searchCondition(printSearchExpression(tree)))).toEqual(withoutSpans(tree));
      }),
      { numRuns: 500 },
    );
  });

  test('broken ones never stop the program, and what reads without fault prints to itself', () => {
    const random = randomNumbers(3);
    const macros = macroTable([]);
    for (let count = 0; count < 1000; count++) {
      const broken = mutate(samples[random(samples.length)]!, samples, random);
      const { tree, diagnostics, missingFields, output } = analyseSearch(broken, { language, macros });
      expect(missingFields.length + output.known.size).toBeGreaterThanOrEqual(0);
      if (diagnostics.length > 0) continue;
      const again = parsePipelineText(printSearch(tree), language);
      expect(again.diagnostics, broken).toEqual([]);
      expect(withoutSpans(again.tree), broken).toEqual(withoutSpans(tree));
    }
  }, 60_000);

  test('names that objects have mean nothing', () => {
    const tree = parsed(
      '__proto__=1 | stats count by constructor, __proto__ | eval toString=__proto__ | table *',
    );
    expect(printSearch(tree)).toContain('__proto__');
    const { output } = analyseSearch(printSearch(tree), { language, macros: macroTable([]) });
    expect([...output.known].sort()).toEqual(['__proto__', 'constructor', 'count', 'toString']);
  });
});
