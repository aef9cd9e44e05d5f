// Timestamps: those that are recognised without settings, and those that TIME_PREFIX and TIME_FORMAT describe.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimeFinder } from '../../../src/dataset/time-finder.js';
import { findTimestamp } from '../../../src/dataset/timestamp.js';

const clock = { zone: 'UTC', now: Date.UTC(2024, 5, 15) / 1000 };
const at = (text: string) => Date.parse(text) / 1000;

describe('findTimestamp', () => {
  it('takes seconds and milliseconds since 1970 for the number that they write', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000_000_000, max: 4_102_444_800 }),
        fc.stringMatching(/^(?:\d{3}|\.\d{1,6})?$/),
        (seconds, rest) => {
          const expected = Number(
            rest.length === 3 && !rest.startsWith('.') ? `${seconds}.${rest}` : `${seconds}${rest}`,
          );
          expect(findTimestamp(`${seconds}${rest},`, 0, 1, clock)?.time).toBe(expected);
        },
      ),
    );
  });

  it.each([
    '0999999999',
    '4102444801',
    '123456789012',
    '1697608042.1.2',
    '1697608042a',
    '1697608042_',
    '16976080421',
  ])('takes no other digits for a time: %s', (text) => expect(findTimestamp(text, 0, 1, clock)).toBeNull());

  it.each([
    ['2024-02-08T21:49:53.7643129Z', at('2024-02-08T21:49:53Z') + 0.764312],
    ['2024-02-08 21:49:53,123', at('2024-02-08T21:49:53.123Z')],
    ['2024-02-08T21:49:53+0530', at('2024-02-08T16:19:53Z')],
    ['2024-02-08T21:49:53-05:00', at('2024-02-09T02:49:53Z')],
    ['2024/02/08 21:49:53', at('2024-02-08T21:49:53Z')],
    ['20240208T214953Z', at('2024-02-08T21:49:53Z')],
    ['2024-02-08 21:49:53.123 UTC', at('2024-02-08T21:49:53.123Z')],
    ['2024-02-08 21:49:53 PST', at('2024-02-09T05:49:53Z')],
    ['1697608042', 1697608042],
    ['1697608042.123456', 1697608042.123456],
    ['1697608042123', 1697608042.123],
    ['1697608042123456', 1697608042.123456],
    ['1697608042.', 1697608042],
    ['1697608042.1234567', 1697608042.123456],
    ['1697608042.000001,', 1697608042.000001],
    ['1697608042123}', 1697608042.123],
    ['4102444800.5', 4102444800.5],
    ['May 27 09:28:36 host', at('2024-05-27T09:28:36Z')],
    ['Dec  1 09:28:36 host', at('2023-12-01T09:28:36Z')],
    ['May 10 2022 11:08:39', at('2022-05-10T11:08:39Z')],
    ['Tue Mar 29 13:03:51 2022 UTC', at('2022-03-29T13:03:51Z')],
    ['Tue Mar 29 13:03:51 EST 2022', at('2022-03-29T18:03:51Z')],
    ['Tue, 29 Mar 2022 13:03:51 +0200', at('2022-03-29T11:03:51Z')],
    ['[22/Feb/2024:13:00:00 -0500]', at('2024-02-22T18:00:00Z')],
    ['07/01/2021 04:20:47 PM', at('2021-07-01T16:20:47Z')],
    ['07/01/2021 12:20:47 AM', at('2021-07-01T00:20:47Z')],
    ['4/29/2024 1:30:28 PM', at('2024-04-29T13:30:28Z')],
    ['29/04/2024 13:30:28', at('2024-04-29T13:30:28Z')],
    ['29.04.2024 13:30:28', at('2024-04-29T13:30:28Z')],
    ['01-25-2023 22:08:54.818, user=admin', at('2023-01-25T22:08:54.818Z')],
    ['SESSION|05/14/2024 17:36:21.859|[HTTPS', at('2024-05-14T17:36:21.859Z')],
    ['Jan 5, 2024 3:04:05 PM', at('2024-01-05T15:04:05Z')],
  ])('reads %s', (text, time) => {
    expect(findTimestamp(text, 0, 128, clock)?.time).toBeCloseTo(time, 6);
  });

  it.each([
    '10.0.0.100 port 4444',
    '2024-13-40T99:99:99Z',
    '555-123-4567',
    'maybe 12 34',
    'id=123397614277',
    '1.2.3.4',
    '',
    '2024-02-30T00:00:00Z',
  ])('finds none in %s', (text) => {
    expect(findTimestamp(text, 0, 128, clock)).toBeNull();
  });

  it('reads times without a zone in the zone given, over a change of clocks', () => {
    const newYork = { ...clock, zone: 'America/New_York' };
    expect(findTimestamp('2024-01-15 12:00:00', 0, 128, newYork)?.time).toBe(at('2024-01-15T17:00:00Z'));
    expect(findTimestamp('2024-07-15 12:00:00', 0, 128, newYork)?.time).toBe(at('2024-07-15T16:00:00Z'));
    expect(findTimestamp('2024-03-10 03:30:00', 0, 128, newYork)?.time).toBe(at('2024-03-10T07:30:00Z'));
  });

  it('reads what Date prints', () => {
    const date = fc.date({ min: new Date(0), max: new Date('2099-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (value) => {
        expect(findTimestamp(value.toISOString(), 0, 128, clock)?.time).toBe(value.getTime() / 1000);
      }),
    );
  });

  it('never throws and never gives NaN', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9TZ:./ a-zJan-]{0,40}$/), (text) => {
        expect(findTimestamp(text, 0, 128, clock)?.time).not.toBeNaN();
      }),
    );
  });
});

