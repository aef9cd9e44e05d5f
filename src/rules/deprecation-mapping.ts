// What is deprecated or removed is announced once, under the right status.
import { configFiles } from '../content/config.js';
import type { ContentObject, DeprecationEntry, Repository } from '../content/model.js';
import { didYouMean, nearest } from '../diagnostic/did-you-mean.js';
import { stemFor } from './context.js';
import { edit } from './example.js';
import { defineRule, type Report, type RuleContext } from './rule.js';

export const deprecationMapping = defineRule({
  code: 'deprecation-mapping',
  severity: 'error',
  summary:
    'Deprecated and removed content is announced exactly once, with the status that its version of removal asks for.',
  source:
    'contentctl 5.6 with enforce_deprecation_mapping_requirement; ESCU 6 has the announcement in the file itself',
  docs:
    'The app tells its users what goes away, when and what replaces it. From `removed_in_version` on the content lies ' +
    'under removed/ with status removed; until then its status is deprecated. Where ' +
    '`enforce_deprecation_mapping_requirement` is off, only entries that are doubled, misplaced or of unknown content ' +
    'are told, as warnings.',
  restsOn: ['deprecation_info'],
  examples: {
    pass: [
      {
        title: 'no mapping where it is not enforced',
        files: {
          'contentctl.yml': edit('enforce_deprecation_mapping_requirement: true', ''),
          'removed/deprecation_mapping.YML': null,
        },
      },
    ],
    fail: [
      {
        title: 'removed without a word',
        files: { 'removed/deprecation_mapping.YML': null },
        found: [
          'removed/detections/old_rundll32.yml:1:7: removed content "Old Rundll32" is not announced in removed/deprecation_mapping.YML',
        ],
      },
      {
        title: 'a name that is not there',
        files: {
          'removed/deprecation_mapping.YML': (text) =>
            `${text}- content: Nothing\n  removed_in_version: 9.0.0\n  reason: It is gone.\n`,
        },
        found: ['removed/deprecation_mapping.YML:7:12: unknown content "Nothing"'],
      },
      {
        title: 'doubled and unknown where a mapping is not enforced',
        files: {
          'contentctl.yml': edit('enforce_deprecation_mapping_requirement: true', ''),
          'removed/deprecation_mapping.YML': (text) =>
            `${text}- content: Old Rundll32\n  removed_in_version: 2.0.0\n  reason: It is gone.\n` +
            '- content: Nothing\n  removed_in_version: 9.0.0\n  reason: It is gone.\n',
        },
        found: [
          'removed/deprecation_mapping.YML:7:12: "Old Rundll32" is already announced in removed/deprecation_mapping.YML:2',
          'removed/deprecation_mapping.YML:10:12: unknown content "Nothing"',
        ],
      },
      {
        title: 'a version that is not reached',
        files: {
          'removed/deprecation_mapping.YML': edit('removed_in_version: 2.0.0', 'removed_in_version: 3.0.0'),
        },
        found: [
          'removed/deprecation_mapping.YML:2:12: "Old Rundll32" is removed in version 3.0.0, so in version 2.1.0 its status must be "deprecated", found "removed"',
        ],
      },
      {
        title: 'twice',
        files: {
          'removed/deprecation_mapping.YML': (text) =>
            `${text}- content: Old Rundll32\n  removed_in_version: 2.0.0\n  reason: It is gone.\n`,
        },
        found: [
          'removed/deprecation_mapping.YML:7:12: "Old Rundll32" is already announced in removed/deprecation_mapping.YML:2',
        ],
      },
      {
        title: 'in the wrong section',
        files: { 'removed/deprecation_mapping.YML': edit('detections:', 'stories:') },
        found: [
          'removed/deprecation_mapping.YML:2:12: "Old Rundll32" is a detection, found it under stories',
        ],
      },
    ],
  },
  repository(repository, report, context) {
    const isEnforced = repository.app.enforceDeprecationMapping;
    if (!isEnforced && repository.deprecations.length === 0) return;
    const objects = announceable(repository);
    const byName = new Map<string, ContentObject>();
    for (const object of objects) if (!byName.has(object.name)) byName.set(object.name, object);
    const announced = new Map<string, DeprecationEntry>();
    const unknown: string[] = [];
    for (const entry of repository.deprecations) {
      const earlier = announced.get(entry.content);
      if (earlier !== undefined) {
        const { file, line } = earlier.place;
        report(entry.place, `"${entry.content}" is already announced in ${file}:${line}`, {
          ...(isEnforced ? {} : { severity: 'warning' as const }),
        });
        continue;
      }
      announced.set(entry.content, entry);
      if (!byName.has(entry.content)) unknown.push(entry.content);
      checkEntry(entry, repository, byName, report, context);
    }
    if (!isEnforced) return;
    // A mapping with errors may have lost entries.
    if (context.faultyFiles.some((file) => file.startsWith('removed/deprecation_mapping'))) return;
    for (const object of objects) {
      if (object.status !== 'deprecated' && object.status !== 'removed') continue;
      if (announced.has(object.name) || ('deprecation' in object && object.deprecation !== undefined))
        continue;
      // A name that an entry misspells is told there.
      if (object.name === '' || nearest(object.name, unknown) !== undefined) continue;
      // Nor is one that is announced by the name of its file.
      if (unknown.some((name) => stemFor(name) === object.stem)) continue;
      const message = `${object.status} content "${object.name}" is not announced in removed/deprecation_mapping.YML`;
      report(object.at.value(['name']), message);
    }
  },
});

