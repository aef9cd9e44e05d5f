// Times: printing, reading, modifiers, zones and clock changes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDuration, parseDuration, parseMinuteTime } from '../../../src/runtime/duration.js';
import { strftime } from '../../../src/runtime/strftime.js';
import { strptime } from '../../../src/runtime/strptime.js';
import { parseTimeModifier, relativeTime } from '../../../src/runtime/time-modifier.js';
import { findZone, utc, zoneOf } from '../../../src/runtime/zone.js';

const berlin = zoneOf('Europe/Berlin');
const newYork = zoneOf('America/New_York');
const kolkata = zoneOf('Asia/Kolkata');

describe('strftime', () => {
  const time = 1651275922.123456; // Friday 2022-04-29 23:45:22 UTC
  const cases: [string, string][] = [
    ['%Y-%m-%dT%H:%M:%S.%3N%z', '2022-04-29T23:45:22.123+0000'],
    ['%N %3N %6N %9N %Q %3Q %6Q %9Q %f', '123456000 123 123456 123456000 123 123 123456 123456000 123456'],
    ['%a %A %b %B %h', 'Fri Friday Apr April Apr'],
    ['%y %C %G %g %j %e %d', '22 20 2022 22 119 29 29'],
    ['%H %I %k %l %M %S %p %P', '23 11 23 11 45 22 PM pm'],
    ['%s %w %u %U %V %W', '1651275922 5 5 17 17 17'],
    ['%F %T %D %R %r', '2022-04-29 23:45:22 04/29/22 23:45 11:45:22 PM'],
    ['%c|%+|%x|%X', 'Fri Apr 29 23:45:22 2022|Fri Apr 29 23:45:22 UTC 2022|04/29/2022|23:45:22'],
    ['%z %:z %::z %:::z %Ez %Z', '+0000 +00:00 +00:00:00 +00 +0 UTC'],
    ['%% %n%t%-d %_H %E %!', '% \n\t29 23 %E %!'],
  ];
  test.each(cases)('%s', (format, expected) => expect(strftime(time, format, utc)).toBe(expected));

  test('zones', () => {
    const format = '%F %T %z %Z %Ez';
    expect(strftime(1651275922, format, newYork)).toBe('2022-04-29 19:45:22 -0400 EDT -240');
    expect(strftime(1651275922, format, berlin)).toBe('2022-04-30 01:45:22 +0200 CEST +120');
    expect(strftime(1651275922, '%F %T %:z', kolkata)).toBe('2022-04-30 05:15:22 +05:30');
    expect(strftime(0, '%F %T', zoneOf('no/such zone'))).toBe('1970-01-01 00:00:00');
    expect(findZone('no/such zone')).toBeNull();
  });

  test('weeks of the year', () => {
    const week = (date: string) => strftime(strptime(date, '%F', utc, 0) as number, '%G-%V %U %W', utc);
    expect(week('2021-01-03')).toBe('2020-53 01 00');
    expect(week('2022-01-01')).toBe('2021-52 00 00');
    expect(week('2024-12-30')).toBe('2025-01 52 53');
    expect(week('2022-08-15')).toBe('2022-33 33 33');
  });

  test('no time', () => {
    expect(strftime(Number.NaN, '%F', utc)).toBeNull();
    expect(strftime(1e15, '%F', utc)).toBeNull();
    expect(strftime(-1, '%F %T', utc)).toBe('1969-12-31 23:59:59');
  });
});

describe('strptime', () => {
  const now = 1668594923; // 2022-11-16 10:35:23 UTC
  const cases: [string, string, number | null][] = [
    ['7/23/2022 17:19:01', '%m/%d/%Y %H:%M:%S', 1658596741],
    ['Mon July 23 2022 17:19:01.89', '%a %B %d %Y %H:%M:%S.%N', 1658596741.89],
    ['2022-08-13T11:22:33-0500', '%Y-%m-%dT%H:%M:%S%z', 1660407753],
    ['2022-08-13T11:22:33.5Z', '%Y-%m-%dT%H:%M:%S.%Q%Z', 1660389753.5],
    ['2022-08-13 11:22:33 EST', '%F %T %Z', 1660407753],
    ['2022-08-13 11:22:33 +02:00', '%F %T %:z', 1660382553],
    ['Mon Aug 13 00:00:00 2018', '%a %B %d %H:%M:%S.%N %Y', 1534118400],
    ['13/Mar/2018:18:24:02', '%d/%b/%Y:%H:%M:%S', 1520965442],
    ['11:45 PM 4/29/22', '%I:%M %p %D', 1651275900],
    ['12:00 AM 2022-01-01', '%I:%M %p %F', 1640995200],
    ['1534143600', '%s', 1534143600],
    ['1534143600123', '%s%3N', 1534143600.123],
    ['2022 119', '%Y %j', 1651190400],
    ['11:59', '%H:%M', 1668599940],
    ['2022-08-13 trailing text', '%Y-%m-%d', 1660348800],
    ['  2022-08-13', '%F', 1660348800],
    ['08 2022', '%m %Y', null],
    ['2022-13-01', '%Y-%m-%d', null],
    ['not a time', '%Y-%m-%d', null],
    ['', '%Y', null],
  ];
  test.each(cases)('%j by %s', (text, format, expected) => {
    const result = strptime(text, format, utc, now);
    if (expected === null) expect(result).toBeNull();
    else expect(result).toBeCloseTo(expected, 5);
  });

  test('reads what strftime printed, in any zone', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
    );
    fc.assert(
      fc.property(fc.integer({ min: 31536000, max: 4e9 }), zone, (time, name) => {
        const format = '%Y-%m-%dT%H:%M:%S%z';
        const text = strftime(time, format, zoneOf(name)) as string;
        expect(strptime(text, format, zoneOf(name), 0)).toBe(time);
      }),
    );
  });
});