describe('settings of props.conf', () => {
  const finder = (settings: Parameters<typeof createTimeFinder>[2]) => {
    const faults: string[] = [];
    const find = createTimeFinder('lines', 'x', settings, clock, (setting) => faults.push(setting));
    return { find, faults };
  };

  it.each([
    [{ TIME_FORMAT: '%Y-%m-%d %H:%M:%S.%3N' }, 'x 2024-01-02 03:04:05.678', at('2024-01-02T03:04:05.678Z')],
    [{ TIME_PREFIX: 'start=', TIME_FORMAT: '%s' }, 'end=5 start=1700000000', 1700000000],
    [
      { TIME_PREFIX: '^\\w+\\|', TIME_FORMAT: '%m/%d/%Y %I:%M:%S %p' },
      'S|05/14/2024 05:36:21 PM',
      at('2024-05-14T17:36:21Z'),
    ],
    [{ TIME_FORMAT: '%d/%b/%Y:%T %z' }, '[22/Feb/2024:13:00:00 -0500]', at('2024-02-22T18:00:00Z')],
    [{ TIME_FORMAT: '%y%j %H:%M' }, '24032 10:20', at('2024-02-01T10:20:00Z')],
    [
      { TIME_FORMAT: '%Y-%m-%dT%H:%M:%S.%6QZ', TZ: 'UTC' },
      '2024-01-02T03:04:05.678901Z',
      at('2024-01-02T03:04:05Z') + 0.678901,
    ],
    [{ TIME_PREFIX: 'b=' }, 'a=2020-01-01 00:00:00 b=2021-01-01 00:00:00', at('2021-01-01T00:00:00Z')],
    [{ TZ: 'America/New_York' }, '2024-01-15 12:00:00', at('2024-01-15T17:00:00Z')],
    [{ TIME_PREFIX: 'absent' }, '2024-01-15 12:00:00', at('2024-01-15T12:00:00Z')],
    [
      { TIME_PREFIX: 'x', MAX_TIMESTAMP_LOOKAHEAD: 5 },
      '2020-01-01 00:00:00 x          2024-01-15 12:00:00',
      at('2020-01-01T00:00:00Z'),
    ],
    [
      {
        TIME_PREFIX: 'SystemTime=[\'"]',
        TIME_FORMAT: '%Y-%m-%dT%H:%M:%S.%9N%Z',
        MAX_TIMESTAMP_LOOKAHEAD: 40,
      },
      "<TimeCreated SystemTime='2020-09-18T14:02:36.219534900Z'/>",
      at('2020-09-18T14:02:36Z') + 0.219534,
    ],
    [{ DATETIME_CONFIG: 'CURRENT' }, '2020-01-15 12:00:00', clock.now],
    [{ DATETIME_CONFIG: 'NONE' }, '2020-01-15 12:00:00', null],
  ])('%o on %s', (settings, raw, time) => {
    const { find, faults } = finder(settings);
    const found = find(raw);
    if (time === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(time, 6);
    expect(faults).toEqual([]);
  });

  it.each([
    [{ TIME_PREFIX: '(' }, 'TIME_PREFIX'],
    [{ TIME_FORMAT: '%Y %!' }, 'TIME_FORMAT'],
    [{ TZ: 'Mars/Olympus' }, 'TZ'],
  ])('tells of %o, which cannot be used', (settings, name) => {
    const { find, faults } = finder(settings);
    expect(faults).toEqual([name]);
    expect(find('2024-01-15 12:00:00')).toBe(at('2024-01-15T12:00:00Z'));
  });
});
