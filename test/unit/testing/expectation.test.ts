// What a test asks of its rows, and schedules replayed over the data's time.
import { describe, expect, test } from 'vitest';
import type { Detection, Test } from '../../../src/content/model.js';
import { check, expectationOf, matches } from '../../../src/testing/expectation.js';
import { countThrottled, periodSeconds, replaySchedule } from '../../../src/testing/schedule.js';

const detection = {
  risk: { riskObjects: [{ field: 'dest', type: 'system', score: 1 }], threatObjects: [], score: 1 },
} as unknown as Detection;
const plain = {} as unknown as Detection;
const asked = (own: Partial<Test>, of: Detection = plain) =>
  expectationOf(of, { name: 't', testType: 'unit', attackData: [], ...own });
const rows = [
  { dest: 'a', n: 1 },
  { dest: 'b', n: 2, m: ['x', 'y'] },
];

describe('pass rules', () => {
  const cases: {
    title: string;
    own: Partial<Test>;
    of?: Detection;
    rows: Record<string, unknown>[];
    fault?: RegExp;
  }[] = [
    { title: 'one row is enough', own: {}, rows: [rows[0]!] },
    { title: 'none is not', own: {}, rows: [], fault: /^expected at least 1 row, found 0$/ },
    {
      title: 'expected_results 0 must not fire',
      own: { expectedResults: 0 },
      rows,
      fault: /^expected 0 rows, found 2$/,
    },
    { title: 'expected_results 0 with nothing', own: { expectedResults: 0 }, of: detection, rows: [] },
    {
      title: 'expected_results asks for at least as many',
      own: { expectedResults: 3 },
      rows,
      fault: /expected at least 3 rows, found 2/,
    },
    { title: 'an exact count', own: { expectation: { rows: 1 } }, rows, fault: /expected 1 row, found 2/ },
    { title: 'a range', own: { expectation: { rows: { min: 1, max: 2 } } }, rows },
    {
      title: 'a range that is left',
      own: { expectation: { rows: { max: 1 } } },
      rows,
      fault: /expected at most 1 rows, found 2/,
    },
    {
      title: 'the old pass condition',
      own: { passCondition: '| stats count | where count > 2' },
      rows,
      fault: /at least 3/,
    },
    {
      title: 'risk fields have to be there',
      own: {},
      of: detection,
      rows: [{ user: 'x' }],
      fault: /no row has a value for "dest"/,
    },
    { title: 'the text null is no value', own: {}, of: detection, rows: [{ dest: 'null' }], fault: /"dest"/ },
    { title: 'fields', own: { expectation: { fields: ['zz'] } }, rows, fault: /no row has the field "zz"/ },
    {
      title: 'a row that is there',
      own: { expectation: { contains: [{ dest: 'b', m: ['x', 'y'] }] } },
      rows,
    },
    {
      title: 'a row that is not',
      own: { expectation: { contains: [{ dest: 'b', n: 3 }] } },
      rows,
      fault: /in the closest "n" is 2, not 3$/,
    },
    {
      title: 'a row that must not be',
      own: { expectation: { excludes: [{ dest: 'a*' }] } },
      rows,
      fault: /which must not be found/,
    },
  ];
  for (const { title, own, of, rows: given, fault } of cases)
    test(title, () => {
      const found = check(asked(own, of), given);
      if (fault) expect(found).toMatch(fault);
      else expect(found).toBeUndefined();
    });

  test('wildcards, numbers, multivalues, absence and names of the prototype', () => {
    expect(matches({ a: 'C:\\x\\y.exe' }, { a: 'C:*.exe' })).toBe(true);
    expect(matches({ a: 'ab' }, { a: 'ab*b' })).toBe(false);
    expect(matches({ a: '1' }, { a: 1 })).toBe(true);
    expect(matches({ a: ['p', 'q'] }, { a: 'q' })).toBe(true);
    expect(matches({}, { constructor: null } as never)).toBe(true);
    expect(matches({}, { toString: '*' } as never)).toBe(false);
  });
});

describe('schedules', () => {
  const hour = Date.UTC(2026, 8, 14, 8) / 1000;
  const window = (now: number) => ({ earliest: now - 4200, latest: now - 600 });
  test('an event is seen by each run whose window holds it', () => {
    const { windows } = replaySchedule('0 * * * *', window, hour + 60, hour + 60);
    const seeing = windows.filter((w) => w.earliest! <= hour + 60 && hour + 60 < w.latest!);
    expect(seeing.map((w) => w.at)).toEqual([hour + 3600]);
  });
  test('a schedule that is none', () => {
    expect(() => replaySchedule('0 * * *', window, 0, 1)).toThrow(
      '"0 * * *" is not a cron schedule of five fields',
    );
    expect(() => replaySchedule('99 * * * *', window, 0, 1)).toThrow(RangeError);
  });
  test('too many runs are cut and said', () => {
    expect(replaySchedule('* * * * *', window, 0, 1e7, 10).cut).toBe(10);
  });
  test('throttling holds equal values back', () => {
    const alerts = [0, 100, 3700].map((at) => ({ at, row: { dest: 'a' } }));
    expect(countThrottled(alerts, ['dest'], '1h')).toBe(2);
    expect(countThrottled([...alerts, { at: 3800, row: { dest: 'b' } }], ['dest'], '3600s')).toBe(3);
    expect(periodSeconds('2d')).toBe(172800);
    expect(() => periodSeconds('soon')).toThrow(RangeError);
  });
});
