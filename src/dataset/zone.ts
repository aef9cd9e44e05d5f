// Time zones of timestamps: IANA names, abbreviations and offsets → seconds east of UTC at a given moment.

const formatters = new Map<string, Intl.DateTimeFormat | null>();

// A formatter costs about 50 µs and is asked for every event, so each zone keeps its own.
function formatterOf(zone: string): Intl.DateTimeFormat | null {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    try {
      formatter = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      formatter = null;
    }
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** Zone abbreviations that mean one offset in practice, in minutes east of UTC. */
const abbreviations: ReadonlyMap<string, number> = new Map([
  ['Z', 0],
  ['UTC', 0],
  ['GMT', 0],
  ['UT', 0],
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
  ['CET', 60],
  ['CEST', 120],
  ['MEZ', 60],
  ['MESZ', 120],
  ['EET', 120],
  ['EEST', 180],
  ['WET', 0],
  ['WEST', 60],
  ['BST', 60],
  ['JST', 540],
  ['IST', 330],
  ['MSK', 180],
]);

/** Returns the offset that a zone abbreviation names, in seconds east of UTC, or undefined. */
export function abbreviationOffset(name: string): number | undefined {
  const minutes = abbreviations.get(name.toUpperCase());
  return minutes === undefined ? undefined : minutes * 60;
}

/** True when the text names a zone that this module can reckon with. */
export function isZone(zone: string): boolean {
  return fixedOffset(zone) !== undefined || formatterOf(zone) !== null;
}

function fixedOffset(zone: string): number | undefined {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (match) return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
  return abbreviationOffset(zone);
}

function offsetAt(formatter: Intl.DateTimeFormat, epoch: number): number {
  const parts = new Map<string, number>();
  for (const part of formatter.formatToParts(epoch * 1000)) parts.set(part.type, Number(part.value));
  const get = (name: string) => parts.get(name) ?? 0;
  const local = Date.UTC(
    get('year'),
    get('month') - 1,
    get('day'),
    get('hour'),
    get('minute'),
    get('second'),
  );
  return local / 1000 - Math.floor(epoch);
}

/**
 * Turns local clock time into epoch seconds.
 *
 * @param wall  the clock's reading as if it were UTC, epoch seconds
 * @param zone  IANA name, abbreviation or offset; one that is unknown counts as UTC
 */
export function zonedToEpoch(wall: number, zone: string): number {
  if (zone === 'UTC') return wall;
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return wall - fixed;
  const formatter = formatterOf(zone);
  if (!formatter) return wall;
  // The offset at the wall time read as UTC is off by at most one change of clocks; the second look settles it.
  const first = wall - offsetAt(formatter, wall);
  return wall - offsetAt(formatter, first);
}
