// Expressions are read with Splunk's precedence, in eval and where as in search.
import { describe, expect, test } from 'vitest';
import { bracketed, searchCondition, spelled, whereCondition } from './trees.js';

describe('eval expressions', () => {
  test.each([
    ['a OR b AND c', '(a OR (b AND c))'],
    ['a XOR b OR c', '(a XOR (b OR c))'],
    ['NOT a=1 AND b=2', '((NOT (a = 1)) AND (b = 2))'],
    ['NOT NOT a', '(NOT (NOT a))'],
    ['a+b*c-d', '((a + (b * c)) - d)'],
    ['a-b-c', '((a - b) - c)'],
    ['a-(b-c)', '(a - (b - c))'],
    ['-a*b', '((- a) * b)'],
    ['a=-1', '(a = (- 1))'],
    ['"x".a+1', '("x" . (a + 1))'],
    ['a."b"="ab"', '((a . "b") = "ab")'],
    ['x LIKE "a%" or y like "b"', '((x LIKE "a%") OR (y LIKE "b"))'],
    ['x IN ("a", 2) AND y', '((x IN ["a" 2]) AND y)'],
    ['NOT x IN (1)', '(NOT (x IN [1]))'],
    ['x NOT IN (1)', '(NOT (x IN [1]))'],
    ['in(x, 1, 2)', 'in(x, 1, 2)'],
    ['like(x, "%a\\"b\\\\c\\d")', 'like(x, "%a\\"b\\\\c\\\\d")'],
    ["'a b.c'=d", "('a b.c' = d)"],
    ['if (a>=1.5, true(), null())', 'if((a >= 1.5), true(), null())'],
    ['count > .5', '(count > .5)'],
    ['2fa=1', '(2fa = 1)'],
    ['a <b', '(a < b)'],
    ['<<FIELD>> > 0', '(<<FIELD>> > 0)'],
    ['x=$user$', '(x = $user$)'],
  ])('%s', (text, expected) => {
    expect(bracketed(whereCondition(text))).toBe(expected);
  });
});

describe('search expressions', () => {
  test.each([
    // OR binds stronger than AND in the search command.
    ['a b OR c d', '(a & (b OR c) & d)'],
    ['a AND b OR c', '(a AND (b OR c))'],
    ['NOT a OR b', '(!a OR b)'],
    ['(a b) c', '((a & b) & c)'],
    ['x=1 y != "a b" z>=5', '(x = "1" & y != "a b" & z >= "5")'],
    ['path="C:\\\\Windows\\*" q="say \\"x\\""', '(path = "C:\\\\Windows\\\\*" & q = "say \\"x\\"")'],
    ['path=*\\Temp\\* id=1', '(path = "*\\\\Temp\\\\*" & id = "1")'],
    ['code IN (1, "b c" d*)', 'code IN [1 b c d*]'],
    ['code NOT IN (1)', '!code IN [1]'],
    ['"a phrase" word', '("a phrase" & word)'],
    ['"field name"=x', 'field name = "x"'],
    ['TERM(10.0.0.1) CASE(Error)', '(TERM10.0.0.1 & CASEError)'],
    ['earliest=-24h@h latest=now x=1', '(time earliest -24h@h & time latest now & x = "1")'],
    ['a=[search b | return $b]', 'a = ""'],
    ['()', '<everything>'],
    ['user=$user|s$ x', '(user = "$user|s$" & x)'],
    ['source=WinEventLog:"Security Log"', 'source = "WinEventLog:Security Log"'],
    ['or and', '(or & and)'],
    ['host::web01', 'host = "web01"'],
    ['url=*a=b*', 'url = "*a=b*"'],
  ])('%s', (text, expected) => {
    expect(spelled(searchCondition(text))).toBe(expected);
  });
});
