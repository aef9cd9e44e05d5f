// Faults are reported where they are, each once, and the rest of the search is still read.
import { describe, expect, test } from 'vitest';
import { language } from '../../../src/language.js';
import { analyseSearch } from '../../../src/syntax/analyse.js';
import { macroTable } from '../../../src/syntax/macros.js';

const macros = macroTable([{ name: 'known', arguments: [], definition: 'search a=1' }]);

/** The texts that the faults of a search stand at, with their messages. */
function faults(spl: string): string[] {
  return analyseSearch(spl, { language, macros }).diagnostics.map(
    ({ span, message, help }) =>
      `${spl.slice(span.start, span.end) || '<end>'}: ${message}${help === undefined ? '' : ` (${help})`}`,
  );
}

describe('faults', () => {
  test.each<[title: string, spl: string, expected: string[]]>([
    [
      'a misspelled command',
      'a=1 | renmae a as b | sort b',
      ['renmae: unknown command "renmae" (did you mean "rename"?)'],
    ],
    [
      'a pipe missing before a command',
      'a=1 | rename b as c fillnull value=0 | head 1',
      ['fillnull: a pipe is missing before "fillnull" (write | fillnull)'],
    ],
    ['a word of three letters that is like no command', 'a=1 | foo', ['foo: unknown command "foo"']],
    [
      'values of options that are only judged',
      '| loadjob 1.2 events=x | rest /services/x count=x splunk_server=local a=b | predict n AS m algorithm=FOO',
      [
        'x: expected true or false after "events=", found "x"',
        'x: expected a whole number after "count=", found "x"',
        'FOO: expected "ll" or "llt" or "llp" or "llp5" or "llb" or "bill" after "algorithm=", found "foo"',
      ],
    ],
    [
      'values that a macro or a token stands for',
      '| loadjob 1.2 events=$e$ | rest /services/x count="$n$"',
      ['"$n$": expected a whole number after "count=", found "$n$"'],
    ],
    [
      'options of commands that need a server or a map',
      'a=1 | geostats globallimit=x count | correlate type=foo | kmeans distype=foo | abstract maxterms=0',
      [
        'x: expected a whole number after "globallimit=", found "x"',
        'foo: expected "cocur" after "type=", found "foo"',
        'foo: expected "l1" or "l1norm" or "cityblock" or "cb" or "l2" or "l2norm" or "sq" or "sqeuclidean" or "cos" or "cosine" after "distype=", found "foo"',
        '0: expected a number of 1 or more after "maxterms=", found 0',
      ],
    ],
    [
      'buckets counted from what is no time',
      'a=1 | bin _time aligntime=foo | timechart aligntime=@d+3h count | bin _time aligntime=1500 span=2h',
      ['foo: expected earliest, latest or a time such as "@d+3h" after "aligntime=", found "foo"'],
    ],
    [
      'letters that sed exchanges for another number of them',
      'a=1 | rex mode=sed "y/ab/c/" | rex mode=sed "y/ab/cd/"',
      ['"y/ab/c/": "y" of sed exchanges letter for letter: "ab" and "c" are not of the same length'],
    ],
    [
      'a number that is set',
      "a=1 | eval 1=2 | eval '1'=2",
      [`1: "eval" cannot set the number 1 (write '1' if a field is called so)`],
    ],
    [
      'new names in a list of values to count',
      'a=1 | top p AS x | rare limit=3 "as"',
      ['AS: "top" gives no fields other names (write | rename <field> AS <new-field> behind it)'],
    ],
    [
      'an opening single quote missing',
      "a=1 | eval b=mvindex(c{}.d', 0)",
      ["c{}.d': this field name ends with a quote but does not begin with one"],
    ],
    [
      'a closing single quote missing',
      "a=1 | eval b='c.d . 'e.f'",
      ["'c.d: this field name is never closed (close it with a quote)"],
    ],
    [
      'an aggregate that is also a function of several arguments',
      'a=1 | stats in(b) as c',
      ['in: unknown aggregate "in" (did you mean "min"?)'],
    ],
    ['one bin', 'a=1 | bin b bins=1', ['bin b bins=1: "bin" makes 2 bins or more, found bins=1']],
    [
      'one bin of a chart',
      'a=1 | chart bins=1 count by a | timechart count by a bins=1',
      [
        'chart bins=1 count by a: "chart" makes 2 bins or more, found bins=1',
        'timechart count by a bins=1: "timechart" makes 2 bins or more, found bins=1',
      ],
    ],
    [
      'aggregates that lack',
      '| tstats by a | append [| tstats where b=1]',
      [
        'tstats: "tstats" needs an aggregate such as "count"',
        'tstats: "tstats" needs an aggregate such as "count"',
      ],
    ],
    [
      'trends and clusters that are none',
      'a=1 | trendline | kmeans k=1 a | kmeans k=x a',
      [
        ' : expected a trend such as "sma5(<field>)", found the end of the command',
        '1: expected a number of 2 or more, or a range such as 2-5, after "k=", found "1"',
        'x: expected a number of 2 or more, or a range such as 2-5, after "k=", found "x"',
      ],
    ],
    [
      'options that need another',
      '| makeresults format=csv | append [| makeresults data="a"] | spath output=b',
      [
        '"makeresults" takes format= only with data=',
        '"makeresults" takes data= only with format=csv or format=json',
        'spath: "spath" needs a path for what goes into the field of output= (write path=<path>)',
      ],
    ],
    [
      'a tokenizer that is none',
      'a=1 | makemv tokenizer="(" a | makemv tokenizer="a" a | makemv tokenizer="(a)" a',
      [
        'the regular expression "(" is invalid',
        'the tokenizer "a" captures nothing (put brackets around what is a value)',
      ],
    ],
    [
      'a name without the wildcard of its fields',
      'a=1 | stats dc(*) as x values(b_*) as c_* sum(d) as "e*"',
      [
        'x: "*" and the name "x" of its "dc" must have the same number of wildcards',
        'e*": "d" and the name "e*" of its "sum" must have the same number of wildcards',
      ],
    ],
    [
      'a broken number, and lists and templates of nothing',
      'a=1 | head 1.5 | where a IN () | foreach [eval a=1]',
      [
        '1.5: "head" takes a whole number or a condition, found 1.5',
        'a IN (): the list of "IN" is empty',
        'foreach: "foreach" needs a field',
      ],
    ],
    [
      'arguments of commands of a server that lack',
      'a=1 | mcollect split=t | erex a | anomalydetection method=foo a',
      [
        'split=t: expected index=<index> among the arguments',
        'a: expected a field and examples=<string> among the arguments',
        'foo: expected "histogram" or "zscore" or "iqr" after "method=", found "foo"',
      ],
    ],
    [
      'the value of the row itself',
      'a=1 | autoregress b p=0',
      ['autoregress b p=0: "p=0" is neither a number of 1 or more nor a range like 1-4'],
    ],
    [
      'another name for a split',
      'a=1 | timechart count by b AS c | head 1',
      ['AS: "timechart" gives what it splits by no other name (write rename behind it)'],
    ],
    [
      'another name for a split of chart',
      'a=1 | chart count by b as c',
      ['as: "chart" gives what it splits by no other name (write rename behind it)'],
    ],
    [
      'what commands cannot do without',
      '| metadata | map | collect | concurrency',
      [
        'metadata: "metadata" needs type=hosts, type=sources or type=sourcetypes',
        'map: "map" needs a saved search or search=<string>',
        'collect: "collect" needs index=<index>',
        'concurrency: "concurrency" needs duration=<field>',
      ],
    ],
    [
      'what commands of a server cannot do without',
      'a=1 | sendalert | predict | script | erex',
      [
        ' : expected the name of an alert action, found the end of the command',
        ' : expected a field, found the end of the command',
        ' : expected the name of a script, found the end of the command',
        '<end>: expected a field and examples=<string>, found the end of the search',
      ],
    ],
    [
      'a word behind the number of head',
      'a=1 | head 10 b',
      ['b: "head" takes a number or a condition, found both (write limit=<n> beside the condition)'],
    ],
    [
      'a second by',
      'a=1 | stats count by host by user',
      ['by: command "stats" takes one "by", found another (separate the fields by commas)'],
    ],
    [
      'a text of searchmatch that is no search',
      'a=1 | where searchmatch("b=")',
      ['"b=": in the search of "searchmatch": expected a value after "b=", found the end of the search'],
    ],
    [
      'a subsearch in the text of searchmatch',
      'a=1 | where searchmatch("x [search b]")',
      ['"x [search b]": the search of "searchmatch" can\'t hold a subsearch'],
    ],
    [
      'several, one a command',
      'a=1 | stat count | table | wher x',
      [
        'stat: unknown command "stat" (did you mean "stats"?)',
        ' : expected a field, found the end of the command',
        'wher: unknown command "wher" (did you mean "where"?)',
      ],
    ],
    [
      'a first command that lost a letter',
      '| stats count from datamodel=Web by Web.url',
      ['stats: command "stats" works on results, and nothing comes before it (did you mean "tstats"?)'],
    ],
    [
      'a lost closing quote',
      'a="*x* OR b="y" | table a',
      ['"*x*: this string is never closed (close it with a quote)'],
    ],
    [
      'a lost opening quote',
      'a=*x y*" OR b="y" | table a',
      ['*x y*": this text ends with a quote but does not begin with one'],
    ],
    [
      'a lost quote of a rex',
      'a=1 | rex field=b (?<c>x y)" | table c',
      ['(?<c>x y)": this text ends with a quote but does not begin with one'],
    ],
    [
      'a lost closing bracket of a group',
      '| tstats count where (a=1 OR b=2 by c',
      [' : expected ")" to close "(", found "by"'],
    ],
    [
      'a lost opening bracket of a group',
      'x=1 a=1 OR b=2) y=3',
      ['a: a "(" is missing here (the ")" behind it closes nothing else)'],
    ],
    [
      'a lost closing bracket of a group among others',
      '`known` (a=1 OR a=2 b=3 (c=4 OR c=5) | table a',
      [' : expected ")" to close "(", found "b=3"'],
    ],
    [
      'a lost closing bracket of a list',
      'a IN ("b","c" d=1 | table a',
      [' : expected ")" to close "IN (", found "d=1"'],
    ],
    [
      'a lost opening bracket of a list',
      'x=1 a IN "b","c") d=1 | table a',
      [' : expected "(" after "IN" (the ")" behind it closes nothing else)'],
    ],
    [
      'a lost bracket in a template of foreach',
      "x=1 | foreach a_* [eval b=if('<<FIELD>>' > 1, round('<<FIELD>>', 2, 0)]",
      [',: expected ")" to close "round(", found ","'],
    ],
    [
      'a lost opening bracket of a macro call',
      'x=1 | `knowna)` | table b',
      ['a: expected "(" after "known"'],
    ],
    [
      'a lost closing bracket of a macro call',
      'x=1 | `known(a` | table b',
      ['`: expected ")" to close "known(", found "`"'],
    ],
    [
      'a lost opening bracket of a subsearch',
      'x=1 | join a search b=1 | fields a] | table a',
      ['s: a "[" is missing here (the "]" behind it closes nothing else)'],
    ],
    [
      'a lost opening bracket of an aggregate',
      'x=1 | stats mina) as b',
      ['a: expected "(" after "min" (the ")" behind it closes nothing else)'],
    ],
    [
      'a lost opening bracket of a function',
      'x=1 | eval a=floorb/4)*4',
      ['b: expected "(" after "floor" (the ")" behind it closes nothing else)'],
    ],
    [
      'a lost closing bracket of an inner function',
      'x=1 | eval a=if(match(b,"c", "d", "e")',
      [',: expected ")" to close "match(", found ","'],
    ],
    [
      'a lost closing bracket of a subsearch',
      'x=1 | append [search a | table b',
      ['<end>: a "]" is missing here (the "[" before it is never closed)'],
    ],
    [
      'a lost closing bracket of a subsearch behind which fields are read that it does not have',
      'x=1 | stats count by user host | join host [search y=1 | stats dc(z) as zs by host | where user="a" | table count zs',
      [' : a "]" is missing here (the "[" before it is never closed)'],
    ],
    [
      'a lost closing bracket of a subsearch before a command that works on events one by one',
      "x=1 | foreach *_bytes [eval total=total+'<<FIELD>>' | stats sum(total) as sum",
      [' : a "]" is missing here (the "[" before it is never closed)'],
    ],
    [
      'a lost closing quote of a regular expression in a function',
      'x=1 | where match(files,"(?i)\\.(pem|key|pfx)$) | stats count by files',
      ['"(?i)\\.(pem|key|pfx)$: this string is never closed (close it with a quote)'],
    ],
    [
      'a lost closing quote among other strings',
      'x=1 | eval s=case(a>5,"critical,a>2,"high",true(),"low") | `known` | table s',
      ['"critical: this string is never closed (close it with a quote)'],
    ],
    [
      'a lost closing quote in a search, with brackets behind it',
      'name="powershell.exe (line="*-enc*" OR line="*-e*") | stats count',
      ['"powershell.exe: this string is never closed (close it with a quote)'],
    ],
    [
      'a lost opening quote of texts that are joined',
      'x=1 | eval m=user." printed ".pages. pages in ".jobs." jobs" | table m',
      ['pages in ": this text ends with a quote but does not begin with one'],
    ],
    [
      'a lost closing bracket of a sum',
      'x=1 | eval z=(a-b/c | where z>1',
      ['/: expected ")" to close "(", found "/c"'],
    ],
    [
      'a lost closing bracket of a function that takes nothing',
      'x=1 | eval z=round((now(-start)/60)',
      ['-: expected ")" to close "now(", found "-start)/60)"'],
    ],
    [
      'a lost opening bracket before a field that begins like a function',
      'x=1 | stats avg(a) as avgCpu | eval z=avgCpu-b)/c',
      ['a: a "(" is missing here (the ")" behind it closes nothing else)'],
    ],
    [
      'a lost opening bracket of a percentile',
      'x=1 | stats median(a) as m, perc95a) as p by b',
      ['a: expected "(" after "perc95" (the ")" behind it closes nothing else)'],
    ],
    [
      'a lost backtick',
      'x=1 | known` | table a',
      ['known`: a macro call needs a backtick before its name and one after it'],
    ],
    [
      'a limit below 0',
      'x=1 | top limit=-1 a',
      ['-1: expected a count of 0 or more after "limit=", found -1'],
    ],
    ['a count below 0', 'x=1 | return -1 a', ['-1: "return" takes a count of 0 or more, found -1']],
    [
      'a field where head takes a condition',
      'x=1 | head abc',
      ['abc: "head" takes a number or a condition, found the field "abc"'],
    ],
    ['a sum as a condition', 'x=1 | where a+1', ['a+1: "where" takes a condition, found a value']],
    [
      'a percentile without its number',
      'x=1 | stats perc(a)',
      ['perc: "perc" needs a number behind its name (write perc95(…))'],
    ],
    ['a split too many', 'x=1 | timechart count by a, b', ['b: "timechart" cannot split by "b" too']],
    ['splits too many', 'x=1 | chart count over a by b, c, d', ['c, d: "chart" cannot split by "c" too']],
    [
      'a limit of series that is none',
      'x=1 | chart limit=topx count by a',
      ['topx: expected a number of series such as "10" or "top5" after "limit=", found "topx"'],
    ],
    ['a second OUTPUT', 'x=1 | lookup t a OUTPUT b OUTPUT c', ['OUTPUT: unexpected "OUTPUT" in "lookup"']],
    ['IN without its list', 'a IN b', ['b: expected "(" after "IN", found "b"']],
    [
      'a span of transaction that is none',
      'x=1 | transaction maxspan=abc a',
      ['abc: expected a span of time such as "5m" after "maxspan=", found "abc"'],
    ],
    [
      'a base that is none',
      'x=1 | eval a=tonumber(b, 99)',
      ['99: the base "99" is not a whole number from 2 to 36'],
    ],
    [
      'a span of sparkline that is none',
      'x=1 | stats sparkline(count, abc)',
      ['abc: expected a span such as "1h", found "abc"'],
    ],
    ['an argument too many', 'x=1 | eval a=lower(b, c)', ['c: function "lower" takes 1 argument, found 2']],
    [
      'too few arguments',
      'x=1 | eval a=replace(b)',
      ['replace: function "replace" takes 3 arguments, found 1'],
    ],
    [
      'a misspelled function',
      'x=1 | eval a=lowr(b)',
      ['lowr: unknown function "lowr" (did you mean "lower"?)'],
    ],
    [
      'a misspelled aggregate',
      'x=1 | stats cout by a',
      ['cout: unknown aggregate "cout" (did you mean "count"?)'],
    ],
    ['a misspelled macro', 'x=1 | `knwn`', ['knwn: unknown macro "knwn" (did you mean "known"?)']],
    [
      'an unknown option',
      'x=1 | dedup a keepevent=t',
      ['keepevent: command "dedup" has no option "keepevent" (did you mean "keepevents"?)'],
    ],
    ['a regex that does not compile', 'x=1 | rex "(?<a>[b"', ['"(?<a>[b"']],
    [
      'a boolean as value',
      'x=1 | eval a=(b=1)',
      ['b=1: a field cannot be set to a boolean (write if(<condition>, "true", "false"))'],
    ],
    ['a pipe too many', 'x=1 | | table a', ['|: a command is missing after this pipe']],
    ['a value that is missing', 'a= AND b=1', ['AND: expected a value after "a=", found "AND"']],
  ])('%s', (_, spl, expected) => {
    const found = faults(spl);
    expect(found.length).toBe(expected.length);
    for (const [index, text] of expected.entries()) expect(found[index]).toContain(text);
  });

  test.each([
    'index=a "it is" | stats count, dc(b) as "x y" by c | where \'x y\'>1',
    '`unread` a=1 OR `other(x, "y z")` | `third` | table a',
    '| tstats `args` count FROM datamodel=Web WHERE Web.a=`b` BY `c`, Web.d span=1h',
    '| inputlookup a.csv where b="c*" | foreach x_* [eval <<FIELD>>=<<FIELD>>+\'<<MATCHSTR>>\']',
    'a=$b$ | timechart span=$span$ count by $field$',
    '```a comment | with a pipe``` a=1 ```another [ "``` | table a',
  ])('takes %s', (spl) => {
    expect(faults(spl).filter((fault) => !fault.includes('unknown macro'))).toEqual([]);
  });
});

test('a fault at the end lies in the text, though a quote was added there', () => {
  const spl = 'a=1 `known` b IN ("c';
  for (const { span } of analyseSearch(spl, { language, macros }).diagnostics)
    expect(span.end).toBeLessThanOrEqual(spl.length);
});

describe('nesting', () => {
  const deep = 10_000;
  test.each([
    ['brackets of where', `| where ${'('.repeat(deep)}`],
    ['brackets of search', `search ${'('.repeat(deep)}a${')'.repeat(deep)}`],
    ['calls', `| eval x=${'if('.repeat(deep)}`],
    ['subsearches', `search ${'[search a '.repeat(deep)}${']'.repeat(deep)}`],
    ['NOT', `search ${'NOT '.repeat(deep)}a`],
    ['signs', `| eval x=${'-'.repeat(deep)}1`],
    ['a chain of operators', `| eval x=1${'+1'.repeat(deep)}`],
    ['macro calls', '`m('.repeat(deep)],
  ])('%s end in a diagnostic', (_, spl) => {
    const { diagnostics, missingFields } = analyseSearch(spl, { language, macros });
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(missingFields).toEqual([]);
  });
});
