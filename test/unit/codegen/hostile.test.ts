// Text from searches and data never becomes code, whatever it is.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { literal, quote } from '../../../src/codegen/quote.js';
import { compileText } from '../../../src/evaluate.js';
import type { Row } from '../../../src/runtime/value.js';

const nasty = [
  '"; globalThis.pwned = true; //',
  "'); globalThis.pwned = true; ('",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is what must not become code
  '`${globalThis.pwned = true}`',
  '\u2028globalThis.pwned = true\u2029',
  '</script><script>globalThis.pwned = true</script>',
  '\\"; globalThis.pwned = true; //',
  '*/ globalThis.pwned = true /*',
  '__proto__',
  'constructor',
  'toString',
  '\n\r\0\u001b[31m',
  '$&$1',
];
const text = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 30 }));
const inString = (value: string): string => value.replace(/[\\"]/g, '\\$&');
const inField = (value: string): string => value.replace(/[\\']/g, '\\$&');
const usable = (value: string): boolean =>
  !/[`*$|[\]<>{}]/.test(value) && value.trim() === value && value !== '';

describe('hostile text', () => {
  test('a quoted text evaluates to itself and holds no line break or tag', () => {
    fc.assert(
      fc.property(text, (value) => {
        const code = quote(value);
        expect(new Function(`return ${code}`)()).toBe(value);
        expect(code).not.toMatch(/[\n\r\u2028\u2029<]/);
      }),
    );
  });

  test('literals of data keep every name and value', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (entries) => {
        const data = Object.create(null) as Record<string, string>;
        for (const [name, value] of entries) data[name] = value;
        const back = new Function(`return ${literal(data)}`)() as Record<string, string>;
        expect(Object.entries(back).sort()).toEqual(Object.entries(data).sort());
      }),
    );
  });

  test('strings in a search come out as they went in', async () => {
    await fc.assert(
      fc.asyncProperty(
        text.filter((value) => !/[`\ud800-\udfff]/.test(value)),
        async (value) => {
          const compiled = compileText(`| makeresults | eval x="${inString(value)}" | table x`);
          if (compiled.diagnostics.length > 0) return;
          const rows = await compiled.run();
          expect(rows.map((row) => row['x'])).toEqual([value]);
          expect((globalThis as { pwned?: boolean }).pwned).toBeUndefined();
        },
      ),
      { numRuns: 200 },
    );
  });

  test('field names of any kind are ordinary fields', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 12 })).filter(usable),
        async (name) => {
          const row = Object.defineProperty({}, name, { value: 'v', enumerable: true }) as Row;
          const compiled = compileText(`| eval y='${inField(name)}' | stats count by y`);
          if (compiled.diagnostics.length > 0) return;
          const rows = await compiled.run([row]);
          expect(rows.map((item) => item['y'])).toEqual(['v']);
          expect(await compiled.run([{}])).toEqual([]);
          expect((globalThis as { pwned?: boolean }).pwned).toBeUndefined();
        },
      ),
      { numRuns: 200 },
    );
  });

  test('events handed in are not changed', async () => {
    const events = [{ a: 1, b: ['x', 'y'], constructor: 'c' }] as unknown as Row[];
    const before = structuredClone(events);
    for (const spl of [
      '| eval a=2, c=3 | rename b as d | fillnull value=0',
      '| streamstats count | eval {constructor}=1',
      '| mvexpand b | eval b="z"',
      '| fields - a | foreach * [eval <<FIELD>>="q"]',
      '| eventstats count | sort a | reverse',
      '| append [search a=1 | eval a=9] | replace 1 with 2',
    ])
      await compileText(spl).run(events);
    expect(events).toEqual(before);
  });
});
