// Macro expansion: what the text becomes, and where its characters come from.
import { describe, expect, test } from 'vitest';
import { evaluateConstant } from '../../../src/constant-expression.js';
import { builtinMacros } from '../../../src/syntax/builtin-macros.js';
import { expandMacros, type MacroDefinition, macroTable } from '../../../src/syntax/macros.js';

const own: MacroDefinition[] = [
  { name: 'src', arguments: [], definition: 'index=main `kind`' },
  { name: 'kind', arguments: [], definition: 'sourcetype=x' },
  { name: 'pair', arguments: ['a', 'b'], definition: '$a$="$b$" OR $a$_x=$b$' },
  { name: 'pair', arguments: ['a'], definition: '$a$=*' },
  { name: 'loop', arguments: [], definition: '`pool`' },
  { name: 'pool', arguments: [], definition: '`loop`' },
  { name: 'window', arguments: ['n'], definition: 'if($n$>5, "-1d", "-"."1h")', isEval: true },
  { name: 'small', arguments: ['n'], definition: 'head $n$', validation: '$n$<10', errorMessage: 'too many' },
  {
    name: 'broken',
    arguments: ['f'],
    definition: 'eval x=lower($f$',
    at: ({ start, end }) => ({
      file: 'macros/broken.yml',
      line: 1,
      column: start + 1,
      endLine: 1,
      endColumn: end + 1,
    }),
  },
];
const table = macroTable(builtinMacros, own);
const expand = (text: string) => expandMacros(text, table, evaluateConstant);

describe('text', () => {
  test.each([
    ['`src` a=1', 'index=main sourcetype=x a=1'],
    ['`pair(u, v)`', 'u="v" OR u_x=v'],
    ['`pair("u v")`', 'u v=*'],
    ['`pair(f("a,b"), c)`', 'f("a,b")="c" OR f("a,b")_x=c'],
    ['a="`src`" ```and `src` ```', 'a="`src`" ```and `src` ```'],
    ['| `drop_dm_object_name("Processes")`', '| rename "Processes.*" as *'],
    ['`window(3)`', '-1h'],
    ['| `small(3)`', '| head 3'],
  ])('%s', (text, expected) => {
    const { text: found, diagnostics } = expand(text);
    expect(found).toBe(expected);
    expect(diagnostics).toEqual([]);
  });
});

describe('faults', () => {
  test.each([
    ['`sorc`', 'unknown macro "sorc"', 'sorc'],
    ['x `pair(1, 2, 3)`', 'macro "pair" takes 1 or 2 arguments, found 3', '`pair(1, 2, 3)`'],
    ['a `loop` b', 'macro "loop" calls itself: "loop" → "pool" → "loop"', '`loop`'],
    ['| `small(30)`', 'macro "small" refuses these arguments: too many', '`small(30)`'],
  ])('%s', (text, message, at) => {
    const { diagnostics } = expand(text);
    expect(diagnostics.map((d) => d.message)).toEqual([message]);
    expect(text.slice(diagnostics[0]!.span.start, diagnostics[0]!.span.end)).toBe(at);
  });
});

describe('places', () => {
  test('a character of an argument keeps its own place', () => {
    const text = 'x `pair(user, v)` y';
    const expansion = expand(text);
    const { text: expanded } = expansion;
    const start = expanded.indexOf('user');
    expect(expansion.original({ start, end: start + 4 })).toEqual({ start: 8, end: 12 });
    const after = expanded.lastIndexOf('y');
    expect(expansion.original({ start: after, end: after + 1 })).toEqual({ start: 18, end: 19 });
  });

  test('a character of a definition stands at the call', () => {
    const text = 'x `src` y';
    const expansion = expand(text);
    const { text: expanded } = expansion;
    const start = expanded.indexOf('sourcetype');
    expect(expansion.original({ start, end: start + 10 })).toEqual({ start: 2, end: 7 });
  });

  test('a fault in a definition names it', () => {
    const expansion = expand('| `broken(f)`');
    const at = expansion.text.indexOf('lower');
    const fault = expansion.translate({
      severity: 'error',
      code: 'syntax',
      message: 'm',
      span: { start: at, end: at + 5 },
    });
    expect(fault.span).toEqual({ start: 2, end: 13 });
    expect(fault.notes).toEqual([
      {
        message: 'in the expansion of "broken"',
        place: { file: 'macros/broken.yml', line: 1, column: 8, endLine: 1, endColumn: 13 },
      },
    ]);
  });

  test('every macro is named once, in order of use', () => {
    const names = expand('`pair(a)` `src` `pair(a, b)` `src` `none`').macros.map(
      (m) => `${m.name}/${m.arity}`,
    );
    expect(names).toEqual(['pair/1', 'src/0', 'kind/0', 'pair/2', 'none/0']);
  });

  test('macros that double forever end', () => {
    const bomb = Array.from({ length: 40 }, (_, i) => ({
      name: `m${i}`,
      arguments: [],
      definition: `\`m${i + 1}\` \`m${i + 1}\``,
    }));
    const { diagnostics } = expandMacros(
      '`m0`',
      macroTable([...bomb, { name: 'm40', arguments: [], definition: 'x'.repeat(1000) }]),
    );
    expect(diagnostics.length).toBeGreaterThan(0);
  });
});

describe('a call that other searches have too', () => {
  const texts = [
    '`src` | eval x="`src`" | `small(3)`',
    '  `src` `pair(u, "v w")` `pair(u, "v w")`',
    '| `small(30)` `small(30)`',
    'x `sorc` y `loop` `broken(f)` `window(3)` `window(7)`',
    'a `pair(1, 2, 3)` `kind` ```and `src` ``` `src`',
    'a="`src` `src`" b="open `src`',
  ];
  test.each(texts)('%s', (text) => {
    for (const other of texts) expand(other);
    const known = expand(text);
    const alone = expandMacros(text, macroTable(builtinMacros, own), evaluateConstant);
    expect(known.text).toBe(alone.text);
    expect(known.macros).toEqual(alone.macros);
    expect(known.lookedUp).toEqual(alone.lookedUp);
    expect(known.diagnostics).toEqual(alone.diagnostics);
    for (let at = 0; at < known.text.length; at++) {
      const span = { start: at, end: Math.min(known.text.length, at + 3) };
      const fault = { severity: 'error', code: 'syntax', message: 'here', span } as const;
      expect(known.translate(fault)).toEqual(alone.translate(fault));
      expect(known.original(span)).toEqual(alone.original(span));
      expect(known.isWritten(at)).toBe(alone.isWritten(at));
    }
  });

  test('places count from the call that is looked at', () => {
    const text = 'one `broken(f)` two `broken(f)`';
    const expansion = expand(text);
    const { text: expanded } = expansion;
    expect(expanded).toBe('one eval x=lower(f two eval x=lower(f');
    const place = (offset: number) =>
      expansion.original({ start: expanded.indexOf('x=', offset), end: expanded.indexOf('x=', offset) + 1 });
    expect(place(0)).toEqual({ start: 4, end: 15 });
    expect(place(10)).toEqual({ start: 20, end: 31 });
  });
});
