// Every detection and baseline has a schedule to run on.
import type { Deployment } from '../content/model.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { base, edit } from './example.js';
import { defineRule, type Report } from './rule.js';

/** Schedules that ESCU's repository has and that its tools know. */
const known = ['Default Baseline', 'Default EventBasedDetection'];

export const missingDeployment = defineRule({
  code: 'missing-deployment',
  severity: 'error',
  summary: 'A detection or baseline has a deployment for its type, one of its own, or a schedule.',
  source:
    'contentctl: a deployment for the type must exist; ESCU 6: `schedule` names a file in schedules/, or `custom_schedule`',
  docs:
    'Deployments in deployments/ say when content of a type runs and what an alert does. A detection may carry its ' +
    'own under `deployment`.',
  examples: {
    pass: [
      {
        title: 'a deployment of its own',
        files: {
          'deployments/escu_default_configuration_baseline.yml': null,
        },
      },
    ],
    fail: [
      {
        title: 'a deployment for a type that no content has',
        files: {
          'deployments/escu_default_configuration_hunting.yml': edit(
            'type: Hunting',
            'tags:\n  type: Huntnig',
          ),
        },
        found: ['deployments/escu_default_configuration_hunting.yml:12:9: no content has the type "Huntnig"'],
      },
      {
        title: 'a type without deployment',
        files: { 'deployments/escu_default_configuration_hunting.yml': null },
        found: ['detections/web/long_urls.yml:6:7: no deployment for type "Hunting" in deployments/'],
      },
      {
        title: 'an unknown schedule',
        files: { [base.findings]: edit('schedule: Example Hourly', 'schedule: Example Hourli') },
        found: ['detections/endpoint/shell_spawned_by_office.yml:57:11: unknown schedule "Example Hourli"'],
      },
      {
        title: 'two schedules',
        files: {
          [base.findings]: edit(
            'schedule: Example Hourly',
            'schedule: Example Hourly\ncustom_schedule:\n    cron_schedule: 1 * * * *\n    earliest_time: -1h\n    latest_time: now\n    schedule_window: auto',
          ),
        },
        found: [
          'detections/endpoint/shell_spawned_by_office.yml:58:1: give either schedule or custom_schedule, found both',
        ],
      },
    ],
  },
  content(object, report, context) {
    if (object.kind === 'deployment') checkType(object, report);
    if (object.kind !== 'detection' && object.kind !== 'baseline') return;
    const { schedule } = object;
    if (schedule !== undefined && object.customSchedule !== undefined) {
      report(object.at.key(['customSchedule']), 'give either schedule or custom_schedule, found both');
    }
    if (schedule !== undefined) {
      if (known.includes(schedule) || context.has('schedule', schedule)) return;
      if (context.isUnreadable('schedule', schedule)) return;
      const help = didYouMean(schedule, [...context.names('schedule'), ...known]);
      report(object.at.value(['schedule']), `unknown schedule "${schedule}"`, { help });
      return;
    }
    if (object.customSchedule !== undefined || object.deployment !== undefined || object.type === '') return;
    if (object.dialect === 'escu6' || !context.hasAny('deployment')) return;
    if (context.isDeployed('type', object.type)) return;
    if (object.tags.deployments.some((name) => context.isDeployed('name', name))) return;
    if ([...context.unreadableStems('deployment')].some((stem) => stem.includes(object.type.toLowerCase())))
      return;
    // In 2022 deployments were chosen by any tag they share with the content.
    report(object.at.value(['type']), `no deployment for type "${object.type}" in deployments/`, {
      ...(object.dialect === '2022' && object.kind === 'baseline' ? { severity: 'warning' as const } : {}),
    });
  },
});

/** Types of content that deployments are for, of all dialects. */
const types = [
  ...['TTP', 'Anomaly', 'Hunting', 'Correlation', 'Baseline', 'Investigation', 'Embedded'],
  'Finding-based detection',
];

/** A type that no content has would leave the content without a deployment that it was meant for. */
function checkType({ type, at }: Deployment, report: Report): void {
  if (type === undefined || type.trim() === '' || types.includes(type)) return;
  report(at.value(['type']), `no content has the type "${type}"`, {
    help: didYouMean(type, types),
    severity: 'warning',
  });
}
