// Time zones: offsets of IANA zones at an instant, and calendar fields to and from epoch seconds.

/** Calendar fields of an instant in a zone. */
export interface CalendarTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Sunday is 0. */
  readonly weekday: number;
  /** 1 to 366. */
  readonly dayOfYear: number;
  /** Seconds east of UTC. */
  readonly offset: number;
}

/** A zone; offsets found once are kept. */
export interface Zone {
  readonly name: string;
  /** Seconds east of UTC at an instant in epoch seconds. */
  offsetAt(epoch: number): number;
  /** Such as `UTC`, `PST`, `CEST`. */
  abbreviationAt(epoch: number): string;
}

const zones = new Map<string, Zone>();

/** Returns the zone of an IANA name, `Z`, or a fixed offset such as `+05:30`; null when there is none. */
export function findZone(name: string): Zone | null {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const zone = makeZone(name);
  if (zone !== null) {
    if (zones.size > 700) zones.clear();
    zones.set(name, zone);
  }
  return zone;
}

/** Like findZone, with UTC for a name that is no zone. */
export function zoneOf(name: string): Zone {
  return findZone(name) ?? utc;
}

function makeZone(name: string): Zone | null {
  if (/^(?:UTC|GMT|Z|Etc\/UTC|Etc\/GMT)$/i.test(name)) return utc;
  const fixed = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$/i.exec(name);
  if (fixed !== null) {
    const seconds = (Number(fixed[2]) * 3600 + Number(fixed[3] ?? 0) * 60) * (fixed[1] === '-' ? -1 : 1);
    return { name, offsetAt: () => seconds, abbreviationAt: () => formatOffset(seconds, '') };
  }
  try {
    return new IanaZone(name);
  } catch {
    return null;
  }
}

/** Coordinated universal time. */
export const utc: Zone = { name: 'UTC', offsetAt: () => 0, abbreviationAt: () => 'UTC' };

// Offsets change only at whole quarters of an hour.
const quarter = 900;

class IanaZone implements Zone {
  readonly name: string;
  private readonly format: Intl.DateTimeFormat;
  private readonly offsets = new Map<number, number>();

  constructor(name: string) {
    this.name = name;
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
  }

  offsetAt(epoch: number): number {
    const slot = Math.floor(epoch / quarter);
    let offset = this.offsets.get(slot);
    if (offset === undefined) {
      offset = this.compute(slot * quarter);
      if (this.offsets.size > 50_000) this.offsets.clear();
      this.offsets.set(slot, offset);
    }
    return offset;
  }

  private compute(epoch: number): number {
    if (!(Math.abs(epoch) < 8.64e12)) return 0;
    const fields: Record<string, number> = Object.create(null);
    let before = false;
    for (const part of this.format.formatToParts(epoch * 1000)) {
      if (part.type === 'era') before = part.value.startsWith('B');
      else fields[part.type] = Number(part.value);
    }
    const year = before ? 1 - (fields.year as number) : (fields.year as number);
    const local = daysFromCivil(year, fields.month as number, fields.day as number) * 86400;
    return (
      local +
      (fields.hour as number) * 3600 +
      (fields.minute as number) * 60 +
      (fields.second as number) -
      epoch
    );
  }

  abbreviationAt(epoch: number): string {
    for (const locale of ['en-US', 'en-GB', 'en-AU', 'en-IN']) {
      const short = new Intl.DateTimeFormat(locale, { timeZone: this.name, timeZoneName: 'short' })
        .formatToParts(epoch * 1000)
        .find((part) => part.type === 'timeZoneName')?.value;
      if (short !== undefined && !/^(?:GMT|UTC)[+-]/.test(short)) return short;
    }
    return formatOffset(this.offsetAt(epoch), '');
  }
}

/** `+hhmm`, or with a separator `+hh:mm`. */
export function formatOffset(seconds: number, separator: string): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}

/** Days from 1970-01-01 of a date in the proleptic Gregorian calendar; months beyond 1 to 12 carry into the year. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y0 = year + Math.floor((month - 1) / 12);
  const m = ((((month - 1) % 12) + 12) % 12) + 1;
  const y = m <= 2 ? y0 - 1 : y0;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** Days of a month. */
export function daysInMonth(year: number, month: number): number {
  return daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1);
}

/** Calendar fields of an instant in epoch seconds; the fraction is dropped downward. */
export function toCalendar(epoch: number, zone: Zone): CalendarTime {
  const whole = Math.floor(epoch);
  const offset = zone.offsetAt(whole);
  const local = whole + offset;
  const days = Math.floor(local / 86400);
  const seconds = local - days * 86400;
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
    dayOfYear: days - daysFromCivil(year, 1, 1) + 1,
    offset,
  };
}

/** Epoch seconds of a local time; fields out of range carry. A time that a clock change skips is moved forward. */
export function fromCalendar(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  zone: Zone,
): number {
  const local = daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
  const guess = local - zone.offsetAt(local);
  return local - zone.offsetAt(guess);
}
