// Every search-time operation, and the order they come in.
import { describe, expect, it } from 'vitest';
import type { FieldValue } from '../../../src/runtime/value.js';
import { eventOf, fieldsFrom, fieldsOf, knowledgeOf } from './example-app.js';

type Case = [title: string, confs: Record<string, string>, raw: string, fields: Record<string, FieldValue>];

const none = 'KV_MODE = none\n';

describe('EXTRACT', () => {
  it.each<Case>([
    [
      'takes named groups of the first match',
      { props: `[st]\n${none}EXTRACT-a = (?<x>\\d)(?<y>[a-z])` },
      '1a 2b',
      { x: '1', y: 'a' },
    ],
    [
      'lets the dot cross lines and anchors be lines',
      { props: `[st]\n${none}EXTRACT-a = ^b(?<x>.*)$` },
      'a\nb1\nc',
      { x: '1\nc' },
    ],
    [
      'reads another field with "in"',
      { props: `[st]\n${none}EXTRACT-a = <(?<x>[^>]*)>\nEXTRACT-b = (?<y>\\d+) in x` },
      '<a7>',
      { x: 'a7', y: '7' },
    ],
    [
      'runs in ASCII order of its class, and the first value stays',
      { props: `[st]\n${none}EXTRACT-b = (?<x>b)\nEXTRACT-Z = (?<x>a)` },
      'ab',
      { x: 'a' },
    ],
    ['gives no field for an empty match', { props: `[st]\n${none}EXTRACT-a = a(?<x>\\d*)` }, 'ab', {}],
  ])('%s', (_, confs, raw, fields) => {
    expect(fieldsFrom(confs, raw)).toEqual(fields);
  });
});

describe('REPORT', () => {
  const report = (transform: string, props = ''): Record<string, string> => ({
    props: `[st]\n${none}REPORT-a = t\n${props}`,
    transforms: `[t]\n${transform}`,
  });
  it.each<Case>([
    [
      'repeats a regex that names the field',
      report('REGEX = (\\w+)=(\\w+)\nFORMAT = $1::$2'),
      'a=1 b=2 a=3',
      { a: '1', b: '2' },
    ],
    [
      'keeps every value with MV_ADD',
      report('REGEX = (\\w+)=(\\w+)\nFORMAT = $1::$2\nMV_ADD = true'),
      'a=1 a=3',
      { a: ['1', '3'] },
    ],
    [
      'fills a fixed name from several groups',
      report('REGEX = (\\d+)-(\\d+)\nFORMAT = x::$2 y::"$1/$2"'),
      '1-2',
      { x: '2', y: '1/2' },
    ],
    [
      'takes named groups without FORMAT',
      report('REGEX = (?:a=(?<a>\\d)|b=(?<b>\\d))'),
      'b=2 a=1',
      { a: '1', b: '2' },
    ],
    [
      'names fields by _KEY_ and _VAL_',
      report('REGEX = (?<_KEY_1>\\w+):(?<_VAL_1>\\w+)'),
      'p:q r:s',
      { p: 'q', r: 's' },
    ],
    ['cleans names', report('REGEX = ([^=\\s]+)=(\\w+)\nFORMAT = $1::$2'), '_1a-b.c=1', { a_b_c: '1' }],
    [
      'leaves names with CLEAN_KEYS=false',
      report('REGEX = ([^=\\s]+)=(\\w+)\nFORMAT = $1::$2\nCLEAN_KEYS = false'),
      'a-b.c=1',
      { 'a-b.c': '1' },
    ],
    [
      'keeps empty values only when told',
      report('REGEX = (\\w+)=(\\w*)\nFORMAT = $1::$2\nKEEP_EMPTY_VALS = true'),
      'a=',
      { a: '' },
    ],
    [
      'reads every value of SOURCE_KEY',
      {
        props: `[st]\n${none}REPORT-a = s, t`,
        transforms:
          '[s]\nREGEX = <(\\w+)>\nFORMAT = part::$1\nMV_ADD = 1\n[t]\nSOURCE_KEY = part\nREGEX = ^(.)\nFORMAT = first::$1\nMV_ADD = 1',
      },
      '<ab><cd>',
      { part: ['ab', 'cd'], first: ['a', 'c'] },
    ],
    [
      'splits columns',
      report('DELIMS = ","\nFIELDS = a, "b c", d'),
      '1,"x, y",3',
      { a: '1', b_c: 'x, y', d: '3' },
    ],
    ['splits pairs', report('DELIMS = "|", "="'), 'a=1|b=2=3', { a: '1', b: '2=3' }],
    [
      'does not replace what EXTRACT found',
      report('REGEX = (b)\nFORMAT = x::$1', 'EXTRACT-z = (?<x>a)'),
      'ab',
      { x: 'a' },
    ],
  ])('%s', (_, confs, raw, fields) => {
    expect(fieldsFrom(confs, raw)).toEqual(fields);
  });
});

