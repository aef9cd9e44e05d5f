// Data that means harm: names of prototypes, ever new names, deep nesting, slow patterns.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonReader } from '../../../src/knowledge/json-fields.js';
import { keyValueReader } from '../../../src/knowledge/key-values.js';
import { xmlReader } from '../../../src/knowledge/xml-fields.js';
import { createRow, type Row } from '../../../src/runtime/value.js';
import { eventOf, knowledgeOf } from './example-app.js';

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

describe('field names', () => {
  it.each(names)('%s is a field like any other', (name) => {
    const raw = JSON.stringify({ x: 1 }).replace('"x"', JSON.stringify(name));
    const knowledge = knowledgeOf({ props: `[st]\nKV_MODE = json\nEVAL-y = '${name}'` });
    for (const wanted of ['all', new Set([name, 'y'])] as const) {
      const row = knowledge.extractor(wanted)(eventOf(raw)) as Row;
      expect([Object.hasOwn(row, name), row[name], row['y']]).toEqual([true, '1', '1']);
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('cannot become code', () => {
    const name = 'a"];globalThis.hacked=1;//\u2028\n';
    const row = knowledgeOf({ props: '[st]\nKV_MODE = json' }).extractor(new Set([name]))(
      eventOf(JSON.stringify({ [name]: 'v' })),
    );
    expect([row?.[name], 'hacked' in globalThis]).toEqual(['v', false]);
  });
});

describe('readers', () => {
  it.each([
    ['deep objects', '{"a":'.repeat(20_000)],
    ['deep arrays', '['.repeat(100_000)],
    ['open strings', `{"a":"${'x\\"'.repeat(50_000)}`],
    ['nothing but commas', `{${','.repeat(100_000)}`],
    ['nothing but equals signs', '='.repeat(100_000)],
    ['blanks around equals signs', ' = '.repeat(30_000)],
    ['open tags', '<a>'.repeat(30_000)],
    ['quotes', '<a b="'.repeat(10_000)],
  ])('end on %s', (_, text) => {
    for (const wanted of ['all', new Set(['a', 'a.a'])] as const) {
      jsonReader(wanted)(text, createRow());
      keyValueReader(wanted, { escapes: true, trim: true })(text, createRow());
      xmlReader(wanted)(text, createRow());
    }
  });

  it('never throw, and give text', () => {
    const readers = [
      jsonReader('all'),
      xmlReader('all'),
      keyValueReader('all', { escapes: true, trim: true }),
    ];
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) =>
        readers.every((reader) => {
          const row = createRow();
          reader(text, row);
          return Object.values(row).every((value) =>
            [value].flat().every((item) => typeof item === 'string'),
          );
        }),
      ),
      { numRuns: 60 },
    );
  });

  it('read the JSON that JSON.stringify writes', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const json = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,3}$/),
      fc.oneof(leaf, fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), leaf)),
    );
    fc.assert(
      fc.property(json, (object) => {
        const expected = new Map<string, string>();
        for (const [key, value] of Object.entries(object)) {
          if (value !== null && typeof value === 'object')
            for (const [inner, item] of Object.entries(value)) expected.set(`${key}.${inner}`, String(item));
          else expected.set(key, String(value));
        }
        const row = createRow();
        jsonReader('all')(JSON.stringify(object), row);
        expect(new Map(Object.entries(row))).toEqual(expected);
        for (const [name, value] of expected) {
          const one = createRow();
          jsonReader(new Set([name]))(JSON.stringify(object), one);
          expect([Object.keys(one), one[name]]).toEqual([[name], value]);
        }
      }),
    );
  });
});
