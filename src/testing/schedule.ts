// Replays a detection's schedule over the time its data spans: when it runs and what it sees each time.
import { Cron } from 'croner';

/** One scheduled run: when it happens and the events it looks at (earliest inclusive, latest exclusive), epoch seconds. */
export interface Window {
  readonly at: number;
  readonly earliest: number | undefined;
  readonly latest: number | undefined;
}

export interface Replay {
  readonly windows: readonly Window[];
  /** Set when the schedule has more runs over the data's time than are replayed. */
  readonly cut?: number;
}

/**
 * Lists the runs of a schedule that can see any event between `first` and `last`.
 *
 * @param cron    five fields, as in savedsearches.conf
 * @param resolve time modifier → epoch seconds, relative to a run's time (`-70m@m`); `undefined` for no bound
 * @param limit   most runs replayed
 * @throws RangeError when the cron text is not one, with a sentence
 */
export function replaySchedule(
  cron: string,
  resolve: (now: number) => { earliest: number | undefined; latest: number | undefined },
  first: number,
  last: number,
  limit = 5000,
): Replay {
  let job: Cron;
  try {
    job = new Cron(cron.trim(), { paused: true, timezone: 'UTC', mode: '5-part' });
  } catch {
    throw new RangeError(`"${cron}" is not a cron schedule of five fields`);
  }
  // A window may end before its run does (`latest -10m`) and reach back (`earliest -70m`): go on until a run looks
  // only at what comes after the last event.
  const windows: Window[] = [];
  let from = new Date((first - 1) * 1000);
  for (let count = 0; ; count++) {
    const next = job.nextRun(from);
    if (!next) return { windows };
    const at = next.getTime() / 1000;
    const { earliest, latest } = resolve(at);
    if (earliest !== undefined && earliest > last) return { windows };
    if (earliest === undefined && at > last) return { windows: [...windows, { at, earliest, latest }] };
    if (count >= limit) return { windows, cut: limit };
    if (latest === undefined || latest > first) windows.push({ at, earliest, latest });
    from = next;
  }
}

/**
 * Counts the alerts that remain when equal values of some fields are held back for a period, as alert throttling does.
 *
 * @param rows   rows in order of time, each with the time of the run that found it, epoch seconds
 * @param period such as `3600s`, `60m`, `1h`, `1d`
 */
export function countThrottled(
  rows: readonly { readonly at: number; readonly row: Readonly<Record<string, unknown>> }[],
  fields: readonly string[],
  period: string,
): number {
  const seconds = periodSeconds(period);
  const quietUntil = new Map<string, number>();
  let alerts = 0;
  for (const { at, row } of rows) {
    const key = JSON.stringify(
      fields.map((field) => (Object.hasOwn(row, field) ? (row[field] ?? null) : null)),
    );
    if (at < (quietUntil.get(key) ?? Number.NEGATIVE_INFINITY)) continue;
    alerts++;
    quietUntil.set(key, at + seconds);
  }
  return alerts;
}

const units: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86400],
]);

/** Reads `<number>[s|m|h|d]`. @throws RangeError with a sentence */
export function periodSeconds(period: string): number {
  const match = /^(\d+)([smhd]?)$/.exec(period.trim());
  if (!match) throw new RangeError(`"${period}" is not a period such as "3600s" or "1h"`);
  return Number(match[1]) * units.get(match[2]!)!;
}
