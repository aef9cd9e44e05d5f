// CSV reading and writing, and how lookups match.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMultivalue, parseCsv, tableRows, writeCsv } from '../../../src/runtime/csv.js';
import type { LookupTable } from '../../../src/runtime/environment.js';
import { Lookup } from '../../../src/runtime/lookup-table.js';
import { createRow, type FieldValue } from '../../../src/runtime/value.js';

describe('parseCsv', () => {
  const cases: [string, string, string[][]][] = [
    ['plain', 'a,b\n1,2\n', [['1', '2']]],
    [
      'CRLF and no last newline',
      'a,b\r\n1,2\r\n3,4',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['quotes', 'a,b\n"x, ""y""","l1\nl2"\n', [['x, "y"', 'l1\nl2']]],
    [
      'short and long rows',
      'a,b\n1\n1,2,3\n',
      [
        ['1', ''],
        ['1', '2'],
      ],
    ],
    ['empty lines', 'a,b\n\n1,2\n\n', [['1', '2']]],
    ['a byte order mark', '\ufeffa,b\n1,2', [['1', '2']]],
    ['an empty last cell', 'a,b\n1,', [['1', '']]],
    ['an unclosed quote', 'a,b\n"1,2\n3', [['1,2\n3', '']]],
    ['backslashes', 'a,b\nC:\\x,"\\"\n', [['C:\\x', '\\']]],
  ];
  test.each(cases)('%s', (_title, text, rows) => {
    const table = parseCsv(text);
    expect(table.header).toEqual(['a', 'b']);
    expect(table.rows).toEqual(rows);
  });

  test('what was written is read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.string({ minLength: 1 })), { maxLength: 10 }),
        (pairs) => {
          const rows = pairs.map(([a, b]) => Object.assign(createRow(), { a, __proto__x: b }));
          const clean = (text: string) => text;
          const table = parseCsv(writeCsv(['a', '__proto__x'], rows));
          expect(table.rows.map((r) => r.map(clean))).toEqual(pairs.map(([a, b]) => [a, b]));
        },
      ),
    );
  });

  test('a header named __proto__ is a field like any other', () => {
    const [row] = tableRows(parseCsv('__proto__,constructor\nx,y\n'));
    expect(Object.keys(row as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('multivalues', () => {
    expect(decodeMultivalue('$a$;$b$$c$')).toEqual(['a', 'b$c']);
    expect(tableRows(parseCsv('u,__mv_u\n"a\nb",$a$;$b$\nc,\n'))).toEqual([{ u: ['a', 'b'] }, { u: 'c' }]);
  });
});

describe('Lookup', () => {
  const groups = 'user,group\nbob,admins\namy,users\nbob,ops\n';
  const nets = 'net,zone\n10.0.0.0/8,lan\n10.1.0.0/16,lab\n2001:db8::/32,six\n';
  const procs = 'process,host,kind\n*mimikatz*,*,bad\nCMD.EXE,h1,shell\n';
  const times = 'ip,time,user\n1.1.1.1,100,old\n1.1.1.1,200,new\n';
  const cases: [string, string | LookupTable, string[], FieldValue[], string, FieldValue, number?][] = [
    ['every match in file order', groups, ['user'], ['bob'], 'group', ['admins', 'ops']],
    ['max_matches', { csv: groups, maxMatches: 1 }, ['user'], ['bob'], 'group', 'admins'],
    ['case matters', groups, ['user'], ['BOB'], 'group', null],
    [
      'case_sensitive_match=false',
      { csv: groups, caseSensitiveMatch: false },
      ['user'],
      ['AMY'],
      'group',
      'users',
    ],
    ['any value of a multivalue', groups, ['user'], [['amy', 'nobody']], 'group', 'users'],
    ['null matches nothing', groups, ['user'], [null], 'group', null],
    ['two keys', groups, ['user', 'group'], ['bob', 'ops'], 'user', 'bob'],
    ['numbers', 'code,name\n404,missing\n', ['code'], [404], 'name', 'missing'],
    ['CIDR', { csv: nets, matchType: ['CIDR(net)'] }, ['net'], ['10.1.2.3'], 'zone', ['lan', 'lab']],
    ['CIDR version 6', { csv: nets, matchType: ['CIDR(net)'] }, ['net'], ['2001:db8:1::1'], 'zone', 'six'],
    [
      'wildcards',
      { csv: procs, matchType: ['WILDCARD(process)', 'WILDCARD(host)'] },
      ['process', 'host'],
      ['C:\\x\\mimikatz.exe', 'h9'],
      'kind',
      'bad',
    ],
    [
      'wildcards with case',
      { csv: procs, matchType: ['WILDCARD(process)'] },
      ['process'],
      ['cmd.exe'],
      'kind',
      null,
    ],
    ['without match type * is literal', procs, ['process'], ['mimikatz'], 'kind', null],
    [
      'default_match',
      { csv: groups, minMatches: 1, defaultMatch: 'none' },
      ['user'],
      ['eve'],
      'group',
      'none',
    ],
    [
      'default_match needs min_matches',
      { csv: groups, defaultMatch: 'none' },
      ['user'],
      ['eve'],
      'group',
      null,
    ],
    [
      'the last row before the event',
      { csv: times, timeField: 'time', timeFormat: '%s' },
      ['ip'],
      ['1.1.1.1'],
      'user',
      'new',
      250,
    ],
    [
      'not after the event',
      { csv: times, timeField: 'time', timeFormat: '%s' },
      ['ip'],
      ['1.1.1.1'],
      'user',
      'old',
      150,
    ],
    [
      'not too long before',
      { csv: times, timeField: 'time', timeFormat: '%s', maxOffsetSeconds: 10 },
      ['ip'],
      ['1.1.1.1'],
      'user',
      null,
      250,
    ],
  ];
  test.each(cases)('%s', (_title, table, keys, values, output, expected, time) => {
    const lookup = new Lookup(table);
    const matcher = lookup.matcher(keys);
    if (matcher === null) throw new Error('no matcher');
    const rows = matcher.find(values, time ?? null);
    expect(matcher.output(rows, lookup.column(output))).toEqual(expected);
  });

  test('a missing column gives no matcher', () => {
    expect(new Lookup(groups).matcher(['nosuch'])).toBeNull();
  });
});
