// Cron texts and time bounds of schedules are such that Splunk takes them.
import type { Locator, Path, Schedule } from '../content/model.js';
import { base, edit } from './example.js';
import { defineRule, type Report } from './rule.js';

export const scheduleText = defineRule({
  code: 'schedule-text',
  severity: 'error',
  summary: 'A cron text has five valid fields, bounds of time are such as Splunk writes.',
  source:
    'savedsearches.conf.spec, cron_schedule; Splunk Search Manual, "Specify time modifiers in your search"',
  docs: 'Splunk does not start a search whose schedule it cannot read, and says so only in its own log.',
  examples: {
    pass: [
      {
        title: 'steps, ranges and lists',
        files: { 'schedules/example_hourly.yml': edit('5 * * * *', '"*/5 1-5,8 1,15 * 1-5"') },
      },
    ],
    fail: [
      {
        title: 'minute 60',
        files: { 'schedules/example_hourly.yml': edit('5 * * * *', '60 * * * *') },
        found: ['schedules/example_hourly.yml:2:16: minute of a cron text must be from 0 to 59, found "60"'],
      },
      {
        title: 'four fields',
        files: { 'deployments/escu_default_configuration_ttp.yml': edit('0 * * * *', '0 * * *') },
        found: [
          'deployments/escu_default_configuration_ttp.yml:7:18: cron text must have 5 fields, found 4 in "0 * * *"',
        ],
      },
      {
        title: 'a unit that there is not',
        files: { 'baselines/baseline_of_shells.yml': edit('-30d@d', '-30x@d') },
        found: ['baselines/baseline_of_shells.yml:24:20: "-30x@d" is no time modifier'],
      },
      {
        title: 'a time of a test',
        files: {
          [base.rba]: edit(
            '- name: True Positive Test',
            '- name: True Positive Test\n  earliest_time: yesterday',
          ),
        },
        found: ['detections/endpoint/rundll32_without_arguments.yml:57:18: "yesterday" is no time modifier'],
      },
      {
        title: 'an offset of a drilldown',
        files: { [base.rba]: edit('earliest_offset: $info_min_time$', 'earliest_offset: last week') },
        found: ['detections/endpoint/rundll32_without_arguments.yml:22:20: "last week" is no time modifier'],
      },
    ],
  },
  content(object, report) {
    switch (object.kind) {
      case 'deployment':
        checkSchedule(object.scheduling, object.at, ['scheduling'], report);
        break;
      case 'schedule':
        checkSchedule(object.schedule, object.at, [], report);
        break;
      case 'detection':
      case 'baseline':
        if (object.customSchedule)
          checkSchedule(object.customSchedule, object.at, ['customSchedule'], report);
        if (object.deployment)
          checkSchedule(object.deployment.scheduling, object.at, ['deployment', 'scheduling'], report);
        break;
      default:
    }
    if (object.kind !== 'detection') return;
    for (const [index, { earliest, latest }] of object.tests.entries()) {
      checkTime(earliest, object.at, ['tests', index, 'earliest'], report);
      checkTime(latest, object.at, ['tests', index, 'latest'], report);
    }
    for (const [index, { earliestOffset, latestOffset }] of object.drilldowns.entries()) {
      checkOffset(earliestOffset, object.at, ['drilldowns', index, 'earliestOffset'], report);
      checkOffset(latestOffset, object.at, ['drilldowns', index, 'latestOffset'], report);
    }
  },
});

function checkSchedule(schedule: Schedule, at: Locator, path: Path, report: Report): void {
  const fault = schedule.cronSchedule === '' ? undefined : cronFault(schedule.cronSchedule);
  if (fault !== undefined) report(at.value([...path, 'cronSchedule']), fault);
  for (const key of ['earliestTime', 'latestTime'] as const) {
    const text = schedule[key];
    // A search that runs again and again reads times as `dispatch.time_format` has them: a day alone is none.
    if (text !== undefined && day.test(text))
      report(at.value([...path, key]), `"${text}" is no time modifier`);
    else checkTime(text, at, [...path, key], report);
  }
}

const units =
  '(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w[0-7]?|weeks?|mon|months?|q|qtrs?|quarters?|y|yrs?|years?)';
const modifier = new RegExp(
  `^(?:now|rt|rtnow|(?:rt)?(?:[-+]?\\d*${units})?(?:@${units}(?:[-+]\\d*${units})*)?|\\d+(?:\\.\\d+)?)$`,
  'i',
);
const day = /^\d{4}-\d\d-\d\d$|^\d{1,2}\/\d{1,2}\/\d{4}$/;
const absolute =
  /^\d{1,2}\/\d{1,2}\/\d{4}(?::\d{2}:\d{2}:\d{2})?$|^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:?\d\d)?)?$/;

function checkTime(text: string | undefined, at: Locator, path: Path, report: Report): void {
  if (text === undefined || text === '' || modifier.test(text) || absolute.test(text)) return;
  report(at.value(path), `"${text}" is no time modifier`);
}

/** An offset of a drilldown may also be a token, which Enterprise Security fills with a time of the finding. */
function checkOffset(text: string | null | undefined, at: Locator, path: Path, report: Report): void {
  if (text === '') report(at.value(path), 'time of a drilldown is empty', { severity: 'warning' });
  else if (text !== null && !text?.includes('$')) checkTime(text, at, path, report);
}

const cronFields = [
  { name: 'minute', least: 0, most: 59, words: [] },
  { name: 'hour', least: 0, most: 23, words: [] },
  { name: 'day of month', least: 1, most: 31, words: [] },
  { name: 'month', least: 1, most: 12, words: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'day of week', least: 0, most: 7, words: 'sun mon tue wed thu fri sat'.split(' ') },
] as const;

/** What is wrong with a cron text; undefined when nothing is. */
function cronFault(text: string): string | undefined {
  const parts = text.split(/[ \t]+/).filter((part) => part !== '');
  if (parts.length !== cronFields.length)
    return `cron text must have 5 fields, found ${parts.length} in "${text}"`;
  for (const [index, { name, least, most, words }] of cronFields.entries()) {
    for (const item of (parts[index] ?? '').split(',')) {
      const match = /^(?:\*|([\da-z]+)(?:-([\da-z]+))?)(?:\/(\d+))?$/i.exec(item);
      if (match === null) return `${name} of a cron text cannot be "${item}"`;
      const bounds: number[] = [];
      for (const bound of [match[1], match[2]]) {
        if (bound === undefined) continue;
        const word = (words as readonly string[]).indexOf(bound.toLowerCase());
        const value = word === -1 ? Number(bound) : word + least;
        if (!(value >= least && value <= most)) {
          return `${name} of a cron text must be from ${least} to ${most}, found "${bound}"`;
        }
        bounds.push(value);
      }
      const [first = least, last = first] = bounds;
      // 7 is Sunday too, at the end of the week.
      if (first > last && !(name === 'day of week' && last === 0))
        return `${name} of a cron text cannot run backwards, found "${item}"`;
      if (match[3] === '0') return `${name} of a cron text cannot step by 0`;
    }
  }
  return undefined;
}