describe('time modifiers', () => {
  const now = 1668594923; // Wednesday 2022-11-16 10:35:23 UTC
  const at = (text: string) => strptime(text, '%F %T', utc, 0) as number;
  const cases: [string, string | null][] = [
    ['-2h@h', '2022-11-16 08:00:00'],
    ['-h', '2022-11-16 09:35:23'],
    ['-60m', '2022-11-16 09:35:23'],
    ['@d', '2022-11-16 00:00:00'],
    ['-1d@d', '2022-11-15 00:00:00'],
    ['@w0', '2022-11-13 00:00:00'],
    ['@w7', '2022-11-13 00:00:00'],
    ['@week', '2022-11-13 00:00:00'],
    ['@w1', '2022-11-14 00:00:00'],
    ['@w6', '2022-11-12 00:00:00'],
    ['-5d@w1', '2022-11-07 00:00:00'],
    ['@mon', '2022-11-01 00:00:00'],
    ['-1mon@mon', '2022-10-01 00:00:00'],
    ['+1mon@mon-3d', '2022-11-28 00:00:00'],
    ['@q', '2022-10-01 00:00:00'],
    ['-1qtr@qtr', '2022-07-01 00:00:00'],
    ['@y', '2022-01-01 00:00:00'],
    ['-1y@y+2mon', '2021-03-01 00:00:00'],
    ['@d-2h', '2022-11-15 22:00:00'],
    ['@s', '2022-11-16 10:35:23'],
    ['-30', '2022-11-16 10:34:53'],
    ['now', '2022-11-16 10:35:23'],
    ['-1w', '2022-11-09 10:35:23'],
    ['-7days@day', '2022-11-09 00:00:00'],
    ['-1x', null],
    ['@w8', null],
    ['yesterday', null],
  ];
  test.each(cases)('%s', (modifier, expected) => {
    expect(relativeTime(now, modifier, utc)).toBe(expected === null ? null : at(expected));
  });

  test('the end of a month is kept inside the next', () => {
    expect(relativeTime(at('2023-03-31 12:00:00'), '-1mon', utc)).toBe(at('2023-02-28 12:00:00'));
    expect(relativeTime(at('2024-02-29 00:00:00'), '+1y', utc)).toBe(at('2025-02-28 00:00:00'));
  });

  test('days keep the time of day over a clock change, hours do not', () => {
    const noon = strptime('2022-03-26 12:00:00', '%F %T', berlin, 0) as number;
    const show = (time: number | null) => strftime(time as number, '%F %T', berlin);
    expect(show(relativeTime(noon, '+1d', berlin))).toBe('2022-03-27 12:00:00');
    expect(show(relativeTime(noon, '+24h', berlin))).toBe('2022-03-27 13:00:00');
    expect(show(relativeTime(noon, '+1d@d', berlin))).toBe('2022-03-27 00:00:00');
  });

  test('absolute times', () => {
    const read = (text: string) => parseTimeModifier(text, now, utc);
    expect(read('1668556800.5')).toBe(1668556800.5);
    expect(read('0')).toBe(0);
    expect(read('11/16/2022:10:00:00')).toBe(at('2022-11-16 10:00:00'));
    expect(read('11/16/2022')).toBe(at('2022-11-16 00:00:00'));
    expect(read('2022-11-16T10:00:00Z')).toBe(at('2022-11-16 10:00:00'));
    expect(read('2022-11-16 10:00:00')).toBe(at('2022-11-16 10:00:00'));
    expect(read('-24h@h')).toBe(at('2022-11-15 10:00:00'));
    expect(parseTimeModifier('16.11.2022', now, utc, '%d.%m.%Y')).toBe(at('2022-11-16 00:00:00'));
    expect(read('')).toBeNull();
    expect(read('soon')).toBeNull();
  });

  test('a snap is the latest start not after the time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e9 }),
        fc.constantFrom('@s', '@m', '@h', '@d', '@w', '@w3', '@mon', '@q', '@y'),
        fc.constantFrom(utc, berlin, newYork, kolkata),
        (time, modifier, zone) => {
          const snapped = relativeTime(time, modifier, zone) as number;
          expect(snapped).toBeLessThanOrEqual(time);
          expect(relativeTime(snapped, modifier, zone)).toBe(snapped);
        },
      ),
    );
  });
});

test('durations', () => {
  expect([615, 90061, 0, 5.25, -61, 86400].map(formatDuration)).toEqual([
    '00:10:15',
    '1+01:01:01',
    '00:00:00',
    '00:00:05.25',
    '-00:01:01',
    '1+00:00:00',
  ]);
  expect(['00:10:15', '1+00:00:10', 'x'].map(parseDuration)).toEqual([615, 86410, Number.NaN]);
  expect(['03:30.500', '07.250'].map(parseMinuteTime)).toEqual([210.5, 7.25]);
});
