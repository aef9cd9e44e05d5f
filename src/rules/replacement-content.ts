// What replaces removed content exists and stays.
import type { DeprecationInfo, Locator } from '../content/model.js';
import { didYouMean } from '../diagnostic/did-you-mean.js';
import { edit } from './example.js';
import { defineRule, type Report, type RuleContext } from './rule.js';

export const replacementContent = defineRule({
  code: 'replacement-content',
  severity: 'error',
  summary: 'Replacements of deprecated or removed content are detections or stories that are neither.',
  source: 'contentctl 5.6: replacement_content exists and is not deprecated or removed',
  docs: 'Users are sent to the replacement. One that is going away as well sends them on once more.',
  examples: {
    pass: [{ title: 'replacements that stay', files: {} }],
    fail: [
      {
        title: 'a replacement that is not there',
        files: { 'removed/deprecation_mapping.YML': edit('- Rundll32 Without', '- Rundll Without') },
        found: [
          'removed/deprecation_mapping.YML:6:5: unknown replacement "Rundll Without Arguments" of "Old Rundll32"',
        ],
      },
      {
        title: 'a replacement that is removed',
        files: { 'removed/stories/old_story.yml': edit('- Living Off The Land', '- Old Rundll32') },
        found: ['removed/stories/old_story.yml:13:5: replacement "Old Rundll32" is itself removed'],
      },
    ],
  },
  repository(repository, report, context) {
    for (const entry of repository.deprecations) {
      for (const [index, name] of entry.info.replacementContent.entries()) {
        const fault = faultOf(name, context);
        if (fault === undefined) continue;
        const of = fault.startsWith('unknown') && entry.content !== '' ? ` of "${entry.content}"` : '';
        report(entry.replacementPlaces[index] ?? entry.place, fault + of, {
          help: suggestion(name, fault, context),
        });
      }
    }
  },
  content(object, report, context) {
    if ('deprecation' in object && object.deprecation !== undefined)
      check(object.deprecation, object.at, report, context);
  },
});

function check(info: DeprecationInfo, at: Locator, report: Report, context: RuleContext): void {
  for (const [index, name] of info.replacementContent.entries()) {
    const fault = faultOf(name, context);
    if (fault === undefined) continue;
    report(at.value(['deprecation', 'replacementContent', index]), fault, {
      help: suggestion(name, fault, context),
    });
  }
}

function faultOf(name: string, context: RuleContext): string | undefined {
  const object =
    context.byName('detection', name) ?? context.byName('story', name) ?? context.byName('removed', name);
  if (object === undefined) {
    if (context.isUnreadable('detection', name) || context.isUnreadable('story', name)) return undefined;
    return `unknown replacement "${name}"`;
  }
  return object.status === 'deprecated' || object.status === 'removed'
    ? `replacement "${name}" is itself ${object.status}`
    : undefined;
}

function suggestion(name: string, fault: string, context: RuleContext): string | undefined {
  if (!fault.startsWith('unknown')) return undefined;
  return didYouMean(name, [...context.names('detection'), ...context.names('story')]);
}
