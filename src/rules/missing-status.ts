// Where nearly all stories or baselines say their status, none leaves it out.
import { edit } from './example.js';
import { defineRule } from './rule.js';

export const missingStatus = defineRule({
  code: 'missing-status',
  severity: 'warning',
  summary: 'A story or baseline has a status where nine of ten others have one.',
  source: 'contentctl 5: status of stories and baselines is required; contentctl 4 had none',
  docs:
    'Older dialects have no `status` here, so a file without one is read as one of those. Among files that have it, it was ' +
    'forgotten.',
  examples: {
    pass: [{ title: 'a few files of each dialect', files: {} }],
    fail: [
      {
        title: 'one story of ten',
        files: Object.fromEntries([
          ...Array.from({ length: 9 }, (_, index) => [`stories/story_${index}.yml`, 'status: production\n']),
          ['stories/living_off_the_land.yml', edit('status: production\n', '')],
        ]),
        found: ['stories/living_off_the_land.yml:1:1: missing key "status"'],
      },
    ],
  },
  repository({ stories, baselines }, report, context) {
    for (const objects of [stories, baselines]) {
      const without = objects.filter(({ dialect }) => dialect === '2022');
      if (without.length * 10 > objects.length) continue;
      // In a file with errors the key may be what is misspelt.
      for (const { file, at } of without)
        if (!context.isFaulty(file)) report(at.key(['status']), 'missing key "status"');
    }
  },
});
