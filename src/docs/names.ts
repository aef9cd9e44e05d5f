// Names that pages are known by: their files, their anchors and the order they are listed in.
import { createHash } from 'node:crypto';

/** Windows takes a file of one of these names, whatever its ending, for a device. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
/** File systems take 255 bytes; a date, a number and an ending are added. */
const longestSlug = 150;

/**
 * A name as the name of a page: lower case, blanks as `_`, everything else that is no letter, digit or `-` too. Site
 * generators leave files out whose names begin with `_`. A name with nothing to keep, and the end of one that is too
 * long for a file, is told by its digest.
 */
export function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '_')
    .replace(/^[_-]+/, '');
  if (slug === '') return `page-${digest(name)}`;
  if (slug.length > longestSlug) return `${slug.slice(0, longestSlug - 9)}-${digest(name)}`;
  return device.test(slug) ? `${slug}_` : slug;
}

function digest(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 8);
}

/** Two names may give one slug; the later ones get a number. */
export function uniqueSlug(slug: string, taken: Set<string>): string {
  let free = slug;
  for (let n = 2; taken.has(free); n++) free = `${slug}-${n}`;
  taken.add(free);
  return free;
}

/** The anchor that a heading gets on GitHub, GitLab and in editors: letters, digits, `_` and `-` in lower case. */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** Gives the headings of a page their anchors, in order; as renderers do, those that repeat one get a number. */
export function anchorGiver(...headings: readonly string[]): (heading: string) => string {
  const repeated = new Map<string, number>();
  const give = (heading: string): string => {
    const anchor = anchorOf(heading);
    let free = anchor;
    let count = repeated.get(anchor) ?? 0;
    while (repeated.has(free)) free = `${anchor}-${++count}`;
    repeated.set(anchor, count);
    if (free !== anchor) repeated.set(free, 0);
    return free;
  };
  for (const heading of headings) give(heading);
  return give;
}

/** The same order on every machine: by lower case, then by code unit. */
export function compareNames(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : a < b ? -1 : a > b ? 1 : 0;
}