describe('KV_MODE', () => {
  it.each<Case>([
    [
      'auto reads pairs',
      { props: '[st]\n' },
      'a=1, b="x y";c = 3 url=/p?q=1&r=2',
      { a: '1', b: 'x y', c: '3', url: '/p?q=1', r: '2' },
    ],
    [
      'auto keeps the first of a repeated key and no empty value',
      { props: '[st]\n' },
      'a=1 a=2 b="" c=',
      { a: '1' },
    ],
    [
      'auto trims quoted values unless told otherwise',
      { props: '[st]\nKV_TRIM_SPACES = false' },
      'a=" x "',
      { a: ' x ' },
    ],
    ['auto cleans names', { props: '[st]\n' }, 'a-b=1 x.y=2', { a_b: '1', x_y: '2' }],
    [
      'auto_escaped honours escapes',
      { props: '[st]\nKV_MODE = auto_escaped' },
      'a="x \\"y\\" z" b=1',
      { a: 'x "y" z', b: '1' },
    ],
    [
      'auto reads JSON',
      { props: '[st]\n' },
      '{"a":{"b":1.50,"c":[{"d":"x"},{"d":"y"},{"e":null}]},"f":[1,[2]],"g":true}',
      { 'a.b': '1.50', 'a.c{}.d': ['x', 'y'], 'a.c{}.e': 'null', 'f{}': '1', 'f{}{}': '2', g: 'true' },
    ],
    [
      'auto leaves JSON alone with AUTO_KV_JSON=false',
      { props: '[st]\nAUTO_KV_JSON = false' },
      '{"a":1}',
      {},
    ],
    [
      'json decodes strings, keeps empty ones, and takes what stands before a cut',
      { props: '[st]\nKV_MODE = json' },
      '{"a":"x\\n\\u0041","e":"","b":{"c":1},"d":[1,2',
      { a: 'x\nA', e: '', 'b.c': '1', 'd{}': ['1', '2'] },
    ],
    [
      'json reads members without their brace',
      { props: '[st]\nKV_MODE = json' },
      '"a": 1, "b": {"c": 2}}',
      { a: '1', 'b.c': '2' },
    ],
    [
      'json keeps default fields apart',
      { props: '[st]\nKV_MODE = json' },
      '{"source":"x","host":"y"}',
      { extracted_source: 'x', extracted_host: 'y' },
    ],
    ['json gives nothing for other text', { props: '[st]\nKV_MODE = json' }, 'a=1', {}],
    [
      'xml names paths and attributes',
      { props: '[st]\nKV_MODE = xml' },
      '<a><b x="1">t</b><b>u &amp; v</b><c/></a>',
      { 'a.b': ['t', 'u & v'], 'a.b{@x}': '1' },
    ],
    ['none reads nothing', { props: '[st]\nKV_MODE = none' }, 'a=1 {"b":2}', {}],
  ])('%s', (_, confs, raw, fields) => {
    expect(fieldsFrom(confs, raw)).toEqual(fields);
  });
});

describe('FIELDALIAS', () => {
  it.each<Case>([
    ['AS copies and replaces', { props: '[st]\nFIELDALIAS-x = a AS b' }, 'a=1 b=2', { a: '1', b: '1' }],
    [
      'AS removes the new name when there is no original',
      { props: '[st]\nFIELDALIAS-x = a AS b' },
      'b=2',
      {},
    ],
    [
      'ASNEW leaves what is there',
      { props: '[st]\nFIELDALIAS-x = a ASNEW b, c ASNEW d' },
      'a=1 b=2 c=3',
      { a: '1', b: '2', c: '3', d: '3' },
    ],
    [
      'reads all originals first',
      { props: '[st]\nFIELDALIAS-x = a AS b b AS c' },
      'a=1 b=2',
      { a: '1', b: '1', c: '2' },
    ],
    [
      'takes quoted names',
      { props: '[st]\nKV_MODE = json\nFIELDALIAS-x = "a b" AS "c.d"' },
      '{"a b":1}',
      { 'a b': '1', 'c.d': '1' },
    ],
  ])('%s', (_, confs, raw, fields) => {
    expect(fieldsFrom(confs, raw)).toEqual(fields);
  });
});

