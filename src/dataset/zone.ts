// Zones of timestamps: abbreviations that logs use, and clock time in a zone → epoch seconds.
import { findZone, zoneOf } from '../runtime/zone.js';

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

/** True when the text names a zone: IANA name, offset or abbreviation. */
export function isZone(zone: string): boolean {
  return abbreviationOffset(zone) !== undefined || findZone(zone) !== null;
}

/**
 * Turns local clock time into epoch seconds.
 *
 * @param wall  the clock's reading as if it were UTC, epoch seconds
 * @param zone  IANA name, abbreviation or offset; one that is unknown counts as UTC
 */
export function zonedToEpoch(wall: number, zone: string): number {
  if (zone === 'UTC') return wall;
  const fixed = abbreviationOffset(zone);
  if (fixed !== undefined) return wall - fixed;
  const found = zoneOf(zone);
  // The offset at the wall time read as UTC is off by at most one change of clocks; the second look settles it.
  return wall - found.offsetAt(wall - found.offsetAt(wall));
}