function announceable(repository: Repository): ContentObject[] {
  const { detections, stories, baselines, investigations, removed } = repository;
  return [...detections, ...stories, ...baselines, ...investigations, ...removed];
}

const kindWords = {
  detections: 'detection',
  baselines: 'baseline',
  investigations: 'investigation',
  stories: 'story',
} as const;

function checkEntry(
  entry: DeprecationEntry,
  repository: Repository,
  byName: ReadonlyMap<string, ContentObject>,
  report: Report,
  context: RuleContext,
): void {
  const isEnforced = repository.app.enforceDeprecationMapping;
  const mildly = isEnforced ? {} : { severity: 'warning' as const };
  const object = byName.get(entry.content);
  if (object === undefined) {
    if (
      context.isUnreadable('removed', entry.content) ||
      context.isUnreadable(kindWords[entry.section], entry.content)
    )
      return;
    // Of a file that is not named after its object it is the name that is told.
    const isMisnamed = ({ stem, name }: ContentObject): boolean =>
      stem === stemFor(entry.content) && stem !== stemFor(name);
    if (!isEnforced && announceable(repository).some(isMisnamed)) return;
    const help = didYouMean(entry.content, byName.keys());
    report(entry.place, `unknown content "${entry.content}"`, { help, ...mildly });
    return;
  }
  const kind = object.kind === 'removed' ? object.of : object.kind;
  if (kind !== kindWords[entry.section]) {
    report(entry.place, `"${entry.content}" is a ${kind}, found it under ${entry.section}`, mildly);
    return;
  }
  // Of a faulty file the version may be one that nobody wrote.
  if (!isEnforced || configFiles.some((file) => context.isFaulty(file))) return;
  const reached = compareVersions(repository.app.version, entry.info.removedInVersion) >= 0;
  const wanted = reached ? 'removed' : 'deprecated';
  // Under removed/ another status is told there.
  if (object.status === wanted || (object.kind === 'removed' && context.isFaulty(object.file))) return;
  const message =
    `"${entry.content}" is removed in version ${entry.info.removedInVersion}, so in version ${repository.app.version} ` +
    `its status must be "${wanted}", found "${object.status}"`;
  report(entry.place, message);
}

function compareVersions(a: string, b: string): number {
  const left = a.split(/[.+-]/).map(Number);
  const right = b.split(/[.+-]/).map(Number);
  for (let index = 0; index < 3; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