describe('EVAL', () => {
  it.each<Case>([
    [
      'sees the values from before any calculated field',
      { props: '[st]\nEVAL-x = y*2\nEVAL-y = 100' },
      'y=3',
      { x: 6, y: 100 },
    ],
    [
      'sees aliases',
      { props: '[st]\nFIELDALIAS-a = a AS b\nEVAL-c = b."!"' },
      'a=1',
      { a: '1', b: '1', c: '1!' },
    ],
    ['removes a field when it is null', { props: '[st]\nEVAL-a = null()' }, 'a=1', {}],
    [
      'quotes names of any characters',
      { props: "[st]\nKV_MODE = json\nEVAL-x = 'a.b{}.c'" },
      '{"a":{"b":[{"c":1}]}}',
      { 'a.b{}.c': '1', x: '1' },
    ],
  ])('%s', (_, confs, raw, fields) => {
    expect(fieldsFrom(confs, raw)).toEqual(fields);
  });
});

describe('LOOKUP', () => {
  const table = { transforms: '[t]\nfilename = t.csv', 't.csv': 'code,name,level\n1,one,low\n2,two,\n' };
  it.each<Case>([
    [
      'gives columns under other names',
      { ...table, props: '[st]\nLOOKUP-x = t code AS a OUTPUT name AS b' },
      'a=1',
      { a: '1', b: 'one' },
    ],
    [
      'gives every other column without a list',
      { ...table, props: '[st]\nLOOKUP-x = t code AS a' },
      'a=1',
      { a: '1', name: 'one', level: 'low' },
    ],
    [
      'OUTPUT clears when nothing matches',
      { ...table, props: '[st]\nLOOKUP-x = t code AS a OUTPUT name AS b' },
      'a=9 b=x',
      { a: '9' },
    ],
    [
      'leaves events without the match field alone',
      { ...table, props: '[st]\nLOOKUP-x = t code AS a OUTPUT name AS b' },
      'b=x',
      { b: 'x' },
    ],
    [
      'OUTPUTNEW fills only what is not there',
      { ...table, props: '[st]\nLOOKUP-x = t code AS a OUTPUTNEW name AS b level' },
      'a=1 b=x',
      { a: '1', b: 'x', level: 'low' },
    ],
    [
      'runs in ASCII order, later ones on what earlier ones gave',
      {
        ...table,
        props: '[st]\nLOOKUP-2 = u name OUTPUT more\nLOOKUP-1 = t code AS a OUTPUT name',
        transforms: `${table.transforms}\n[u]\nfilename = u.csv`,
        'u.csv': 'name,more\none,m\n',
      },
      'a=1',
      { a: '1', name: 'one', more: 'm' },
    ],
    [
      'matches wildcards and networks without case, as the stanza says',
      {
        props: '[st]\nLOOKUP-x = t a b OUTPUT n',
        transforms:
          '[t]\nfilename = t.csv\nmatch_type = WILDCARD(a), CIDR(b)\ncase_sensitive_match = false\nmax_matches = 1',
        't.csv': 'a,b,n\nx*,10.0.0.0/8,one\n*,0.0.0.0/0,two\n',
      },
      'a=XYZ b=10.1.1.1',
      { a: 'XYZ', b: '10.1.1.1', n: 'one' },
    ],
    [
      'falls back on default_match',
      {
        props: '[st]\nLOOKUP-x = t code AS a OUTPUT name',
        transforms: '[t]\nfilename = t.csv\nmin_matches = 1\ndefault_match = unknown',
        't.csv': 'code,name\n1,one\n',
      },
      'a=7',
      { a: '7', name: 'unknown' },
    ],
    [
      'sees calculated fields',
      { ...table, props: '[st]\nEVAL-c = a+1\nLOOKUP-x = t code AS c OUTPUT name' },
      'a=1',
      { a: '1', c: 2, name: 'two' },
    ],
  ])('%s', (_, confs, raw, fields) => {
    expect(fieldsFrom(confs, raw)).toEqual(fields);
  });
});

