// Stories that content belongs to exist.
import { base, edit } from './example.js';
import { defineRule } from './rule.js';

export const unknownStory = defineRule({
  code: 'unknown-story',
  severity: 'error',
  summary: 'Every analytic story that content names is a file in stories/.',
  source: 'contentctl: analytic_story names known stories',
  docs: 'Write the name as it stands in the story, or add the story: `detc new story`.',
  examples: {
    pass: [
      {
        title: 'a story of another dialect',
        files: { [base.rba]: edit('Living Off The Land', 'Cloud Account Takeover') },
      },
    ],
    fail: [
      {
        title: 'a misspelt name',
        files: { [base.rba]: edit('Living Off The Land', 'Living of the Land') },
        found: [
          'detections/endpoint/rundll32_without_arguments.yml:42:5: unknown story "Living of the Land"',
        ],
      },
      {
        title: 'a flat file',
        files: { [base.findings]: edit('- Living Off The Land', '- Nowhere') },
        found: ['detections/endpoint/shell_spawned_by_office.yml:47:7: unknown story "Nowhere"'],
      },
    ],
  },
  content(object, report, context) {
    if (!('tags' in object) || object.kind === 'deployment') return;
    for (const [index, story] of object.tags.analyticStories.entries()) {
      if (context.has('story', story) || context.isUnreadable('story', story)) continue;
      report(object.at.value(['tags', 'analyticStories', index]), `unknown story "${story}"`, {
        help: context.suggest('story', story),
        ...(object.dialect === '2022' || object.kind === 'investigation'
          ? { severity: 'warning' as const }
          : {}),
      });
    }
  },
});
