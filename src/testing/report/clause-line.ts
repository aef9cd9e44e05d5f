// A clause of a filter and what the data had, as a sentence.
import type { ClauseReport } from '../result.js';
import { clip } from './text.js';

/** What one clause says, as a sentence without its subject's place. */
export function clauseLine({ clause, met, near, range }: ClauseReport, unit = 'event'): string {
  const asked = clip(clause.replace(/\s+/g, ' '), 120);
  if (met > 0) return `${met} ${unit}${met === 1 ? '' : 's'} met ${asked}`;
  const values =
    range !== undefined
      ? range.least === range.greatest
        ? range.least
        : `${range.least} to ${range.greatest}`
      : near.map((miss) => `"${clip(miss.value, 60)}" ${times(miss.count)}`).join(', ');
  return `no ${unit} met ${asked}${values === '' ? '' : `; it was ${values}`}`;
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