describe('event types and tags', () => {
  const confs = {
    props: '[st]\nLOOKUP-x = t a OUTPUT kind',
    transforms: '[t]\nfilename = t.csv',
    't.csv': 'a,kind\n1,login\n',
    eventtypes:
      '[logins]\nsearch = sourcetype=st kind=login\n[others]\nsearch = sourcetype=other a=*\n[off]\nsearch = a=1\ndisabled = 1\n[ones]\nsearch = a=1 NOT source=x*',
    tags: '[eventtype=logins]\nauthentication = enabled\nold = disabled\n[a=1]\nunit = enabled\n[kind=log%69n]\nentry = enabled',
  };
  it('stand on every field, lookup outputs included', () => {
    expect(fieldsFrom(confs, 'a=1')).toEqual({
      a: '1',
      kind: 'login',
      eventtype: ['logins', 'ones'],
      tag: ['authentication', 'entry', 'unit'],
      'tag::eventtype': 'authentication',
      'tag::a': 'unit',
      'tag::kind': 'entry',
    });
  });
  it('are decided by source and source type before any event', () => {
    expect(fieldsFrom(confs, 'a=1', { source: 'x.log', sourcetype: 'OTHER' })).toEqual({
      a: '1',
      eventtype: 'others',
      tag: 'unit',
      'tag::a': 'unit',
    });
  });
  it('give a wanted tag::field alone', () => {
    const row = knowledgeOf(confs).extractor(new Set(['tag::a']))(eventOf('a=1'));
    expect(row?.['tag::a']).toBe('unit');
    expect(row?.['tag']).toBeUndefined();
  });
});

describe('the order', () => {
  it('is EXTRACT, REPORT, KV_MODE, FIELDALIAS, EVAL, LOOKUP, event types, tags', () => {
    const knowledge = knowledgeOf({
      props:
        '[st]\nEXTRACT-a = (?<e>x)\nREPORT-a = r\nFIELDALIAS-a = r AS f\nEVAL-v = e.r.k.f\nLOOKUP-a = t v OUTPUT l',
      transforms: '[r]\nREGEX = (y)\nFORMAT = r::$1\n[t]\nfilename = t.csv',
      't.csv': 'v,l\nxyky,found\n',
      eventtypes: '[found]\nsearch = l=found',
      tags: '[eventtype=found]\nyes = enabled',
    });
    const event = eventOf('xy k=k');
    const steps = ['e', 'r', 'k', 'f', 'v', 'l', 'eventtype', 'tag'].map((field) =>
      knowledge.explainField(event, field).map((origin) => origin.step),
    );
    expect(steps).toEqual([
      ['EXTRACT-a'],
      ['REPORT-a r'],
      ['KV_MODE=auto'],
      ['FIELDALIAS-a'],
      ['EVAL-v'],
      ['LOOKUP-a'],
      ['event types'],
      ['tags'],
    ]);
    expect(knowledge.explainField(event, 'v')[0]).toMatchObject({
      origin: expect.stringMatching(/^\[st\] .*props\.conf:5$/),
      value: 'xyky',
    });
  });

  it('makes the same of one field as of all', () => {
    const knowledge = knowledgeOf({
      props:
        '[st]\nFIELDALIAS-a = a AS b\nEVAL-c = b.d\nEVAL-a = upper(a)\nLOOKUP-x = t c OUTPUTNEW d AS e a',
      transforms: '[t]\nfilename = t.csv',
      't.csv': 'c,d,a\nxy,z,w\n',
      eventtypes: '[y]\nsearch = e=z OR a=X',
      tags: '[eventtype=y]\nt = enabled',
    });
    const event = eventOf('a=x d=y');
    const all = fieldsOf(knowledge.extractor('all')(event));
    for (const field of Object.keys(all))
      expect([field, knowledge.extractor(new Set([field]))(event)?.[field]]).toEqual([field, all[field]]);
  });
});

describe('lookups of apps', () => {
  it('are there by the name of their stanza and of their file', () => {
    const knowledge = knowledgeOf({
      transforms: '[t]\nfilename = t.csv\nmax_matches = 1',
      't.csv': 'a,b\n1,2\n',
    });
    expect(Object.keys(knowledge.lookups())).toEqual(['t', 't.csv']);
    expect(knowledge.lookups()['t']).toMatchObject({ csv: 'a,b\n1,2\n', maxMatches: 1 });
    expect(knowledge.lookup('nothing')).toBeNull();
  });
});

describe('macros of apps', () => {
  it('are known to event types and to searches', () => {
    const knowledge = knowledgeOf({
      macros:
        '[mine]\ndefinition = a=1\n[two(2)]\nargs = x, y\ndefinition = "$x$".$y$\niseval = 1\n[empty]\n',
      eventtypes: '[e]\nsearch = `mine` sourcetype=st',
    });
    expect(fieldsOf(knowledge.extractor('all')(eventOf('a=1')))).toEqual({ a: '1', eventtype: 'e' });
    expect(knowledge.macros.map((macro) => [macro.name, macro.arguments, macro.isEval])).toEqual([
      ['mine', [], false],
      ['two', ['x', 'y'], true],
    ]);
  });
});
